"""Which columns a table of tasks has, told by the words of its heading."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from khoithong.reading.patterns import Pattern


class Column(Enum):
    """What the cells of a column say."""

    NUMBER = "number"
    TASK = "task"
    LEAD = "lead"
    PARTNER = "partner"
    BODIES = "bodies"  # lead and partners in one cell, each with its label, or the lead alone
    DEADLINE = "deadline"
    PRODUCT = "product"
    OTHER = "other"


# The first that matches counts: "Đơn vị phối hợp thực hiện" is a column of partners before it is one of bodies.
_HEADINGS: tuple[tuple[Column, Pattern], ...] = tuple(
    (column, Pattern(pattern))
    for column, pattern in (
        (Column.NUMBER, r"(?:s(?:ố)?\s*)?tt$|số thứ tự$|số$|stt\b|#$"),
        (Column.BODIES, r".*\bchủ trì\b.*\bphối hợp\b"),
        (Column.PARTNER, r".*\bphối hợp\b|.*\btham gia\b"),
        (Column.LEAD, r".*\bchủ trì\b|.*\bchịu trách nhiệm\b|.*\bđầu mối\b|(?:cơ quan|đơn vị|bộ phận).*\bđược giao\b"),
        (Column.OTHER, r".*\bbắt đầu\b|.*\bkinh phí\b|.*\bcăn cứ\b|ghi chú|.*\btheo dõi\b|.*\bcấp trình\b|.*\bnguồn\b"),
        (
            Column.DEADLINE,
            r"(?:dự kiến )?(?:thời (?:gian|hạn|điểm)|hạn|tiến độ|lộ trình|mốc thời gian|ngày hoàn thành|kỳ hạn|"
            r"hoàn thành)\b",
        ),
        (Column.PRODUCT, r".*\b(?:sản phẩm|kết quả|đầu ra|hình thức văn bản)\b"),
        (
            Column.TASK,
            r"(?:tên |nội dung |các |danh mục |mô tả )*(?:nhiệm vụ|công việc|nội dung|hoạt động|đề án|việc|giải pháp|"
            r"chỉ tiêu|văn bản|phần việc|đầu việc|yêu cầu|ý kiến chỉ đạo)\b",
        ),
        (
            Column.BODIES,
            r"(?:cơ quan|đơn vị|bộ phận|tổ chức|người|phân công|trách nhiệm)\b.*(?:thực hiện|chủ quản|phụ trách|"
            r"trách nhiệm|nhiệm vụ)|phân công|trách nhiệm|(?:cơ quan|đơn vị|người)$",
        ),
    )
)
_LONGEST_HEADING = 80


def column_of(heading: str) -> Column | None:
    """The column that a heading opens, or None where the words are no heading of a column."""
    words = " ".join(heading.lower().split()).strip(" :.*(/)")
    if not words or len(words) > _LONGEST_HEADING:
        return None
    return next((column for column, pattern in _HEADINGS if pattern.match(words)), None)


def columns_of(cells: Sequence[str]) -> tuple[Column, ...] | None:
    """The columns of a row that heads a table of tasks: it names at least a task and a body or a deadline."""
    found = [column_of(cell) for cell in cells]
    named = {column for column in found if column is not None}
    bodies = named & {Column.LEAD, Column.BODIES}
    if Column.TASK not in named or not (bodies or named >= {Column.PARTNER, Column.DEADLINE}):
        return None
    if any(column is None and len(cell) > _LONGEST_HEADING for column, cell in zip(found, cells, strict=True)):
        return None
    columns = [column or Column.OTHER for column in found]
    if Column.LEAD in columns:
        columns = [Column.OTHER if column is Column.BODIES else column for column in columns]
    first: list[Column] = []
    for column in columns:
        repeated = column in (Column.TASK, Column.BODIES, Column.LEAD) and column in first
        first.append(Column.OTHER if repeated else column)
    return tuple(first)
