"""How the predicate of a duty begins: verbs, adverbs and modal words, as opposed to words that go on with a name."""

from __future__ import annotations

from functools import cache

from khoithong.reading.words import Phrases, Words, phrases, sections

NOUN_AFTER = frozenset(
    (
        "cá",
        "hữu",
        "thuộc",
        "trực",
        "chính",
        "khác",
        "có",
        "liên",
        "xã",
        "đoàn",
        "kinh",
        "tín",
        "nghề",
        "tự",
        ",",
        "và",
        "đảng",
        "quốc",
        "trong",
        "bộ",
        "máy",
    )
)


@cache
def verbs() -> Phrases:
    found = sections("verbs")
    return Phrases([*((entry, True) for entry in found["verbs"]), *((entry, False) for entry in found["not verbs"])])


@cache
def adverbs() -> Phrases:
    return phrases("verbs", "adverbs")


@cache
def modals() -> Phrases:
    return phrases("verbs", "modals")


@cache
def openers() -> Phrases:
    return phrases("verbs", "openers")


@cache
def not_duties() -> Phrases:
    return phrases("verbs", "not duties")


@cache
def orders() -> Phrases:
    return phrases("verbs", "orders")


@cache
def objects() -> Phrases:
    return phrases("verbs", "objects")


@cache
def name_stops() -> Phrases:
    return phrases("verbs", "name stops")


def verb_at(words: Words, i: int) -> int:
    """The number of words up to the end of the first verb of a predicate at word i, adverbs included; else 0."""
    j = i
    for _ in range(6):
        step = adverbs().length(words, j)
        verb = verbs().length(words, j)
        if verb and verb >= step and not _is_noun(words, j, verb):
            return j + verb - i
        if not step:
            break
        j += step
        if words.word(j) == ",":
            j += 1
    return 0


def _is_noun(words: Words, i: int, n: int) -> bool:
    """ "tổ chức" and the like, which name bodies as well: a noun before another noun of a list."""
    if words.low[i : i + n] != ["tổ", "chức"]:
        return False
    after = words.word(i + 2)
    if after == "có":
        return words.word(i + 3) in ("liên", "thẩm")
    if after == "đoàn":
        return words.word(i + 3) == "thể"
    return after in NOUN_AFTER


def predicate_at(words: Words, i: int) -> bool:
    """Whether the predicate of a duty can begin at word i, straight or after a phrase like "theo chức năng"."""
    if not_duties().length(words, i) > max(verb_at(words, i), adverbs().length(words, i)):
        return bool(modals().length(words, i))
    if words.word(i) == "không" and words.word(i + 1) != "có":
        return True
    return bool(verb_at(words, i) or modals().length(words, i) or openers().length(words, i))
