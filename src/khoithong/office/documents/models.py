"""Papers: what they are, where they are registered, their untouched files, how they were read, what they cite."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoithong.office.agencies.models import Agency
from khoithong.office.base.text import fold, symbol_key

RECURRENCES = (
    ("", _("Một lần")),
    ("daily", _("Hằng ngày")),
    ("weekly", _("Hằng tuần")),
    ("monthly", _("Hằng tháng")),
    ("quarterly", _("Hằng quý")),
    ("half-yearly", _("Sáu tháng")),
    ("yearly", _("Hằng năm")),
    ("continuous", _("Thường xuyên")),
)
"""How often a duty comes back: the values of reading.Recurrence, and none."""


class Direction(models.TextChoices):
    """Whether a register holds papers that came in or that went out."""

    INCOMING = "in", _("Văn bản đến")
    OUTGOING = "out", _("Văn bản đi")


class StoredFile(models.Model):
    """The bytes of a file, kept untouched under their SHA-256; the same bytes are kept once."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(_("dung lượng (byte)"))
    media_type = models.CharField(_("loại tệp"), max_length=100)
    stored_at = models.DateTimeField(_("lưu lúc"))

    class Meta:
        verbose_name = _("tệp lưu trữ")

    def __str__(self) -> str:
        return self.sha256[:12]


class Paper(models.Model):
    """A document, wherever it is registered. An empty field is what the paper does not give: nothing is guessed."""

    symbol = models.CharField(_("số, ký hiệu"), max_length=120, blank=True)
    symbol_key = models.CharField(max_length=120, blank=True, editable=False, db_index=True)
    type = models.CharField(_("tên loại"), max_length=80, blank=True)
    issuer = models.ForeignKey(
        Agency,
        verbose_name=_("cơ quan ban hành"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="papers",
    )
    issuer_name = models.CharField(_("tác giả"), max_length=255, blank=True)
    issued_on = models.DateField(_("ngày văn bản"), null=True, blank=True, db_index=True)
    subject = models.TextField(_("trích yếu"), blank=True)
    signer = models.CharField(_("người ký"), max_length=200, blank=True)
    holder = models.ForeignKey(
        Agency, verbose_name=_("đơn vị nhập"), on_delete=models.PROTECT, related_name="held_papers"
    )
    created_at = models.DateTimeField(_("nhập lúc"))
    version = models.PositiveIntegerField(default=1)
    search = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("văn bản")
        ordering = (F("issued_on").desc(nulls_last=True), "-id")

    def __str__(self) -> str:
        kind = self.type.capitalize() or "Văn bản"
        return f"{kind} số {self.symbol}" if self.symbol else f"{kind}: {self.subject[:80]}" if self.subject else kind

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.symbol_key = symbol_key(self.symbol)
        self.search = fold(f"{self.symbol} {self.type} {self.issuer_name} {self.subject} {self.signer}")
        super().save(*args, **kwargs)


class PaperFile(models.Model):
    """A file of a paper, under the name it came with."""

    class Part(models.TextChoices):
        ORIGINAL = "original", _("Bản gốc")
        ANNEX = "annex", _("Phụ lục")
        PROOF = "proof", _("Minh chứng")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="uses")
    name = models.CharField(_("tên tệp"), max_length=255)
    part = models.CharField(_("phần"), max_length=10, choices=Part.choices, default=Part.ORIGINAL)

    class Meta:
        verbose_name = _("tệp văn bản")
        constraints = (models.UniqueConstraint(fields=("paper", "stored"), name="paper_file_once"),)

    def __str__(self) -> str:
        return self.name


class PaperRecipient(models.Model):
    """An agency that a paper was sent to or lays a duty on: it may see the paper."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="recipients")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="received_papers")

    class Meta:
        verbose_name = _("nơi nhận")
        constraints = (models.UniqueConstraint(fields=("paper", "agency"), name="paper_recipient_once"),)

    def __str__(self) -> str:
        return f"{self.paper} -> {self.agency}"


class Register(models.Model):
    """One agency's register of one direction in one year; `last_number` is the number given last."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="registers")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    year = models.PositiveSmallIntegerField(_("năm"))
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sổ đăng ký")
        constraints = (models.UniqueConstraint(fields=("agency", "direction", "year"), name="register_once"),)

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.year}, {self.agency}"


class Entry(models.Model):
    """A line of a register, with the columns of Phụ lục IV to Nghị định 30/2020/NĐ-CP (mark R)."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField(_("số đến / số đi"))
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="entries")
    entered_on = models.DateField(_("ngày đến / ngày đăng ký"))
    receiver = models.CharField(_("đơn vị hoặc người nhận"), max_length=255, blank=True)
    destination = models.TextField(_("nơi nhận văn bản"), blank=True)
    copy_keeper = models.CharField(_("đơn vị, người nhận bản lưu"), max_length=255, blank=True)
    copies = models.PositiveIntegerField(_("số lượng bản"), null=True, blank=True)
    forwarded_on = models.DateField(_("ngày chuyển"), null=True, blank=True)
    signed_for = models.CharField(_("ký nhận"), max_length=200, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    duplicate_reason = models.CharField(_("lý do vẫn đăng ký khi trùng"), max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("dòng sổ đăng ký")
        ordering = ("-register__year", "-number")
        constraints = (
            models.UniqueConstraint(fields=("register", "number"), name="entry_number_once"),
            models.UniqueConstraint(fields=("register", "paper"), name="entry_paper_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="entry_number_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.number:02d}/{self.register}"


class Reading(models.Model):
    """One machine reading of one paper's text, and how far people have gone through it.

    `warnings` are likely slips of the paper, each as docs/reference/reading-json.md forms a warning.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Chờ soát")
        CONFIRMED = "confirmed", _("Đã xác nhận")

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="reading")
    text = models.TextField(_("toàn văn"))
    text_search = models.TextField(editable=False, blank=True)
    reader_version = models.CharField(max_length=20)
    notes = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    read_at = models.DateTimeField(_("đọc lúc"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bản đọc")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="draft", confirmed_at__isnull=True)
                | Q(state="confirmed", confirmed_at__isnull=False),
                name="reading_confirmed_has_time",
            ),
        )

    def __str__(self) -> str:
        return f"{_('Bản đọc')}: {self.paper}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_search = fold(self.text)
        super().save(*args, **kwargs)


class Finding(models.Model):
    """One thing the reader proposed or a person added, with what was decided: proposal against decision.

    `proposal` and `decision` are JSON, as docs/reference/reading-json.md forms a citation, an assignment or a document.
    `certainty` is in thousandths. A split or merged finding is REPLACED; what stands for it names it in `origins`.
    `version` grows with every change, so that a second editor is told; `previous` is what stood before, for undoing.
    """

    class Kind(models.TextChoices):
        IDENTITY = "identity", pgettext_lazy("kết quả đọc", "Văn bản")
        CITATION = "citation", pgettext_lazy("kết quả đọc", "Viện dẫn")
        DUTY = "duty", pgettext_lazy("kết quả đọc", "Nhiệm vụ")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Máy đề xuất")
        ACCEPTED = "accepted", _("Chấp nhận")
        CORRECTED = "corrected", _("Đã sửa")
        ADDED = "added", _("Thêm mới")
        DISCARDED = "discarded", _("Loại bỏ")
        REPLACED = "replaced", _("Đã tách hoặc gộp")

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    rule = models.CharField(max_length=120, blank=True)
    certainty = models.PositiveSmallIntegerField(default=1000)
    proposal = models.JSONField(null=True)
    decision = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    origins = models.ManyToManyField("self", symmetrical=False, related_name="replacements", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    previous = models.JSONField(null=True, editable=False)

    class Meta:
        verbose_name = _("kết quả đọc")
        ordering = ("start", "id")
        indexes = (models.Index(fields=("kind", "rule", "state"), name="finding_accuracy"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(start__lt=F("end")), name="finding_span_forwards"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("citation", "duty")) | Q(start__isnull=False), name="finding_has_place"
            ),
            models.UniqueConstraint(fields=("reading",), condition=Q(kind="identity"), name="finding_one_identity"),
            models.CheckConstraint(condition=Q(certainty__lte=1000), name="finding_certainty_in_thousandths"),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "corrected", "added")) | Q(decision__isnull=False),
                name="finding_kept_has_decision",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.start}-{self.end}"

    @property
    def value(self) -> dict[str, Any]:
        """What stands: the decision where there is one, else the proposal."""
        return self.decision or self.proposal or {}


class Citation(models.Model):
    """A paper that another cites. `cited` is empty while the register does not know it: it links itself on arrival."""

    citing = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="citations")
    cited = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.SET_NULL, related_name="cited_by")
    finding = models.OneToOneField(Finding, null=True, blank=True, on_delete=models.CASCADE, related_name="citation")
    symbol = models.CharField(_("số, ký hiệu"), max_length=120, blank=True)
    symbol_key = models.CharField(max_length=120, blank=True, editable=False, db_index=True)
    type = models.CharField(_("tên loại"), max_length=80, blank=True)
    issuer_name = models.CharField(_("cơ quan ban hành"), max_length=255, blank=True)
    issued_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    title = models.TextField(_("tên văn bản"), blank=True)

    class Meta:
        verbose_name = _("viện dẫn")
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(symbol="") | ~Q(title=""), name="citation_names_a_paper"),)

    def __str__(self) -> str:
        kind = self.type[:1].upper() + self.type[1:]
        if self.symbol:
            return f"{kind} {self.symbol}".strip()
        return self.title if fold(self.title).startswith(fold(kind)) else f"{kind} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.symbol_key = symbol_key(self.symbol)
        super().save(*args, **kwargs)
