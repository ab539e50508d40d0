"""The audit verbs of papers, with their words."""

from django.utils.translation import gettext_lazy as _

from khoithong.office.base.actions import register_verbs

register_verbs(
    {
        "documents.paper_received": _("Nhận văn bản và đọc"),
        "documents.paper_registered": _("Vào sổ văn bản"),
        "documents.file_attached": _("Đính kèm tệp"),
        "documents.identity_corrected": _("Sửa thông tin văn bản"),
        "documents.finding_accepted": _("Chấp nhận kết quả đọc"),
        "documents.findings_accepted": _("Chấp nhận các kết quả đọc chắc chắn"),
        "documents.finding_corrected": _("Sửa kết quả đọc"),
        "documents.finding_split": _("Tách kết quả đọc"),
        "documents.findings_merged": _("Gộp kết quả đọc"),
        "documents.finding_added": _("Thêm kết quả đọc"),
        "documents.finding_discarded": _("Loại bỏ kết quả đọc"),
        "documents.finding_restored": _("Hoàn tác kết quả đọc"),
    }
)
