"""The argument parser of every command: argparse that speaks Vietnamese."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

_MESSAGES = (
    (r"the following arguments are required: (.+)", r"thiếu \1"),
    (r"unrecognized arguments: (.+)", r"không hiểu \1"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1: không có lựa chọn \2; chọn một trong \3"),
    (r"argument (.+): expected one argument", r"\1: cần một giá trị"),
    (r"argument (.+): expected at least one argument", r"\1: cần ít nhất một giá trị"),
    (r"argument (.+): invalid (.+) value: (.+)", r"\1: giá trị \3 không hợp lệ"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 không dùng cùng \2"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 chưa rõ là tùy chọn nào trong \2"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser whose help and complaints are Vietnamese; a wrong use exits with 2, as argparse does."""

    def __init__(self, *, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False)
        self._positionals.title = "Đối số"
        self._optionals.title = "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in hướng dẫn này rồi thoát")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "Cách dùng:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "Cách dùng:", 1)

    def error(self, message: str) -> NoReturn:
        for pattern, vietnamese in _MESSAGES:
            if re.fullmatch(pattern, message, re.DOTALL):
                message = re.sub(pattern, vietnamese, message, count=1, flags=re.DOTALL)
                break
        self.exit(2, f"{self.prog}: {message}\n{self.format_usage()}")
