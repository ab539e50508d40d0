"""The text cut for showing: nothing lost, nothing doubled, whatever overlaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khoithong.office.documents.marks import Bracket, Mark, lines, segments


def duty(key: int, start: int, end: int) -> Mark:
    return Mark(key, "duty", start, end)


def cite(key: int, start: int, end: int) -> Mark:
    return Mark(key, "citation", start, end)


def shown(text: str, *marks: Mark) -> list[tuple[str, list[int]]]:
    return [(piece.text, [m.key for m in piece.marks]) for piece in segments(text, marks)]


def test_a_text_without_findings_is_one_piece() -> None:
    assert shown("Kính gửi") == [("Kính gửi", [])]


def test_an_empty_text_has_no_pieces() -> None:
    assert shown("") == []


def test_a_citation_inside_a_duty_is_a_piece_of_its_own_under_both() -> None:
    assert shown("abcdef", duty(1, 1, 5), cite(2, 2, 4)) == [
        ("a", []),
        ("b", [1]),
        ("cd", [1, 2]),
        ("e", [1]),
        ("f", []),
    ]


def test_two_that_cross_share_the_middle() -> None:
    assert shown("abcd", duty(1, 0, 3), duty(2, 1, 4)) == [("a", [1]), ("bc", [1, 2]), ("d", [2])]


def test_the_same_span_twice_is_one_piece_under_both() -> None:
    assert shown("abcd", duty(1, 1, 3), duty(2, 1, 3)) == [("a", []), ("bc", [1, 2]), ("d", [])]


def test_neighbours_do_not_share() -> None:
    assert shown("abcd", duty(1, 0, 2), duty(2, 2, 4)) == [("ab", [1]), ("cd", [2])]


def test_what_reaches_past_the_end_is_cut_and_what_lies_beyond_is_left_out() -> None:
    assert shown("abcd", duty(1, 3, 99), duty(2, 50, 60), duty(3, 2, 2)) == [("abc", []), ("d", [1])]


def test_a_mark_begins_in_one_piece_only() -> None:
    pieces = segments("abcdef", [duty(1, 1, 5), cite(2, 2, 4)])
    assert [(p.start, [m.key for m in p.begins]) for p in pieces] == [(0, []), (1, [1]), (2, [2]), (4, []), (5, [])]


MARKS = st.lists(
    st.tuples(st.sampled_from(("duty", "citation")), st.integers(0, 60), st.integers(0, 60)).map(
        lambda t: (t[0], min(t[1:]), max(t[1:]))
    ),
    max_size=8,
).map(lambda spans: [Mark(key, kind, start, end) for key, (kind, start, end) in enumerate(spans)])


@given(text=st.text(alphabet="ab\n<&", max_size=50), marks=MARKS)
def test_the_pieces_together_are_the_text_and_each_lies_under_its_own_marks(text: str, marks: list[Mark]) -> None:
    pieces = segments(text, marks)
    assert "".join(p.text for p in pieces) == text
    for piece in pieces:
        assert piece.text
        for place in range(piece.start, piece.end):
            assert {m.key for m in piece.marks} == {m.key for m in marks if m.start <= place < m.end}


@given(text=st.text(alphabet="ab\n", max_size=50), marks=MARKS)
def test_the_lines_together_are_the_text_and_no_lane_holds_two_brackets_on_a_line(text: str, marks: list[Mark]) -> None:
    found = lines(text, marks)
    assert "\n".join("".join(s.text for s in line.segments) for line in found) == text
    for line in found:
        lanes = [b.lane for b in line.brackets]
        assert len(lanes) == len(set(lanes))
        for piece in line.segments:
            expected = {m.key for m in marks if m.start <= piece.start < m.end}
            assert {m.key for m in piece.marks} == expected


def test_a_bracket_opens_on_its_first_line_and_closes_on_its_last() -> None:
    mark = duty(7, 4, 13)
    found = lines("một\nhai\n\nba bốn\nnăm", [mark])
    assert [line.brackets for line in found] == [
        (),
        (Bracket(mark, 0, first=True, last=False),),
        (Bracket(mark, 0, first=False, last=False),),
        (Bracket(mark, 0, first=False, last=True),),
        (),
    ]


def test_two_duties_on_one_line_stand_in_two_lanes_and_the_next_line_starts_over() -> None:
    found = lines("aa bb\ncc", [duty(1, 0, 2), duty(2, 3, 5), duty(3, 6, 8), cite(4, 0, 2)])
    assert [[(b.mark.key, b.lane) for b in line.brackets] for line in found] == [[(1, 0), (2, 1)], [(3, 0)]]
