"""Importing a list of agencies: first every bad row with what to do about it, then all of it or nothing.

A row whose code is known corrects that agency, another adds one; so the same list can be imported twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from khoithong.office.agencies import actions
from khoithong.office.agencies.models import MARKS, Affiliation, Agency, AgencyName, Kind, Succession
from khoithong.office.agencies.sheet import COLUMNS, SheetRow
from khoithong.office.agencies.spelling import spelling_key
from khoithong.office.base.actions import Refused
from khoithong.office.base.guard import require
from khoithong.office.base.text import fold


@dataclass(frozen=True)
class Problem:
    """What is wrong in one row, and what to do about it."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Wanted:
    """One row understood."""

    row: int
    code: str
    name: str
    short_name: str
    kind: str
    parent: str
    exists_from: date | None
    exists_to: date | None
    successors: tuple[str, ...]
    variants: tuple[str, ...]
    source: str
    mark: str
    succession_mark: str
    succession_source: str


@dataclass
class Plan:
    """What an import would do. It can be carried out only without problems."""

    wanted: list[Wanted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


def plan_import(rows: Sequence[SheetRow]) -> Plan:
    """The dry run: understands every row and lists every problem, in the order of the rows. Writes nothing."""
    plan = Plan()
    existing = set(Agency.objects.values_list("code", flat=True))
    by_name = _codes_by_name(rows)
    seen: dict[str, int] = {}
    if not rows:
        plan.problems.append(Problem(0, "", _("Tệp chỉ có tiêu đề. Hãy ghi ít nhất một cơ quan.")))
    codes = existing | {row.cells.get("code", "").strip().lower() for row in rows}
    for row in rows:
        reader = _RowReader(row, codes, by_name)
        wanted = reader.read()
        if wanted.code and wanted.code in seen:
            reader.complain("code", _("mã này đã có ở dòng %(row)d; mỗi cơ quan một mã") % {"row": seen[wanted.code]})
        seen.setdefault(wanted.code, row.number)
        plan.problems.extend(reader.problems)
        plan.wanted.append(wanted)
        (plan.known if wanted.code in existing else plan.new).append(wanted.name)
    return plan


def import_agencies(*, by: Any, at: datetime, rows: Sequence[SheetRow]) -> Plan:
    """Carries out what `plan_import` shows: all rows, or none and Refused. Each agency keeps its own audit entry."""
    with transaction.atomic():
        require(by, actions.MANAGE)
        # Two imports at once would both add a row; the second waits here.
        list(Agency.objects.select_for_update().order_by("pk").values_list("pk", flat=True)[:1])
        plan = plan_import(rows)
        if plan.problems:
            first = plan.problems[0]
            raise Refused(
                _("Chưa nhập gì: còn %(count)d chỗ phải sửa, trước hết ở dòng %(row)d: %(message)s.")
                % {"count": len(plan.problems), "row": first.row, "message": first.message},
                field="file",
            )
        stored = {agency.code: agency for agency in Agency.objects.all()}
        for wanted in plan.wanted:
            stored[wanted.code] = _put(wanted, stored.get(wanted.code), by=by, at=at)
        for wanted in plan.wanted:
            _link(wanted, stored, by=by, at=at)
    return plan


def _put(wanted: Wanted, known: Agency | None, *, by: Any, at: datetime) -> Agency:
    fields: dict[str, Any] = {
        "name": wanted.name, "short_name": wanted.short_name, "kind": wanted.kind, "exists_from": wanted.exists_from,
        "exists_to": wanted.exists_to, "source": wanted.source, "mark": wanted.mark,
    }  # fmt: skip
    try:
        if known is None:
            return actions.add_agency(by=by, at=at, code=wanted.code, variants=wanted.variants, **fields)
        agency = actions.correct_agency(by=by, at=at, agency=known, **fields)
        held = set(AgencyName.objects.filter(agency=agency).values_list("folded", flat=True))
        for text in wanted.variants:
            if spelling_key(text) not in held:
                held.add(spelling_key(text))
                actions.add_name(by=by, at=at, agency=agency, text=text)
    except Refused as refusal:
        raise _at_row(wanted.row, refusal) from None
    return agency


def _link(wanted: Wanted, stored: Mapping[str, Agency], *, by: Any, at: datetime) -> None:
    agency = stored[wanted.code]
    try:
        parent = stored.get(wanted.parent)
        if parent is not None and not Affiliation.objects.filter(child=agency, parent=parent).exists():
            actions.place_under(by=by, at=at, agency=agency, parent=parent)
        for code in wanted.successors:
            if wanted.exists_to and not Succession.objects.filter(predecessor=agency, successor=stored[code]).exists():
                actions.record_succession(
                    by=by, at=at, predecessor=agency, successor=stored[code], source=wanted.succession_source,
                    on=wanted.exists_to + timedelta(days=1), mark=wanted.succession_mark,
                )  # fmt: skip
    except Refused as refusal:
        raise _at_row(wanted.row, refusal) from None


def _at_row(row: int, refusal: Refused) -> Refused:
    words = _("Chưa nhập gì. Dòng %(row)d: %(message)s") % {"row": row, "message": refusal.message}
    return Refused(words, field="file")


def _codes_by_name(rows: Sequence[SheetRow]) -> dict[str, set[str]]:
    """Key of a name -> the codes that bear it, in the file and in the register: a parent may be given by name."""
    names: dict[str, set[str]] = {}
    for key, code in AgencyName.objects.values_list("folded", "agency__code"):
        names.setdefault(key, set()).add(code)
    for row in rows:
        code = row.cells.get("code", "").strip().lower()
        for column in ("name", "short_name"):
            key = spelling_key(row.cells.get(column, ""))
            if key and code:
                names.setdefault(key, set()).add(code)
    return names


class _RowReader:
    """Understands one row and keeps what is wrong with it."""

    def __init__(self, row: SheetRow, codes: set[str], by_name: Mapping[str, set[str]]) -> None:
        self.row, self.codes, self.by_name = row, codes, by_name
        self.problems: list[Problem] = []

    def complain(self, column: str, message: str) -> None:
        self.problems.append(Problem(self.row.number, COLUMNS[column], message))

    def read(self) -> Wanted:
        start, end = self._day("exists_from"), self._day("exists_to")
        if start and end and end < start:
            self.complain("exists_to", _("trước “từ ngày”; hãy sửa một trong hai"))
        successors = tuple(self._agencies("successors"))
        if successors and end is None:
            self.complain("exists_to", _("có cơ quan kế thừa thì phải ghi ngày cuối cùng tồn tại"))
        parents = list(self._agencies("parent"))
        if len(parents) > 1:
            self.complain("parent", _("chỉ ghi một cơ quan cấp trên trực tiếp"))
        code = self._code()
        for column, others in (("parent", parents), ("successors", successors)):
            if code and code in others:
                self.complain(column, _("không thể là chính cơ quan này"))
        return Wanted(
            row=self.row.number,
            code=code,
            name=self._needed("name", 255),
            short_name=self._cell("short_name", 60),
            kind=self._kind(),
            parent=parents[0] if parents else "",
            exists_from=start,
            exists_to=end,
            successors=successors,
            variants=tuple(part.strip() for part in self._cell("variants").split(";") if part.strip()),
            source=self._cell("source", 255),
            mark=self._mark("mark"),
            succession_mark=self._mark("succession_mark"),
            succession_source=self._cell("succession_source", 255),
        )

    def _cell(self, column: str, longest: int | None = None) -> str:
        text = " ".join(self.row.cells.get(column, "").split())
        if longest is not None and len(text) > longest:
            self.complain(column, _("dài quá %(count)d ký tự; hãy rút gọn") % {"count": longest})
            return text[:longest]
        return text

    def _needed(self, column: str, longest: int) -> str:
        text = self._cell(column, longest)
        if not spelling_key(text):
            self.complain(column, _("còn trống; hãy điền"))
        return text

    def _code(self) -> str:
        code = self._needed("code", 60).lower()
        try:
            if code:
                validate_slug(code)
        except ValidationError:
            self.complain("code", _("“%(code)s”: chỉ dùng chữ không dấu, chữ số và dấu -") % {"code": code})
        return code

    def _kind(self) -> str:
        text = self._needed("kind", 60)
        for value, label in Kind.choices:
            if fold(text) in (value, fold(str(label))):
                return str(value)
        if text:
            allowed = ", ".join(str(label) for label in Kind.labels)
            self.complain(
                "kind",
                _("“%(kind)s” không có trong danh mục; chọn một trong: %(allowed)s")
                % {"kind": text, "allowed": allowed},
            )
        return ""

    def _mark(self, column: str) -> str:
        text = self._cell(column).upper() or "M"
        if text not in dict(MARKS):
            self.complain(column, _("chỉ ghi R, S hoặc M"))
        return text

    def _day(self, column: str) -> date | None:
        text = self._cell(column)
        if not text:
            return None
        for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007  # a calendar day has no time zone
            except ValueError:
                continue
        self.complain(column, _("“%(text)s” không phải ngày; ghi dạng 31/12/2023") % {"text": text})
        return None

    def _agencies(self, column: str) -> Iterator[str]:
        for part in self._cell(column).split(";"):
            text = part.strip()
            if not text:
                continue
            if text.lower() in self.codes:
                yield text.lower()
                continue
            codes = self.by_name.get(spelling_key(text), set())
            if len(codes) == 1:
                yield from codes
            elif codes:
                known = ", ".join(sorted(codes))
                self.complain(
                    column,
                    _("“%(text)s” là tên của nhiều cơ quan; hãy ghi mã: %(codes)s") % {"text": text, "codes": known},
                )
            else:
                self.complain(
                    column, _("chưa có cơ quan “%(text)s”; hãy thêm nó vào tệp hoặc ghi đúng mã") % {"text": text}
                )
