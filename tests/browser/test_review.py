"""The review by keyboard in a real browser, from the dropped file on; on a telephone; without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from khoithong.office.accounts.models import Person, Role
from khoithong.office.documents.models import Entry, Finding, Paper
from tests.factories import make_agency, make_person
from tests.office.documents.making import TEXT, citation, duties, receive, span

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coordinator() -> Person:
    return make_person(Role.COORDINATOR, agency=make_agency("Văn phòng UBND tỉnh Thử"))


@pytest.fixture
def paper(coordinator: Person) -> Paper:
    return receive(coordinator)


def cookie_of(person: Person, live_server: Any) -> Any:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


@pytest.fixture
def desk(page: Page, coordinator: Person, live_server: Any) -> Page:
    page.context.add_cookies([cookie_of(coordinator, live_server)])
    return page


def open_review(page: Page, paper: Paper) -> None:
    page.goto(f"/van-ban/{paper.pk}/soat/")
    expect(page.locator("[data-current]")).to_have_count(1)


def card(page: Page, finding: Finding) -> Locator:
    return page.locator(f"#finding-{finding.pk}")


def stands_at(page: Page, finding: Finding) -> None:
    expect(page.locator(f"#finding-{finding.pk}[data-current]")).to_have_count(1)


def select(page: Page, words: str) -> None:
    """Selects `words` in the text of the paper, as a hand with a mouse would."""
    start, end = span(words)
    page.evaluate(
        """([start, end]) => {
          const at = (offset) => {
            for (const piece of document.querySelectorAll("[data-text] span[data-start]")) {
              const first = Number(piece.dataset.start);
              if (offset >= first && offset <= first + piece.textContent.length && piece.firstChild)
                return [piece.firstChild, offset - first];
            }
          };
          document.getSelection().setBaseAndExtent(...at(start), ...at(end));
        }""",
        [start, end],
    )


def test_a_dropped_paper_is_reviewed_by_keyboard_alone(desk: Page) -> None:
    desk.goto("/van-ban/nhap/")
    desk.locator("input[type=file]").first.set_input_files(
        [{"name": "cong-van.txt", "mimeType": "text/plain", "buffer": TEXT.encode()},
         {"name": "hong.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 hong"}]
    )  # fmt: skip
    expect(desk.locator(".drop-list li.done")).to_have_count(1)
    expect(desk.locator(".drop-list li.failed .note")).to_contain_text("bằng tay")
    expect(desk.locator(".waiting")).to_contain_text("71/UBND-TH")
    desk.locator(".drop-list li.done a").click()
    desk.wait_for_url("**/soat/")
    total = Finding.objects.count()
    for done in range(1, total + 1):
        desk.keyboard.press("Enter")
        expect(desk.get_by_text(f"Đã soát {done}/{total}")).to_be_visible()
    expect(desk.get_by_role("button", name=re.compile("Xác nhận, giao"))).to_be_enabled()


def test_a_clerk_drops_a_paper_and_reads_its_number(page: Page, live_server: Any) -> None:
    clerk = make_person(Role.CLERK, agency=make_agency("Sở Thử"))
    page.context.add_cookies([cookie_of(clerk, live_server)])
    page.goto("/van-ban/nhap/")
    expect(page.locator(".drop-zone").get_by_label("Vào sổ văn bản đến ngay")).to_be_checked()
    files = page.locator("input[type=file]").first
    dropped = {"name": "cong-van.txt", "mimeType": "text/plain", "buffer": TEXT.encode()}
    files.set_input_files([dropped])
    expect(page.locator(".drop-list li.done .note")).to_contain_text("Đã nhận, số 01, sổ văn bản đến năm")
    files.set_input_files([dropped])
    expect(page.locator(".drop-list li.failed .note")).to_contain_text("Tệp này đã có trong hệ thống")
    assert [entry.number for entry in Entry.objects.all()] == [1]


def test_keys_step_accept_discard_and_undo(desk: Page, paper: Paper) -> None:
    open_review(desk, paper)
    identity = paper.reading.findings.get(kind="identity")
    first, second = duties(paper)
    stands_at(desk, identity)
    desk.keyboard.press("j")
    stands_at(desk, citation(paper))
    desk.keyboard.press("k")
    desk.keyboard.press("k")
    stands_at(desk, identity)
    for _step in range(2):
        desk.keyboard.press("j")
    stands_at(desk, first)
    expect(desk.locator("[data-text] .marked.is-current").first).to_be_in_viewport()
    desk.keyboard.press("Enter")
    expect(card(desk, first)).to_contain_text("Chấp nhận")
    stands_at(desk, second)
    desk.keyboard.press("x")
    expect(card(desk, second)).to_have_class(re.compile("state-discarded"))
    desk.keyboard.press("u")
    expect(card(desk, second)).to_have_class(re.compile("state-proposed"))
    stands_at(desk, second)
    assert [f.state for f in duties(paper)] == ["accepted", "proposed"]


def test_a_duty_is_corrected_by_keyboard(desk: Page, paper: Paper) -> None:
    open_review(desk, paper)
    first = duties(paper)[0]
    for _step in range(2):
        desk.keyboard.press("j")
    stands_at(desk, first)
    desk.keyboard.press("e")
    lead = desk.get_by_label("Chủ trì")
    expect(lead).to_be_focused()
    lead.fill("Sở Giao thông\nSở Xây dựng jkx")
    desk.keyboard.press("Escape")
    expect(lead).to_have_count(0)
    stands_at(desk, first)
    desk.keyboard.press("e")
    lead.fill("Sở Giao thông\nSở Xây dựng")
    desk.get_by_role("button", name="Lưu").click()
    expect(card(desk, first)).to_contain_text("đã sửa: chủ trì")
    assert duties(paper)[0].decision["lead"] == ["Sở Giao thông", "Sở Xây dựng"]


def test_a_duty_is_split_at_the_selection_and_the_parts_merged_again(desk: Page, paper: Paper) -> None:
    open_review(desk, paper)
    for _step in range(2):
        desk.keyboard.press("j")
    select(desk, "lập danh sách")
    desk.keyboard.press("s")
    expect(desk.locator("li.is-duty")).to_have_count(3)
    first, second, _third = duties(paper)
    assert second.start == span("lập danh sách")[0]
    stands_at(desk, first)
    desk.keyboard.press("v")
    desk.keyboard.press("m")
    expect(desk.get_by_text("Hãy chọn ít nhất hai nhiệm vụ")).to_be_visible()
    desk.keyboard.press("j")
    desk.keyboard.press("v")
    desk.keyboard.press("m")
    expect(desk.locator("li.is-duty")).to_have_count(2)
    assert duties(paper)[0].decision["action"] == "rà soát cầu yếu; lập danh sách gửi Sở Tài chính"


def test_a_duty_is_split_at_the_cursor_of_its_box(desk: Page, paper: Paper) -> None:
    open_review(desk, paper)
    for _step in range(3):
        desk.keyboard.press("j")
    desk.keyboard.press("s")
    box = desk.get_by_label("Đặt con trỏ vào chỗ bắt đầu phần sau")
    expect(box).to_be_focused()
    desk.keyboard.press("Control+Home")
    for _letter in range(len("Công an tỉnh ")):
        desk.keyboard.press("ArrowRight")
    desk.get_by_role("button", name="Tách").click()
    expect(desk.locator("li.is-duty")).to_have_count(3)
    assert duties(paper)[2].start == span("phối hợp với Sở Y tế")[0]


def test_a_missed_duty_is_added_from_a_selection(desk: Page, paper: Paper) -> None:
    open_review(desk, paper)
    select(desk, "giao các đơn vị")
    desk.keyboard.press("n")
    expect(desk.get_by_label("Nội dung phải làm")).to_have_value("giao các đơn vị")
    desk.get_by_label("Chủ trì").fill("Sở Nội vụ")
    desk.get_by_role("button", name="Thêm", exact=True).click()
    expect(desk.locator("li.is-duty")).to_have_count(3)
    added = Finding.objects.get(state="added")
    assert TEXT[added.start : added.end] == "giao các đơn vị"
    desk.keyboard.press("u")
    expect(desk.locator("li.is-duty")).to_have_count(2)


def test_a_click_in_the_text_leads_to_the_finding_and_the_keys_are_told(desk: Page, paper: Paper) -> None:
    open_review(desk, paper)
    desk.locator(f"[data-text] [data-findings~='{citation(paper).pk}']").first.click()
    stands_at(desk, citation(paper))
    desk.get_by_role("link", name="Nhiệm vụ 2, chưa soát").click()
    stands_at(desk, duties(paper)[1])
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_contain_text("gộp các nhiệm vụ đã chọn")


def test_the_order_of_the_list_stays_through_decisions_and_in_the_address(desk: Page, paper: Paper) -> None:
    open_review(desk, paper)
    first, second = duties(paper)
    desk.get_by_role("link", name="Chỗ ngờ trước").click()
    expect(desk.locator("li[data-finding]").first).to_have_id(f"finding-{second.pk}")
    expect(desk).to_have_url(re.compile("order=doubt"))
    card(desk, first).get_by_role("button", name="Chấp nhận").click()
    expect(card(desk, first)).to_have_class(re.compile("state-accepted"))
    expect(desk.locator("li[data-finding]").first).to_have_id(f"finding-{second.pk}")
    desk.go_back()
    expect(desk.locator("li[data-finding]").last).to_have_id(f"finding-{second.pk}")


def test_the_screen_fits_a_telephone(phone: Page, paper: Paper, coordinator: Person, live_server: Any) -> None:
    phone.context.add_cookies([cookie_of(coordinator, live_server)])
    for path in (f"/van-ban/{paper.pk}/soat/", f"/van-ban/{paper.pk}/", "/van-ban/nhap/", "/van-ban/so/den/2023/"):
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, path
    phone.goto(f"/van-ban/{paper.pk}/soat/")
    first = duties(paper)[0]
    card(phone, first).get_by_role("button", name="Chấp nhận").click()
    expect(card(phone, first)).to_have_class(re.compile("state-accepted"))


def test_without_script_every_decision_can_be_made(
    browser: Browser, paper: Paper, coordinator: Person, live_server: Any
) -> None:
    with browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="vi-VN") as context:
        context.add_cookies([cookie_of(coordinator, live_server)])
        page = context.new_page()
        page.goto(f"/van-ban/{paper.pk}/soat/")
        first, second = duties(paper)
        card(page, first).get_by_role("button", name="Chấp nhận").click()
        card(page, first).get_by_role("link", name="Tách").click()
        page.get_by_label("Phần sau bắt đầu bằng").fill("lập danh sách")
        card(page, first).get_by_role("button", name="Tách").click()
        expect(page.locator("li.is-duty")).to_have_count(3)
        for box in page.locator("[data-act=select]").all()[:2]:
            box.check()
        page.get_by_role("button", name="Gộp các mục đã chọn").click()
        expect(page.locator("li.is-duty")).to_have_count(2)
        card(page, second).get_by_role("link", name="Sửa").click()
        page.get_by_label("Nội dung phải làm").fill("kiểm tra mọi bến xe")
        page.get_by_role("button", name="Lưu").click()
        expect(card(page, second)).to_contain_text("kiểm tra mọi bến xe")
        page.get_by_role("link", name="Thêm mục").click()
        page.get_by_label("Chủ trì").fill("Sở Nội vụ")
        page.get_by_label("Nội dung phải làm").fill("giao việc")
        page.get_by_label("Trích đoạn trong văn bản").fill("giao các đơn vị")
        page.get_by_role("button", name="Thêm", exact=True).click()
        expect(page.locator("li.is-duty")).to_have_count(3)
        page.locator("[data-act=undo]").click()
        expect(page.locator("li.is-duty")).to_have_count(2)
