"""What a paper is to the papers it names: legal basis, amends, replaces, repeals, guides, carries out, answers, asks.

The papers of a text stand in a row (`_points`): mentions, and short forms that mean the paper itself. For each of them
small readers ask the words before it, between it and its neighbour, and behind it. Words between two cited papers
("Thông tư X sửa đổi Thông tư Y") relate these two; words that open a clause relate the text's own paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from khoithong.reading.findings import OWN, Reference, Relation, RelationKind, Target, cited
from khoithong.reading.patterns import Pattern
from khoithong.reading.references import Setting
from khoithong.reading.text import grammar

_VERBS = {
    RelationKind.AMENDS: "sửa đổi,? (?:và )?bổ sung|sửa đổi|bổ sung|đính chính",
    RelationKind.REPLACES: "thay thế",
    RelationKind.REPEALS: "bãi bỏ|hủy bỏ|huỷ bỏ",
    RelationKind.GUIDES: "quy định chi tiết|hướng dẫn|quy định (?:một số )?biện pháp|quy định việc thi hành",
    RelationKind.CARRIES_OUT: "tiếp tục thực hiện|triển khai thực hiện|tổ chức thực hiện|triển khai|thực hiện|thi hành",
}
#: words that may stand between the verb and the paper that it governs
_OBJECT = (
    r"(?:[\s,;()]+(?:một số|các|toàn bộ|những|nội dung|quy định|điều|khoản|điểm|cụm từ|thi hành|thực hiện|việc|"
    r"chi tiết|biện pháp|để|tổ chức|hướng dẫn|triển khai|của|tại|và|về|tên|[Cc]hương|[Mm]ục|Phần|Điều|Phụ lục|[IVX]+|"
    r"\d{1,3}[a-zđ]?|[a-zđ]|ban hành|kèm theo|Quy chế|Quy định|Danh mục|quy phạm|trong|số|đối với)(?=[\s,;()]))*+"
    r"[\s,(]*"
)
_VERB = "|".join(f"(?P<{kind.name}>{words})" for kind, words in _VERBS.items())
_ACTIVE = grammar(rf"(?<!được\s)(?<!bị\s)(?<!hiệu\slực\s)(?<!\w)(?i:{_VERB})(?!\w){_OBJECT}$")
_CHANGED = "|".join(
    f"(?P<{kind.name}>{words})" for kind, words in _VERBS.items() if kind is not RelationKind.CARRIES_OUT
)
_PASSIVE = grammar(
    rf"^[^;.\n]{{0,200}}?(?P<said>(?:đã |sẽ )?(?:được|bị) (?i:{_CHANGED})(?!\w)[^;.\n“]{{0,60}}?"
    r"(?<!\w)(?:bởi|theo|tại|bằng)(?!\w))[^;.\n“]{0,90}$"
)
_LISTED = grammar(
    r"[\s\d]*(?:[,;]|và|hoặc|cùng|các|số|:|\s)*(?:(?:khoản|điểm|Điều|điều|của|tại|\d+[a-zđ]?|[a-zđ])[\s,]+)*"
)
_TITLE_AND_JOINT = grammar(r"[^;\n]{0,400}?;\s*(?:các )?")
_STOP = Pattern(r"[;\n]|(?<!\d)\.(?=\s)|(?<=\d)\.(?=\s+[A-ZĐÂÊÔƠƯĂ])")
_OPENING = grammar(r"^\s*[“\"]?(?:(?:[a-zđ]\)|[-+•*]|\d+(?:\.\d+)*[.)])\s*)*")
_BASIS = grammar(r"^(?P<said>(?i:căn cứ)(?: vào)?)(?!\w)(?:(?!\btheo\b)[^;\n]){0,200}$")
_CARRIES = grammar(
    r"^(?P<said>(?:Để |Tiếp tục |Nhằm )?(?:(?:tổ chức |tiếp tục )?(?i:thực hiện|triển khai)(?: thực hiện)?|Thi hành))"
    r"(?! theo| tốt| nghiêm| đầy đủ| đúng| hiệu quả| có hiệu quả)(?!\w)[^;\n]{0,160}$"
)
_ANSWERS = grammar(r"^(?P<said>(?:Để )?(?i:trả lời|phúc đáp|đáp lại))(?!\w)[^;\n]{0,160}$")
_REQUEST = grammar(
    r"(?:^|[\s,])(?P<said>(?i:theo|xét|xem xét|trên cơ sở)(?: nội dung)? (?:đề nghị|đề xuất|kiến nghị)(?: của)?)(?!\w)"
    r"[^;\n]{0,200}?(?:tại|trong|theo|\()(?: các)?\s*$"
)
_SUBMITTED = grammar(r"^(?P<said>(?:Xét|Xem xét|Sau khi xem xét|Theo))\s*$")
#: types of paper that change others by their own words
_RULES_ON = frozenset(
    (
        "luật",
        "bộ luật",
        "pháp lệnh",
        "nghị quyết",
        "nghị quyết liên tịch",
        "nghị định",
        "thông tư",
        "quyết định",
        "lệnh",
    )
) | {"thông tư liên tịch", "chỉ thị"}
_OWN_CHANGE = grammar(
    rf"^(?P<said>(?i:{_VERBS[RelationKind.AMENDS]}|{_VERBS[RelationKind.REPLACES]}|{_VERBS[RelationKind.REPEALS]}))(?!\w)"
    rf"{_OBJECT}$"
)
_WORDS_CHANGE = grammar(r"^(?P<said>(?:Thay(?: thế)?|Bỏ|Bãi bỏ|Bổ sung|Sửa) (?:các )?(?:cụm )?từ)(?!\w)[^\n]{0,300}$")
_LAPSES = grammar(
    r"^(?:[^;.\n]{0,260}?[\s,)])?(?P<said>(?:đã |sẽ )?(?:hết hiệu lực|chấm dứt hiệu lực|(?:bị|được) (?:bãi bỏ|hủy bỏ)))"
    r"(?!\w)"
)
_LIST_HEAD = grammar(
    r"(?m)^[^\n]{0,300}?(?P<said>hết hiệu lực|Bãi bỏ|Thay thế|(?<=này\s)(?:bãi bỏ|thay thế))(?!\w)"
    r"[^\n:“]{0,240}:\s*$"
)
_VERB_OF = {kind: grammar(words, re.IGNORECASE) for kind, words in _VERBS.items()}
_LAWS = frozenset(("luật", "bộ luật", "pháp lệnh", "hiến pháp"))
_PARTS = grammar(r"(?<!\w)(?:[Đđ]iều|khoản|điểm|[Cc]hương|[Mm]ục|Phần|[Pp]hụ lục|Danh mục|nội dung|quy định)(?!\w)")
_WINDOW = 300  # characters looked at on either side of a paper
_MOST_ITEMS = 200  # under one heading


@dataclass(frozen=True, slots=True)
class _Point:
    """A place where a paper is meant: `after` lies behind its date and issuer."""

    start: int
    end: int
    after: int
    target: Target
    type: str | None
    titled: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """A relation found at a point, which is its object, or its subject where `reversed`."""

    relation: Relation
    reversed: bool = False
    lawful: bool = False  # a law is at the point

    def of(self, other: Target) -> _Said:
        """The same said of another point of the same list."""
        sure = round(self.relation.certainty * 0.95, 2)
        if self.reversed:
            return _Said(replace(self.relation, subject=other, certainty=sure), reversed=True, lawful=self.lawful)
        return _Said(replace(self.relation, object=other, certainty=sure))


def find_relations(setting: Setting, references: tuple[Reference, ...]) -> tuple[Relation, ...]:
    """Every relation once, where it is said first, in order of place."""
    points = _points(setting, references)
    found: list[Relation] = []
    said: list[_Said] = []
    for at, point in enumerate(points):
        before = points[at - 1] if at else None
        said = _said_at(setting, point, before, said, points[max(0, at - 4) : max(0, at - 1)])
        found += [each.relation for each in said]
        following = points[at + 1] if at + 1 < len(points) else None
        if lapse := _lapse(setting, point, following):
            inner = next((each.relation.subject for each in said if not each.relation.subject.own), None)
            found.append(replace(lapse, object=inner) if inner and not said[0].reversed else lapse)
            found += _lapse_of_list(setting, points, at, lapse)
    found += _under_headings(setting, points)
    return tuple(_once(found))


def _once(found: list[Relation]) -> Iterator[Relation]:
    seen: set[tuple[RelationKind, Target, Target]] = set()
    for each in sorted(found, key=lambda relation: (relation.start, relation.end)):
        key = (each.kind, each.subject, each.object)
        if key not in seen and each.subject != each.object:
            seen.add(key)
            yield each


def _points(setting: Setting, references: tuple[Reference, ...]) -> list[_Point]:
    """The papers of a text in order, from behind its own number on."""
    begin = setting.identity.span[1] if setting.identity.span else 0
    points = []
    for named in setting.cited.named:
        mention = named.mention
        target = OWN if named.citation is None else cited(named.citation)
        points.append(
            _Point(
                mention.start, mention.end, max(mention.end, mention.after), target, mention.type, bool(mention.title)
            )
        )
    for each in references:
        if each.paper.known and each.certainty >= 0.8:
            points.append(_Point(each.start, each.end, each.end, each.paper, None))
    points.sort(key=lambda point: (point.start, -point.end))
    out: list[_Point] = []
    for point in points:
        if point.start >= begin and (not out or point.start >= out[-1].end):
            out.append(point)
    return out


# Before a paper ----------------------------------------------------------------------------------------------------


def _said_at(
    setting: Setting, point: _Point, before: _Point | None, said: list[_Said], earlier: list[_Point]
) -> list[_Said]:
    """What is said of the paper at a point; `said` is what was said of the one before."""
    flat = setting.flat
    if before is not None and 0 <= point.start - before.after <= _WINDOW + 100:
        between = flat[before.after : point.start]
        if said and _LISTED.fullmatch(between) and _goes_on(said, point, between):
            return [each.of(point.target) for each in said]
        basis = [each for each in said if each.relation.kind is RelationKind.BASIS]
        if basis and _TITLE_AND_JOINT.fullmatch(between):
            return [each.of(point.target) for each in basis]
        if not _STOP.search(between):
            sentence = [each for each in earlier if not _STOP.search(flat, each.end, before.start)]
            return _between(before, point, between, sentence)
    return _opening(setting, point, before)


def _goes_on(said: list[_Said], point: _Point, between: str) -> bool:
    """Whether what was said of a paper holds for the next one of its list."""
    first = said[0]
    if first.relation.kind is RelationKind.BASIS and not first.reversed:
        return True
    if "\n" in between or (";" in between and (first.reversed or not first.relation.subject.own)):
        return False
    # "Luật A được sửa đổi bởi Luật số 1, Luật B số 2": a name of its own begins something else
    return not first.reversed or (first.lawful == (point.type in _LAWS) and not point.titled)


def _between(before: _Point, point: _Point, between: str, earlier: list[_Point]) -> list[_Said]:
    """What the words between two papers of one sentence say; `earlier` are those before them in it."""
    if passive := _PASSIVE.match(between):
        changed = _changed_by(point, before, earlier)
        if changed is None:
            return []
        place = before.after + passive.start("said"), before.after + passive.end("said")
        return [
            _Said(_relation(passive, place, point.target, changed.target, "passive", 0.95), True, point.type in _LAWS)
        ]
    if (active := _ACTIVE.search(between)) and not (point.target.own and _kind(active) is RelationKind.CARRIES_OUT):
        kind = _kind(active)
        place = before.after + active.start(kind.name), before.after + active.end(kind.name)
        sure = 0.95 if before.target.own else 0.9
        return [_Said(_relation(active, place, before.target, point.target, "active", sure))]
    return []


def _changed_by(point: _Point, before: _Point, earlier: list[_Point]) -> _Point | None:
    """What the paper at `point` changed: the one before, but not where that is a law inside the title of a decree."""
    if before.type not in _LAWS or point.type in {*_LAWS, "nghị quyết", None}:
        return before
    return next((each for each in reversed(earlier) if each.type == point.type), None)


def _relation(
    match: re.Match[str], place: tuple[int, int], subject: Target, other: Target, rule: str, sure: float
) -> Relation:
    return Relation(_kind(match), subject, other, place[0], place[1], f"relation:{rule}", sure)


def _kind(match: re.Match[str]) -> RelationKind:
    return next(kind for kind in _VERBS if match.groupdict().get(kind.name))


def _opening(setting: Setting, point: _Point, before: _Point | None) -> list[_Said]:
    """What the words that open the clause say of the text's own paper and the one at the point."""
    flat, floor = setting.flat, before.after if before else 0
    begin = max(0, point.start - _WINDOW, min(floor, point.start))
    window = flat[begin : point.start]
    stops = [stop.end() for stop in _STOP.finditer(window)]
    inside = _in_subject(setting, point)
    if not stops and begin and not inside and flat[begin - 1] != "\n":
        return []
    begin += stops[-1] if stops else 0
    opening = _OPENING.match(flat[begin : point.start])
    first = begin + (opening.end() if opening else 0)
    words = flat[first : point.start]
    if inside and (active := _ACTIVE.search(words)):
        kind = _kind(active)
        place = first + active.start(kind.name), first + active.end(kind.name)
        return [_Said(_relation(active, place, OWN, point.target, "subject", 0.9))]
    labelled = bool(flat[begin:first].strip())
    head_of_line = flat.rfind("\n", max(0, begin - 2), first) >= 0 or begin == 0
    return [
        _Said(Relation(kind, OWN, point.target, first + span[0], first + span[1], f"relation:{rule}", sure))
        for kind, span, rule, sure in _of_own(setting, point, words, labelled=labelled, head_of_line=head_of_line)
    ]


def _of_own(
    setting: Setting, point: _Point, words: str, *, labelled: bool, head_of_line: bool
) -> Iterator[tuple[RelationKind, tuple[int, int], str, float]]:
    """The relation that the first words of a clause give the text's own paper: at most one."""
    quoted = setting.quotation(point.start) is not None
    changes = not quoted and (setting.identity.type is None or setting.identity.type in _RULES_ON)
    rules_on = setting.identity.type in _RULES_ON
    preamble = not labelled and head_of_line and not (rules_on and point.start > setting.body)
    readers: tuple[tuple[RelationKind, Pattern, str, float, bool], ...] = (
        (RelationKind.BASIS, _BASIS, "basis", 0.98, not quoted and not labelled),
        (RelationKind.ANSWERS, _ANSWERS, "answers", 0.95, not labelled and head_of_line),
        (RelationKind.AT_REQUEST, _REQUEST, "request", 0.95, not quoted),
        (RelationKind.AT_REQUEST, _SUBMITTED, "submitted", 0.9, point.type == "tờ trình"),
        (RelationKind.CARRIES_OUT, _CARRIES, "carries-out", 0.9, preamble and not quoted),
        (RelationKind.AMENDS, _WORDS_CHANGE, "words", 0.9, changes),
    )
    for kind, pattern, rule, sure, allowed in readers:
        match = pattern.search(words) if allowed else None
        if match:
            yield kind, match.span("said"), rule, sure
            return
    if changes and (match := _OWN_CHANGE.match(words)):
        kind = next(kind for kind, verbs in _VERBS.items() if _VERB_OF[kind].fullmatch(match["said"]))
        part = bool(_PARTS.search(words))
        if part and kind is RelationKind.REPLACES:
            kind = RelationKind.AMENDS
        yield kind, match.span("said"), "change:part" if part else "change", 0.9


def _in_subject(setting: Setting, point: _Point) -> bool:
    span = setting.identity.subject_span
    return span is not None and span[0] <= point.start < span[1]


# Behind a paper, under a heading -----------------------------------------------------------------------------------


def _lapse(setting: Setting, point: _Point, following: _Point | None) -> Relation | None:
    """ "Thông tư X hết hiệu lực kể từ ngày Thông tư này có hiệu lực": the own paper repeals X."""
    if point.target.own or setting.identity.type not in _RULES_ON or setting.quotation(point.start) is not None:
        return None
    end = point.after + _WINDOW
    if following is not None:
        end = min(end, following.start)
    match = _LAPSES.match(setting.flat[point.after : end])
    if not match:
        return None
    place = point.after + match.start("said"), point.after + match.end("said")
    return Relation(RelationKind.REPEALS, OWN, point.target, *place, "relation:lapses", 0.85)


def _lapse_of_list(setting: Setting, points: list[_Point], at: int, lapse: Relation) -> Iterator[Relation]:
    """The papers that stand in one list with the one that lapses."""
    for back in range(at - 1, max(-1, at - 10), -1):
        if not _LISTED.fullmatch(setting.flat[points[back].after : points[back + 1].start]) or points[back].target.own:
            return
        yield replace(lapse, object=points[back].target, certainty=0.8)


def _under_headings(setting: Setting, points: list[_Point]) -> Iterator[Relation]:
    """The items under "Các thông tư sau đây hết hiệu lực kể từ ngày ...:"."""
    if setting.identity.type not in _RULES_ON:
        return
    flat, at = setting.flat, 0
    for head in _LIST_HEAD.finditer(flat):
        kind = RelationKind.REPLACES if head["said"].lower() == "thay thế" else RelationKind.REPEALS
        if setting.quotation(head.start()) is not None:
            continue
        while at < len(points) and points[at].start < head.end():
            at += 1
        begin = head.end() + 1
        for _ in range(_MOST_ITEMS):
            stop = flat.find("\n", begin)
            stop = len(flat) if stop < 0 else stop
            label = _OPENING.match(flat[begin : min(stop, begin + _WINDOW)])
            if not label or not label[0].strip() or flat[begin:stop].rstrip().endswith(":"):
                break
            while at < len(points) and points[at].start < begin:
                at += 1
            if at < len(points) and points[at].start < stop and not points[at].target.own:
                yield Relation(kind, OWN, points[at].target, *head.span("said"), "relation:heading", 0.85)
            begin = stop + 1
