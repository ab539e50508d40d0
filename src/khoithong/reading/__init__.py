"""Reading: the text of a paper -> who it is, what it cites, what it lays on whom, by when. Pure: no Django, no "
"clock."""

from khoithong.reading.model import Assignment, Citation, Deadline, Directive, Identity, Recurrence
from khoithong.reading.reader import read

__all__ = ["Assignment", "Citation", "Deadline", "Directive", "Identity", "Recurrence", "read"]
