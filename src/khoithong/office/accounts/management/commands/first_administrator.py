"""`khoithong manage first_administrator`: the person who opens an empty office to the others."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from khoithong.office.accounts.actions import add_first_administrator
from khoithong.office.agencies.models import Kind
from khoithong.office.base.actions import Refused
from khoithong.office.base.clock import now
from khoithong.office.base.text import fold


class Command(BaseCommand):
    """Adds the first administrator, and the agency where it is not there yet; prints the temporary password once."""

    help = "Thêm người quản trị đầu tiên của một văn phòng còn trống; in mật khẩu tạm một lần."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--username", required=True, help="tên đăng nhập, ví dụ quan-tri")
        parser.add_argument("--name", required=True, help="họ và tên")
        parser.add_argument("--agency", required=True, help="tên cơ quan của người đó, ví dụ “Văn phòng UBND tỉnh”")
        parser.add_argument("--kind", default="department", choices=Kind.values, help="loại cơ quan, nếu phải thêm mới")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person, password = add_first_administrator(
                at=now(),
                username=options["username"],
                full_name=options["name"],
                agency_name=options["agency"],
                agency_code=slugify(fold(options["agency"])),
                agency_kind=options["kind"],
            )
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"Đã thêm {person} ({person.agency}).")
        self.stdout.write(f"Tên đăng nhập: {person.username}")
        self.stdout.write(f"Mật khẩu tạm (phải đổi ở lần đăng nhập đầu): {password}")
