"""The face in a real browser: keys, dialogs, lists, dropped files; at a desk and on a telephone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from khoithong.office.accounts.models import Role
from khoithong.office.base import navigation
from khoithong.office.base.navigation import Section
from tests.factories import make_agency, make_paper, make_person, make_task
from tests.office.ui import urls as pages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.office.ui.urls")]


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    pages.DONE.clear()


def signed_in(page: Page, live_server: object) -> Page:
    """The page, in which the co-ordinator has signed in."""
    client = Client()
    client.force_login(make_person(Role.COORDINATOR, agency=make_agency("Văn phòng Đề án")))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": str(live_server)}])
    return page


@pytest.fixture
def desk(page: Page, live_server: object) -> Page:
    return signed_in(page, live_server)


@pytest.fixture
def handset(phone: Page, live_server: object) -> Page:
    return signed_in(phone, live_server)


def test_slash_goes_to_the_search_and_typing_is_left_alone(desk: Page) -> None:
    desk.goto("/thu/bo-phan/")
    desk.keyboard.press("/")
    search = desk.get_by_role("searchbox")
    expect(search).to_be_focused()
    desk.keyboard.type("de an ?/n")
    expect(search).to_have_value("de an ?/n")
    expect(desk.get_by_role("dialog")).to_have_count(0)


def test_a_question_mark_shows_the_keys_of_the_page(desk: Page) -> None:
    desk.goto("/thu/bo-phan/")
    desk.keyboard.press("?")
    dialog = desk.get_by_role("dialog", name="Phím tắt của trang này")
    for words in ("Tìm kiếm", "Thêm dòng", "Dòng sau"):
        expect(dialog.get_by_text(words)).to_have_count(1)
    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    desk.keyboard.press("?")
    expect(dialog.get_by_text("Thêm dòng")).to_have_count(1)


def test_a_key_presses_what_carries_it(desk: Page) -> None:
    desk.goto("/thu/bo-phan/")
    desk.keyboard.press("n")
    expect(desk.get_by_role("dialog", name="Xóa?")).to_be_visible()


def test_nothing_is_destroyed_before_it_was_asked(desk: Page) -> None:
    desk.goto("/thu/bo-phan/")
    desk.get_by_role("button", name="Xóa", exact=True).click()
    desk.get_by_role("button", name="Không, quay lại").click()
    assert pages.DONE == []
    desk.get_by_role("button", name="Xóa", exact=True).click()
    desk.get_by_role("button", name="Xóa hẳn").click()
    expect(desk.get_by_text("Đã làm")).to_be_visible()
    assert pages.DONE == [("join", [])]


def test_files_go_one_by_one_and_each_says_what_became_of_it(desk: Page, tmp_path: Path) -> None:
    for name in ("một.txt", "hai.exe", "ba.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    desk.goto("/thu/bo-phan/")
    desk.get_by_label("Kéo thả tệp vào đây").set_input_files(sorted(tmp_path.iterdir()))
    lines = desk.locator("[data-drop-list] li")
    expect(lines).to_have_count(3)
    expect(lines.filter(has_text="hai.exe")).to_contain_text("Không nhận loại tệp này.")
    expect(lines.filter(has_text="một.txt").get_by_role("link", name="Mở")).to_have_attribute("href", "/thu/trang/")
    expect(lines.filter(has_text="ba.txt")).to_contain_text("Đã nhận")
    assert sorted(names[0] for _kind, names in pages.DONE) == ["ba.txt", "hai.exe", "một.txt"]


def test_files_can_be_dropped(desk: Page) -> None:
    desk.goto("/thu/bo-phan/")
    dropped = desk.evaluate_handle(
        "() => { const all = new DataTransfer(); all.items.add(new File(['x'], 'tha.txt')); return all; }"
    )
    desk.dispatch_event("[data-drop-zone]", "drop", {"dataTransfer": dropped})
    expect(desk.locator("[data-drop-list] li")).to_contain_text("Đã nhận")


def test_a_list_is_narrowed_chosen_from_and_acted_on(desk: Page) -> None:
    for number in range(3):
        make_agency(f"Sở Thử {number}")
    desk.goto("/thu/danh-sach/")
    bulk = desk.locator("form[data-bulk]")
    expect(bulk).to_be_hidden()
    desk.get_by_label("Tìm trong danh sách").fill("so thu")
    desk.get_by_role("combobox", name="Loại").select_option("department")
    expect(desk).to_have_url(re.compile(r"\?q=so\+thu&kind=department$"))
    desk.get_by_label("Chọn tất cả dòng trên trang này").check()
    expect(bulk).to_contain_text("Đã chọn 3")
    desk.get_by_label("Chọn Sở Thử 1").uncheck()
    expect(bulk).to_contain_text("Đã chọn 2")
    bulk.get_by_role("button", name="Gộp").click()
    dialog = desk.get_by_role("dialog", name="Gộp các cơ quan này?")
    expect(dialog).to_contain_text("Không tách lại được.")
    assert pages.DONE == []
    dialog.get_by_role("button", name="Gộp").click()
    expect(desk.get_by_text("Đã làm")).to_be_visible()
    assert [len(chosen) for _kind, chosen in pages.DONE] == [2]


def test_columns_and_saved_views_live_in_the_address(desk: Page) -> None:
    desk.goto("/thu/danh-sach/?kind=department")
    desk.get_by_text("Cột", exact=True).click()
    desk.get_by_label("Mã").check()
    desk.get_by_role("button", name="Chọn các cột này").click()
    expect(desk.get_by_role("columnheader", name="Mã")).to_be_visible()
    assert "kind=department" in desk.url
    desk.get_by_text("Cách xem", exact=True).click()
    desk.get_by_label("Lưu cách xem này với tên").fill("Có mã")
    desk.get_by_role("button", name="Lưu cách xem").click()
    expect(desk.get_by_text("Đã lưu cách xem “Có mã”.")).to_be_visible()
    desk.goto("/thu/danh-sach/")
    desk.get_by_text("Cách xem", exact=True).click()
    desk.get_by_role("link", name="Có mã").click()
    expect(desk.get_by_role("columnheader", name="Mã")).to_be_visible()


def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(desk: Page) -> None:
    desk.goto("/thu/danh-sach/")
    menu = desk.locator("details.menu", has_text="Cột")
    menu.locator("summary").click()
    desk.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    menu.locator("summary").click()
    desk.get_by_role("heading", level=1).click()
    expect(menu).not_to_have_attribute("open", "")


def test_the_first_tab_leads_past_the_frame(desk: Page) -> None:
    desk.goto("/thu/bo-phan/")
    desk.keyboard.press("Tab")
    skip = desk.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_be_focused()


def test_on_a_telephone_the_list_comes_before_its_filters(handset: Page) -> None:
    handset.goto("/thu/danh-sach/")
    kind = handset.get_by_role("combobox", name="Loại")
    expect(kind).to_be_hidden()
    expect(handset.get_by_label("Tìm trong danh sách")).to_be_visible()
    expect(handset.locator("table tbody tr").first).to_be_in_viewport()
    handset.get_by_text("Điều kiện lọc").click()
    kind.select_option("department")
    handset.wait_for_url("**?kind=department")
    expect(kind).to_be_visible()
    expect(handset.get_by_role("link", name="Bỏ lọc Loại: Sở, ban, ngành")).to_be_visible()
    handset.get_by_text("Điều kiện lọc").click()
    expect(kind).to_be_hidden()
    expect(handset.get_by_role("link", name="Bỏ lọc Loại: Sở, ban, ngành")).to_be_visible()


def test_at_a_desk_nothing_is_folded(desk: Page) -> None:
    desk.goto("/thu/danh-sach/")
    expect(desk.get_by_role("combobox", name="Loại")).to_be_visible()
    expect(desk.get_by_text("Điều kiện lọc")).to_be_hidden()


PATHS = ("/", "/?by=paper", "/so-theo-doi/", "/tim-kiem/?q=viec", "/thu/danh-sach/", "/thu/bo-phan/", "/khong-co/")


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_the_screen(desk: Page, path: str) -> None:
    long = "Việc có tên rất dài " * 6
    make_task(long, lead=make_agency("Sở có tên rất dài " * 5), paper=make_paper("123456789/UBND-NCKSTTHC-KGVX"))
    for width in (1366, 1280, 390):
        desk.set_viewport_size({"width": width, "height": 800})
        desk.goto(path)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_a_telephone_has_its_sections_at_the_foot(handset: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    seven = {
        str(order): Section(label=f"Phần {order}", icon="board", url_name="test-plain", order=order)
        for order in range(7)
    }
    monkeypatch.setattr(navigation, "SECTIONS", seven)
    handset.goto("/thu/trang/")
    sections = handset.get_by_role("navigation", name="Các phần")
    box = sections.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == 844
    expect(sections.locator("li:visible")).to_have_count(5)
    sections.get_by_text("Thêm").click()
    expect(sections.locator(".sheet")).to_be_in_viewport(ratio=1)
