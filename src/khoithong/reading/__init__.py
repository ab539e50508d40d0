"""Reading: the text of a paper -> who it is, what it cites, what it lays on whom, by when. Pure."""

from khoithong.reading.model import Assignment, Citation, Deadline, Directive, Identity, Recurrence

__all__ = ["Assignment", "Citation", "Deadline", "Directive", "Identity", "Recurrence"]
