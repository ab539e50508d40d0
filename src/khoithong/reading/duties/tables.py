"""Tables of tasks as text: a header that names the columns, then rows of cells one under the other.

The text of a table has lost its lines: a row is known by its running number, the cell of the lead by names of bodies
that begin and end with a printed line, the cell of the deadline by how times are written in cells.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from khoithong.reading.bodies import bodies_at
from khoithong.reading.deadlines import deadline_in_cell
from khoithong.reading.duties.draft import Draft, Page
from khoithong.reading.model import Deadline
from khoithong.reading.patterns import Pattern
from khoithong.reading.proper import Named
from khoithong.reading.structure import Kind
from khoithong.reading.words import Words

_HEADER = Pattern(
    r"(?:(?:S\s*)?TT|Số\s+TT)\s+(?P<task>(?:Tên\s+|Nội\s+dung\s+|Các\s+)?(?:nhiệm\s+vụ|công\s+việc|nội\s+dung|hoạt\s+động|đề\s+án|Nhiệm\s+vụ|Nội\s+dung|Công\s+việc|Hoạt\s+động)"
    r"[^\d.:;]{0,60}?)\s+(?P<lead>(?:Cơ\s+quan|Đơn\s+vị|Bộ\s+phận)[\s,/]*(?:\w+\s+){0,3}?(?:chủ\s+trì|thực\s+hiện)(?:\s+thực\s+hiện)?)\s+"
    r"(?P<rest>(?:(?:(?:Cơ\s+quan|Đơn\s+vị)\s+)?phối\s+hợp(?:\s+thực\s+hiện)?|(?:Kết\s+quả|Sản\s+phẩm|Hình\s+thức|Thời\s+(?:gian|hạn)|Tiến\s+độ|Căn\s+cứ|Ghi\s+chú|"
    r"Dự\s+kiến|Cấp|Nguồn)(?:(?:\s+|\s?/\s?)\w+){0,5}?)(?:\s+|$))+(?=\d|[IVX]{1,4}\s*\.|\s*$)",
)
_NUMBER = Pattern(r"(?<![^\n])[ ]*(?P<n>\d{1,3})(?P<sub>\.\d{1,2})?[.]?(?=\s)")
_CELL = (
    r"(?:(?:Trước|Trong|Hoàn\s+thành)\s+(?:ngày\s+|tháng\s+|quý\s+|năm\s+)[^\n]{1,60}|Tháng\s+\d{1,2}\s*[/-]\s*\d{4}|Tháng\s+\d{1,2}\s+năm\s+\d{4}"
    r"|Quý\s+[IV1-4]{1,3}\s*(?:[/-]|năm)\s*\d{4}|Năm\s+\d{4}(?:\s*[-,]\s*\d{4})?|(?:\d{4}\s+và\s+)h[ằà]ng\s+năm|(?:(?:Thực\s+hiện|Nhiệm\s+vụ)\s+)?[Tt]hường\s+xuyên(?:,?\s+h[ằà]ng\s+năm)?"
    r"|H[ằà]ng\s+(?:năm|quý|tháng)(?:\s+và\s+từng\s+giai\s+đoạn)?|Định\s+kỳ\s+\w+\s+\w+|Theo\s+(?:Kế\s+hoạch|kế\s+hoạch|lộ\s+trình|tiến\s+độ|Chương\s+trình)(?:\s+\w+){0,9}"
    r"|Kỳ\s+họp\s+(?:\w+\s*){1,7}|\d{1,2}/\d{1,2}/\d{4}(?=\s*\n)|\d{4}(?:\s*-\s*\d{4})?(?=\s*\n))"
)
_TIME_CELL = Pattern(_CELL)
_TIMES = frozenset(("năm", "thường", "tháng", "quý", "hằng", "hàng", "trước", "trong", "định"))
_WHEN = Pattern(rf"(?<=\n)[ ]*(?P<when>{_CELL})|[ ]{{2,}}(?P<inline>{_CELL})")
_BASIS = Pattern(r"\s+(?=(?:Chương\s+trình|Nghị\s+quyết|Nghị\s+định|Quyết\s+định|Chỉ\s+thị|Kế\s+hoạch)\s+số)")

_NOTE = Pattern(r"\s*(?:Nghị\s+quyết|Chương\s+trình)\s+số")
_PAGE_BREAK = Pattern(r"\s{60}")
_CELL_STARTS = Pattern(r"\n[ ]*(?=[^\s])|[ ]{2,}(?=[^\s])")
_BASIS_BEGINS = Pattern(r"\s+(?:Chương(?:\s+trình)?|Nghị(?:\s+quyết|\s+định)?|Quyết(?:\s+định)?|Kế|Chỉ(?:\s+thị)?)\s*$")
_LINE_ENDS = Pattern(r"[ .;]*(?:\n|[ ]{2})")


# Behind these a name at the head of a printed line still belongs to the cell of the task.
_WANT_A_NAME = frozenset(("của", "theo", "do", "với", "tại", "bởi", "cho", "trình", "gửi"))


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with its line breaks as printed (headers of later pages blanked), and the same on one line for words."""

    start: int
    lined: str
    words: Words
    partners: bool


def table_duties(page: Page, printed: str, *, taken: set[int]) -> Iterator[Draft]:
    """One duty for each row (or sub-row) of each table; the numbers of the blocks read are added to `taken`."""
    for table in _tables(page, printed, taken):
        end = table.start
        for row_start, row_end in _rows(table):
            for draft in _row(page, table, row_start, row_end):
                end = max(end, draft.end)
                yield draft
        for block in page.blocks:
            if table.start <= block.start < end:
                taken.add(block.number)


def _tables(page: Page, printed: str, taken: set[int]) -> Iterator[_Table]:
    """Tables from their first header to the next article or the end; `printed` is the text with its own line breaks."""
    headers = list(_HEADER.finditer(page.flat))
    if not headers:
        return
    stops = [block.start for block in page.blocks if block.kind in (Kind.ARTICLE, Kind.CHAPTER, Kind.PART)]
    stops.append(len(page.flat))
    starts = [block.start for block in page.blocks]
    done = 0
    for header in headers:
        if header.start() < done or bisect_right(starts, header.start()) - 1 in taken:
            continue
        stop = stops[min(bisect_right(stops, header.end()), len(stops) - 1)]
        lined = "".join(
            "\n" if mark == "\n" and char.isspace() else char
            for char, mark in zip(page.flat[header.end() : stop], printed[header.end() : stop], strict=True)
        )
        again = re.compile(r"\s+".join(map(re.escape, header[0].split())))
        lined = again.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), lined)
        yield _Table(header.end(), lined, Words(lined.replace("\n", " ")), "phối" in header[0])
        done = stop


def _rows(table: _Table) -> Iterator[tuple[int, int]]:
    """Rows by their running numbers, each from behind its number to the next."""
    starts: list[tuple[int, int]] = []
    expected = None
    for match in _NUMBER.finditer(table.lined):
        n = int(match["n"])
        if match["sub"]:
            starts.append((match.start(), match.end()))
            expected = n + 1
            continue
        if expected is not None and n != expected and n != 1:
            continue
        if n == 1 and expected not in (None, 1) and _NOTE.match(table.lined, match.end()):
            continue
        starts.append((match.start(), match.end()))
        expected = n + 1
    ends = [start for start, _ in starts[1:]] + [len(table.lined)]
    for (_, begin), end in zip(starts, ends, strict=False):
        yield begin, end


def _row(page: Page, table: _Table, start: int, end: int) -> Iterator[Draft]:
    """The duty of a row, then those of its sub-rows: further bodies with a time of their own."""
    text = table.lined[start:end]
    begin = start + len(text) - len(text.lstrip())
    lead = _body_cell(table, begin + 1, end)
    first, rule = begin, "table"
    task = " ".join(table.lined[begin : table.words.start[lead[0].first]].split()).strip(" .;:") if lead else None
    while lead is not None:
        named, lead_end = lead
        partners, place = _partner_cell(table, lead_end, end) if table.partners else ((), lead_end)
        deadline, cell_end = _when_cell(page, table, place, end)
        if deadline is None:
            cell_end = place
        following = _body_cell(table, cell_end, end, proper=True) if deadline else None
        names = named.names
        if following and _when_cell(page, table, following[1], end)[0] is None:
            names, following = (*names, *following[0].names), None
        limit = table.words.start[following[0].first] if following else end
        yield Draft(
            names,
            table.start + first,
            table.start + first,
            table.start + _over_the_page(table, cell_end, limit),
            rule,
            (0.9 if named.known else 0.75) - (0 if deadline else 0.15),
            coordinators=partners,
            deadline=deadline,
            deadline_is_read=True,
            action=task,
        )
        first, rule, lead = limit, "table-part", following


def _over_the_page(table: _Table, cell_end: int, limit: int) -> int:
    """Where a row ends whose cells go on behind a page break (its header is blank by now): at the next body or row."""
    page = _PAGE_BREAK.search(table.lined, cell_end, limit)
    if page is None or not table.lined[page.end() : limit].strip():
        return cell_end
    return cell_end + len(table.lined[cell_end:limit].rstrip())


def _body_cell(table: _Table, start: int, end: int, *, proper: bool = False) -> tuple[Named, int] | None:
    """The first bodies that begin with a printed line and end with one; with `proper`, only names known for sure."""
    for match in _CELL_STARTS.finditer(table.lined, start, end):
        i = table.words.at(match.end())
        if (
            not table.words.capital(i)
            or table.words.word(i - 1) in _WANT_A_NAME
            or (cell := _cell(table, i, end)) is None
        ):
            continue
        if not proper or (cell[0].known and cell[0].kind != "group"):
            return cell
    return None


def _cell(table: _Table, i: int, end: int) -> tuple[Named, int] | None:
    """The bodies at word i, if they fill printed lines to their ends; a line too many is left to the next cell."""
    named = bodies_at(table.words, i)
    if named is None:
        return None
    end = min(end, _next_cell(table, i + 1, named.after))
    begin, place = table.words.start[i], table.words.end[named.after - 1]
    if place <= end and _LINE_ENDS.match(table.lined, place):
        return named, place
    stops = [m.start() for m in _LINE_ENDS.finditer(table.lined, begin, min(place, end))]
    if end < place:
        stops.append(begin + len(table.lined[begin:end].rstrip()))
    for stop in sorted(stops, reverse=True)[:6]:
        words = Words(table.lined[begin:stop].replace("\n", " "))
        cut = bodies_at(words, 0)
        if cut and cut.after == len(words):
            after = table.words.at(begin + words.end[-1])
            return Named(cut.names, i, after, cut.kind, cut.known), begin + words.end[-1]
    return None


def _next_cell(table: _Table, first: int, after: int) -> int:
    """Where inside the words read as names another cell begins: at "Các" outside of a list, at a time."""
    words = table.words
    for j in range(first, after):
        if not words.capital(j):
            continue
        parted = words.low[j] == "các" and words.low[j - 1] not in (",", "và", ":", ";")
        if parted or (words.low[j] in _TIMES and _TIME_CELL.match(table.lined, words.start[j])):
            return words.start[j]
    return len(table.lined)


def _partner_cell(table: _Table, start: int, end: int) -> tuple[tuple[str, ...], int]:
    i = table.words.at(start)
    if table.words.word(i) in (".", ";"):
        i += 1
    cell = _cell(table, i, end) if table.words.capital(i) else None
    return (cell[0].names, cell[1]) if cell else ((), start)


def _when_cell(page: Page, table: _Table, start: int, end: int) -> tuple[Deadline | None, int]:
    place = start + len(table.lined[start:end]) - len(table.lined[start:end].lstrip(" "))
    if beside := _TIME_CELL.match(table.lined, place, end):  # on the same printed line as the names
        a, b = beside.span()
    elif match := _WHEN.search(table.lined, max(0, start - 1), end):
        a, b = match.span("when" if match["when"] else "inline")
    else:
        return None, start
    if basis := _BASIS.search(table.lined, a, b):
        b = basis.start()
    cell = _BASIS_BEGINS.sub("", table.lined[a:b]).rstrip()
    deadline = deadline_in_cell(cell.replace("\n", " "), table.start + a, issued_on=page.issued_on)
    return deadline, a + len(cell)
