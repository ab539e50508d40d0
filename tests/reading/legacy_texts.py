"""Sentences made up for the tests, written as old fonts wrote them."""

import unicodedata

from khoithong.reading import legacy

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_SMALL = [unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in _TONES] + ["đ"]

LETTERS = "".join(letter + letter.upper() for letter in _SMALL if not letter.isascii())

SENTENCES = (
    "Sở Xây dựng chủ trì, phối hợp các địa phương rà soát quỹ nhà ở, báo cáo trước ngày 15/6/2004.",
    "Giao phòng Kế hoạch lập dự toán, thẩm định kỹ nguồn vốn và trình lãnh đạo quyết định ngay trong quý này.",
    "Yêu cầu thủ trưởng các đơn vị nghiêm túc thực hiện; chỗ nào vướng mắc thì hỏi lại bộ phận thường trực.",
)


def in_tcvn3(text: str) -> str:
    """`text` as its TCVN3 bytes look in Windows-1252; a capital with a tone becomes small, as the font H shows it."""
    codes = dict(zip(legacy._TCVN3_LETTERS, legacy._TCVN3_CODES, strict=True))
    return "".join(codes.get(letter) or codes.get(letter.lower(), letter) for letter in text)


_VNI_MARKS = {"\u0300": "ø", "\u0301": "ù", "\u0303": "õ", "\u0309": "û", "\u0323": "ï"}
_VNI_HATTED = {"": "â", "\u0300": "à", "\u0301": "á", "\u0303": "ã", "\u0309": "å", "\u0323": "ä"}
_VNI_SHORT = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0303": "ü", "\u0309": "ú", "\u0323": "ë"}
_VNI_ALONE = {"đ": "ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}


def in_vni(text: str) -> str:
    """`text` as its VNI bytes look in Windows-1252."""
    return "".join(map(_vni_letter, text))


def _vni_letter(letter: str) -> str:
    if letter.isupper():
        return _vni_letter(letter.lower()).upper()
    if letter in _VNI_ALONE:
        return _VNI_ALONE[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in _VNI_MARKS), "")
    if "\u0302" in marks:
        return base + _VNI_HATTED[tone]
    if "\u0306" in marks:
        return base + _VNI_SHORT[tone]
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö"}[base]
    return base + _VNI_MARKS[tone] if tone else base
