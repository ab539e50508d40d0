"""Addresses of the documents pages."""

from django.urls import path, register_converter

from khoithong.office.documents.views import citations, papers, registers, review, upload


class DirectionConverter:
    """ "den" and "di" in an address: the register of incoming and of outgoing papers."""

    regex = "den|di"

    def to_python(self, value: str) -> str:
        return "in" if value == "den" else "out"

    def to_url(self, value: str) -> str:
        return {"in": "den", "out": "di"}.get(value, value)


register_converter(DirectionConverter, "direction")

app_name = "documents"
urlpatterns = [
    path("", papers.paper_list, name="list"),
    path("nhap/", upload.upload, name="upload"),
    path("cho-soat/", upload.waiting, name="waiting"),
    path("so/<direction:direction>/", registers.register, name="register"),
    path("so/<direction:direction>/<int:year>/", registers.register, name="register-year"),
    path("so/<direction:direction>/<int:year>/xlsx/", registers.register_xlsx, name="register-xlsx"),
    path("so/<direction:direction>/dang-ky/", registers.new_entry, name="new-entry"),
    path("vien-dan/", citations.unmatched, name="unmatched"),
    path("do-chinh-xac/", citations.accuracy, name="accuracy"),
    path("tep/<int:pk>/", papers.file_download, name="file"),
    path("<int:pk>/", papers.paper_detail, name="detail"),
    path("<int:pk>/sua/", papers.paper_edit, name="edit"),
    path("<int:pk>/tep/", papers.paper_attach, name="attach"),
    path("<int:pk>/vao-so/<direction:direction>/", registers.enter_paper, name="enter"),
    path("<int:pk>/soat/", review.review, name="review"),
    path("<int:pk>/soat/gop/", review.merge, name="merge"),
    path("<int:pk>/soat/chac-chan/", review.accept_sure, name="accept-sure"),
    path("<int:pk>/soat/hoan-tac/", review.undo, name="undo"),
    path("<int:pk>/soat/them/nhiem-vu/", review.add, {"kind": "nhiem-vu"}, name="add-duty"),
    path("<int:pk>/soat/them/vien-dan/", review.add, {"kind": "vien-dan"}, name="add-citation"),
    path("<int:pk>/soat/<int:finding>/sua/", review.correct, name="correct"),
    path("<int:pk>/soat/<int:finding>/tach/", review.split, name="split"),
    path("<int:pk>/soat/<int:finding>/chap-nhan/", review.decide, {"verb": "chap-nhan"}, name="accept"),
    path("<int:pk>/soat/<int:finding>/loai-bo/", review.decide, {"verb": "loai-bo"}, name="discard"),
    path("<int:pk>/soat/<int:finding>/hoan-tac/", review.decide, {"verb": "hoan-tac"}, name="restore"),
]
