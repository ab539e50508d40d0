"""The register of following up incoming papers: the seven columns of Phụ lục IV to Nghị định 30/2020/NĐ-CP (mark R).

One line for each task that is followed; its page narrows, sorts and exports as every list does, and gives a sheet to
print: A4 landscape, the heads on every page.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.http import FileResponse, HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext, npgettext_lazy
from django.utils.translation import gettext_lazy as _

from khoithong.office.accounts.models import Person
from khoithong.office.agencies.models import Agency
from khoithong.office.base.filters import ChoiceFilter, DateRangeFilter, TextFilter
from khoithong.office.base.lists import Column, Empty, List, ListSpec
from khoithong.office.base.spreadsheets import MAX_CELL, XLSX_TYPE, in_batches, open_workbook, row_height
from khoithong.office.documents.models import Direction, Entry
from khoithong.office.tasks.models import Progress, Proof, Task, TimeState, WorkState
from khoithong.office.tasks.queries import followed, visible_tasks, with_time_state


def rows_for(person: Person, *, on: date, soon_until: date) -> QuerySet[Task]:
    """The tasks that `person` sees, with what the register shows of them; five queries for any number of rows."""
    own_first = Entry.objects.filter(register__direction=Direction.INCOMING).select_related("register").order_by("-pk")
    answers = (
        Proof.objects.filter(state__in=(Proof.State.OFFERED, Proof.State.CONFIRMED))
        .select_related("paper")
        .order_by("-pk")
    )
    tasks = with_time_state(followed(visible_tasks(person)), on=on, soon_until=soon_until)
    return tasks.select_related("paper", "lead").prefetch_related(
        Prefetch("paper__entries", queryset=own_first, to_attr="incoming"),
        Prefetch("proofs", queryset=answers, to_attr="standing_proofs"),
        Prefetch("progress", queryset=Progress.objects.order_by("-at", "-pk"), to_attr="reports"),
    )


def number_in(task: Task) -> str:
    """Column 1: the number under which the lead's own register holds the paper, else any register's; with its year."""
    entries: list[Entry] = getattr(task.paper, "incoming", []) if task.paper else []
    entry = next(
        (entry for entry in entries if entry.register.agency_id == task.lead_id), entries[0] if entries else None
    )
    return f"{entry.number}/{entry.register.year}" if entry else ""


def paper_words(task: Task) -> str:
    """Column 2: type, number and symbol, day and issuer of the paper, and what it asks."""
    paper = task.paper
    if paper is None:
        return f"{task.origin_note}\n{capfirst(task.action)}".strip()
    day = f"ngày {paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""
    issuer = f"của {paper.issuer_name}" if paper.issuer_name else ""
    return f"{' '.join(filter(None, (str(paper), day, issuer)))}\n{capfirst(task.action)}"


def receiver(task: Task) -> str:
    """Column 3: who must deal with it."""
    return task.lead.name if task.lead else task.lead_words


def deadline_words(task: Task) -> str:
    """Column 4: the day, else the paper's own words, else that there is none."""
    if task.deadline_on:
        return f"{task.deadline_on:%d/%m/%Y}"
    return task.deadline_words or str(task.get_recurrence_display() if task.recurrence else _("Không thời hạn"))


def progress_words(task: Any) -> str:
    """Column 5: against the deadline, the work, and what was last reported."""
    words = [str(TimeState(task.time_state).label)]
    if task.work_state == WorkState.DONE:
        words = [f"{words[0]} ({task.done_on:%d/%m/%Y})"]
    else:
        words.append(f"{WorkState(task.work_state).label}, {task.percent}%")
    reports = getattr(task, "reports", [])
    return "; ".join(words) + (f"\n{reports[0].text}" if reports else "")


def answer_symbol(task: Any) -> str:
    """Column 6: the symbol of the paper that answers, from the proof that stands."""
    proofs = getattr(task, "standing_proofs", [])
    return next((proof.paper.symbol or str(proof.paper) for proof in proofs if proof.paper), "")


def note(task: Any) -> str:
    """Column 7: what is conditional, and the reason given where no paper proves the work done."""
    proofs = getattr(task, "standing_proofs", [])
    reason = next((proof.reason for proof in proofs if proof.reason and not proof.paper), "")
    return "; ".join(filter(None, (gettext("Có điều kiện") if task.conditional else "", reason)))


def leads() -> Iterable[tuple[int, str]]:
    """The agencies that lead any task, in the order of the alphabet."""
    return Agency.objects.filter(led_tasks__isnull=False).distinct().values_list("pk", "name").order_by("sort_key")


SPEC = ListSpec(
    key="so-theo-doi",
    title=_("Sổ theo dõi giải quyết văn bản đến"),
    noun=npgettext_lazy("đếm", "nhiệm vụ", "nhiệm vụ"),
    columns=(
        Column(key="number", label=_("Số đến"), value=number_in, width=9, fixed=True),
        Column(
            key="paper",
            label=_("Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản"),
            value=paper_words,
            sort=(F("paper__issued_on"), F("paper__symbol_key")),
            template="reports/cells/paper.html",
            width=46,
            fixed=True,
            lead=True,
        ),
        Column(key="lead", label=_("Đơn vị hoặc người nhận"), value=receiver, sort="lead__sort_key", width=22),
        Column(
            key="deadline",
            label=_("Thời hạn giải quyết"),
            value=deadline_words,
            sort="deadline_on",
            template="reports/cells/deadline.html",
            width=14,
        ),
        Column(
            key="progress",
            label=_("Tiến độ giải quyết"),
            value=progress_words,
            sort="percent",
            template="reports/cells/progress.html",
            width=30,
        ),
        Column(key="answer", label=_("Số, ký hiệu văn bản trả lời"), value=answer_symbol, width=18),
        Column(key="note", label=_("Ghi chú"), value=note, width=18),
    ),
    filters=(
        TextFilter(),
        ChoiceFilter(key="lead", label=_("Chủ trì"), choices=leads, field="lead"),
        ChoiceFilter(key="time", label=_("Hạn"), choices=TimeState.choices, field="time_state"),
        DateRangeFilter(key="assigned", label=_("Ngày giao"), field="assigned_on"),
    ),
    sort="deadline",
    empty=Empty(
        title=_("Sổ chưa có dòng nào"),
        text=_("Sổ tự ghi khi một văn bản đến được soát và các việc trong đó được xác nhận thành nhiệm vụ."),
    ),
)


LINE_POINTS = 16.0
CENTRED = {place for place, column in enumerate(SPEC.columns) if column.key in ("number", "deadline")}


class Sheet:
    """The printed register: title, seven numbered columns, lines, a place to sign."""

    def __init__(self, target: Any, *, title: str, agency: str, period: str) -> None:
        self.book = open_workbook(target)
        self.sheet = self.book.add_worksheet(gettext("Sổ theo dõi"))
        self.last = len(SPEC.columns) - 1
        self._print_setup()
        self._title(title=title, agency=agency, period=period)

    def _format(self, **more: Any) -> Any:
        return self.book.add_format({"font_name": "Times New Roman", "font_size": 12, "valign": "top", **more})

    def _print_setup(self) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(4, 5)
        self.sheet.freeze_panes(6, 0)
        self.sheet.set_footer("&C&P/&N")
        for place, column in enumerate(SPEC.columns):
            self.sheet.set_column(place, place, column.width)

    def _title(self, *, title: str, agency: str, period: str) -> None:
        strong = self._format(bold=True)
        self.sheet.write_string(0, 0, agency.upper(), strong)
        self.sheet.set_row(1, 24)
        middle = self._format(bold=True, font_size=15, align="center", valign="vcenter")
        self.sheet.merge_range(1, 0, 1, self.last, title.upper(), middle)
        self.sheet.merge_range(2, 0, 2, self.last, period, self._format(italic=True, align="center"))
        head = self._format(bold=True, text_wrap=True, border=1, align="center", valign="vcenter")
        small = self._format(italic=True, border=1, align="center", font_size=10)
        self.sheet.set_row(4, 50)
        for place, column in enumerate(SPEC.columns):
            self.sheet.write_string(4, place, str(column.label), head)
        for place in range(self.last + 1):
            self.sheet.write_string(5, place, f"({place + 1})", small)

    def lines(self, rows: Iterable[Any]) -> None:
        """Writes the lines and closes the book."""
        wrapped = self._format(text_wrap=True, border=1)
        centred = self._format(text_wrap=True, border=1, align="center")
        number = 5
        for number, row in enumerate(rows, start=6):
            values = [(str(column.value_of(row) or "")[:MAX_CELL], column.width) for column in SPEC.columns]
            self.sheet.set_row(number, row_height(values, points=LINE_POINTS))
            for place, (text, _width) in enumerate(values):
                self.sheet.write_string(number, place, text, centred if place in CENTRED else wrapped)
        self.sheet.print_area(0, 0, max(number, 6), self.last)
        self.book.close()


def sheet(request: HttpRequest, rows: QuerySet[Task], *, on: date) -> FileResponse:
    """The filtered rows as the printed register."""
    listed = List(request, SPEC, rows)
    period = gettext("Tính đến ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"}
    if listed.chips:
        period += ". " + "; ".join(chip.words for chip in listed.chips)
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    person: Any = request.user
    Sheet(target, title=str(SPEC.title), agency=person.agency.name, period=period).lines(in_batches(listed.rows))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"so-theo-doi-{on:%Y-%m-%d}.xlsx", content_type=XLSX_TYPE)
