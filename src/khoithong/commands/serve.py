"""`khoithong serve`: open the office on a port of this machine; gunicorn and whitenoise, no other server needed."""

from __future__ import annotations

import argparse
import ipaddress
import os
import sys
from typing import Any

from khoithong.commands import demo, office
from khoithong.commands.port import LOOPBACK, port_number, why_unusable

CANNOT = 2
WORKERS = 3
#: a large file over a slow line takes its time
PATIENCE_SECONDS = 120
DEMO_IDLE_MINUTES = "480"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `khoithong serve`."""
    parser.add_argument("--port", default="8000", metavar="CỔNG", help="cổng để mở (mặc định 8000)")
    parser.add_argument(
        "--host",
        default=LOOPBACK,
        metavar="ĐỊA CHỈ",
        help=f"địa chỉ IP để mở (mặc định {LOOPBACK}: chỉ máy này vào được)",
    )
    parser.add_argument(
        "--workers", type=int, default=WORKERS, metavar="SỐ", help=f"số tiến trình phục vụ (mặc định {WORKERS})"
    )
    parser.add_argument("--demo", action="store_true", help="nạp dữ liệu mẫu trước, như khoithong demo")


def run(args: argparse.Namespace) -> int:
    """Serve until stopped. Returns 2 with one line on standard error where that is not possible."""
    refusal = _refusal(args)
    if refusal:
        print(f"khoithong serve: {refusal}", file=sys.stderr)
        return CANNOT
    if args.demo:
        # Whoever tries the demo out reads and thinks between two clicks; an office keeps the strict default.
        for name in ("KHOITHONG_IDLE_MINUTES", "KHOITHONG_ADMIN_IDLE_MINUTES"):
            os.environ.setdefault(name, DEMO_IDLE_MINUTES)
    office.start()
    closing: list[str] = []
    if args.demo:
        if not demo.fill():
            return CANNOT
        closing = demo.sign_ins()
    else:
        office.bring_up_to_date(say=lambda step: print(f"khoithong: {step}", flush=True))
    return _serve(args, closing)


def _refusal(args: argparse.Namespace) -> str | None:
    try:
        address = ipaddress.ip_address(args.host)
        port = port_number(args.port)
    except ValueError as error:
        return str(error) if "cổng" in str(error) else f"“{args.host}” không phải địa chỉ IP, ví dụ {LOOPBACK}"
    if args.demo and not address.is_loopback:
        return (
            f"dữ liệu mẫu có mật khẩu ai cũng biết nên chỉ mở được trên máy này; bỏ --host {args.host} hoặc bỏ --demo"
        )
    if args.workers < 1:
        return "cần ít nhất một tiến trình phục vụ, ví dụ --workers 2"
    return why_unusable(args.host, port)


def _serve(args: argparse.Namespace, closing: list[str]) -> int:
    from gunicorn.app.base import BaseApplication

    shown = f"[{args.host}]" if ":" in args.host else args.host

    def greet(_arbiter: Any) -> None:
        for line in [*closing, f"Khơi Thông đang mở tại http://{shown}:{args.port}/ (Ctrl+C để dừng)"]:
            print(line, flush=True)

    class Server(BaseApplication):
        def load_config(self) -> None:
            settings = {
                "bind": f"{shown}:{args.port}",
                "workers": args.workers,
                "timeout": PATIENCE_SECONDS,
                "preload_app": True,
                "loglevel": "warning",
                "control_socket_disable": True,
                "when_ready": greet,
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from django.db import connections

            from khoithong.office.wsgi import application

            connections.close_all()  # a connection to the database must not be shared by the workers
            return application

    Server().run()
    return 0
