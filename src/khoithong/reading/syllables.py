"""Which letters make a Vietnamese syllable: an onset, a rhyme and a tone that goes with the rhyme.

Rules, no list of words: "luật" is a syllable, "luậ" is none (â needs a final), "luat" is none (a stop needs the sharp
or the heavy tone). Only the words that begin with a vowel are few enough to be named: whether "ật" or "áp" is a word
decides whether "Lu ật" was one and "được áp" two.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_CHECKED = {"\u0301", "\u0323"}  # the tones that a syllable closed by c, ch, p or t can bear

_ONSETS = (
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x",
)  # fmt: skip
_RHYMES_IN_WORDS = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et "
    "ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oan oang oanh "
    "oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt "
    "ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uât uây uâng uê uêch uênh uơ uôc uôi uôm uôn uông uôt uy uya "
    "uych uyên uyêt uynh uyt uyu uyp ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu"
)
_RHYMES = frozenset(_RHYMES_IN_WORDS.split())
_AFTER_QU = frozenset(("ôc", "ôt", "ơ", "ơn", "y", "ych", "yên", "yêt", "ynh", "yt"))
_FRONT = ("e", "ê", "i", "y")

#: words that have no onset
_BARE_IN_WORDS = (
    "ác ách ai ái am ám ảm an án ang áng anh ánh ảnh ảo ao áo áp át au áy à ạ ả á ăn ăng ắt ẵm ắng ắp âm ấm ầm "
    "ẩm ậm ân ấn ẩn ấp ập âu ấu ẩu ấy e em én ém eo éo ép ê êm ếch ế ì ỉ ị ích ịch im in inh ít ỉu oai oải oan oán "
    "oang oanh oái oi óc ọc ói om ong óng ỏng ô ồ ố ổ ốc ôi ối ổi ôm ốm ôn ồn ổn ông ống ở ơ ờ ơi ơn ớn ớt ợt u ù ú ủ "
    "ùa úa ủa ục úp út um ùm ung ùng ủng ừ ứ ư ưa ưng ứng ừng ửng ưu ức ước ướt ướp ươm ươn ương ưỡng ưỡn ưởng uất uể "
    "uẩn uốn uống uế uy uỷ ủy úy uý ùy uỳ uỵ uyên uyển ý y ỷ yên yến yêu yếu yểu yểm yếm yết"
)
_BARE = frozenset(_BARE_IN_WORDS.split())


@cache
def is_syllable(word: str) -> bool:
    """Whether a word, in NFC and any case, can be a Vietnamese syllable."""
    parted = _parted(word)
    if parted is None:
        return False
    plain, tone = parted
    if _is_rhyme(plain, tone):
        return True
    return any(plain.startswith(onset) and _fits(onset, plain[len(onset) :], tone) for onset in _ONSETS)


@cache
def is_word(word: str) -> bool:
    """Whether a syllable can stand alone: it has an onset, or is one of the words that have none."""
    low = word.lower()
    return low in _BARE or (is_syllable(low) and unicodedata.normalize("NFD", low)[0] not in "aeiouy")


def _parted(word: str) -> tuple[str, str] | None:
    """The letters without their tone, in NFC and lower case, and the tone; None with more tones than one."""
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in apart if mark in _TONES]
    if len(tones) > 1:
        return None
    plain = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))
    return plain, tones[0] if tones else ""


def _fits(onset: str, rhyme: str, tone: str) -> bool:
    if onset == "qu":
        return (rhyme[:1] in tuple("aăâeêi") and _is_rhyme(rhyme, tone)) or _tone_fits(rhyme, tone, _AFTER_QU)
    if onset == "gi":
        return rhyme[:1] in tuple("aăâeêoôơuư") and _is_rhyme("i" + rhyme if rhyme[:1] == "ê" else rhyme, tone)
    if onset in ("k", "gh", "ngh"):
        return rhyme.startswith(_FRONT) and _is_rhyme(rhyme, tone)
    if onset in ("c", "ng"):
        return not rhyme.startswith(_FRONT) and _is_rhyme(rhyme, tone)
    return (rhyme == "y" or not rhyme.startswith("y")) and _is_rhyme(rhyme, tone)


def _is_rhyme(rhyme: str, tone: str) -> bool:
    return _tone_fits(rhyme, tone, _RHYMES)


def _tone_fits(rhyme: str, tone: str, rhymes: frozenset[str]) -> bool:
    return rhyme in rhymes and (not rhyme.endswith(("c", "ch", "p", "t")) or tone in _CHECKED)
