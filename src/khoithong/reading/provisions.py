"""Provisions that a text points at: "điểm a khoản 2 Điều 5 Nghị định số ...", lists and ranges of them.

`_steps` finds steps (a level with its numbers), `_runs` puts steps that stand together into one run, `_Run` reads a run
from its end: each step takes what stands above it from the step to its right, and all take the paper behind the run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from khoithong.reading.findings import OWN, Provision, Reference, Target, cited, unresolved
from khoithong.reading.numbering import ROMAN, between
from khoithong.reading.patterns import Pattern
from khoithong.reading.references import Setting
from khoithong.reading.text import grammar


class Level(IntEnum):
    """The levels of a paper from the lowest up."""

    POINT = 1
    CLAUSE = 2
    ARTICLE = 3
    SECTION = 4
    CHAPTER = 5
    PART = 6
    ANNEX = 7


_LEVELS = {
    "điểm": Level.POINT,
    "khoản": Level.CLAUSE,
    "điều": Level.ARTICLE,
    "mục": Level.SECTION,
    "chương": Level.CHAPTER,
    "phần": Level.PART,
    "phụ lục": Level.ANNEX,
}
_FIELDS = {level: level.name.lower() for level in Level}
_FIGURE = r"\d{1,3}[a-zđ]?(?![\w%]|[.,]\d|/\d)"
_LETTER = r"[a-ik-vxyđ]\d{0,2}(?![\w])"
_THIS = r"này(?!\w)"
_NUMBERS = {
    Level.POINT: rf"(?:{_LETTER}|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?!\w)|{_FIGURE})",
    Level.CLAUSE: rf"(?:\d{{1,2}}\.\d{{1,2}}(?![\w.]|,\d)|{_FIGURE})",
    Level.ARTICLE: _FIGURE,
    Level.SECTION: rf"(?:{ROMAN}(?!\w)|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?!\w)|{_FIGURE}|[A-HĐ](?!\w))",
    Level.CHAPTER: rf"(?:{ROMAN}(?!\w)|{_FIGURE})",
    Level.PART: rf"(?:{ROMAN}(?!\w)|{_FIGURE}|[A-HĐ](?!\w)|thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám)(?!\w))",
    Level.ANNEX: rf"(?:số )?(?:{ROMAN}(?:\.\d{{1,2}}|[A-H])?(?!\w)|\d{{1,2}}[A-H]?(?![\w/]|[.,]\d)|[A-HĐ](?!\w))",
}
#: the word of each level: its first letters, and the rest; a search that begins with a set of letters is quick
_WORDS = {
    Level.POINT: ("Đđ", "iểm|IỂM"),
    Level.CLAUSE: ("Kk", "hoản|HOẢN"),
    Level.ARTICLE: ("Đđ", "iều|IỀU"),
    Level.SECTION: ("Mm", "ục"),
    Level.CHAPTER: ("Cc", "hương|HƯƠNG"),
    Level.PART: ("Pp", "hần"),
    Level.ANNEX: ("Pp", "hụ lục|HỤ LỤC"),
}
_STEP = grammar(
    "[ĐđKkMmCcPp](?:"
    + "|".join(
        f"(?P<{level.name}>(?:{rest}) (?:từ )?(?={_NUMBERS[level]}|{_THIS}))" for level, (_, rest) in _WORDS.items()
    )
    + ")"
)
_NUMBER = {level: grammar(_NUMBERS[level]) for level in Level}
_THIS_ONE = grammar(_THIS)
#: joints inside a list of numbers; what follows a number of a list must not make it a quantity
_MORE = grammar(r"\s*(?P<joint>,\s*(?:và )?|\s(?=[a-ik-vxyđ](?:,|\s+và\s))|;\s*|\bvà |\bhoặc |\bđến (?:hết )?|-)\s*")
_NO_QUANTITY = grammar(
    r"\s*(?:$|[,;.:)(\n”\"-]|(?:và|hoặc|đến|điểm|khoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục|của|này|"
    r"trên|nêu|nói|tại|như|được|thì|trong|quy|ban|kèm|về|có|là|theo|bị|hết|thuộc|sau|phải|còn|để|không|mà|cho|ở|do|đã|bằng|thay|Bộ|Luật|"
    r"Nghị|Thông|Quyết|Quy|Hiến|Pháp|Chỉ|Kế|Công|Văn|Hướng|Điều lệ|Chương trình)(?!\w))"
)
_JOINT = grammar(
    r"(?P<comma>\s*[,;]\s*(?:và )?)?(?P<and>\s*\b(?:và|hoặc|cùng|hay) )?(?P<to>\s*\b(?:đến|tới)(?: hết)? )?"
    r"(?P<open>\s*\(\s*)?(?:(?:của|thuộc|tại|trong|tiểu|các|những|từ|và các)\s+)*\s*"
)
_TO_PAPER = grammar(
    r"[\s,)]*(?:(?:được )?(?:ban hành )?kèm theo )?(?:(?:của|tại|trong|thuộc|ở|nêu tại|quy định tại) )?"
    r"(?:(?:các|những) )?"
)
_NAMED_ANNEX = grammar(r"[^;.()\n]{0,120}?\bkèm theo ")
_PAPER_BEGINS = grammar(
    r"\s+(?:của )?(?:Quy chế|Quy định|Điều lệ|Phụ lục|Danh mục|Quy chuẩn)\b[^;.()\n]{0,160}?kèm theo "
)
_OWN_HEAD = Pattern(
    r"(?m)^[ ]*[“\"]?(?P<quoted>)(?:(?:Điều|ĐIỀU)\s+(?P<article>\d{1,3}[a-zđ]?)\s*[.:]|(?P<clause>\d{1,3}[a-zđ]?)\.\s)"
)
_NO_HEADING = grammar(
    r"\s*,| (?:và|hoặc|đến|của|này|tại|ban hành|kèm|Luật|Bộ luật|Nghị|Thông|Quyết|Quy|Phần|Mục|Chương|Phụ lục|"
    r"Điều)(?!\w)"
)
_OTHER_WORDS = frozenset(
    "tài thời địa quan đặc ưu nhược trọng cao giao danh hạng chuyên tiêu thành cổ một đa góp bưu".split()  # noqa: SIM905
)
_MOST_STEPS = 60  # in one run
_APART = 30  # characters between two steps of a run
_MARGIN = 80  # characters before a heading that may be blank
_UNNAMED = "văn bản không nói rõ của văn bản nào"


@dataclass(frozen=True, slots=True)
class _Step:
    """One level with its numbers: "khoản 1, 2 và 4". `numbers` holds (number, start, end), ranges expanded."""

    level: Level
    numbers: tuple[tuple[str | None, int, int], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Joined:
    """A step and how it hangs on the one before it in its run."""

    step: _Step
    listed: bool  # a joint of a list stands before it
    hard: bool  # with "và" or "hoặc", so that it cannot be the way up from the step before
    upto: bool


def find_provisions(setting: Setting, references: tuple[Reference, ...]) -> tuple[Provision, ...]:
    """All provisions that a text points at, in order; headings of its own articles and chapters are none."""
    places = _Papers.of(setting, references)
    own = _OwnNumbers(setting.flat)
    out: list[Provision] = []
    for run in _runs(setting.flat):
        target, rule, certainty = places.of_run(run)
        around = len(run) == 1 and run[0].step.numbers[0][0] is None
        if around and setting.identity.type == "văn bản hợp nhất":
            continue  # a note at the foot of a page: what it lies in is not what it speaks of
        if rule == "alone" and max(joined.step.level for joined in run) < Level.ARTICLE:
            continue  # "khoản 500 triệu đồng", or too little to say which
        out += _read(run, target, rule, certainty, own)
    out = [each for each in out if any(getattr(each, field) for field in _FIELDS.values())]
    return tuple(sorted(out, key=lambda each: (each.start, each.end)))


# Steps and runs ----------------------------------------------------------------------------------------------------


def _steps(flat: str) -> Iterator[_Step]:
    done = 0
    for match in _STEP.finditer(flat):
        level = Level[match.lastgroup or ""]
        if match.start() < done or match[0][0] not in _WORDS[level][0] or _of_another_word(flat, match):
            continue
        numbers = tuple(_numbers(flat, level, match.start(), match.end()))
        if numbers and not _heads(flat, level, match.start(), numbers[-1][2]):
            done = numbers[-1][2]
            yield _Step(level, numbers, match.start(), done)


def _of_another_word(flat: str, match: re.Match[str]) -> bool:
    """Whether the word of a level belongs to another: "tài khoản này", "thời điểm 2", "phần 3" of anything."""
    if flat[match.start() - 1 : match.start()].isalpha():
        return True
    before = flat[max(0, match.start() - 8) : match.start()].lower().split()
    figure = flat[match.end() : match.end() + 1].isdigit()
    return (bool(before) and before[-1] in _OTHER_WORDS) or (match[0].startswith("phần") and figure)


def _numbers(flat: str, level: Level, start: int, place: int) -> Iterator[tuple[str | None, int, int]]:
    """The numbers that follow the word of a level: one, a list, a range."""
    if this := _THIS_ONE.match(flat, place):
        yield None, start, this.end()
        return
    pattern = _NUMBER[level]
    match = pattern.match(flat, place)
    if not match:
        return
    last, begin = _clean(match[0]), start
    yield last, start, match.end()
    while (joint := _MORE.match(flat, match.end())) and (more := pattern.match(flat, joint.end())):
        letter = level is Level.POINT and more[0].isalpha()
        if not (letter or _NO_QUANTITY.match(flat, more.end())) or (level is Level.POINT and last.isdigit()):
            return
        number = _clean(more[0])
        if joint["joint"].strip().startswith(("đến", "-")):
            run = between(last, number)
            if not run:
                return
            for each in run[1:]:
                yield each, begin, more.end()
        else:
            yield number, more.start(), more.end()
        last, begin, match = number, more.start(), more


def _clean(number: str) -> str:
    words = number.split()
    return " ".join(words[1:] if words[0] == "số" else words)


def _heads(flat: str, level: Level, start: int, end: int) -> bool:
    """Whether a step opens a part of the paper itself ("Điều 5. ...", "Chương II" on a line of its own)."""
    before = flat[max(0, start - _MARGIN) : start].rstrip(' “"*#')
    if before and not before.endswith("\n"):
        return False
    if level in {Level.POINT, Level.CLAUSE}:
        return False
    if flat[end : end + 3].lstrip()[:1] in {".", ":"}:
        return True
    return level is not Level.ARTICLE and flat[start].isupper() and not _NO_HEADING.match(flat, end)


def _runs(flat: str) -> Iterator[list[_Joined]]:
    """Steps that stand together, joined by nothing, a comma, "và", "đến" or an opening bracket."""
    run: list[_Joined] = []
    for step in _steps(flat):
        joint = _JOINT.fullmatch(flat, run[-1].step.end, step.start) if run else None
        if joint is None or len(run) == _MOST_STEPS or step.start - run[-1].step.end > _APART or "\n" in joint[0]:
            if run:
                yield run
            run = [_Joined(step, listed=False, hard=False, upto=False)]
            continue
        listed = bool(joint["comma"] or joint["and"] or joint["to"])
        hard = bool(joint["and"] or joint["to"] or ";" in (joint["comma"] or ""))
        run.append(_Joined(step, listed=listed, hard=hard, upto=bool(joint["to"])))
    if run:
        yield run


# A run, read from its end -------------------------------------------------------------------------------------------


def _read(run: list[_Joined], paper: Target, rule: str, certainty: float, own: _OwnNumbers) -> Iterator[Provision]:
    """The provisions of a run: the steps that no step to their left goes up to."""
    above: dict[Level, str | None] = {}
    ends = [joined.step.end for joined in run]
    for at in range(len(run) - 1, -1, -1):
        step, following = run[at].step, run[at + 1] if at + 1 < len(run) else None
        if following is not None and following.hard and following.step.level > step.level:
            above = {}
        above = {level: number for level, number in above.items() if level > step.level}
        if following is None or following.step.level <= step.level or following.hard:
            ends[at] = step.end
        else:
            ends[at] = ends[at + 1]
        downward = _from_above(run, at) if not above else {}
        parents = above | downward
        spread = _spread(run, at)
        for number, start, end in spread[1:] if _is_parent(run, at) else spread:
            last = number == spread[-1][0]
            yield _provision(step, number, start, ends[at] if last else end, parents, (paper, rule, certainty), own)
        above = {**above, step.level: step.numbers[0][0]}


def _is_parent(run: list[_Joined], at: int) -> bool:
    """Whether the step to the left is lower and goes up to this one, or the step to the right goes down from it."""
    left = run[at - 1].step.level if at else None
    if left is not None and left < run[at].step.level and not run[at].hard:
        return True
    if at + 1 < len(run) and not run[at + 1].hard and run[at + 1].step.level < run[at].step.level:
        rest = [joined.step.level for joined in run[at + 1 :]]
        return len(run[at].step.numbers) == 1 and max(rest) < run[at].step.level
    return False


def _from_above(run: list[_Joined], at: int) -> dict[Level, str | None]:
    """What stands above a step that goes down from its left: "Điều 5, khoản 2"."""
    found: dict[Level, str | None] = {}
    level = run[at].step.level
    if any(joined.step.level > level for joined in run[at + 1 :]):
        return found
    following = run[at + 1].step.level if at + 1 < len(run) else None
    for back in range(at - 1, -1, -1):
        step = run[back].step
        if step.level <= max(found, default=level) or run[back + 1].hard or following == level:
            break  # a list of several: what stands before it is one of them
        if len(step.numbers) == 1:
            found[step.level] = step.numbers[0][0]
    return found


def _spread(run: list[_Joined], at: int) -> list[tuple[str | None, int, int]]:
    """The numbers of a step, with those of a range that runs up to it from the step before: "từ Điều 3 đến Điều 7"."""
    step, numbers = run[at].step, list(run[at].step.numbers)
    if not run[at].upto or not at or run[at - 1].step.level != step.level:
        return numbers
    before, first = run[at - 1].step, numbers[0][0]
    last = before.numbers[-1][0]
    inner = between(last, first)[1:-1] if last and first else ()
    return [*((each, before.start, numbers[0][2]) for each in inner), *numbers]


def _provision(
    step: _Step,
    number: str | None,
    start: int,
    end: int,
    parents: dict[Level, str | None],
    found: tuple[Target, str, float],
    own: _OwnNumbers,
) -> Provision:
    paper, rule, certainty = found
    levels = {**parents, step.level: number}
    here = [level for level, value in levels.items() if value is None]
    if here:
        levels = {**levels, **own.at(start, min(here))}
        paper, rule, certainty = (paper, rule, certainty) if paper.known else (OWN, "this", 0.9)
    values = {level: value for level, value in levels.items() if value is not None}

    def value(level: Level) -> str | None:
        return values.get(level)

    return Provision(
        paper=paper,
        start=start,
        end=end,
        point=value(Level.POINT),
        clause=value(Level.CLAUSE),
        article=value(Level.ARTICLE),
        section=value(Level.SECTION),
        chapter=value(Level.CHAPTER),
        part=value(Level.PART),
        annex=value(Level.ANNEX),
        rule=f"provision:{rule}",
        certainty=certainty,
    )


# What surrounds a run ----------------------------------------------------------------------------------------------


class _OwnNumbers:
    """The article and the clause of the paper itself that a place lies in, for "Điều này" and "khoản này"."""

    def __init__(self, flat: str) -> None:
        self._places: list[int] = []
        self._levels: list[dict[Level, str | None]] = []
        article: str | None = None
        for match in _OWN_HEAD.finditer(flat):
            article = match["article"] or article
            self._places.append(match.start())
            self._levels.append({Level.ARTICLE: article, Level.CLAUSE: match["clause"]})

    def at(self, place: int, lowest: Level) -> dict[Level, str | None]:
        index = bisect_right(self._places, place) - 1
        if index < 0:
            return {}
        return {level: number for level, number in self._levels[index].items() if level >= lowest}


@dataclass(frozen=True, slots=True)
class _Papers:
    """Where papers are named: what begins at a place, and what ends there."""

    setting: Setting
    begins: dict[int, Target]
    ends: dict[int, Target]

    @classmethod
    def of(cls, setting: Setting, references: tuple[Reference, ...]) -> _Papers:
        begins: dict[int, Target] = {}
        ends: dict[int, Target] = {}
        for named in setting.cited.named:
            target = OWN if named.citation is None else cited(named.citation)
            begins.setdefault(named.mention.start, target)
            ends[max(named.mention.end, named.mention.after)] = target
        for reference in references:
            begins.setdefault(reference.start, reference.paper)
        return cls(setting, begins, ends)

    def of_run(self, run: list[_Joined]) -> tuple[Target, str, float]:
        """The paper that a run of steps is of, by what rule, how surely."""
        flat, end = self.setting.flat, run[-1].step.end
        gap = _TO_PAPER.match(flat, end)
        annexed = _NAMED_ANNEX.match(flat, end) if run[-1].step.level is Level.ANNEX else None
        places = {found.end() for found in (gap, annexed, _PAPER_BEGINS.match(flat, end)) if found}
        for place in sorted(places):
            if (target := self.begins.get(place)) is not None:
                return target, "paper-behind", 1.0
        before = flat[max(0, run[0].step.start - 3) : run[0].step.start]
        if before.rstrip().endswith("("):
            opened = run[0].step.start - len(before) + before.rstrip().rfind("(")
            for place in (opened, opened - 1):
                if (target := self.ends.get(place)) is not None:
                    return target, "paper-before", 0.9
        if run[-1].step.numbers[-1][0] is None:
            return (
                (unresolved(_UNNAMED), "this", 0.5) if self.setting.quotation(end) is not None else (OWN, "this", 0.95)
            )
        if "sửa đổi" in (self.setting.identity.subject or "").lower():
            changed = self.setting.changed_before(run[0].step.start)
            if changed is not None:
                return changed, "paper-changed", 0.6
        return unresolved(_UNNAMED), "alone", 0.5
