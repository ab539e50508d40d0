"""Folding for search and the Vietnamese order of letters."""

import unicodedata

import pytest

from khoithong.office.base.text import fold, sort_key, symbol_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đề án  06", "de an 06"),
        (unicodedata.normalize("NFD", "Đề án 06"), "de an 06"),
        ("Ðề án 06", "de an 06"),
        ("SỞ TT&TT", "so tt&tt"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_symbol_key_joins_spellings() -> None:
    assert symbol_key("8107 / ubnd–NCKS") == symbol_key("8107/UBND-NCKS") == "8107/UBND-NCKS"
    assert symbol_key("12/NÐ-CP") == "12/NĐ-CP"


def test_sort_key_orders_as_a_dictionary() -> None:
    names = [
        "Đại Lộc", "Duy Xuyên", "Điện Bàn", "Sở Y tế", "Ủy ban", "An", "Ân", "Ăn", "Sở Tài chính", "ma", "má", "mà",
    ]  # fmt: skip
    assert sorted(names, key=sort_key) == [
        "An", "Ăn", "Ân", "Duy Xuyên", "Đại Lộc", "Điện Bàn", "ma", "mà", "má", "Sở Tài chính", "Sở Y tế", "Ủy ban",
    ]  # fmt: skip
