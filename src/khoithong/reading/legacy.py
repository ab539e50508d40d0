"""Vietnamese written for the fonts of before Unicode: TCVN3 (ABC, fonts .VnTime) and VNI (fonts VNI-Times).

Such a text comes as the letters that its bytes have in Windows-1252: "Céng hoµ" is "Cộng hoà" in TCVN3. `detect` tells
which of the two a text is in, by how many of its words become Vietnamese syllables; `decode` gives the text that was
meant and for each of its characters the place it came from.

Tables: TCVN3 after TCVN 5712:1993 (its capitals with a tone exist only as fonts whose names end in H); VNI as VNI-Times
lays it out, a letter followed by its mark.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import cache


class Encoding(Enum):
    """An encoding of before Unicode; the value is how people call it."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A decoded text. `starts[i]` is the place in the given text where character i began.

    `starts` has one entry more, the length of the given text: the span s..e of `text` came from starts[s]..starts[e].
    """

    text: str
    starts: array[int]


#: codes from 0xA1 on, as Windows-1252 shows them, and the letters that they are in TCVN3
_TCVN3_CODES = (
    "¡¢£¤¥¦§¨©ª«¬\u00ad®"
    "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
)  # fmt: skip
_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ"
    "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
)  # fmt: skip

#: marks that VNI sets after a letter, for the letter as it stands and, after a and e, with its hat or breve
_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "õ": "\u0303", "û": "\u0309", "ï": "\u0323"}
_VNI_HATS = {"â": "", "à": "\u0300", "á": "\u0301", "ã": "\u0303", "å": "\u0309", "ä": "\u0323"}
_VNI_BREVES = {"ê": "", "è": "\u0300", "é": "\u0301", "ü": "\u0303", "ú": "\u0309", "ë": "\u0323"}
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}

_WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")
_FOREIGN = re.compile("[\u00a1-\u00ff]")
_UNICODE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
_SYLLABLE = re.compile(
    r"(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x)?"
    r"(?:oa[ioy]?|oă|oeo?|uây?|uêu?|uy[aêu]?|uơ|oo|uôi?|ươ[iu]?|iêu?|yêu?|uao|ueo|"
    r"a[ioyu]?|ă|â[uy]?|eo?|êu?|i[au]?|o[i]?|ôi?|ơi?|u[ai]?|ư[aiu]?|ya?)"
    r"(?:ch|c|m|ng|nh|n|p|t)?"
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SAMPLE = 100_000
#: words with letters beyond ASCII that must be there before anything is said, and how many of them must make sense
_FEWEST = 4
_SENSE = 0.8
_GAIN = 0.3
#: letters that only Unicode has, met by chance in an old text
_A_FEW = 20


def detect(text: str) -> Encoding | None:
    """The encoding that `text` was written in if it is one of before Unicode, else None.

    `text` is what Windows-1252 or Latin-1 made of the bytes. It looks at the first 100,000 characters.
    """
    sample = text[:_SAMPLE]
    # A text in Unicode, the usual case, is known from its beginning.
    if sample.isascii() or len(_UNICODE.findall(sample[:2000])) > _A_FEW:
        return None
    words = Counter(word for word in _WORD.findall(sample) if _FOREIGN.search(word))
    count = words.total()
    if count < _FEWEST or len(_UNICODE.findall(sample)) > 0.02 * count:
        return None
    plain = _sense(words, None)
    best, share = max(((each, _sense(words, each)) for each in Encoding), key=lambda found: found[1])
    return best if share >= _SENSE and share >= plain + _GAIN else None


def decode(text: str, encoding: Encoding, *, capitals: bool = False) -> Mapped:
    """What `text` means in `encoding`, in NFC. `capitals`: it is set in a font that draws small letters as capitals.

    A character that the encoding does not know stays as it is.
    """
    table, pattern = _vni() if encoding is Encoding.VNI else _tcvn3()
    parts: list[str] = []
    starts: array[int] = array("L")
    done = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        parts += (text[done:start], table[match[0]])
        starts.extend(range(done, start + 1))
        done = end
    parts.append(text[done:])
    starts.extend(range(done, len(text) + 1))
    meant = "".join(parts)
    return Mapped(_upper(meant) if capitals else meant, starts)


def _upper(text: str) -> str:
    # One letter for one letter: the places must hold ("ß" would become two).
    return "".join(big if len(big := letter.upper()) == 1 else letter for letter in text)


def _sense(words: Counter[str], encoding: Encoding | None) -> float:
    """The share of the words that are Vietnamese syllables once decoded."""
    good = sum(
        times
        for word, times in words.items()
        if _is_syllable(word if encoding is None else decode(word, encoding).text)
    )
    return good / words.total()


def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.lower())
    toneless, tones = _TONES.subn("", apart)
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", toneless)) is not None


@cache
def _tcvn3() -> tuple[dict[str, str], re.Pattern[str]]:
    table = dict(zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True))
    return table, re.compile(f"[{re.escape(_TCVN3_CODES)}]")


@cache
def _vni() -> tuple[dict[str, str], re.Pattern[str]]:
    pairs: dict[str, str] = {}
    for code, base in [*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")]:
        pairs |= {code + mark: base + tone for mark, tone in _VNI_TONES.items()}
    for base in "aeo":
        pairs |= {base + mark: f"{base}\u0302{tone}" for mark, tone in _VNI_HATS.items()}
    pairs |= {f"a{mark}": f"a\u0306{tone}" for mark, tone in _VNI_BREVES.items()}
    table: dict[str, str] = {}
    for code, letters in (pairs | _VNI_SINGLE).items():
        small = unicodedata.normalize("NFC", letters)
        first, rest = code[0], code[1:]
        for mark in (rest, rest.upper()):
            table[first + mark] = small
            table[first.upper() + mark] = small.upper()
    return table, re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
