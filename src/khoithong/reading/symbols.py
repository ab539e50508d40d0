"""Symbols of papers: 8107/UBND-NCKS, 04/2020/TT-BTTTT, 12-NQ/TU, 66.17/2026/NQ-CP, 30a/2008/NQ-CP, 374/ĐK:HT.

The search jumps from "/" to "/" and looks at a short piece of text on either side, so it takes time linear in the text
whatever stands there. A symbol is kept as printed but for blanks and line breaks inside it and footnote digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from khoithong.reading.lexicon import agency_of_code, case_file_codes, type_of_code

_LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_UPPER = "A-ZĐƯƠÔÂĂÊ"
_SEGMENT = rf"[{_UPPER}](?:[{_UPPER}0-9]|[a-zđ](?![{_LOWER}]))*+"
_REACH = 40  # characters looked at on the left of a slash
_NUMBER_REACH = 18  # the longest number with the blanks behind it and what its beginning looks back at

_NUMBER = r"\d{1,6}(?:\.\d{1,3})?[a-zA-ZđĐ]?"
_BEFORE = r"(?:(?<=[sS]ố)|(?<=SỐ)|(?<![\w/.])(?<!\d:)(?<!\w-)(?<!\d,))"
_PLAIN_LEFT = re.compile(rf"{_BEFORE}(?P<number>{_NUMBER})\s{{0,3}}$")
_PARTY_LEFT = re.compile(
    rf"{_BEFORE}(?P<number>\d{{1,6}}[a-zđ]?)\s{{0,3}}-\s{{0,3}}(?P<code>{_SEGMENT}(?:-{_SEGMENT})?)\s{{0,3}}$"
)
_YEAR = re.compile(r"\s{0,3}(?P<year>(?:19|20)\d{2}|\d{2})\s{0,3}/")
_FIRST = re.compile(rf"\s{{0,3}}(?P<segment>{_SEGMENT})")
_MORE = re.compile(
    rf"(?P<tight>[-&:/_])(?P<a>{_SEGMENT})|\.(?P<dot>{_SEGMENT})|(?:-\s{{1,3}}|\s{{1,2}}-|\s-\s)(?P<loose>{_SEGMENT})"
)
_LOWER_CODE = re.compile(r"\s?(?P<code>(?:nđ|nd|tt|ttlt|qđ|qd|nq|ct|pl)-[a-zđ]{2,10})\b")
_DETACHED_DIGIT = re.compile(r" \d(?=[,;.)])")
_GLUED_WORD = re.compile(r"(?:ngày|của|về|và|do|được|hướng|quy)\b")
_NOT_BEFORE = re.compile(
    r"(?:\b(?:TCVN|QCVN|TCCS|TCXD|TCXDVN|TCN|QTKĐ|ISO)\b[^,;\n]{0,14}|"
    r"(?:\b(?:điều|khoản|điểm|mục|trang|tiết|mẫu|biểu|phụ lục|bảng|mã|tờ khai)|"
    r"\b(?:vụ án|bản án|thụ lý|hồ sơ|biển|biển kiểm soát|tài khoản|mã số thuế|điện thoại)(?:\s+\w+)?)"
    r"(?:\s+số)?\s*:?\s*)$",
    re.IGNORECASE,
)
_SAYS_NUMBER = re.compile(r"(?:\bsố|\bSỐ|\bSố)\s*:?\s*$")
_BODY_HEADS = frozenset({"UBND", "HĐND", "UBMTTQ"})


class Symbol(NamedTuple):
    """A symbol in the text: `printed` as printed but mended, `start` to `end` the number to the last letter."""

    printed: str
    start: int
    end: int
    number: str
    year: int | None
    code: str
    party: bool

    @property
    def key(self) -> str:
        """The form in which two prints of one symbol are equal."""
        return self.printed.upper()

    @property
    def type(self) -> str | None:
        """The type of paper that the code names ("QĐ" -> "quyết định"), None for agency-and-unit codes."""
        return type_of_code(self.code)

    @property
    def agency(self) -> str | None:
        """The issuing body that the code names beyond doubt ("VPCP-KSTT" -> "Văn phòng Chính phủ")."""
        return agency_of_code(self.code)


def symbols(flat: str) -> Iterator[Symbol]:
    """All symbols of papers in a flat view, in order, each place once."""
    done = 0
    slash = flat.find("/")
    while slash >= 0:
        found = _symbol_at(flat, slash, done)
        if found:
            yield found
            done = found.end
        slash = flat.find("/", max(slash + 1, done))


def _symbol_at(flat: str, slash: int, done: int) -> Symbol | None:
    after = flat[slash + 1 : slash + 5].lstrip()
    if not after or not (after[0].isupper() or after[0].isdigit() or after[0].islower()):
        return None
    begin = max(done, slash - _NUMBER_REACH)
    window = flat[begin:slash]
    if left := _PLAIN_LEFT.search(window):
        year = _YEAR.match(flat, slash + 1)
        right = _code(flat, year.end() if year else slash + 1, lower=bool(year))
        party = ""
    elif "-" in (window := flat[(begin := max(done, slash - _REACH)) : slash]) and (left := _PARTY_LEFT.search(window)):
        year, party = None, left["code"]
        right = _code(flat, slash + 1, lower=False)
    else:
        return None
    if not right:
        return None
    code, end = right
    number, start = left["number"], begin + left.start("number")
    digits = year["year"] if year else ""
    if not _plausible(flat, start, number, digits, party, code):
        return None
    middle = f"{digits}/" if digits else ""
    printed = f"{number}-{party}/{code}" if party else f"{number}/{middle}{code}"
    whole = f"{party}/{code}" if party else code
    return Symbol(printed, start, end, number, int(digits) if len(digits) == 4 else None, whole, bool(party))


def _code(flat: str, place: int, *, lower: bool) -> tuple[str, int] | None:
    """The letters after the last slash, mended, and where they end."""
    first = _FIRST.match(flat, place)
    if not first:
        small = _LOWER_CODE.match(flat, place) if lower else None
        return (small["code"], small.end()) if small else None
    parts, end = [first["segment"]], first.end()
    while more := _MORE.match(flat, end):
        segment = more["a"] or more["dot"] or more["loose"]
        if not _goes_on(flat, parts, more, segment):
            break
        parts += [more["tight"] or ("." if more["dot"] else "-"), segment]
        end = more.end()
    if end < len(flat) and flat[end].isalpha() and not _GLUED_WORD.match(flat, end):
        return None
    bare = _without_footnote(parts)
    end -= len(parts[-1]) - len(bare)
    parts[-1] = bare
    if len(parts) > 1 and (digit := _DETACHED_DIGIT.match(flat, end)) and parts[-1] in {"KT", "VX", "NC", "TH", "CN"}:
        parts.append(digit[0].strip())
        end = digit.end()
    return "".join(parts), end


def _goes_on(flat: str, parts: list[str], more: re.Match[str], segment: str) -> bool:
    """Whether another segment belongs to the code, by how it is joined."""
    end = more.end()
    cut = end < len(flat) and flat[end].isalpha() and not _GLUED_WORD.match(flat, end)
    if more["dot"]:
        return not cut and len(segment) <= 4 and segment not in _BODY_HEADS
    if more["loose"]:
        return not cut and len(segment) >= 2 and not (more[0][0].isspace() and segment in _BODY_HEADS)
    return not (cut and more["tight"] == "/")


def _without_footnote(parts: list[str]) -> str:
    """The last segment without a footnote digit glued to it: CP2 is CP, but QH15 and KT2 stay."""
    segment = parts[-1]
    bare = segment.rstrip("0123456789")
    digits = len(segment) - len(bare)
    if not digits or digits > 2 or bare in {"QH", "UBTVQH", "HĐNN", "HDNN"}:
        return segment
    whole = "".join([*parts[:-1], bare])
    known = agency_of_code(whole) is not None or bare in {"TW", "TU", "BCĐ", "UBND", "HĐND", "HU"}
    return bare if known else segment


def _plausible(flat: str, start: int, number: str, year: str, party: str, code: str) -> bool:
    """Whether a thing of this form is a symbol: no case file, no clause, no standard, no bare fraction."""
    if sum(letter.isupper() for letter in party + code) < 2 and not code.islower():
        return False
    before = flat[max(0, start - _REACH) : start]
    if _NOT_BEFORE.search(before) or code.split("/")[0] in case_file_codes():
        return False
    if year or party:
        return len(year) != 2 or "-" in code
    said = bool(_SAYS_NUMBER.search(before)) or type_of_code(code) is not None or agency_of_code(code) is not None
    return said or (any(joint in code for joint in "-&:.") and not number[-1].isalpha())
