"""Why the reader found something, in words that a person who reviews can weigh."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS: dict[str, str | Promise] = {
    # who the paper is
    "header": gettext_lazy("đọc ở phần đầu văn bản"),
    "title": gettext_lazy("đọc ở tên văn bản"),
    "annex": gettext_lazy("đọc ở dòng “Kèm theo”"),
    "consolidation": gettext_lazy("đọc ở đầu văn bản hợp nhất"),
    "report": gettext_lazy("bài tin nói về văn bản này"),
    # what it cites
    "symbol": gettext_lazy("có số, ký hiệu"),
    "date:after": gettext_lazy("ngày ghi sau"),
    "date:before": gettext_lazy("ngày ghi trước"),
    "date:after-issuer": gettext_lazy("ngày ghi sau tên cơ quan"),
    "issuer:code": gettext_lazy("cơ quan suy từ ký hiệu"),
    "law:lexicon": gettext_lazy("tên luật đã biết"),
    "law:amending": gettext_lazy("tên luật sửa đổi"),
    "title:congress": gettext_lazy("gọi bằng tên, không có số"),
    "type-and-number": gettext_lazy("có tên loại và số"),
    # what it lays on whom
    "inherited": gettext_lazy("mục nằm dưới tên cơ quan được giao"),
    "subject": gettext_lazy("câu mở đầu bằng tên cơ quan"),
    "order": gettext_lazy("có lời giao, yêu cầu, đề nghị"),
    "preface": gettext_lazy("có lời giao ở câu dẫn"),
    "goes-on": gettext_lazy("nối tiếp việc ở câu trước"),
    "table": gettext_lazy("dòng của bảng phân công"),
    "table-part": gettext_lazy("dòng con của bảng phân công"),
    "grid": gettext_lazy("dòng của bảng phân công"),
    "grid-part": gettext_lazy("dòng con của bảng phân công"),
    "record": gettext_lazy("mục ghi rõ chủ trì, thời hạn"),
    "heading": gettext_lazy("dưới đề mục nêu cơ quan"),
    "order-heading": gettext_lazy("dưới đề mục có lời giao"),
    "clause-heading": gettext_lazy("dưới câu giao việc chung"),
}
"""Name of a rule of `khoithong.reading`, or of a part of it -> its words. One not named here is said by its name."""

PROSE = "-prose"


def rule_words(rule: str) -> str:
    """The words of a rule such as "symbol+date:after" or "order-prose"."""
    if not rule:
        return _("không thấy dấu hiệu rõ")
    return "; ".join(_part_words(part) for part in rule.split("+") if part)


def _part_words(part: str) -> str:
    if part.endswith(PROSE):
        return _("%(rule)s, giữa đoạn văn") % {"rule": _part_words(part.removesuffix(PROSE))}
    found = WORDS.get(part) or WORDS.get(part.split(":")[0])
    return str(found) if found else part.replace("-", " ")
