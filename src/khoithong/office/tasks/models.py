"""Duties being followed: one lead each, two axes of state; what depends on the clock is computed, never stored."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khoithong.office.agencies.models import Agency, Kind
from khoithong.office.base.text import fold
from khoithong.office.documents.models import RECURRENCES, Finding, Paper, StoredFile

LAID_FROM_ABOVE = (Kind.CENTRAL, Kind.PROVINCE)
"""Assigners without a desk of their own here: who may decide for all agencies answers on their behalf."""


class WorkState(models.TextChoices):
    """The first axis: how the work stands (stored)."""

    NOT_STARTED = "not_started", _("Chưa thực hiện")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    AWAITING = "awaiting", _("Chờ xác nhận hoàn thành")
    DONE = "done", _("Đã hoàn thành")
    SUSPENDED = "suspended", _("Tạm dừng")
    REFUSED = "refused", _("Từ chối nhận")
    REDO = "redo", _("Yêu cầu làm lại")


class TimeState(models.TextChoices):
    """The second axis: how the work stands against its deadline on a day (computed, see `tasks.queries`)."""

    WITHIN = "within", _("Trong hạn")
    DUE_SOON = "due_soon", _("Sắp đến hạn")
    OVERDUE = "overdue", _("Quá hạn")
    DONE_ON_TIME = "done_on_time", _("Hoàn thành đúng hạn")
    DONE_LATE = "done_late", _("Hoàn thành quá hạn")
    NO_DEADLINE = "no_deadline", _("Không thời hạn")


class Task(models.Model):
    """A duty laid on one lead. A group (`is_group`) has no lead: it stands over one task for each body charged."""

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    is_group = models.BooleanField(default=False)
    paper = models.ForeignKey(
        Paper,
        verbose_name=_("văn bản giao"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
        db_index=False,
    )
    finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    origin_note = models.TextField(_("nguồn giao khi không có văn bản"), blank=True)
    action = models.TextField(_("nội dung nhiệm vụ"))
    lead = models.ForeignKey(
        Agency,
        verbose_name=_("cơ quan chủ trì"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_tasks",
        db_index=False,
    )
    lead_words = models.CharField(_("chủ trì theo văn bản"), max_length=500, blank=True)
    assigner = models.ForeignKey(
        Agency, verbose_name=_("cơ quan giao"), on_delete=models.PROTECT, related_name="assigned_tasks"
    )
    assigned_on = models.DateField(_("ngày giao"))
    conditional = models.BooleanField(_("có điều kiện"), default=False)
    deadline_on = models.DateField(_("thời hạn"), null=True, blank=True)
    deadline_words = models.CharField(_("thời hạn theo văn bản"), max_length=300, blank=True)
    recurrence = models.CharField(_("định kỳ"), max_length=12, choices=RECURRENCES, blank=True)
    work_state = models.CharField(
        _("trạng thái"), max_length=12, choices=WorkState.choices, default=WorkState.NOT_STARTED
    )
    offered_on = models.DateField(_("ngày trình minh chứng"), null=True, blank=True)
    done_on = models.DateField(_("ngày hoàn thành"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(_("tiến độ (%)"), default=0)
    reminded_on = models.DateField(_("ngày được nhắc"), null=True, blank=True)
    created_at = models.DateTimeField(_("tạo lúc"))
    version = models.PositiveIntegerField(default=1)
    search = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("nhiệm vụ")
        ordering = (F("deadline_on").asc(nulls_last=True), "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_group=True, lead__isnull=True) | Q(is_group=False, lead__isnull=False),
                name="task_has_one_lead_or_is_group",
            ),
            models.CheckConstraint(
                condition=Q(work_state="done", done_on__isnull=False)
                | (~Q(work_state="done") & Q(done_on__isnull=True)),
                name="task_done_has_day",
            ),
            models.CheckConstraint(
                condition=Q(work_state="awaiting", offered_on__isnull=False)
                | (~Q(work_state="awaiting") & Q(offered_on__isnull=True)),
                name="task_awaiting_has_day",
            ),
            models.CheckConstraint(
                condition=Q(is_group=False) | Q(work_state="not_started", parent__isnull=True),
                name="task_group_has_no_state_of_its_own",
            ),
            models.CheckConstraint(condition=Q(paper__isnull=False) | ~Q(origin_note=""), name="task_has_origin"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent_up_to_100"),
            models.CheckConstraint(
                condition=Q(recurrence="") | Q(deadline_on__isnull=True), name="task_recurring_has_no_single_day"
            ),
            models.UniqueConstraint(
                fields=("finding", "lead"), condition=Q(lead__isnull=False), name="task_once_per_finding_and_lead"
            ),
            models.UniqueConstraint(fields=("finding",), condition=Q(is_group=True), name="task_one_group_per_finding"),
        )
        # A count by lead or by paper reads one of these alone, in its order: see `tasks.queries`.
        indexes = (
            models.Index(
                fields=("lead", "work_state", "deadline_on", "done_on", "offered_on", "paper", "is_group"),
                name="task_board",
            ),
            models.Index(
                fields=("paper", "work_state", "deadline_on", "done_on", "offered_on", "lead", "is_group"),
                name="task_paper_board",
            ),
        )

    def __str__(self) -> str:
        # The paper's own words often begin in the middle of its sentence.
        return self.action[:1].upper() + self.action[1:120]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_search()
        super().save(*args, **kwargs)

    def fill_search(self) -> None:
        """Sets what searches compare. `save` does it; a bulk creation has to."""
        self.search = fold(f"{self.action} {self.lead_words} {self.deadline_words} {self.origin_note}")


class Participant(models.Model):
    """An agency that co-ordinates in a task, or follows it."""

    class Part(models.TextChoices):
        COORDINATE = "coordinate", _("Phối hợp")
        FOLLOW = "follow", _("Theo dõi")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="participants")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="participations")
    words = models.CharField(_("theo văn bản"), max_length=500, blank=True)
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.COORDINATE)

    class Meta:
        verbose_name = _("đơn vị phối hợp")
        constraints = (
            models.UniqueConstraint(
                fields=("task", "agency"), condition=Q(agency__isnull=False), name="participant_once"
            ),
            models.CheckConstraint(condition=Q(agency__isnull=False) | ~Q(words=""), name="participant_is_named"),
        )

    def __str__(self) -> str:
        return str(self.agency) if self.agency else self.words


class Progress(models.Model):
    """A report of how far the work has come."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="progress")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    percent = models.PositiveSmallIntegerField(_("tiến độ (%)"))
    text = models.TextField(_("kết quả, khó khăn, kiến nghị"))

    class Meta:
        verbose_name = _("báo cáo tiến độ")
        ordering = ("-at", "-id")
        constraints = (models.CheckConstraint(condition=Q(percent__lte=100), name="progress_percent_up_to_100"),)

    def __str__(self) -> str:
        return f"{self.percent}%: {self.text[:80]}"


class Extension(models.Model):
    """A reasoned request for more time, which only the assigning body grants."""

    class State(models.TextChoices):
        ASKED = "asked", _("Đang xin gia hạn")
        GRANTED = "granted", _("Được gia hạn")
        DENIED = "denied", _("Không gia hạn")
        LAPSED = "lapsed", _("Hết hiệu lực")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="extensions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    old_deadline = models.DateField(_("thời hạn cũ"))
    new_deadline = models.DateField(_("thời hạn xin"))
    reason = models.TextField(_("lý do"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("ý kiến của cơ quan giao"), blank=True)

    class Meta:
        verbose_name = _("xin gia hạn")
        ordering = ("-asked_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("task",), condition=Q(state="asked"), name="extension_one_open"),
            models.CheckConstraint(condition=Q(new_deadline__gt=F("old_deadline")), name="extension_gives_more_time"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_reason"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="asked") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="extension_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "lapsed")) | ~Q(decided_by=F("asked_by")), name="extension_four_eyes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_deadline:%d/%m/%Y} -> {self.new_deadline:%d/%m/%Y}"


class Proof(models.Model):
    """What shows that a task is done: a paper, or a stated reason; confirmed by the co-ordinator or sent back."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Chờ xác nhận")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        RETURNED = "returned", _("Trả lại")
        WITHDRAWN = "withdrawn", _("Đã rút")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="proofs")
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="proves")
    reason = models.TextField(_("lý do, khi không có văn bản"), blank=True)
    done_on = models.DateField(_("ngày hoàn thành"))
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("ý kiến"), blank=True)

    class Meta:
        verbose_name = _("minh chứng hoàn thành")
        ordering = ("-offered_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(paper__isnull=False) | ~Q(reason=""), name="proof_shows_something"),
            models.UniqueConstraint(fields=("task",), condition=Q(state="offered"), name="proof_one_open"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("offered_by")), name="proof_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("offered", "withdrawn"), decided_by__isnull=True)
                | Q(state__in=("confirmed", "returned"), decided_by__isnull=False, decided_at__isnull=False),
                name="proof_decided_by_someone",
            ),
        )

    def __str__(self) -> str:
        return str(self.paper) if self.paper else self.reason[:80]


class TaskFile(models.Model):
    """A file that came with a progress report."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="files")
    progress = models.ForeignKey(Progress, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="task_uses")
    name = models.CharField(_("tên tệp"), max_length=255)

    class Meta:
        verbose_name = _("tệp kèm nhiệm vụ")

    def __str__(self) -> str:
        return self.name


class DutyNote(models.Model):
    """A name in a duty that no agency of the office answers to: kept in the paper's words, with why it is no task."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="duty_notes")
    finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    words = models.CharField(_("tên theo văn bản"), max_length=500)
    text = models.TextField(_("ghi chú"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("ghi chú nơi nhận nhiệm vụ")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("finding", "words"), name="duty_note_once"),
            models.CheckConstraint(condition=~Q(text=""), name="duty_note_says_something"),
        )

    def __str__(self) -> str:
        return self.words


class CalendarDay(models.Model):
    """A day that the office counts otherwise than the national calendar: a local holiday, a swap, a make-up day."""

    day = models.DateField(_("ngày"), unique=True)
    is_working = models.BooleanField(_("là ngày làm việc"))
    note = models.CharField(_("lý do, căn cứ"), max_length=255)

    class Meta:
        verbose_name = _("ngày điều chỉnh")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
