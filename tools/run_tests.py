"""Run the tests: the whole suite on SQLite, then all that touches a database once more on PostgreSQL.

The PostgreSQL cluster is made for this run and removed after it. Missing Debian packages are installed where that is
allowed, named where it is not. Options after `--` go to pytest.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import debian, postgres, programs  # noqa: E402 - the repository must be on the path first

#: Folders of tests whose subjects know no database: the second pass leaves them out.
WITHOUT_DATABASE = ("law", "clock", "reading", "costing", "drafting", "cli", "tools", "docs")


def main() -> int:
    """Both passes; the exit code is that of the first pass that failed, else 0."""
    parser = argparse.ArgumentParser(description="Chạy toàn bộ kiểm thử trên SQLite rồi trên PostgreSQL.")
    parser.add_argument("--fast", action="store_true", help="chỉ SQLite, không mở trình duyệt")
    parser.add_argument("pytest", nargs="*", metavar="ĐỐI SỐ", help="chuyển cho pytest (sau --)")
    args = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupted)
    try:
        if args.fast:
            return _sqlite(["-m", "not browser", *args.pytest])
        provide_components()
        first = _sqlite(args.pytest)
        second = _postgresql(args.pytest)
    except KeyboardInterrupt:
        return 130
    except postgres.NotStarted as refusal:
        print(f"khoithong: {refusal}", file=sys.stderr)
        return 1
    if first and not second:
        print("khoithong: lượt PostgreSQL qua, nhưng lượt SQLite ở trên có lỗi", file=sys.stderr)
    return first or second


def provide_components() -> None:
    """Install or name what the suite needs from the system: servers, programs, a font with Vietnamese."""
    missing: dict[str, str] = {}
    if postgres.programs() is None:
        missing["postgresql"] = "nửa sau của bộ kiểm thử chạy trên PostgreSQL"
    if shutil.which("chromium") is None:
        missing["chromium"] = "kiểm thử giao diện mở trình duyệt thật"
    if shutil.which("xgettext") is None:
        missing["gettext"] = "kiểm thử bản dịch lấy các câu trong mã"
    if not _loads("libatomic.so.1"):
        missing["libatomic1"] = "Playwright, bộ điều khiển trình duyệt, cần đến"
    if not _vietnamese_font():
        missing["fonts-noto-core"] = "trang được vẽ bằng chữ Việt"
    if not programs.vietnamese_tesseract():
        missing["tesseract-ocr"] = missing["tesseract-ocr-vie"] = "kiểm thử nhận dạng chữ của bản quét"
    if not programs.libreoffice():
        for part in ("writer", "calc"):
            missing[f"libreoffice-{part}-nogui"] = "kiểm thử mở .doc, .rtf, .xls"
    if missing:
        debian.install(missing)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _vietnamese_font() -> bool:
    if Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf").exists():
        return True
    if shutil.which("fc-list") is None:
        return False
    answer = subprocess.run(["fc-list", ":lang=vi", "family"], capture_output=True, text=True, check=False)
    return "Noto Sans" in answer.stdout or "Liberation" in answer.stdout


def _sqlite(options: list[str]) -> int:
    environment = {name: value for name, value in os.environ.items() if name != "KHOITHONG_DATABASE"}
    return _pytest("SQLite: toàn bộ", options, environment)


def _postgresql(options: list[str]) -> int:
    left_out = [f"tests/{name}" for name in WITHOUT_DATABASE if (ROOT / "tests" / name).is_dir()]
    ignored = [f"--ignore={path}" for path in left_out]
    with postgres.cluster() as address:
        title = f"PostgreSQL: như trên, trừ phần không chạm cơ sở dữ liệu ({', '.join(left_out)})"
        return _pytest(title, [*ignored, *options], {**os.environ, "KHOITHONG_DATABASE": address})


def _pytest(title: str, options: list[str], environment: dict[str, str]) -> int:
    print(f"\n##### {title}", flush=True)
    running = subprocess.Popen([sys.executable, "-m", "pytest", *options], cwd=ROOT, env=environment)
    try:
        return running.wait()
    except KeyboardInterrupt:
        _end(running)
        raise


def _end(running: subprocess.Popen[bytes]) -> None:
    """Let pytest end before us. At a terminal it got the same Ctrl-C and is about to; else it must be told."""
    for tell, seconds in ((None, 5), (signal.SIGINT, 30), (signal.SIGKILL, None)):
        if tell is not None:
            running.send_signal(tell)
        try:
            running.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            continue
        return


def _interrupted(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
