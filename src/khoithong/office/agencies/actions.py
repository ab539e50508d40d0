"""Writing the agencies: adding and correcting them, their names over time, under whom they stand, who follows whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khoithong.office.agencies.models import Affiliation, Agency, AgencyName, Succession
from khoithong.office.agencies.spelling import spelling_key
from khoithong.office.base.actions import Refused, recorded, register_verbs
from khoithong.office.base.guard import require

MANAGE = "manage_agencies"
ADDED, CORRECTED, RENAMED = "agencies.agency_added", "agencies.agency_corrected", "agencies.agency_renamed"
NAME_ADDED, NAME_REMOVED = "agencies.name_added", "agencies.name_removed"
PLACED, SUCCEEDED = "agencies.agency_placed", "agencies.succession_recorded"

register_verbs(
    {
        ADDED: gettext_lazy("Thêm cơ quan"),
        CORRECTED: gettext_lazy("Sửa thông tin cơ quan"),
        RENAMED: gettext_lazy("Đổi tên cơ quan"),
        NAME_ADDED: gettext_lazy("Thêm cách gọi cơ quan"),
        NAME_REMOVED: gettext_lazy("Bỏ cách gọi cơ quan"),
        PLACED: gettext_lazy("Ghi quan hệ trực thuộc"),
        SUCCEEDED: gettext_lazy("Ghi cơ quan kế thừa"),
    }
)

CORRECTABLE = ("name", "short_name", "kind", "exists_from", "exists_to", "source", "mark")


def add_agency(
    *,
    by: Any,
    at: datetime,
    code: str,
    kind: str,
    name: str,
    short_name: str = "",
    parent: Agency | None = None,
    exists_from: date | None = None,
    exists_to: date | None = None,
    variants: Iterable[str] = (),
    source: str = "",
    mark: str = "M",
) -> Agency:
    """Adds an agency with the names that it is looked up by. `by`: a Person, or None for the system."""
    with recorded(verb=ADDED, by=by, at=at) as record:
        require(by, MANAGE)
        _refuse_bad_span(exists_from, exists_to)
        if not spelling_key(name):
            raise Refused(_("Tên cơ quan không được để trống."), field="name")
        agency = Agency(
            code=code, kind=kind, name=name.strip(), short_name=short_name.strip(), exists_from=exists_from,
            exists_to=exists_to, source=source, mark=mark,
        )  # fmt: skip
        try:
            with transaction.atomic():
                agency.save()
        except IntegrityError:
            raise Refused(
                _("Mã “%(code)s” đã dùng cho cơ quan khác. Hãy chọn mã khác.") % {"code": code}, field="code"
            ) from None
        AgencyName.objects.create(agency=agency, text=agency.name, use=AgencyName.Use.OFFICIAL)
        _put_names(agency, [short_name], AgencyName.Use.SHORT)
        _put_names(agency, variants, AgencyName.Use.VARIANT)
        if parent is not None:
            Affiliation.objects.create(child=agency, parent=parent)
        record.about(agency, name=agency.name, kind=kind, parent=str(parent or ""))
    return agency


def correct_agency(*, by: Any, at: datetime, agency: Agency, **changes: Any) -> Agency:
    """Sets right what was written wrongly; for a name that the agency really changed see `rename_agency`.

    `changes`: any of `CORRECTABLE`. Without a real change nothing is written, not even an audit entry.
    """
    unknown = set(changes) - set(CORRECTABLE)
    if unknown:
        raise TypeError(f"not correctable: {sorted(unknown)}")
    with transaction.atomic():
        require(by, MANAGE)
        stored = Agency.objects.select_for_update().get(pk=agency.pk)
        before = {field: getattr(stored, field) for field in changes}
        changed = {field: value for field, value in changes.items() if value != before[field]}
        if not changed:
            return stored
        with recorded(verb=CORRECTED, by=by, at=at) as record:
            for field, value in changed.items():
                setattr(stored, field, value)
            if not spelling_key(stored.name):
                raise Refused(_("Tên cơ quan không được để trống."), field="name")
            _refuse_bad_span(stored.exists_from, stored.exists_to)
            stored.save()
            if "name" in changed:
                _replace_name(stored, before["name"], stored.name, AgencyName.Use.OFFICIAL)
            if "short_name" in changed:
                _replace_name(stored, before["short_name"], stored.short_name, AgencyName.Use.SHORT)
            record.about(
                stored, changed={field: [str(before[field] or ""), str(changed[field] or "")] for field in changed}
            )
    return stored


def rename_agency(*, by: Any, at: datetime, agency: Agency, name: str, on: date, short_name: str = "") -> Agency:
    """From `on` the agency bears another official name; the old one keeps its days: old papers still find it."""
    with recorded(verb=RENAMED, by=by, at=at) as record:
        require(by, MANAGE)
        stored = Agency.objects.select_for_update().get(pk=agency.pk)
        if not spelling_key(name):
            raise Refused(_("Tên mới không được để trống."), field="name")
        if spelling_key(name) == spelling_key(stored.name):
            raise Refused(
                _("Tên mới trùng với tên đang dùng. Nếu chỉ sửa chính tả, hãy dùng “Sửa thông tin”."), field="name"
            )
        _refuse_outside(stored, on, field="on")
        current = AgencyName.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            agency=stored,
            use__in=(AgencyName.Use.OFFICIAL, AgencyName.Use.SHORT),
        )
        late = [known for known in current if known.valid_from is not None and known.valid_from >= on]
        if late:
            raise Refused(
                _("Cơ quan đã mang tên “%(name)s” từ ngày %(day)s. Hãy chọn ngày sau ngày đó.")
                % {"name": late[0].text, "day": f"{late[0].valid_from:%d/%m/%Y}"},
                field="on",
            )
        current.update(valid_to=on - timedelta(days=1))
        old, stored.name, stored.short_name = stored.name, name.strip(), short_name.strip()
        stored.save()
        AgencyName.objects.create(agency=stored, text=stored.name, use=AgencyName.Use.OFFICIAL, valid_from=on)
        if spelling_key(short_name) not in ("", spelling_key(name)):
            AgencyName.objects.create(agency=stored, text=stored.short_name, use=AgencyName.Use.SHORT, valid_from=on)
        record.about(stored, old=old, new=stored.name, on=on.isoformat())
    return stored


def add_name(
    *,
    by: Any,
    at: datetime,
    agency: Agency,
    text: str,
    use: Any = AgencyName.Use.VARIANT,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> AgencyName:
    """Adds a spelling by which the agency is to be found from now on."""
    with recorded(verb=NAME_ADDED, by=by, at=at) as record:
        require(by, MANAGE)
        if not spelling_key(text):
            raise Refused(_("Cách gọi phải có chữ."), field="text")
        _refuse_bad_span(valid_from, valid_to, field="valid_to")
        same = AgencyName.objects.filter(agency=agency, folded=spelling_key(text), valid_from=valid_from).first()
        if same is not None:
            raise Refused(
                _("Cơ quan này đã tra được bằng cách viết “%(text)s”, không cần thêm.") % {"text": same.text},
                field="text",
            )
        name = AgencyName.objects.create(
            agency=agency, text=text.strip(), use=use, valid_from=valid_from, valid_to=valid_to
        )
        record.about(agency, name=name.text, use=str(use))
    return name


def remove_name(*, by: Any, at: datetime, name: AgencyName) -> None:
    """Takes away a spelling entered by mistake. The name that the agency bears now stays."""
    with recorded(verb=NAME_REMOVED, by=by, at=at) as record:
        require(by, MANAGE)
        if name.use == AgencyName.Use.OFFICIAL and name.folded == spelling_key(name.agency.name):
            raise Refused(_("Không thể bỏ tên chính thức đang dùng. Hãy dùng “Đổi tên” hoặc “Sửa thông tin”."))
        record.about(name.agency, name=name.text, use=name.use)
        name.delete()


def place_under(*, by: Any, at: datetime, agency: Agency, parent: Agency, on: date | None = None) -> Affiliation:
    """Says that the agency stands under `parent` from `on` (None: as long as it exists); ends where it stood before."""
    with recorded(verb=PLACED, by=by, at=at) as record:
        require(by, MANAGE)
        Agency.objects.select_for_update().get(pk=agency.pk)
        _refuse_circle(agency, parent)
        links = Affiliation.objects.filter(child=agency)
        if on is None:
            links.delete()
        else:
            _refuse_outside(agency, on, field="on")
            links.filter(valid_from__gte=on).delete()
            links.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).update(valid_to=on - timedelta(days=1))
        link = Affiliation.objects.create(child=agency, parent=parent, valid_from=on)
        record.about(agency, parent=str(parent), on=on.isoformat() if on else "")
    return link


def record_succession(
    *,
    by: Any,
    at: datetime,
    predecessor: Agency,
    successor: Agency,
    on: date,
    source: str = "",
    mark: str = "M",
) -> Succession:
    """From `on` what was the predecessor's is the successor's; a predecessor without end ends the day before."""
    with recorded(verb=SUCCEEDED, by=by, at=at) as record:
        require(by, MANAGE)
        stored = Agency.objects.select_for_update().get(pk=predecessor.pk)
        if stored.pk == successor.pk:
            raise Refused(_("Cơ quan không thể kế thừa chính mình. Hãy chọn cơ quan khác."), field="successor")
        if Succession.objects.filter(predecessor=stored, successor=successor).exists():
            raise Refused(
                _("Đã ghi %(successor)s kế thừa %(predecessor)s.") % {"successor": successor, "predecessor": stored},
                field="successor",
            )
        if stored.pk in _followers(successor):
            raise Refused(
                _("%(predecessor)s đã được ghi là kế thừa %(successor)s: hai cơ quan không thể kế thừa lẫn nhau.")
                % {"predecessor": stored, "successor": successor},
                field="successor",
            )
        if stored.exists_to is None:
            stored.exists_to = on - timedelta(days=1)
            _refuse_bad_span(stored.exists_from, stored.exists_to, field="on")
            stored.save()
        elif stored.exists_to >= on:
            raise Refused(
                _("%(agency)s còn tồn tại đến hết ngày %(day)s: ngày kế thừa phải sau ngày đó.")
                % {"agency": stored, "day": f"{stored.exists_to:%d/%m/%Y}"},
                field="on",
            )
        link = Succession.objects.create(predecessor=stored, successor=successor, on=on, source=source, mark=mark)
        record.about(stored, successor=successor.name, on=on.isoformat(), source=source)
    return link


def renew_spellings() -> int:
    """Computes the look-up keys of all names anew, after the lexicon of abbreviations has changed. Returns how many."""
    renewed = 0
    for name in AgencyName.objects.iterator():
        if name.folded != spelling_key(name.text):
            name.save(update_fields=("folded",))
            renewed += 1
    return renewed


def _put_names(agency: Agency, texts: Iterable[str], use: Any) -> None:
    known = set(agency.names.values_list("folded", flat=True))
    for text in texts:
        key = spelling_key(text)
        if key and key not in known:
            known.add(key)
            AgencyName.objects.create(agency=agency, text=text.strip(), use=use)


def _replace_name(agency: Agency, old: str, new: str, use: Any) -> None:
    """A corrected name takes the place of the wrong one, with its days."""
    names = AgencyName.objects.filter(agency=agency, use=use, folded=spelling_key(old))
    span = names.values("valid_from", "valid_to").first() or {}
    names.delete()
    key = spelling_key(new)
    if key and not AgencyName.objects.filter(agency=agency, folded=key, valid_from=span.get("valid_from")).exists():
        AgencyName.objects.create(agency=agency, text=new, use=use, **span)


def _refuse_bad_span(start: date | None, end: date | None, *, field: str = "exists_to") -> None:
    if start is not None and end is not None and end < start:
        raise Refused(
            _("Ngày kết thúc %(end)s trước ngày bắt đầu %(start)s. Hãy sửa một trong hai ngày.")
            % {"end": f"{end:%d/%m/%Y}", "start": f"{start:%d/%m/%Y}"},
            field=field,
        )


def _refuse_outside(agency: Agency, on: date, *, field: str) -> None:
    if (agency.exists_from and on < agency.exists_from) or (agency.exists_to and on > agency.exists_to):
        raise Refused(
            _("Ngày %(day)s nằm ngoài thời gian tồn tại của %(agency)s.") % {"day": f"{on:%d/%m/%Y}", "agency": agency},
            field=field,
        )


def _refuse_circle(agency: Agency, parent: Agency) -> None:
    seen, waiting = {agency.pk}, [parent.pk]
    while waiting:
        current = waiting.pop()
        if current == agency.pk:
            raise Refused(
                _("%(parent)s đang đứng dưới %(agency)s: không thể là cấp trên của nó.")
                % {"parent": parent, "agency": agency},
                field="parent",
            )
        if current not in seen:
            seen.add(current)
            waiting.extend(Affiliation.objects.filter(child=current).values_list("parent_id", flat=True))


def _followers(agency: Agency) -> set[int]:
    """All who stand for the agency, however far on."""
    seen: set[int] = set()
    waiting = [agency.pk]
    while waiting:
        following = Succession.objects.filter(predecessor__in=waiting).values_list("successor_id", flat=True)
        waiting = [pk for pk in following if pk not in seen]
        seen.update(waiting)
    return seen
