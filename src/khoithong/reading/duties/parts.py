"""The parts of a duty beside its lead: co-ordinators, condition, action."""

from __future__ import annotations

import re

from khoithong.reading import predicates
from khoithong.reading.bodies import body_at
from khoithong.reading.fields import expand
from khoithong.reading.model import Deadline
from khoithong.reading.patterns import Pattern
from khoithong.reading.words import Words

_CLAUSE_OPENS = frozenset(
    (
        ",",
        ";",
        ".",
        ":",
        "và",
        "hoặc",
        "trì",
        "động",
        "cực",
        "xuyên",
        "thời",
        "cường",
        "tục",
        "nhiệm",
        "cần",
        "phải",
        ")",
        "mưu",
        "giao",
        "cầu",
        "sẽ",
        "trương",
        "túc",
        "chỉ",
    )
)
_CLOSELY = (
    "chặt chẽ",
    "chặt chẽ , hiệu quả",
    "đồng bộ",
    "hiệu quả",
    "tốt",
    "thường xuyên",
    "kịp thời",
    ", hỗ trợ",
    ", hiệp đồng",
    "thực hiện",
    "hướng dẫn",
)
_MAY_OPEN = frozenset(
    ("các", "những", "lực", "nhà", "nhóm", "cộng", "đơn", "một", "chủ", "cơ", "chính", "người", "đội", "gia")
)
_GUESSED = 24
_LISTED = 12


def coordinators_in(words: Words, predicate: int, after: int, *, subject_after: int | None = None) -> tuple[str, ...]:
    """Whom the lead is to work with: after "phối hợp (với)" that opens a clause of the duty, or after "cùng"."""
    names: list[str] = []
    j = predicate
    if n := words.follows(j, "cùng với", "cùng"):
        found, j = _list(words, j + n, after)
        names.extend(found)
    while j < after:
        if words.word(j) == "phối" and words.word(j + 1) in ("hợp", "kết") and _opens_clause(words, j, predicate):
            found, j = _partners(words, j + (3 if words.word(j + 1) == "kết" else 2), after)
            names.extend(found)
        else:
            j += 1
    return tuple(dict.fromkeys(names))


def main_verb(words: Words, predicate: int, after: int) -> int:
    """The word where the action itself begins: behind modal words, "chủ trì" and the partners."""
    j = predicate
    for _ in range(6):
        if n := words.follows(j, "chủ trì ,", "chủ trì", "có trách nhiệm", "phải", "cần", "cùng", ","):
            j += n
        elif words.follows(j, "phối hợp"):
            found, end = _partners(words, j + 2, after)
            if not found:
                break
            j = end
        else:
            break
    return j if j < after else predicate


def shared_lead(words: Words, predicate: int, after: int) -> tuple[str, ...]:
    """Who leads beside the lead: "đồng chủ trì với X"."""
    if n := words.follows(predicate, "đồng chủ trì với", "đồng chủ trì cùng với", "đồng chủ trì cùng"):
        return _list(words, predicate + n, after)[0]
    return ()


def _opens_clause(words: Words, j: int, predicate: int) -> bool:
    return j == predicate or words.word(j - 1) in _CLAUSE_OPENS


def _partners(words: Words, j: int, after: int) -> tuple[tuple[str, ...], int]:
    n = words.follows(j, *_CLOSELY)
    j += n
    with_ = words.follows(j, "với", ", cùng với", "cùng với", "cùng")
    found, end = _list(words, j + with_, after)
    if found:
        return found, end
    if with_:
        guess, end = _guessed(words, j + with_, after)
        more = _list(words, end + 1, after) if guess and words.word(end) in ("và", ",") else ((), end)
        return (*guess, *more[0]), max(end, more[1])
    return (), max(end, j)


def _list(words: Words, j: int, after: int) -> tuple[tuple[str, ...], int]:
    names: list[str] = []
    for _ in range(_LISTED):
        unit = body_at(words, j)
        if unit is None or unit.after > after:
            break
        names.extend(unit.names)
        j = unit.after
        step = words.follows(j, ", và", ", cùng với", "cùng với", ",", "và", "cùng", "; các", "với")
        if not step or predicates.verb_at(words, j + step) or not _goes_on(words, j + step):
            break
        j += step - (1 if words.word(j) == ";" else 0)
        if body_at(words, j) is None:
            more, j = _guessed(words, j, after)
            names.extend(more)
            break
    return tuple(names), j


def _goes_on(words: Words, j: int) -> bool:
    return body_at(words, j) is not None or words.word(j) in ("lực", "nhà", "các")


def _guessed(words: Words, j: int, after: int) -> tuple[tuple[str, ...], int]:
    """A partner that the grammar of bodies does not know: the words up to a verb or a mark."""
    k = j
    while k < min(after, j + _GUESSED):
        word = words.low[k]
        if word in (";", ".", ":", "(", ",", "\n") or words.follows(
            k, "để", "trong việc", "trong quá trình", "nhằm", "khi", "trong"
        ):
            break
        if k > j and predicates.verb_at(words, k) and not words.follows(k, "tổ chức"):
            break
        if word == "và" and body_at(words, k + 1):
            break
        k += 1
    if words.word(j) not in _MAY_OPEN:
        return (), j
    name = expand(words.printed(j, k))
    return ((name,), k) if name and k - j < _GUESSED else ((), k)


_CONDITION = Pattern(
    r"\(\s*(?:nếu|khi)\s+(?:[^()]{2,60})\)|"
    r"(?:^|[,;.:“\"]\s*|\btrong\s+)(?P<case>trường\s+hợp)\b|"
    r"(?<!hoặc\s)\b(?:nếu|khi)\s+(?:thấy\s+)?cần(?:\s+thiết)?\b|(?:^|[,;.:]\s*)(?:nếu|khi\s+có)\b|^\s*khi\b|\bthì\s+khi\b|\bnếu\s+(?:có|thấy|phát|không|xảy|vượt|chưa|đủ|được|vẫn|để)\b"
)
_SUCH_CASES = Pattern(r"^\W*(?:với|đối\s+với)\s+(?:các|những)\s+trường\s+hợp\b[^;.]{0,200}?\bthì\b")
_ONLY_WHERE_ANY = Pattern(r"\(\s*nếu\s+có\s*\)")


def conditional(text: str) -> bool:
    """Whether the duty hangs on a condition: "nếu cần thiết", "trường hợp ... thì", "(nếu có)" of its object."""
    low = text.lower()
    if _SUCH_CASES.match(low):
        return True
    for match in _CONDITION.finditer(low):
        if _ONLY_WHERE_ANY.fullmatch(match[0]):
            if low[match.end() :].strip(" .;)/\n")[:1] not in ("", "”"):
                continue
            if re.search(r"\b(?:theo|của)\b[^,;.]{0,90}$", low[max(0, match.start() - 110) : match.start()]):
                continue
            return True
        if match["case"] and re.search(
            r"(?:trừ|kể cả|các|những|từng|mọi)\s*$", low[max(0, match.start("case") - 12) : match.start("case")]
        ):
            continue
        return True
    return False


_NUMBERED = Pattern(r"\s*\(?\d{1,2}\)\s*(?=\w)")


def action_of(flat: str, start: int, end: int, deadline: Deadline | None) -> str:
    """What is to be done, on one line, without a deadline at either end."""
    if deadline:
        if flat[deadline.end : end].strip(" ,.;)") == "":
            end = deadline.start
        elif deadline.start >= start and flat[start : deadline.start].strip(" ,(") == "":
            start = deadline.end
    if numbered := _NUMBERED.match(flat, start, end):
        start = numbered.end()
    return " ".join(flat[start:end].split()).strip(" ,;:.(")
