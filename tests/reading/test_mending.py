"""Damaged texts: what was meant, and where each of its characters stands in the text as given."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khoithong.reading import read
from khoithong.reading.mending import mended, place
from tests.reading.legacy_texts import SENTENCES, in_tcvn3, in_vni
from tests.reading.test_reader import EXAMPLE, sound


def meant(text: str) -> str:
    mapped = mended(text)
    return mapped.text if mapped else text


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("theo Lu ật này", "theo Luật này"),
        ("của Chính ph ủ", "của Chính phủ"),
        ("các quy ền và ngh ĩa v ụ", "các quyền và nghĩa vụ"),
        ("b ất độ ng s ản", "bất động sản"),
        ("điểm a kho ản 2 Đi ều 5", "điểm a khoản 2 Điều 5"),
        ("đ ị nh mức đấ t", "định mức đất"),
        ("QUY ẾT Đ ỊNH s ố 5", "QUYẾT ĐỊNH số 5"),
        ("chuyển như ợng cho ngư ời khác", "chuyển nhượng cho người khác"),
        ("B ộ trư ởng B ộ Y tế", "Bộ trưởng Bộ Y tế"),
        ("Chính\u200bphủ", "Chínhphủ"),
        ("Sở Y\u200b tế", "Sở Y\u200b tế"),
    ],
)
def test_words_cut_in_two_are_joined(given: str, wanted: str) -> None:
    assert meant(given) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "đối tượng được áp dụng tại nơi ở của các bên",
        "quy định tại các điểm a, b và c ứng với khoản 2",
        "điểm đ ở khoản 3, điểm c áp dụng từ nay",
        "dự án nhóm C hoặc nhóm B ở xã",
        "các đơn vị\nấn định mức",
        "ông A ủy quyền cho bà B ấn định",
        "",
    ],
)
def test_sound_words_stay_apart(text: str) -> None:
    assert mended(text) is None


def test_each_character_of_the_mended_text_has_its_place() -> None:
    given = "Căn cứ Lu ật đ ất đai; giao S ở Y tế."
    mapped = mended(given)
    assert mapped is not None
    assert len(mapped.starts) == len(mapped.text) + 1
    for i, char in enumerate(mapped.text):
        assert given[mapped.starts[i]] == char
    start = mapped.text.index("Sở Y tế")
    assert given[slice(*place(mapped, start, start + 7))] == "S ở Y tế"


DIRECTIVE = (
    "Căn cứ Thông tư số 12/2021/TT-BTC ngày 5 tháng 6 năm 2021 của Bộ Tài chính.\n"
    "1. Sở Tài chính chủ trì, phối hợp với Công an tỉnh lập danh mục tài sản công, báo cáo trước ngày 15/12/2023.\n"
    "2. Ủy ban nhân dân các huyện rà soát quỹ đất ở các xã và bố trí kinh phí thực hiện trong quý I/2024.\n"
)


def broken(text: str, seed: int) -> str:
    """The text with blanks in words, as bad PDF shows them: before the vowel that bears a tone no word begins with."""
    chance = random.Random(seed)
    strange = "ậầặệềểễộợờụựửữị"
    return "".join(
        f" {char}" if char in strange and i and text[i - 1].isalpha() and chance.random() < 0.8 else char
        for i, char in enumerate(text)
    )


@pytest.mark.parametrize("seed", range(8))
def test_a_broken_text_reads_as_the_sound_one_does(seed: int) -> None:
    text = broken(DIRECTIVE, seed)
    assert text != DIRECTIVE
    found, wanted = read(text), read(DIRECTIVE)
    assert [(a.lead, a.coordinators, a.action) for a in found.assignments] == [
        (a.lead, a.coordinators, a.action) for a in wanted.assignments
    ]
    assert [a.deadline and a.deadline.due_on for a in found.assignments] == [
        a.deadline and a.deadline.due_on for a in wanted.assignments
    ]
    assert [c.symbol for c in found.citations] == ["12/2021/TT-BTC"]
    sound(found)
    for one, other in zip(found.assignments, wanted.assignments, strict=True):
        assert text[one.start : one.end].replace(" ", "") == DIRECTIVE[other.start : other.end].replace(" ", "")


@pytest.mark.parametrize("encoded", [in_tcvn3, in_vni])
def test_old_fonts_are_read_and_places_point_into_the_text_as_given(encoded: Callable[[str], str]) -> None:
    text = encoded("\n".join((DIRECTIVE, *SENTENCES)))
    found = read(text)
    assert found.text == text
    leads = [" ".join(a.lead).lower() for a in found.assignments[:2]]  # TCVN3 has no capital "Ủ"
    assert leads == ["sở tài chính", "ủy ban nhân dân các huyện"]
    first = found.assignments[0]
    assert text[first.start : first.end].startswith(encoded("Sở Tài chính chủ trì"))
    assert text[first.start : first.end].endswith("15/12/2023")


def test_decomposed_letters_read_as_composed_ones() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert read(unicodedata.normalize("NFD", text)) == read(unicodedata.normalize("NFC", text))


PIECES = (
    "đ",
    "s",
    "ng",
    "ộ",
    "ật",
    "Lu",
    "ph",
    "ủ",
    "áp",
    "điểm",
    "c",
    ",",
    ".",
    "\u200b",
    "ớ",
    "Sở",
    "Y",
    "tế",
    "\n",
    "Ñ",
    "ô",
    "ï",
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "đ",
                "s",
                "ng",
                "ộ",
                "ật",
                "Lu",
                "ph",
                "ủ",
                "áp",
                "điểm",
                "c",
                ",",
                ".",
                "\u200b",
                "ớ",
                "Sở",
                "Y",
                "tế",
                "\n",
                "Ñ",
                "ô",
                "ï",
            ]
        ),
        max_size=60,
    )
)
def test_any_text_is_mended(pieces: list[str]) -> None:
    text = unicodedata.normalize("NFC", " ".join(pieces))
    if mapped := mended(text):
        assert len(mapped.starts) == len(mapped.text) + 1
        assert list(mapped.starts) == sorted(mapped.starts)
        assert mapped.starts[-1] == len(text)
    sound(read(text))
