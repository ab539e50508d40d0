"""A walk through the demo office: every link of every page leads somewhere, and every page can be read by everybody.

For each role the walk begins at the front page and follows all links, two to each view and two with each key in its
address. Nothing is posted.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import resolve
from lxml import html

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.seed import seed_demo as seed_people
from khoithong.office.agencies.seed import seed_demo as seed_agencies
from khoithong.office.documents.seed import seed_demo as seed_documents
from khoithong.office.tasks.seed import seed_demo as seed_tasks
from tests.office.pages import faults_of

pytestmark = pytest.mark.django_db
AT = datetime(2023, 12, 18, 3, tzinfo=UTC)
OF_EACH_KIND = 2
PEOPLE = ("dau-moi", "quan-tri", "kiem-toan", "chuyen-vien-tttt", "van-thu")


@pytest.fixture(scope="module")
def demo_files(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The demo office, made once for all walks and taken back after them; where its files lie."""
    files = tmp_path_factory.mktemp("files")
    patch = pytest.MonkeyPatch()
    patch.setattr(settings, "FILES_ROOT", files)
    with django_db_blocker.unblock(), transaction.atomic():
        for seed in (seed_agencies, seed_people, seed_documents, seed_tasks):
            seed(at=AT)
        patch.undo()
        yield files
        transaction.set_rollback(True)


def kinds_of(address: str) -> list[tuple[str, str]]:
    """What is new about a link: its view, and each key in its address with it."""
    parts = urlsplit(address)
    view = resolve(parts.path).view_name
    return [(view, key) for key in ("", *parse_qs(parts.query, keep_blank_values=True))]


def links_of(page: str, address: str) -> Iterator[str]:
    for href in html.document_fromstring(page).xpath("//a/@href"):
        target = urlsplit(urljoin(address, href))
        if not target.netloc:
            yield target._replace(fragment="").geturl()


def walk(client: Client) -> Iterator[tuple[str, Any]]:
    """Every page reached from the front page, with its answer."""
    ahead, seen, kinds = deque(["/"]), {"/"}, Counter[tuple[str, str]]()
    while ahead:
        address = ahead.popleft()
        answer = client.get(address)
        yield address, answer
        if answer.streaming or not answer.headers["Content-Type"].startswith("text/html") or answer.status_code != 200:
            continue
        for link in links_of(answer.content.decode(), address):
            if link not in seen:
                seen.add(link)
                found = kinds_of(link)
                if any(kinds[kind] < OF_EACH_KIND for kind in found):
                    kinds.update(found)
                    ahead.append(link)


@pytest.mark.parametrize("username", PEOPLE)
def test_every_link_leads_to_a_page_that_can_be_read(
    client: Client, username: str, demo_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "FILES_ROOT", demo_files)
    client.force_login(Person.objects.get(username=username))
    faults, reached = [], 0
    for address, answer in walk(client):
        reached += 1
        if answer.status_code not in (200, 302):
            faults.append(f"{address}: {answer.status_code}")
        elif answer.streaming:
            for close in answer._resource_closers:
                close()
        elif answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            faults += [f"{address}: {fault}" for fault in faults_of(answer.content.decode())]
    assert faults == []
    assert reached > 20
