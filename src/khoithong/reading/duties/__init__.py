"""Duties: what a text lays on whom, with whom, under what condition, by when.

The way goes from the large to the small: `tables` and `records` read tasks laid out in cells and fields, `items` walks
numbered and lettered items and hands leads down from headings, `prose` follows running text, `clause` reads one
sentence, `split` parts what has several deadlines. Each piece names itself in the `rule` of what it found; `certainty`
weighs how the lead was found and what doubts remain.
"""

from khoithong.reading.duties.find import find_assignments

__all__ = ["find_assignments"]
