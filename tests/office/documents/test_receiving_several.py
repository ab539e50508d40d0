"""One uploaded file that holds several papers: each becomes a paper of its own, or says why not."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from khoithong.office.accounts.models import Person, Role
from khoithong.office.base.actions import Forbidden, Refused
from khoithong.office.documents import storage
from khoithong.office.documents.actions import receive_files
from khoithong.office.documents.actions.papers import Double
from khoithong.office.documents.models import Paper
from tests.factories import AT, make_person
from tests.office.documents.making import TEXT

pytestmark = pytest.mark.django_db

OTHER = TEXT.replace("71/UBND-TH", "72/UBND-TH")


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.txt", data)
    return out.getvalue()


def letter(words: str, **attachments: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Gửi văn bản"
    message["From"] = "van-thu@example.vn"
    message["MIME-Version"] = "1.0"
    message.set_content(words)
    for name, data in attachments.items():
        message.add_attachment(data, maintype="text", subtype="plain", filename=f"{name}.txt")
    return message.as_bytes()


def taken(data: bytes, name: str, by: Person | None = None) -> dict[str, Paper | Refused]:
    return dict(receive_files(by=by or make_person(), data=data, name=name, at=AT))


def test_each_paper_of_an_archive_is_kept_with_its_own_bytes() -> None:
    found = taken(zipped(a=TEXT.encode(), b=OTHER.encode()), "goi.zip")
    assert list(found) == ["goi.zip/a.txt", "goi.zip/b.txt"]
    first, second = Paper.objects.order_by("symbol")
    assert (first.symbol, second.symbol) == ("71/UBND-TH", "72/UBND-TH")
    assert first.files.get().name == "a.txt"
    assert first.files.get().stored_id == storage.digest(TEXT.encode())


def test_what_is_refused_costs_nothing_but_itself() -> None:
    found = taken(zipped(a=b"\x00\x01" * 400, b=OTHER.encode(), c=OTHER.encode()), "goi.zip")
    bad, good, double = found.values()
    assert isinstance(bad, Refused)
    assert bad.code == "unreadable"
    assert isinstance(good, Paper)
    assert isinstance(double, Double)
    assert Paper.objects.count() == 1


def test_the_words_that_go_with_attachments_are_no_paper() -> None:
    assert list(taken(letter("Xin gửi kèm.", a=TEXT.encode()), "thu.eml")) == ["thu.eml/a.txt"]


def test_a_letter_that_says_something_itself_is_one() -> None:
    assert list(taken(letter("Xin chào."), "thu.eml")) == ["thu.eml"]
    orders = "1. Giao Sở Y tế chủ trì rà soát máy chủ dùng chung, báo cáo trước ngày 15/5/2023.\n2. Thực hiện ngay."
    assert list(taken(letter(orders, a=OTHER.encode()), "thu-2.eml")) == ["thu-2.eml", "thu-2.eml/a.txt"]


def test_who_may_not_register_brings_nothing_in() -> None:
    with pytest.raises(Forbidden):
        taken(zipped(a=TEXT.encode()), "goi.zip", by=make_person(Role.AUDITOR))


def test_limits_of_the_settings_hold(settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 100
    with pytest.raises(Refused, match="MB"):
        taken(b"a" * 101, "a.txt")


@pytest.fixture
def web(client: Client) -> Client:
    client.force_login(make_person(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(web: Client, data: bytes) -> Any:
    file = SimpleUploadedFile("goi.zip", data)
    return web.post(reverse("documents:upload"), {"file": file}, headers={"Accept": "application/json"})


def test_the_page_answers_for_all_papers_of_a_file(web: Client) -> None:
    whole = sent(web, zipped(a=TEXT.encode(), b=OTHER.encode()))
    assert whole.json() == {"name": "goi.zip", "ok": True, "url": reverse("documents:upload")}
    third = TEXT.replace("71/UBND-TH", "73/UBND-TH").encode()
    part = sent(web, zipped(a=b"\x00\x01" * 400, b=third))
    assert (part.status_code, part.json()["ok"]) == (200, False)
    assert part.json()["error"].startswith("Đã nhận 1 văn bản trong tệp")
    assert "goi.zip/a.txt: không phải văn bản" in part.json()["error"]
    assert Paper.objects.count() == 3
