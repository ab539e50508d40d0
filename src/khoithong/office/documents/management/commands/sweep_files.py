"""`khoithong manage sweep_files`: lists stored bytes that no record speaks of; removes them only when told so."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from khoithong.office.documents.sweeping import remove, unreferenced


class Command(BaseCommand):
    """Prints each file with its size; with --remove takes it away."""

    help = "Liệt kê các tệp trong kho mà không văn bản nào dùng, đã để yên quá một ngày; thêm --remove để xóa."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="xóa các tệp đã liệt kê")

    def handle(self, *args: Any, **options: Any) -> None:
        count = size = 0
        for path in list(unreferenced()):
            length = path.stat().st_size
            if options["remove"] and not remove(path):
                self.stdout.write(f"giữ lại, vừa được dùng: {path.name}")
                continue
            self.stdout.write(f"{path} ({length} byte)")
            count, size = count + 1, size + length
        if options["remove"]:
            self.stdout.write(f"Đã xóa {count} tệp, {size} byte.")
        elif count:
            self.stdout.write(f"{count} tệp không được dùng, {size} byte. Chưa xóa gì; thêm --remove để xóa.")
        else:
            self.stdout.write("Không có tệp nào thừa.")
