"""The first day of the office, in a real browser: from a file on the desk to a task on the dashboard."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from khoithong.office.accounts.seed import DEMO_PASSWORD
from khoithong.office.accounts.seed import seed_demo as seed_people
from khoithong.office.agencies.seed import seed_demo as seed_agencies
from khoithong.office.base.clock import now
from khoithong.office.documents.models import Finding
from khoithong.office.tasks.models import Task

pytestmark = pytest.mark.django_db(transaction=True)

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "chi-dao-de-an-06.txt"
CORRECTED = "Lập danh mục phần mềm dùng chung, nêu rõ phần mềm phải nâng cấp và nơi đang dùng"
NEW_LEAD = "Sở Khoa học và Công nghệ"


@pytest.fixture
def office() -> None:
    at = now()
    seed_agencies(at=at)
    seed_people(at=at)


def sign_in(page: Page) -> None:
    page.goto("/")
    page.locator("input[name=username]").fill("dau-moi")
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng điều hành")
    expect(page.get_by_text("Chưa có nhiệm vụ nào được theo dõi.")).to_be_visible()


def upload(page: Page) -> None:
    page.get_by_role("link", name="Văn bản", exact=True).first.click()
    page.goto("/van-ban/nhap/")
    page.locator("input[type=file]").first.set_input_files(str(EXAMPLE))
    page.locator(".waiting a", has_text="9001/UBND-KGVX").first.click()
    expect(page.locator("[data-review]")).to_be_visible()


def correct_one_duty(page: Page) -> None:
    card = page.locator("li.finding.is-duty", has_text="Lập danh mục các phần mềm").first
    card.get_by_role("link", name="Sửa").click()
    form = page.locator("form.finding-form")
    form.get_by_label("Chủ trì").fill(NEW_LEAD)
    form.get_by_label("Nội dung phải làm").fill(CORRECTED)
    form.get_by_role("button", name="Lưu").click()
    expect(page.locator("li.finding.is-duty", has_text=CORRECTED)).to_be_visible()


def accept_the_rest(page: Page) -> None:
    sure = page.get_by_role("button", name=re.compile(r"Chấp nhận \d+ mục chắc chắn"))
    if sure.count():
        sure.click()
        expect(sure).to_have_count(0)
    accept = page.locator("button[data-act=accept]")
    while left := accept.count():
        accept.first.click()
        expect(accept).to_have_count(left - 1)


def assign(page: Page) -> None:
    page.get_by_role("button", name=re.compile(r"Xác nhận, giao \d+ nhiệm vụ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Giao nhiệm vụ")
    assert not Task.objects.exists()
    for name in page.locator(".name-row.open input[type=text]").all():
        name.fill("Chưa rõ là cơ quan nào")
    page.get_by_role("button", name=re.compile(r"Xác nhận, giao \d+ nhiệm vụ")).click()
    expect(page.get_by_text(re.compile(r"Đã giao \d+ nhiệm vụ"))).to_be_visible()


def test_a_directive_becomes_tasks_on_the_dashboard(page: Page, office: None, live_server: Any) -> None:
    sign_in(page)
    upload(page)
    correct_one_duty(page)
    accept_the_rest(page)
    assign(page)

    page.goto("/")
    row = page.locator("table.board tbody tr", has_text=NEW_LEAD).first
    expect(row).to_be_visible()
    row.locator("a[href*='/nhiem-vu/?']").last.click()
    page.get_by_role("link", name=CORRECTED).first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(CORRECTED)
    expect(page.locator("blockquote mark")).to_contain_text("Lập danh mục các phần mềm đang dùng chung")
    expect(page.locator(".lede")).to_contain_text(NEW_LEAD)
    page.get_by_role("link", name="Xem trong văn bản").click()
    finding = Finding.objects.get(decision__action=CORRECTED)
    page.wait_for_function(
        "id => { const box = document.getElementById(id)?.getBoundingClientRect();"
        " return box && box.top >= 0 && box.top < innerHeight }",
        arg=f"at-{finding.pk}",
    )
    assert finding.proposal["lead"] == ["Sở Thông tin và Truyền thông"]
