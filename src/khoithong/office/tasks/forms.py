"""Forms of tasks: what people type, before an action judges it. A form of an act carries the version that was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khoithong.office.accounts.models import Person
from khoithong.office.agencies.models import Agency, Kind
from khoithong.office.base.days import DayField
from khoithong.office.base.text import symbol_key
from khoithong.office.documents.models import Paper
from khoithong.office.documents.queries import visible_papers
from khoithong.office.tasks.models import RECURRENCES, Participant, Task
from khoithong.office.tasks.states import Act

OFFERED_PAPERS = 100
"""Papers offered to choose from while typing; any other that the person sees can be typed in full."""


class SuggestInput(forms.TextInput):
    """A text with a list of values to choose from (`<datalist>`)."""

    template_name = "tasks/parts/suggest_input.html"
    options: Sequence[str] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["options"] = self.options
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_list"
        return context


class PaperField(forms.CharField):
    """A paper by its symbol, with its day where several bear the symbol: "15/BC-STTTT ngày 24/11/2023"."""

    widget = SuggestInput
    papers: QuerySet[Paper] = Paper.objects.none()

    def offer(self, papers: QuerySet[Paper]) -> None:
        """The papers to choose from: those that the person may see."""
        self.papers = papers
        newest = papers.exclude(symbol="").order_by("-created_at")[:OFFERED_PAPERS]
        assert isinstance(self.widget, SuggestInput)
        self.widget.options = tuple(paper_words(paper) for paper in newest)

    def clean(self, value: Any) -> Paper | None:
        text = super().clean(value)
        if not text:
            return None
        symbol, _day, day = text.partition(" ngày ")
        found = list(self.papers.filter(symbol_key=symbol_key(symbol))[:50])
        if day.strip():
            found = [paper for paper in found if paper.issued_on and f"{paper.issued_on:%d/%m/%Y}" == day.strip()]
        if not found:
            raise forms.ValidationError(
                _("Không có văn bản nào mang số, ký hiệu này. Hãy chọn trong danh sách, hoặc vào sổ văn bản trước.")
            )
        if len(found) > 1:
            raise forms.ValidationError(_("Nhiều văn bản cùng số, ký hiệu: hãy ghi thêm “ngày dd/mm/yyyy”."))
        return found[0]


def paper_words(paper: Paper) -> str:
    """How a paper is typed into a PaperField."""
    return f"{paper.symbol} ngày {paper.issued_on:%d/%m/%Y}" if paper.issued_on else paper.symbol


def _agency_words(agency: Agency) -> str:
    """An agency in a list of choices; one that is gone, or not yet there, says so."""
    if agency.exists_to:
        return gettext("%(agency)s (đến hết %(day)s)") % {"agency": agency, "day": f"{agency.exists_to:%d/%m/%Y}"}
    return str(agency)


class AgencyField(forms.ModelChoiceField):
    """One agency. Those that are gone can be chosen: a task may be entered long after it was given."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agency.objects.all(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return _agency_words(obj)


class AgenciesField(forms.ModelMultipleChoiceField):
    """Several agencies, to be ticked: those of the province first."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        nearest_first = Case(
            When(kind__in=(Kind.DEPARTMENT, Kind.VERTICAL), then=Value(0)),
            When(kind__in=(Kind.DISTRICT, Kind.COMMUNE), then=Value(1)),
            default=Value(2),
        )
        agencies = Agency.objects.order_by(nearest_first, "sort_key")
        super().__init__(queryset=agencies, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return _agency_words(obj)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in files]


class ActForm(forms.Form):
    """One act on one task. `version` is that of the task which the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, task: Task, person: Person, at: datetime, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"version": task.version, **self.first_values(task, today), **kwargs["initial"]}
        super().__init__(*args, **kwargs)
        self.task = task
        self.fill(person, today)

    @staticmethod
    def first_values(task: Task, today: date) -> dict[str, Any]:
        """What stands in the fields before anybody types."""
        return {}

    def fill(self, person: Person, today: date) -> None:
        """Gives the fields their choices."""


def _reason(label: Any, *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}))


class ReportForm(ActForm):
    percent = forms.IntegerField(label=_("Tiến độ (%)"), min_value=0, max_value=100)
    text = _reason(_("Kết quả, khó khăn, kiến nghị"), rows=4)
    files = FilesField(label=_("Tệp kèm theo"), required=False)

    @staticmethod
    def first_values(task: Task, today: date) -> dict[str, Any]:
        return {"percent": task.percent}


class OfferForm(ActForm):
    paper = PaperField(
        label=_("Văn bản chứng minh"),
        required=False,
        help_text=_("Số, ký hiệu của văn bản đã vào sổ. Không có văn bản thì nêu lý do ở ô dưới."),
    )
    reason = _reason(_("Lý do, khi không có văn bản"), required=False)
    done_on = DayField(label=_("Ngày hoàn thành"))

    @staticmethod
    def first_values(task: Task, today: date) -> dict[str, Any]:
        return {"done_on": today}

    def fill(self, person: Person, today: date) -> None:
        field = self.fields["paper"]
        assert isinstance(field, PaperField)
        field.offer(visible_papers(person).filter(entries__isnull=False).distinct())


class ExtensionForm(ActForm):
    new_deadline = DayField(label=_("Thời hạn xin"))
    reason = _reason(_("Lý do xin gia hạn"))


class ReasonForm(ActForm):
    reason = _reason(_("Lý do"))


class AnswerForm(ActForm):
    answer = _reason(_("Ý kiến"), required=False, rows=2)


class PlainForm(ActForm):
    """An act that needs no words."""


class ReassignForm(ActForm):
    lead = AgencyField(label=_("Cơ quan chủ trì mới"))
    reason = _reason(_("Lý do"))


class ParticipateForm(ActForm):
    coordinators = AgenciesField(label=_("Cơ quan phối hợp"), required=False)
    followers = AgenciesField(
        label=_("Cơ quan theo dõi"),
        required=False,
        help_text=_("Xem được nhiệm vụ và văn bản giao, không phải làm gì."),
    )
    reason = _reason(_("Lý do"))

    @staticmethod
    def first_values(task: Task, today: date) -> dict[str, Any]:
        parts = list(task.participants.filter(agency__isnull=False).values_list("agency", "part"))
        return {
            "coordinators": [agency for agency, part in parts if part == Participant.Part.COORDINATE],
            "followers": [agency for agency, part in parts if part == Participant.Part.FOLLOW],
        }


class CorrectForm(ActForm):
    lead = AgencyField(label=_("Cơ quan chủ trì"))
    deadline_on = DayField(label=_("Thời hạn"), required=False)
    recurrence = forms.ChoiceField(label=_("Định kỳ"), choices=RECURRENCES, required=False)
    reason = _reason(_("Lý do đính chính"))

    @staticmethod
    def first_values(task: Task, today: date) -> dict[str, Any]:
        return {"lead": task.lead_id, "deadline_on": task.deadline_on, "recurrence": task.recurrence}


ACT_FORMS: dict[Act, type[ActForm]] = {
    Act.REPORT: ReportForm,
    Act.OFFER: OfferForm,
    Act.WITHDRAW: PlainForm,
    Act.CONFIRM: AnswerForm,
    Act.RETURN: AnswerForm,
    Act.ASK_EXTENSION: ExtensionForm,
    Act.GRANT_EXTENSION: AnswerForm,
    Act.DENY_EXTENSION: AnswerForm,
    Act.REFUSE: ReasonForm,
    Act.INSIST: ReasonForm,
    Act.SUSPEND: ReasonForm,
    Act.RESUME: ReasonForm,
    Act.REASSIGN: ReassignForm,
    Act.PARTICIPATE: ParticipateForm,
    Act.CORRECT: CorrectForm,
    Act.REOPEN: ReasonForm,
}


def form_prefix(act: Act) -> str:
    """Under which prefix an act's fields stand on the page: two answers to one question share their fields."""
    shared = {
        Act.CONFIRM: "proof",
        Act.RETURN: "proof",
        Act.GRANT_EXTENSION: "extension",
        Act.DENY_EXTENSION: "extension",
    }
    return shared.get(act, act.value)


class NewTaskForm(forms.Form):
    """A task entered by hand."""

    action = _reason(_("Nội dung nhiệm vụ"))
    leads = AgenciesField(
        label=_("Cơ quan chủ trì"),
        help_text=_(
            "Mỗi nhiệm vụ một cơ quan chủ trì: chọn nhiều cơ quan thì mỗi cơ quan có một nhiệm vụ trong cùng nhóm."
        ),
    )
    coordinators = AgenciesField(label=_("Cơ quan phối hợp"), required=False)
    assigner = AgencyField(label=_("Cơ quan giao"))
    assigned_on = DayField(label=_("Ngày giao"))
    paper = PaperField(
        label=_("Văn bản giao"), required=False, help_text=_("Số, ký hiệu của văn bản có trong hệ thống.")
    )
    origin_note = forms.CharField(
        label=_("Nguồn giao, khi không có văn bản"),
        required=False,
        help_text=_("Ví dụ: giao qua điện thoại, ai giao, lúc nào."),
    )
    deadline_on = DayField(label=_("Thời hạn"), required=False)
    recurrence = forms.ChoiceField(label=_("Định kỳ"), choices=RECURRENCES, required=False)
    conditional = forms.BooleanField(label=_("Chỉ thực hiện khi có điều kiện kèm theo"), required=False)

    def __init__(self, *args: Any, person: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["paper"]
        assert isinstance(field, PaperField)
        field.offer(visible_papers(person))
        self.fields["assigned_on"].initial = today
        self.fields["assigner"].initial = person.agency_id


class CalendarDayForm(forms.Form):
    """A day that the office counts otherwise than the national calendar."""

    day = DayField(label=_("Ngày"))
    is_working = forms.TypedChoiceField(
        label=_("Tính là"),
        choices=(("0", _("Ngày nghỉ")), ("1", _("Ngày làm việc"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Lý do, căn cứ"), max_length=255)
