"""Encodings of before Unicode: every letter there and back, detection, and the places in the given text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khoithong.reading.legacy import Encoding, decode, detect

from .legacy_texts import LETTERS, SENTENCES, in_tcvn3, in_vni


def test_there_are_134_letters_beyond_ascii() -> None:
    assert len(set(LETTERS)) == 134


def test_every_letter_comes_back_from_vni() -> None:
    assert decode(in_vni(LETTERS), Encoding.VNI).text == LETTERS


def test_every_letter_comes_back_from_tcvn3() -> None:
    small = "".join(letter for letter in LETTERS if letter.islower())
    assert decode(in_tcvn3(small), Encoding.TCVN3).text == small
    assert decode(in_tcvn3("ĂÂÊÔƠƯĐ"), Encoding.TCVN3).text == "ĂÂÊÔƠƯĐ"


def test_a_font_of_capitals_makes_capitals() -> None:
    small = "".join(letter for letter in LETTERS if letter.islower())
    assert decode(in_tcvn3(small), Encoding.TCVN3, capitals=True).text == small.upper()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_are_recognised_and_decoded(sentence: str) -> None:
    for encoding, written in ((Encoding.TCVN3, in_tcvn3(sentence)), (Encoding.VNI, in_vni(sentence))):
        assert detect(written) is encoding
        assert decode(written, encoding).text == sentence


def test_known_words_as_they_look_in_the_wrong_font() -> None:
    assert decode("Céng hoµ x· héi", Encoding.TCVN3).text == "Cộng hoà xã hội"
    assert decode("Coäng hoøa xaõ hoäi, ÑÒA PHÖÔNG", Encoding.VNI).text == "Cộng hòa xã hội, ĐỊA PHƯƠNG"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain ASCII text of an office",
        *SENTENCES,
        "là và có không cá bà nhà già thì tôi hôm nào",
        "où l'été à Besançon, déjà vu, très bientôt, forêt",
        "für die Prüfung der Größe, schöne Bäume, Käse",
        "§ 5 · § 6 · § 7 « x » ° ² ³",
        "Sè: 12/UB",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert detect(text) is None
    assert detect(unicodedata.normalize("NFD", text)) is None


def test_vni_places_point_into_the_given_text() -> None:
    given_text = "Soá 12, ngaøy"
    mapped = decode(given_text, Encoding.VNI)
    assert mapped.text == "Số 12, ngày"
    assert list(mapped.starts) == [0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13]
    place = mapped.text.index("ngày")
    assert given_text[mapped.starts[place] : mapped.starts[place + 4]] == "ngaøy"


@given(st.text(alphabet="aAoOôÔuöyùøâÊéñÑíxx 1/\u00ad¸¹\u0301ß", max_size=40), st.sampled_from(Encoding), st.booleans())
def test_any_text_is_decoded_with_places_in_order(text: str, encoding: Encoding, capitals: bool) -> None:
    mapped = decode(text, encoding, capitals=capitals)
    starts = list(mapped.starts)
    assert len(starts) == len(mapped.text) + 1
    assert starts == sorted(set(starts))
    assert starts[0] == 0
    assert starts[-1] == len(text)
    detect(text)
