"""Papers that are cited by title: laws, codes, ordinances, the Constitution, resolutions of Party congresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from khoithong.reading.dates import date_at
from khoithong.reading.lexicon import folded, law_names
from khoithong.reading.patterns import Pattern, opening

_HEAD = Pattern(rf"(?:{opening('Bộ luật|Luật|Pháp lệnh|Hiến pháp|LUẬT|BỘ LUẬT|luật')})(?=[\s])")
_NO_LAW = Pattern(r"\b(?:pháp|kỷ|quy|hệ|thi)\s+$", re.IGNORECASE)  # pháp luật, kỷ luật: law and discipline at large
_AMENDING = Pattern(
    r"\s+(?:sửa\s+đổi(?:,\s*|\s+và\s+)bổ\s+sung|sửa\s+đổi)\s+(?:một\s+số\s+)?(?:điều|nội\s+dung|"
    r"quy\s+định)?[^;.()\n]{0,80}?"
    r"\s*của\s+(?:(?:các|\d+)\s+)?(?=Luật|luật|Bộ\s+luật|Pháp\s+lệnh)",
    re.IGNORECASE,
)
_LIST_JOINT = Pattern(r"\s*(?:,|và)\s*(?=(?:Bộ luật|Luật|Pháp lệnh)\s)")
_WORD = Pattern(r"\s*((?:[^\s;.()“”\"\[\],]|,(?!\w))+)")
_YEAR = Pattern(r"\s+năm\s+(?:19|20)\d{2}\b(?!\s*/)")
_COUNTRY = Pattern(r"\s+nước\s+C(?:ộng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa|HXHCN)\s+Việt\s+Nam", re.IGNORECASE)
_DATE_FOLLOWS = Pattern(r"\s*,?\s*(?=ngày\s+\d)")
_NAMED_UNTIL = Pattern(r"(?P<title>(?:\s+[^\s;.()“”\"]++){1,18}?)(?=\s+(?:ngày\s+\d|số\s+\d|năm\s+(?:19|20)\d{2}))")
_REVISED = Pattern(r"\s*\(sửa đổi(?:, bổ sung)?\)")
_NO_NAME_HOLDS = (
    "và hoặc có được quy để nhằm trong theo của hiện là thì này tại do từ khi với cho đã sẽ phải không về nêu trên sau "
    "trước như nếu mà bị chưa cần cũng đang đến gồm hay nên ngày năm số vào vì ra đó khác mới bằng"
)
_STOP = frozenset(_NO_NAME_HOLDS.split())
_GO_ON_OVER_COMMA = frozenset(
    {
        "quản lý",
        "phòng",
        "phòng cháy",
        "an toàn",
        "trật tự",
        "bảo vệ",
        "sử dụng",
        "thi đua",
        "khám bệnh",
        "nhập cảnh",
        "xuất cảnh",
    }
)
_CONGRESS = Pattern(
    r"(?P<type>N(?i:ghị\s+quyết)|n(?i:ghị\s+quyết)|V(?i:ăn\s+kiện)|v(?i:ăn\s+kiện))"
    r"(?i:\s+(?:của\s+)?Đại\s+hội\s+(?:đại\s+biểu\s+)?(?:toàn\s+quốc\s+)?(?:Đảng\s+)?(?:bộ\s+[^,;.\n]{2,40}?\s+)?"
    r"lần\s+thứ\s+(?:[XVI]+|\d{1,2})(?:\s+của\s+Đảng)?\b)",
)
_MOST_WORDS = 14


class Title(NamedTuple):
    """A paper cited by its name. `bare` when neither a date nor a symbol goes with it."""

    title: str
    type: str
    start: int
    end: int
    issued_on: date | None
    after: int
    rule: str

    @property
    def bare(self) -> bool:
        return self.issued_on is None


def titles(flat: str) -> Iterator[Title]:
    """All papers cited by title in a flat view, in order of their place; none lies inside another."""
    done = 0
    found = sorted([*_laws(flat), *_congresses(flat)], key=lambda title: (title.start, -title.end))
    for title in found:
        if title.start >= done:
            yield title
            done = title.end


def _laws(flat: str) -> Iterator[Title]:
    for head in _HEAD.finditer(flat):
        of_law_in_general = head[0] == "luật" and _NO_LAW.search(flat[max(0, head.start() - 12) : head.start()])
        law = None if of_law_in_general else _law(flat, head)
        if law:
            yield law


def _law(flat: str, head: re.Match[str]) -> Title | None:
    kind = head[0].lower()
    end, rule = head.end(), "law:constitution"
    if kind != "hiến pháp":
        named = _title_end(flat, head.end(), kind, sure=head[0] != "luật")
        if not named:
            return None
        end, rule = named
    elif country := _COUNTRY.match(flat, end):
        end = country.end()
    title = " ".join(flat[head.start() : end].split())
    if revised := _REVISED.match(flat, end):
        end = revised.end()
        title += " " + revised[0].strip()
    if year := _YEAR.match(flat, end):
        end = year.end()
    elif kind == "hiến pháp":
        return None
    on, after = None, end
    if (place := _DATE_FOLLOWS.match(flat, end)) and (mention := date_at(flat, place.end())):
        on, after = mention.on, mention.end
    return Title(title, kind, head.start(), end, on, after, rule)


def _title_end(flat: str, place: int, kind: str, *, sure: bool) -> tuple[int, str] | None:
    """Where the name of a law that begins after its first word ends, and the rule that found it."""
    if amending := _AMENDING.match(flat, place):
        inner = _HEAD.match(flat, amending.end())
        end = _listed(flat, inner.end()) if inner else None
        return (end, "law:amending") if end else None
    if (end := _known(flat, place, kind)) is not None:
        return end, "law:lexicon"
    if not sure:
        return None
    ahead = _NAMED_UNTIL.match(flat, place)
    if ahead and not _breaks(ahead["title"]):
        return ahead.end("title"), "law:dated"
    return _capital_run(flat, place)


def _listed(flat: str, place: int) -> int | None:
    """The end of a run of law names: "Luật A, Luật B và Luật C", the first word already read."""
    end = _one(flat, place)
    while end:
        joint = _LIST_JOINT.match(flat, end)
        head = _HEAD.match(flat, joint.end()) if joint else None
        following = _one(flat, head.end()) if head else None
        if not following:
            return end
        end = following
    return None


def _one(flat: str, place: int) -> int | None:
    known = _known(flat, place, "luật")
    if known is not None:
        return known
    ahead = _NAMED_UNTIL.match(flat, place)
    if ahead and not _breaks(ahead["title"]) and "," not in ahead["title"]:
        return ahead.end("title")
    run = _capital_run(flat, place)
    return run[0] if run else None


def _breaks(words: str) -> bool:
    """Whether words up to a date hold more than one name."""
    low = f" {folded(words)} "
    first = low.split()[0]
    return (
        first in _STOP
        or first[0].isdigit()
        or any(f" {word} " in low for word in ("luật", "nghị", "quyết", "thông", "điều", "được", "quy định"))
    )


def _known(flat: str, place: int, kind: str) -> int | None:
    """The end of the longest name in the lexicon that begins here."""
    names, beginnings = _law_keys()
    best, words, at = None, "" if kind == "luật" else kind + " ", place
    for _ in range(_MOST_WORDS):
        word = _WORD.match(flat, at)
        if not word:
            break
        bare = word[1].rstrip(",:").rstrip("0123456789")  # a footnote digit may be glued on
        at = word.end()
        key = _key(words + folded(bare))
        if not bare or key not in beginnings:
            break
        if key in names:
            best = word.start(1) + len(bare)
        words += folded(word[1]) + " "
    return best


@cache
def _law_keys() -> tuple[frozenset[str], frozenset[str]]:
    """The names of the lexicon in the form in which they are compared, and all their beginnings, word by word."""
    names = frozenset(map(_key, law_names()))
    cut = {name: name.split() for name in names}
    beginnings = frozenset(" ".join(words[:count]) for words in cut.values() for count in range(1, len(words) + 1))
    return names, beginnings


def _key(words: str) -> str:
    return " ".join(re.sub(r"[,:-]", " ", words).split())


def _capital_run(flat: str, place: int) -> tuple[int, str] | None:
    """An unknown name: a capital first word and the words after it up to a comma or a word that no name holds."""
    end, count = place, 0
    while count < _MOST_WORDS and (word := _WORD.match(flat, end)):
        bare = word[1].rstrip(",:")
        if (count == 0 and not bare[:1].isupper()) or bare.lower() in _STOP or "\n" in word[0] or "/" in bare:
            break
        end = word.start(1) + len(bare)
        count += 1
        if bare != word[1] and folded(flat[place:end]) not in _GO_ON_OVER_COMMA:
            break
    first = flat[place:end].split()[:1]
    return (end, "law:capitals") if first and first[0].lower() not in {"luật", "sư", "gia"} else None


def _congresses(flat: str) -> Iterator[Title]:
    for match in _CONGRESS.finditer(flat):
        kind = folded(match["type"])
        yield Title(" ".join(match[0].split()), kind, match.start(), match.end(), None, match.end(), "title:congress")
