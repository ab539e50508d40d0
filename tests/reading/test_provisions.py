"""Provisions: lists and ranges, what stands above what, the paper they are in, what only looks like one."""

from __future__ import annotations

import pytest

from khoithong.reading import read
from khoithong.reading.findings import OWN, Provision, Target
from khoithong.reading.numbering import between, roman_value, to_roman

PAPER = "Nghị định số 12/2020/NĐ-CP ngày 3/2/2020"


def short(provision: Provision) -> str:
    """ "a/2/5" for point, clause and article; higher levels by name."""
    low = "/".join(part or "" for part in (provision.point, provision.clause, provision.article)).strip("/")
    names = ("section", "chapter", "part", "annex")
    high = [f"{name} {value}" for name in names if (value := getattr(provision, name))]
    return " ".join([low, *high] if low else high)


def told(text: str) -> list[str]:
    return [short(each) for each in read(text).provisions]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("điểm a khoản 2 Điều 5", ["a/2/5"]),
        ("khoản 2, Điều 5", ["2/5"]),
        ("Điều 5, khoản 2", ["2/5"]),
        ("khoản 1, 2 và 4 Điều 7", ["1/7", "2/7", "4/7"]),
        ("các điểm a, b, đ khoản 3 Điều 2", ["a/3/2", "b/3/2", "đ/3/2"]),
        ("điểm a, b khoản 2, khoản 3 Điều 5", ["a/2/5", "b/2/5", "3/5"]),
        ("điểm a khoản 1, 2 Điều 5", ["a/1/5", "2/5"]),
        ("khoản 2 Điều 3 và khoản 4 Điều 5a", ["2/3", "4/5a"]),
        ("Điều 3, Điều 4 và khoản 2 Điều 6", ["3", "4", "2/6"]),
        ("từ Điều 3 đến Điều 7", ["3", "4", "5", "6", "7"]),
        ("từ khoản 1 đến khoản 3 Điều 5", ["1/5", "2/5", "3/5"]),
        ("các điểm từ c đến g khoản 1 Điều 8", ["c/1/8", "d/1/8", "đ/1/8", "e/1/8", "g/1/8"]),
        ("từ khoản 2 Điều 3 đến khoản 4 Điều 5", ["2/3", "4/5"]),
        ("khoản 2 Mục III", ["2 section III"]),
        ("Mục 2 Chương IV", ["section 2 chapter IV"]),
        ("Mục II Phần A Phụ lục số 03", ["section II part A annex 03"]),
        ("điểm 1.2 khoản 1 Điều 9", ["1.2/1/9"]),
        ("khoản 4.1 Điều 9", ["4.1/9"]),
        ("điểm a, b c, d và đ khoản 1 Điều 9", ["a/1/9", "b/1/9", "c/1/9", "d/1/9", "đ/1/9"]),
        ("Mục I phần A Phụ lục II ban hành kèm theo", ["section I part A annex II"]),
        ("Phụ lục 3 Danh mục biểu mẫu ban hành kèm theo", ["annex 3"]),
    ],
)
def test_what_stands_above_what(words: str, expected: list[str]) -> None:
    directive = read(f"Theo quy định tại {words} {PAPER} của Chính phủ.")
    assert sorted(map(short, directive.provisions)) == sorted(expected)
    assert {each.paper for each in directive.provisions} == {Target(citation=0)}


def test_the_paper_may_stand_behind_what_it_issued() -> None:
    (found,) = read("Theo khoản 2 Điều 5 Quy chế làm việc ban hành kèm theo Quyết định số 5/QĐ-UBND.").provisions
    assert (short(found), found.paper) == ("2/5", Target(citation=0))


def test_the_paper_may_stand_before_a_bracket() -> None:
    found = read("Làm theo Thông tư số 1/2020/TT-BTC (Điều 5, Điều 6).").provisions
    assert [(short(each), each.paper.citation) for each in found] == [("5", 0), ("6", 0)]


def test_this_article_is_the_one_around() -> None:
    text = "Điều 5. Thi hành\n1. Việc chung.\n2. Theo khoản 1 Điều này và điểm b khoản này.\n"
    assert [(short(each), each.paper) for each in read(text).provisions] == [("1/5", OWN), ("b/2/5", OWN)]


def test_two_papers_in_one_sentence_keep_their_own() -> None:
    text = f"Theo Điều 3 {PAPER}; khoản 1 Điều 9 Thông tư số 1/2021/TT-BTC."
    assert [(short(each), each.paper.citation) for each in read(text).provisions] == [("3", 0), ("1/9", 1)]


def test_a_provision_of_no_named_paper_says_so() -> None:
    (found,) = read("Việc này theo khoản 2 Điều 7 mà làm.").provisions
    assert (found.paper.known, found.paper.reason) == (False, "văn bản không nói rõ của văn bản nào")


@pytest.mark.parametrize(
    "text",
    [
        "Điều 5. Hiệu lực thi hành\n",
        "Chương II\nQUY ĐỊNH CHUNG\n",
        "Chi khoản 500 triệu đồng cho việc này.",
        "Được điểm 10 về mục tiêu 3 và phần trăm hoàn thành.",
        "Điều kiện chung, điểm cầu số 2, khoản chi 3 năm.",
        "Số dư của tài khoản này, tại thời điểm này, theo danh mục này.",
    ],
)
def test_what_is_no_provision(text: str) -> None:
    assert told(text) == []


def test_the_span_is_the_words() -> None:
    directive = read(f"Theo các điểm a, b khoản 2 Điều 5 {PAPER}.")
    words = [directive.text[each.start : each.end] for each in directive.provisions]
    assert words == ["điểm a", "b khoản 2 Điều 5"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("a", "e", ("a", "b", "c", "d", "đ", "e")),
        ("3", "5", ("3", "4", "5")),
        ("5", "5b", ("5", "5a", "5b")),
        ("II", "IV", ("II", "III", "IV")),
        ("5", "3", ()),
        ("a", "3", ()),
        ("1", "999", ()),
    ],
)
def test_ranges(first: str, last: str, expected: tuple[str, ...]) -> None:
    assert between(first, last) == expected


def test_roman_figures() -> None:
    assert [roman_value(to_roman(value)) for value in range(1, 90)] == list(range(1, 90))
    assert roman_value("IIII") is None
