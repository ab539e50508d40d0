"""How an opener refuses what it is given, before the name of the file is known to it."""

from __future__ import annotations


class Refused(Exception):
    """The reason in Vietnamese; `open_source` adds the name of the file and raises Unreadable."""

    @property
    def reason(self) -> str:
        return str(self.args[0])


def too_long(max_chars: int) -> Refused:
    """The refusal of a text of more than `max_chars` characters."""
    figure = f"{max_chars:,}".replace(",", ".")
    return Refused(f"dài quá {figure} ký tự; hãy tách thành nhiều tệp nhỏ")
