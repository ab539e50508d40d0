"""Where the reading takes a shortcut, it finds what the long way finds: on any text at all."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khoithong.reading import bodies, structure, text
from khoithong.reading.patterns import opening
from khoithong.reading.words import Words, fold, phrases

PIECES = st.sampled_from(
    [
        "Điều 5. ",
        "a) ",
        "1. ",
        "1.2. ",
        "I. ",
        "- ",
        "+ ",
        "* ",
        "(1) ",
        "đ.1) ",
        "Sở Tài chính",
        "UBND tỉnh",
        "các huyện",
        "yêu cầu ",
        "báo cáo ",
        "và",
        ", ",
        ": ",
        "; ",
        "\n",
        "\n\n",
        "CỘNG HÒA",
        "NGHỊ QUYẾT",
        "Nghị quyết 5",
        "xNghị quyết",
        "hoà",
        "Hòa",
        "́",
        "\xa0",
        "\t",
        "–",
        "０",
        "Phụ lục I",
        "Chương II",
        "²",
        "٣",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=30).map("".join)


@given(TEXTS)
def test_words_stand_where_they_are_found(given_text: str) -> None:
    words = Words(given_text)
    found = [(fold(m[0]), m.start(), m.end()) for m in re.finditer(r"[^\W_]+|[^\w\s]|\n", given_text)]
    assert list(zip(words.low, words.start, words.end, strict=True)) == found


@given(TEXTS, st.integers(min_value=0, max_value=40))
def test_the_longest_phrase_follows(given_text: str, i: int) -> None:
    words = Words(given_text)
    wanted = ("các", "các huyện", "báo cáo", "và", ",", "sở tài chính", "sở")
    found = [len(p.split()) for p in wanted if words.low[i : i + len(p.split())] == p.split()]
    assert words.follows(i, *wanted) == max(found, default=0)


@given(TEXTS)
def test_no_unit_begins_with_a_word_that_opens_none(given_text: str) -> None:
    words = Words(given_text)
    for i, word in enumerate(words.low):
        if word[0].isalpha():
            for after_order in (False, True):
                found = bodies._longest(words, i, after_order=after_order)
                assert found is None or bodies.opens_unit(word, after_order=after_order)


@given(TEXTS)
def test_phrases_begin_with_their_opening_words(given_text: str) -> None:
    words, known = Words(given_text), phrases("verbs", "orders")
    for i, word in enumerate(words.low):
        assert word in known.opening or known.match(words, i) is None


@given(TEXTS)
def test_the_marker_is_the_first_of_all_that_match(line: str) -> None:
    if line:
        long_way = next((kind for kind, pattern in structure._MARKERS if pattern.match(line)), structure.Kind.PARAGRAPH)
        assert structure._marker(line, 0, len(line))[0] is long_way


@pytest.mark.parametrize("first", ["٣", "0", "(", "Đ", "đ", "•", "P", "z"])
def test_every_marker_is_tried_for_its_own_first_letters(first: str) -> None:
    for rest in (". x", ") x", "1. x", " x", ".1. x", "hần I", "iều 1."):
        long_way = [kind for kind, pattern in structure._MARKERS if pattern.match(first + rest)]
        short_way = [kind for kind, pattern in structure._markers_with(first) if pattern.match(first + rest)]
        assert short_way == long_way


@given(st.one_of(TEXTS, TEXTS.map(str.upper)), st.integers(min_value=1, max_value=9))
def test_a_title_is_told_by_all_its_letters(line: str, times: int) -> None:
    seen = [letter for letter in (line * times)[:200] if letter.isalpha()]
    long_way = bool(seen) and sum(letter.isupper() for letter in seen) >= 0.8 * len(seen)
    assert structure.is_title(line * times) == long_way


@given(TEXTS)
def test_normalizing_line_by_line_is_normalizing(given_text: str) -> None:
    assert text.nfc(given_text) == unicodedata.normalize("NFC", given_text)
    assert text._even(given_text) == given_text.translate(text._TABLE)


def test_a_text_that_is_normal_is_given_back_itself() -> None:
    normal = "Sở Tài chính\nbáo cáo"
    assert text.nfc(normal) is normal


@given(TEXTS)
def test_a_word_opens_where_its_border_is(given_text: str) -> None:
    words = "Nghị quyết|Sở|các|CỘNG"
    long_way = [m.span() for m in re.finditer(rf"(?<!\w)(?:{words})", given_text)]
    assert [m.span() for m in re.finditer(opening(words), given_text)] == long_way
