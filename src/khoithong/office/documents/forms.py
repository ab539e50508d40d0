"""Forms of papers and registers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khoithong.office.base.days import DayField
from khoithong.office.documents.actions import Line
from khoithong.office.documents.models import RECURRENCES, Direction, Paper, PaperFile
from khoithong.office.documents.values import Facts

TYPES = (
    "Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn", "Chương trình",
    "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng", "Công văn", "Công điện",
    "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu", "Giấy nghỉ phép", "Phiếu gửi",
    "Phiếu chuyển", "Phiếu báo", "Thư công",
)  # fmt: skip
"""The 29 types of administrative papers, Điều 7 of Nghị định 30/2020/NĐ-CP (mark R); others may be typed in."""


class ListInput(forms.TextInput):
    """A text with words to choose from (`<datalist>`)."""

    template_name = "documents/list_input.html"

    def __init__(self, options: tuple[str, ...]) -> None:
        super().__init__()
        self.options = options

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["options"] = self.options
        return context


class IdentityForm(forms.Form):
    """Who a paper is."""

    symbol = forms.CharField(label=_("Số, ký hiệu"), max_length=120, required=False)
    type = forms.CharField(label=_("Tên loại"), max_length=80, required=False, widget=ListInput(TYPES))
    issuer_name = forms.CharField(label=_("Tác giả (cơ quan ban hành)"), max_length=255, required=False)
    issued_on = DayField(label=_("Ngày tháng văn bản"), required=False)
    subject = forms.CharField(label=_("Trích yếu nội dung"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    signer = forms.CharField(label=_("Người ký"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_of(paper: Paper) -> dict[str, Any]:
        names = ("symbol", "type", "issuer_name", "issued_on", "subject", "signer", "version")
        return {name: getattr(paper, name) for name in names}

    def facts(self) -> Facts:
        """What was filled in."""
        data = self.cleaned_data
        return Facts(
            symbol=data["symbol"],
            type=_first_small(data["type"]),
            issuer_name=data["issuer_name"],
            issued_on=data["issued_on"],
            subject=data["subject"],
            signer=data["signer"],
        )


class LineForm(forms.Form):
    """The columns of a register beside the paper itself, those of its direction only."""

    entered_on = DayField(label=_("Ngày đến"), required=False)
    receiver = forms.CharField(label=_("Đơn vị hoặc người nhận"), max_length=255, required=False)
    destination = forms.CharField(
        label=_("Nơi nhận văn bản"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi nơi một dòng. Cơ quan có trong danh mục sẽ xem được văn bản này."),
    )
    copy_keeper = forms.CharField(label=_("Đơn vị, người nhận bản lưu"), max_length=255, required=False)
    copies = forms.IntegerField(label=_("Số lượng bản"), required=False, min_value=1, max_value=100_000)
    forwarded_on = DayField(label=_("Ngày chuyển"), required=False)
    signed_for = forms.CharField(label=_("Ký nhận"), max_length=200, required=False)
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    duplicate_reason = forms.CharField(
        label=_("Lý do vẫn đăng ký"),
        max_length=300,
        required=False,
        help_text=_("Ghi khi sổ đã có văn bản cùng số, ký hiệu và cơ quan ban hành."),
    )

    def __init__(self, *args: Any, direction: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.direction = direction
        self.fields["entered_on"].initial = today
        foreign = ("destination", "copy_keeper", "copies") if direction == Direction.INCOMING else ("receiver",)
        for name in foreign:
            del self.fields[name]
        if direction == Direction.OUTGOING:
            self.fields["entered_on"].label = _("Ngày đăng ký")
        self.order_fields([*(name for name in self.fields if name != "duplicate_reason"), "duplicate_reason"])

    def line(self) -> Line:
        """What was filled in, without the day and the reason."""
        names = set(Line.__slots__)
        return Line(**{name: value for name, value in self.cleaned_data.items() if name in names})


class NewEntryForm(IdentityForm, LineForm):
    """A paper that was not read by the machine, and its line in a register."""

    file = forms.FileField(
        label=_("Tệp văn bản"), required=False, help_text=_("Bản quét hay bản chụp cũng được; tệp được giữ nguyên.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        identity = ("symbol", "issued_on", "type", "subject", "issuer_name", "signer")
        rest = [name for name in self.fields if name not in identity and name not in ("duplicate_reason", "file")]
        self.order_fields([*identity, *rest, "file", "duplicate_reason"])


class AttachForm(forms.Form):
    """A file to go with a paper."""

    file = forms.FileField(label=_("Tệp"))
    part = forms.ChoiceField(label=_("Là"), choices=PaperFile.Part.choices, initial=PaperFile.Part.ANNEX)


class UploadAgainForm(forms.Form):
    """Files that were told to be doubles, sent again with the reason."""

    file = forms.FileField(label=_("Tệp"))
    duplicate_reason = forms.CharField(label=_("Lý do vẫn lưu"), max_length=300)


def _first_small(words: str) -> str:
    """ "Công văn" -> "công văn": a type is kept as readings name it."""
    words = " ".join(words.split())
    return words[:1].lower() + words[1:]


class SpanForm(forms.Form):
    """A place in the text: by its offsets, which a selection fills in, or by words that stand there."""

    start = forms.IntegerField(label=_("Từ ký tự"), required=False, min_value=0)
    end = forms.IntegerField(label=_("Đến ký tự"), required=False, min_value=0)
    quote = forms.CharField(
        label=_("Trích đoạn trong văn bản"),
        required=False,
        help_text=_("Chép nguyên văn đoạn tương ứng, hoặc bôi đen đoạn đó trong văn bản."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def span(self, text: str) -> dict[str, int]:
        """Start and end, by the quoted words where they were given and the offsets do not already hold them."""
        start, end, quote = (self.cleaned_data.get(name) for name in ("start", "end", "quote"))
        words = (quote or "").split()
        if words and (start is None or end is None or text[start:end].split() != words):
            found = re.search(r"\s+".join(re.escape(word) for word in words), text)
            if found is not None:
                return {"start": found.start(), "end": found.end()}
            return {}
        return {"start": start, "end": end} if start is not None and end is not None else {}


class DutyForm(SpanForm):
    """What a duty says."""

    lead = forms.CharField(
        label=_("Chủ trì"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi tên một dòng."),
    )
    coordinators = forms.CharField(label=_("Phối hợp"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    action = forms.CharField(label=_("Nội dung phải làm"), widget=forms.Textarea(attrs={"rows": 4}))
    deadline_text = forms.CharField(label=_("Thời hạn theo lời văn bản"), required=False, max_length=300)
    due_on = DayField(label=_("Ngày hết hạn"), required=False)
    recurrence = forms.ChoiceField(label=_("Định kỳ"), required=False, choices=RECURRENCES)
    conditional = forms.BooleanField(label=_("Chỉ làm khi có điều kiện nêu trong văn bản"), required=False)
    field_order = (
        "lead", "coordinators", "action", "deadline_text", "due_on", "recurrence", "conditional",
        "quote", "start", "end",
    )  # fmt: skip

    @staticmethod
    def initial_of(value: Mapping[str, Any]) -> dict[str, Any]:
        deadline = value.get("deadline") or {}
        return {
            "lead": "\n".join(value.get("lead") or ()),
            "coordinators": "\n".join(value.get("coordinators") or ()),
            "action": value.get("action") or "",
            "conditional": bool(value.get("conditional")),
            "deadline_text": deadline.get("text") or "",
            "due_on": deadline.get("due_on"),
            "recurrence": deadline.get("recurrence") or "",
        }

    def value(self, text: str) -> dict[str, Any]:
        """What was filled in, as a reading forms it."""
        data = self.cleaned_data
        due_on = data["due_on"]
        return {
            "lead": data["lead"],
            "coordinators": data["coordinators"],
            "action": data["action"],
            "conditional": data["conditional"],
            "deadline": {
                "text": data["deadline_text"],
                "due_on": due_on.isoformat() if due_on else None,
                "recurrence": data["recurrence"] or None,
            },
            **self.span(text),
        }


class CitationForm(SpanForm):
    """What a citation says."""

    symbol = forms.CharField(label=_("Số, ký hiệu"), max_length=120, required=False)
    type = forms.CharField(label=_("Tên loại"), max_length=80, required=False, widget=ListInput(TYPES))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=255, required=False)
    issued_on = DayField(label=_("Ngày văn bản"), required=False)
    title = forms.CharField(label=_("Tên văn bản, khi không có số"), required=False)
    field_order = ("symbol", "type", "issuer", "issued_on", "title", "quote", "start", "end")

    @staticmethod
    def initial_of(value: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value.get(name) or "" for name in ("symbol", "type", "issuer", "issued_on", "title")}

    def value(self, text: str) -> dict[str, Any]:
        """What was filled in, as a reading forms it."""
        data = self.cleaned_data
        return {
            "symbol": data["symbol"],
            "type": _first_small(data["type"]),
            "issuer": data["issuer"],
            "issued_on": data["issued_on"].isoformat() if data["issued_on"] else None,
            "title": data["title"],
            **self.span(text),
        }


class SplitForm(forms.Form):
    """Where a duty is cut in two: an offset into the text, or the first words of the second part."""

    place = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(label=_("Phần sau bắt đầu bằng"), required=False)

    def where(self, text: str, start: int, end: int) -> int | None:
        """The offset, or None where the words do not stand between `start` and `end`."""
        words = self.cleaned_data["words"].split()
        if words:
            pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
            found = pattern.search(text, start, end)
            return found.start() if found else None
        place: int | None = self.cleaned_data["place"]
        return place
