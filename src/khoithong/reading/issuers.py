"""Names of the bodies and offices that issue papers, as they stand behind "của" or before "ban hành"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from khoithong.reading import lexicon
from khoithong.reading.patterns import Pattern

_LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_PROPER = rf"[{_UPPER}][{_UPPER}{_LOWER}]*"
_OFFICES = (
    "Phó Chủ tịch Thường trực|Phó Chủ tịch|Chủ tịch|Phó Giám đốc|Tổng Giám đốc|Giám đốc|Thứ trưởng|"
    "Bộ trưởng, Chủ nhiệm|Bộ trưởng|Phó Chủ nhiệm|Chủ nhiệm|Phó Trưởng ban|Trưởng ban|Phó Cục trưởng|Cục trưởng|"
    "Tổng cục trưởng|Phó Chánh|Chánh|Chánh Thanh tra|Chánh án|Viện trưởng|Phó Thống đốc|Thống đốc|Tổng Kiểm toán|"
    "Hiệu trưởng"
)
_HEADS = (
    "Ban Quản lý|Ban Tổ chức|Ban Tuyên giáo|Ban Dân vận|Ban Chấp hành|Ban|Tổng cục|Cục|Chi cục|Viện|Học viện|"
    "Hội đồng|Hội|Tổng công ty|Công ty|Tập đoàn|Liên đoàn|Trung tâm|Trường|Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Tòa án|"
    "Viện kiểm sát|Thanh tra|Công an|Bộ Chỉ huy|Bộ Tư lệnh|Văn phòng|Ngân hàng|Bảo hiểm xã hội|Kho bạc|Ủy ban|"
    "Mặt trận|Bộ|Sở|Phòng"
)


class Name(NamedTuple):
    """A body or office: `full` in the words of the text, abbreviations expanded; its place."""

    full: str
    start: int
    end: int


def _spaced(words: str) -> str:
    """A pattern for words over any blanks, either way of writing tones."""
    escaped = re.escape(words).replace(r"\ ", r"\s+")
    for pair in (("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("Ủy", "Uỷ"), ("úy", "uý")):
        escaped = escaped.replace(pair[0], f"(?:{pair[0]}|{pair[1]})")
    return escaped


_LEVEL = Pattern(r"\s+(?P<level>tỉnh|thành\s+phố|TP\.?|Tp\.?|huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|đặc\s+khu)(?!\w)")
_PROPER_RUN = Pattern(rf"\s+{_PROPER}(?:\s+{_PROPER}){{0,2}}")
_WORD = Pattern(r"\s*(?:-\s*)?[^\W\d_]+")
_LONGEST_PROVINCE = 5  # words and dashes


def _joined(field: str) -> str:
    """A pattern for the name of a field, whichever way its parts are joined: "và", "&", a dash or a comma."""
    parts = re.split(r"\s+và\s+|\s+-\s+|,\s+", field)
    return r"\s*(?:\bvà\b|&|-|,)\s*".join(map(_spaced, parts))


@cache
def _pattern() -> re.Pattern[str]:
    """What a name is but for the place behind it; `council` is nothing without one."""
    fields = "|".join([*map(_spaced, lexicon.field_abbreviations()), *map(_joined, lexicon.fields())])
    offices, heads = (words.replace(" ", r"\s+") for words in (_OFFICES, _HEADS))
    bodies = "|".join(map(_spaced, lexicon.body_names()))
    letters = "|".join(map(_spaced, lexicon.body_abbreviations()))
    council = rf"(?P<council>UBND|HĐND|(?:{_spaced('Ủy')}\s+ban|Hội\s+đồng)\s+nhân\s+dân)"
    department = rf"(?:Bộ|Sở|sở|Phòng)\s+(?i:{fields})\b"
    purpose = r"(?:\s+về\s+[^;.()\n]{3,80}?(?=\s*[;.()\n]|$))?"
    committee = rf"(?P<committee>Ban\s+Chỉ\s+đạo(?:\s+(?:Trung\s+ương|quốc\s+gia|tỉnh|thành\s+phố))?{purpose})"
    words = rf"(?:{_PROPER}|(?:và|-)\s+{_PROPER})"
    run = rf"(?:{heads})(?:\s+(?:{_PROPER}|(?:và|-|,|của)\s+{_PROPER})(?:\s+{words})*)"
    assembly = r"Quốc\s+hội\s+[Kk]h(?:óa|oá)\s+[XVI]+"
    body = rf"{assembly}|{council}|{department}|{committee}|(?i:{bodies})\b|(?:{letters})\b|{run}|bộ\s+này"
    return re.compile(rf"(?:(?i:{offices})\s+)?(?:Đảng\s+(?:ủy|uỷ)\s+)?(?:{body})(?!\w)")


@cache
def _provinces() -> frozenset[str]:
    return frozenset(map(lexicon.folded, lexicon.provinces()))


def _province_end(flat: str, place: int) -> int | None:
    """The end of the name of a province or a city under the centre that begins here."""
    best, end = None, place
    for _ in range(_LONGEST_PROVINCE):
        word = _WORD.match(flat, end)
        if not word or not word[0].strip(" -\n")[:1].isalpha():
            break
        end = word.end()
        if lexicon.folded(flat[place:end]) in _provinces():
            best = end
    return best


def _place_end(flat: str, place: int) -> int | None:
    """The end of the place behind a name: " tỉnh Quảng Nam", " thành phố", " Đà Nẵng"; None where none stands there."""
    level = _LEVEL.match(flat, place)
    if not level:
        return _province_end(flat, place)
    behind = _province_end(flat, level.end())
    if behind is None and (run := _PROPER_RUN.match(flat, level.end())):
        behind = run.end()
    return behind if behind is not None else level.end()


def _name(flat: str, match: re.Match[str]) -> Name | None:
    end = match.end()
    if not match["committee"]:
        place = _place_end(flat, end)
        if place is None and match["council"]:
            return None
        end = place or end
    return Name(expanded(flat[match.start() : end]), match.start(), end)


def name_at(flat: str, place: int) -> Name | None:
    """The name of a body or office that begins at this very place."""
    match = _pattern().match(flat, place)
    return _name(flat, match) if match else None


def names(flat: str, start: int, end: int) -> list[Name]:
    """All names of bodies and offices between two places, in order."""
    window = flat[start:end]
    found: list[Name] = []
    at = 0
    while match := _pattern().search(window, at):
        name = _name(window, match)
        at = name.end if name else match.end()
        if name:
            found.append(Name(name.full, name.start + start, name.end + start))
    return found


def name_before(flat: str, start: int, end: int) -> Name | None:
    """The longest name that ends at `end` (blanks aside) and begins at or after `start`."""
    stop = end
    while stop > start and flat[stop - 1].isspace():
        stop -= 1
    found = [name for name in names(flat, start, stop) if name.end == stop]
    return found[0] if found else None


def expanded(words: str) -> str:
    """A name on one line with the common abbreviations written out; UBND and HĐND stay."""
    name = " ".join(words.split())
    name = re.sub(r"\bT[Pp]\.?\s+(?=\w)", "thành phố ", name)
    name = re.sub(r"\bT[Pp]\.?$", "thành phố", name)
    if name in lexicon.body_abbreviations():
        return lexicon.body_abbreviations()[name]
    full = lexicon.field_abbreviations()
    return _short_fields().sub(lambda match: f"{match[1]} {full[match[2]]}", name)


@cache
def _short_fields() -> re.Pattern[str]:
    letters = "|".join(map(re.escape, sorted(lexicon.field_abbreviations(), key=len, reverse=True)))
    return re.compile(rf"\b(Bộ|Sở|sở|Phòng) ({letters})(?!\w)")


def without_office(name: str) -> str:
    """The body behind an office: "Bộ trưởng Bộ Tư pháp" -> "Bộ Tư pháp"."""
    return re.sub(rf"^(?:{_OFFICES})\s+(?=\w+\s)", "", name, flags=re.IGNORECASE)


def cased(capitals: str) -> str:
    """A name printed in capitals as it is written in running text: "BỘ TÀI CHÍNH" -> "Bộ Tài chính"."""
    words = " ".join(capitals.split())
    if not words.isupper():
        return expanded(words)
    low = re.sub(r"\b(?:ubnd|hđnd)\b", lambda match: match[0].upper(), lexicon.folded(words))
    for known in (*lexicon.body_names(), *lexicon.provinces()):
        if low.lower() == lexicon.folded(known):
            return known
    for field in lexicon.fields():
        head, _, tail = low.partition(" ")
        if tail == lexicon.folded(field) and head in {"bộ", "sở", "phòng"}:
            return f"{head.capitalize()} {field}"
    for field in lexicon.fields():
        kind = next((k for k in ("bộ", "sở", "phòng") if low.startswith(f"{k} {lexicon.folded(field)} ")), None)
        if kind:
            return f"{kind.capitalize()} {field} {_cased_place(low[len(kind) + len(field) + 2 :])}"
    for head, tail in (("ủy ban nhân dân ", "Ủy ban nhân dân "), ("hội đồng nhân dân ", "Hội đồng nhân dân ")):
        if low.startswith(head):
            return tail + _cased_place(low[len(head) :])
    return _cased_place(low[0].upper() + low[1:])


def _cased_place(low: str) -> str:
    """A level of government small, the place behind it with capitals: "thành phố đà nẵng" -> "thành phố Đà Nẵng"."""
    match = re.search(r"(?:^|(?<=\s))(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(.+)$", low)
    if not match:
        for province in lexicon.provinces():
            if low.endswith(" " + lexicon.folded(province)):
                return low[: -len(province)] + province
        return low
    place = " ".join(word[:1].upper() + word[1:] for word in match[2].split())
    return f"{low[: match.start()]}{match[1]} {place}"
