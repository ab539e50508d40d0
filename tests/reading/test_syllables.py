"""Syllables: what can be one, and what can be a word of its own."""

from __future__ import annotations

import pytest

from khoithong.reading.syllables import is_syllable, is_word

SYLLABLES = (
    "luật chính phủ quyền nghiệp khuyến giếng gì giữa quốc quý quy yêu uỷ ủy hoà hòa nguyễn đắc xoong rượu khuya "
    "huỳnh ĐƯỢC ghế kỳ lý tỷ"
)
NONE = "luậ luat bcd ngh kế́ cế ngiên nghan quôn data vàc b 12"


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", NONE.split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(("word", "alone"), [("áp", True), ("ật", False), ("ền", False), ("Ủy", True), ("sản", True)])
def test_a_word_that_begins_with_a_vowel_stands_alone_only_if_it_is_named(word: str, alone: bool) -> None:
    assert is_word(word) is alone
