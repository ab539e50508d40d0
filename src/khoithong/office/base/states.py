"""How states look: a tone, a shape and a word for each code, so that none of the three says it alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Look:
    """Tone (a class tone-* of components.css), shape (of `base.shapes.SHAPES`) and word of a state."""

    tone: str
    shape: str
    word: str | Promise


LOOKS: dict[str, Look] = {
    # against the deadline: tasks.models.TimeState
    "within": Look("good", "disc", _("Trong hạn")),
    "due_soon": Look("soon", "half", _("Sắp đến hạn")),
    "overdue": Look("late", "triangle", _("Quá hạn")),
    "done_on_time": Look("done", "check", _("Hoàn thành đúng hạn")),
    "done_late": Look("after", "check-boxed", _("Hoàn thành quá hạn")),
    "no_deadline": Look("plain", "dash", _("Không thời hạn")),
    # the work itself: tasks.models.WorkState
    "not_started": Look("plain", "ring", _("Chưa thực hiện")),
    "in_progress": Look("plain", "half", _("Đang thực hiện")),
    "awaiting": Look("soon", "ring-dot", _("Chờ xác nhận hoàn thành")),
    "done": Look("done", "check", _("Đã hoàn thành")),
    "suspended": Look("plain", "bars", _("Tạm dừng")),
    "refused": Look("late", "cross", _("Từ chối nhận")),
    "redo": Look("late", "turn", _("Yêu cầu làm lại")),
    # a request for more time: tasks.models.Extension.State
    "asked": Look("soon", "ring-dot", _("Đang xin gia hạn")),
    "granted": Look("good", "check", _("Được gia hạn")),
    "denied": Look("late", "cross", _("Không gia hạn")),
    "lapsed": Look("plain", "dash", _("Hết hiệu lực")),
    # proof: tasks.models.Proof.State
    "offered": Look("soon", "ring-dot", _("Chờ xác nhận")),
    "confirmed": Look("done", "check", _("Đã xác nhận")),
    "returned": Look("late", "turn", _("Trả lại")),
    "withdrawn": Look("plain", "cross", _("Đã rút")),
    # readings and findings: documents.models
    "draft": Look("soon", "ring", _("Chờ soát")),
    "proposed": Look("soon", "ring", _("Máy đề xuất")),
    "accepted": Look("good", "check", _("Chấp nhận")),
    "corrected": Look("done", "check-boxed", _("Đã sửa")),
    "added": Look("done", "diamond", _("Thêm mới")),
    "discarded": Look("plain", "cross", _("Loại bỏ")),
    "replaced": Look("plain", "turn", _("Đã tách hoặc gộp")),
}

UNKNOWN = Look("plain", "ring", "")
