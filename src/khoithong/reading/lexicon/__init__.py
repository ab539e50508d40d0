"""What the grammar knows by name: types of paper, letters that stand for agencies, names of bodies and of laws.

The data lie beside this module as plain files and are read when first asked for, so that importing costs nothing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_JOINTS = re.compile(r"[-/&:._]")
_OLD_TONES, _NEW_TONES = ("oà oá oả oã oạ oè oé uỷ uý uỳ uỹ", "òa óa ỏa õa ọa òe óe ủy úy ùy ũy")
_TONES = dict(zip(_OLD_TONES.split(), _NEW_TONES.split(), strict=True))
_TONE = re.compile(r"(?<!q)(?:" + "|".join(_TONES) + r")(?!\w)")


def _text(name: str) -> str:
    return unicodedata.normalize("NFC", Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _json(name: str) -> Any:
    return json.loads(_text(name))


@lru_cache(maxsize=16384)
def folded(words: str) -> str:
    """Words in the form in which spellings are compared: lower case, single blanks, tone marks in one place."""
    low = " ".join(words.split()).lower()
    return _TONE.sub(lambda match: _TONES[match[0]], low)


@cache
def paper_types() -> dict[str, str]:
    """Every way to write a type of paper, folded, and its name ("băn bản" -> "văn bản")."""
    data = _json("types.json")
    names: dict[str, str] = {name: name for name in data["types"]}
    names.update(data["spellings"])
    return names


@cache
def _type_codes() -> dict[str, str]:
    return {code: name for name, codes in _json("types.json")["types"].items() for code in codes}


@cache
def case_file_codes() -> frozenset[str]:
    """Letters behind the number of a court's or an investigator's file, which is no paper of administration."""
    return frozenset(_json("types.json")["case_files"])


@cache
def _agency_codes() -> dict[str, str]:
    data: dict[str, str] = _json("agencies.json")
    return data


@cache
def type_of_code(code: str) -> str | None:
    """The type of paper that the letters of a symbol name: "QĐ-UBND" -> "quyết định"; "UBND-NCKS" -> None."""
    codes = _type_codes()
    first = _JOINTS.split(code, maxsplit=1)[0]
    found = codes.get(first) or (codes.get(first.upper()) if first.islower() else None)
    if found:
        return found
    if re.fullmatch(r"(?:NQ|QĐ|QD|NĐ|ND|TT|CT)(?:UBND|HĐND|TTg|CP|UBTVQH\d*)", first):
        return codes[first[:2]]  # the hyphen was lost
    return None


def _behind_type(code: str) -> tuple[str, str]:
    """The first letters of a symbol, and those behind the type where the first name one."""
    first = _JOINTS.split(code, maxsplit=1)[0]
    return first, code[len(first) + 1 :] if first != code and type_of_code(first) else code


def body_letters(code: str) -> str:
    """The letters that stand for the issuing body: "QĐ-UBND" -> "UBND", "KL/TW" -> "TW", "VPCP-KSTT" -> "VPCP"."""
    return _JOINTS.split(_behind_type(code)[1], maxsplit=1)[0]


@cache
def agency_of_code(code: str) -> str | None:
    """The body that the letters of a symbol name beyond doubt: "TT-BTC" -> "Bộ Tài chính"; "QĐ-UBND" -> None."""
    known = _agency_codes()
    first, rest = _behind_type(code)
    if rest in known:
        return known[rest]
    parts = _JOINTS.split(rest)
    if first in {"TTLT", "NQLT"}:
        names = [known[part] for part in parts if part in known]
        return " và ".join([", ".join(names[:-1]), names[-1]]) if len(names) == len(parts) > 1 else None
    head = parts[0].rstrip("0123456789") if parts[0].startswith(("QH", "UBTVQH")) else parts[0]
    return known.get(head)


@cache
def law_names() -> dict[str, str]:
    """Names of laws, folded, without the word "Luật": "đầu tư công" -> "Đầu tư công"."""
    lines = (line.strip() for line in _text("laws.txt").splitlines())
    return {folded(line): line for line in lines if line and not line.startswith("#")}


@cache
def fields() -> tuple[str, ...]:
    """What ministries and departments are called after ("Tài chính"), longest first."""
    return tuple(sorted(_json("names.json")["fields"], key=len, reverse=True))


@cache
def field_abbreviations() -> dict[str, str]:
    """Letters for what ministries and departments are called after: "TT&TT" -> "Thông tin và Truyền thông"."""
    found: dict[str, str] = _json("names.json")["field_abbreviations"]
    return found


@cache
def body_abbreviations() -> dict[str, str]:
    """Letters for whole bodies: "VPCP" -> "Văn phòng Chính phủ"."""
    found: dict[str, str] = _json("names.json")["body_abbreviations"]
    return found


@cache
def body_names() -> tuple[str, ...]:
    """Bodies and offices with one name in the whole country, longest first."""
    return tuple(sorted(_json("names.json")["bodies"], key=len, reverse=True))


@cache
def provinces() -> tuple[str, ...]:
    """Names of provinces and of cities under the centre, past and present, longest first."""
    return tuple(sorted(_json("names.json")["provinces"], key=len, reverse=True))
