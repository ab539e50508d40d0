"""Take the pictures of docs/images: a demo office in a temporary folder, served, and seen by Chromium at two widths.

`--only NAME` takes one picture, `--into FOLDER` puts them elsewhere. The data are those of `khoithong demo`, so every
person and paper in a picture is invented.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
SHAPES = {"": (1280, 800), "-phone": (390, 844)}
START_SECONDS = 60
STEPS_TO_A_DUTY = 4  # past who the paper is and what it cites


def open_dashboard(page: Page) -> None:
    page.goto("/")


def open_review(page: Page) -> None:
    page.goto("/van-ban/")
    page.locator("a[href*='/soat/']").first.click()
    page.wait_for_url("**/soat/**", wait_until="networkidle")
    for _ in range(STEPS_TO_A_DUTY):
        page.keyboard.press("j")


@dataclass(frozen=True)
class Picture:
    """One picture: its name, who is signed in, and how to get to the page."""

    name: str
    person: str
    find: Callable[[Page], None]


PICTURES = (
    Picture("dashboard", "dau-moi", open_dashboard),
    Picture("review", "dau-moi", open_review),
)


def main() -> int:
    """Take the pictures asked for; exit code 0 when all are there."""
    parser = argparse.ArgumentParser(description="Chụp ảnh các trang từ văn phòng mẫu.")
    parser.add_argument("--only", choices=[picture.name for picture in PICTURES], help="chỉ ảnh này")
    parser.add_argument("--into", type=Path, default=IMAGES, metavar="THƯ MỤC", help="nơi để ảnh")
    args = parser.parse_args()
    if not Path(CHROMIUM).exists():
        print("khoithong: cần chromium để chụp ảnh; trên Debian: sudo apt-get install chromium", file=sys.stderr)
        return 1
    args.into.mkdir(parents=True, exist_ok=True)
    wanted = [picture for picture in PICTURES if args.only in (None, picture.name)]
    with (
        tempfile.TemporaryDirectory(prefix="khoithong-anh-") as folder,
        _office(Path(folder)) as (address, password),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for picture in wanted:
            _take(browser, picture, address=address, password=password, into=args.into)
        browser.close()
    return 0


@contextmanager
def _office(folder: Path) -> Iterator[tuple[str, str]]:
    """A demo office served from `folder`: its address and the password of its people."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "khoithong", "serve", "--demo", "--port", str(port), "--workers", "2"]
    environment = {**os.environ, "KHOITHONG_VAR": str(folder / "var"), "PYTHONPATH": str(ROOT / "src")}
    environment.pop("KHOITHONG_DATABASE", None)
    log = folder / "log"
    with log.open("wb") as handle:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=handle, stderr=handle)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(server, address, log)
        yield address, _password(log)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"khoithong: văn phòng mẫu không mở được:\n{log.read_text(encoding='utf-8')}")


def _password(log: Path) -> str:
    found = re.search(r"mật khẩu chung: (\S+)", log.read_text(encoding="utf-8"))
    assert found, "the demo prints its password"
    return found[1]


def _take(browser: Browser, picture: Picture, *, address: str, password: str, into: Path) -> None:
    for suffix, (width, height) in SHAPES.items():
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        page = context.new_page()
        page.goto("/tai-khoan/dang-nhap/")
        page.locator("input[name=username]").fill(picture.person)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "dang-nhap" not in url)
        picture.find(page)
        page.wait_for_load_state("networkidle")
        target = into / f"{picture.name}{suffix}.png"
        page.screenshot(path=target, animations="disabled")
        context.close()
        print(f"khoithong: {target.name} {width} x {height}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
