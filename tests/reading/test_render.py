"""How a reading is printed: JSON for programs, a table for people at any width."""

import json
from datetime import date

import pytest

from khoithong.reading import Assignment, Citation, Deadline, Directive, Identity, Recurrence
from khoithong.reading.render import render, table

TEXT = "văn bản"


def deadline(words: str, due_on: date | None = None, recurrence: Recurrence | None = None) -> Deadline:
    return Deadline(text=words, start=0, end=3, due_on=due_on, recurrence=recurrence)


def duty(action: str, *, on: Deadline | None = None, conditional: bool = False) -> Assignment:
    return Assignment(
        lead=("Sở Thông tin và Truyền thông",),
        coordinators=("Công an tỉnh", "Sở Tài chính"),
        action=action,
        conditional=conditional,
        deadline=on,
        start=0,
        end=5,
    )


FULL = Directive(
    text=TEXT,
    identity=Identity(
        symbol="15/UBND-KSTT",
        type="công văn",
        issuer="UBND tỉnh Trung Phước",
        issued_on=date(2023, 12, 5),
        subject="Đề án 06",
    ),
    citations=(
        Citation("06/QĐ-TTg", "quyết định", "Thủ tướng Chính phủ", date(2022, 1, 6), None, 0, 4),
        Citation(None, "luật", None, None, "Luật Ngân sách nhà nước", 1, 2),
    ),
    assignments=(
        duty("lập danh mục phần mềm dùng chung", on=deadline("trước ngày 15/12/2023", date(2023, 12, 15))),
        duty("đối soát dữ liệu", on=deadline("hằng tháng", None, Recurrence.MONTHLY)),
        duty("đề xuất bổ sung kinh phí", conditional=True),
        duty("báo cáo", on=deadline("ngay sau khi họp")),
    ),
)
BARE = Directive(text=TEXT, identity=Identity())


def printed(*readings: Directive, form: str, many: bool = False, width: int = 100) -> str:
    return "".join(render([(f"{n}.txt", each) for n, each in enumerate(readings)], form=form, many=many, width=width))


def test_json_of_one_paper_is_one_object() -> None:
    out = printed(FULL, form="json")
    assert json.loads(out) == FULL.to_json(source_id="0.txt")
    assert "Sở Thông tin" in out
    assert out.endswith("}\n")


def test_json_of_many_is_an_array_whatever_could_be_read() -> None:
    assert json.loads(printed(FULL, BARE, form="json", many=True)) == [
        FULL.to_json(source_id="0.txt"),
        BARE.to_json(source_id="1.txt"),
    ]
    assert json.loads(printed(FULL, form="json", many=True)) == [FULL.to_json(source_id="0.txt")]
    assert printed(form="json", many=True) == "[]\n"
    assert printed(form="json") == ""


def test_jsonl_is_one_line_for_each_paper() -> None:
    lines = printed(FULL, BARE, form="jsonl", many=True).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["0.txt", "1.txt"]


def test_the_table_says_what_was_found() -> None:
    out = printed(FULL, form="table", width=120)
    for words in (
        "15/UBND-KSTT",
        "05/12/2023",
        "VĂN BẢN VIỆN DẪN (2)",
        "quyết định 06/QĐ-TTg",
        "06/01/2022",
        "Luật Ngân sách nhà nước",
        "NHIỆM VỤ (4)",
        "15/12/2023",
        "hằng tháng",
        "(có điều kiện)",
        "ngay sau khi",
    ):
        assert words in out


def test_the_table_says_what_was_not_found() -> None:
    out = table(BARE, name="a.txt", width=80)
    assert "VĂN BẢN VIỆN DẪN (0)" in out
    assert "NHIỆM VỤ (0)" in out
    assert out.count("—") == 5


@pytest.mark.parametrize("width", [1, 44, 71, 72, 80, 100, 160, 500])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    longest = max(map(len, printed(FULL, form="table", width=width).splitlines()))
    assert longest <= max(44, min(width, 160))


@pytest.mark.parametrize("width", [44, 71, 72, 160])
def test_no_word_is_lost_by_wrapping(width: int) -> None:
    out = " ".join(printed(FULL, form="table", width=width).split())
    for word in (
        "Thông",
        "Truyền",
        "thông",
        "Công",
        "an",
        "tỉnh",
        "Tài",
        "chính",
        "danh",
        "mục",
        "chung",
        "15/12/2023",
    ):
        assert word in out.split() or f"{word})" in out or f"{word};" in out


def test_a_paper_cannot_steer_the_terminal() -> None:
    hostile = Directive(text=TEXT, identity=Identity(subject="a\x1b[2Jb\u202ec\x07"))
    out = printed(hostile, form="table")
    assert not set(out) & set("\x1b\u202e\x07")


def test_papers_are_parted_by_an_empty_line() -> None:
    one = printed(FULL, form="table")
    assert printed(FULL, FULL, form="table", many=True).startswith(one + "\n1.txt\n")
