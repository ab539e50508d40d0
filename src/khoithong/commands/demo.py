"""`khoithong demo`: a demo office to try everything in, filled by the seed of each app; running it again loses nothing.

The passwords of demo people are printed for all to see, so a database in which other people already work is refused.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from khoithong.commands import office

CANNOT = 2
EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "chi-dao-de-an-06.txt"

#: app -> what its seed brings, in the order in which they stand on one another
SEEDS = {
    "agencies": "cơ quan của tỉnh Quảng Nam năm 2023",
    "accounts": "người dùng mẫu của mọi vai trò",
    "documents": "văn bản mẫu",
    "tasks": "lịch làm việc và nhiệm vụ mẫu",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """`khoithong demo` takes no arguments."""


def run(args: argparse.Namespace) -> int:
    """Fill the demo office and say what was done. Returns 2, changing nothing, where real people work in it."""
    office.start()
    if not fill():
        return CANNOT
    print("\n".join(sign_ins()))
    return 0


def fill() -> bool:
    """Fill the demo office, showing each step, and read the example before the reader's eyes; False if refused."""
    office.bring_up_to_date(say=_say)
    if _real_people():
        print(
            "khoithong demo: cơ sở dữ liệu này đã có người dùng thật, mà người dùng mẫu có mật khẩu ai cũng biết; "
            "hãy dùng cơ sở dữ liệu khác: đặt KHOITHONG_VAR hoặc KHOITHONG_DATABASE rồi chạy lại",
            file=sys.stderr,
        )
        return False
    from khoithong.office.base.clock import now

    at = now()
    for app, brings in SEEDS.items():
        with _step(f"nạp {brings}"):
            import_module(f"khoithong.office.{app}.seed").seed_demo(at=at)
    _read_example()
    return True


def sign_ins() -> list[str]:
    """The demo people with what to type, as lines for a terminal."""
    from khoithong.office.accounts.seed import DEMO_PASSWORD, DEMO_SIGN_INS

    names, roles = (max(len(row[column]) for row in DEMO_SIGN_INS) for column in (0, 1))
    lines = [f"Đăng nhập mẫu, mật khẩu chung: {DEMO_PASSWORD}"]
    lines += [f"  {who.username:<{names}}  {who.role:<{roles}}  {who.agency}" for who in DEMO_SIGN_INS]
    return lines


def _real_people() -> bool:
    from khoithong.office.accounts.models import Person
    from khoithong.office.accounts.seed import DEMO_SIGN_INS

    demo_people = Person.objects.filter(username__in=[who.username for who in DEMO_SIGN_INS])
    return Person.objects.exists() and not demo_people.exists()


def _read_example() -> None:
    from khoithong.reading.render import table
    from khoithong.reading.sources import read_file

    with _step(f"đọc {EXAMPLE.name}"):
        source, directive = read_file(EXAMPLE)
    print()
    print(table(directive, name=source.name, width=shutil.get_terminal_size().columns))


def _say(message: str) -> None:
    print(f"khoithong: {message}", flush=True)


@contextmanager
def _step(what: str) -> Iterator[None]:
    print(f"khoithong: {what} …", end="", flush=True)
    began = time.perf_counter()
    try:
        yield
    finally:
        seconds = f"{time.perf_counter() - began:.1f}".replace(".", ",")
        print(f" {seconds} giây", flush=True)
