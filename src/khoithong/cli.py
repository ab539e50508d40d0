"""The command line `khoithong COMMAND ...`: knows the names of the commands and hands over to the one asked for.

A command is a module of `khoithong.commands` with two functions: `configure(parser)` adds its arguments,
`run(args) -> int` does the work and returns the exit code. Only the module asked for is imported, so that
`khoithong read` stays quick.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from khoithong import __version__

#: name of the command -> (its module in khoithong.commands, one line of help)
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("read", "đọc văn bản: số ký hiệu, văn bản viện dẫn, nhiệm vụ được giao, thời hạn"),
    "read-archive": ("read_archive", "đọc cả kho văn bản thành một tệp Parquet; dừng rồi đọc tiếp được"),
    "demo": ("demo", "dựng văn phòng mẫu: cơ quan, người dùng, văn bản, nhiệm vụ để thử"),
    "serve": ("serve", "mở văn phòng trên một cổng của máy này"),
    "manage": ("manage", "chạy một lệnh quản trị của Django trên văn phòng (migrate, shell, dumpdata)"),
}

USAGE_ERROR = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 2 wrong use or something that could not be done."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0 if arguments else USAGE_ERROR
    if arguments[0] in ("-V", "--version"):
        print(f"khoithong {__version__}")
        return 0
    name, *rest = arguments
    if name not in COMMANDS:
        print(f"khoithong: không có lệnh “{name}”; gõ khoithong --help để xem các lệnh", file=sys.stderr)
        return USAGE_ERROR
    try:
        return _run(name, rest)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _leave_closed_pipe()
        return 1


def _run(name: str, rest: list[str]) -> int:
    from khoithong.commands.arguments import Parser

    module_name, summary = COMMANDS[name]
    module = import_module(f"khoithong.commands.{module_name}")
    parser = Parser(prog=f"khoithong {name}", description=summary[:1].upper() + summary[1:] + ".")
    module.configure(parser)
    code: int = module.run(parser.parse_args(rest))
    sys.stdout.flush()
    return code


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = ["Cách dùng: khoithong LỆNH ...", "", "Các lệnh:"]
    lines += [f"  {name:<{width}}  {summary}" for name, (_, summary) in COMMANDS.items()]
    lines += ["", "khoithong LỆNH --help cho biết cách dùng từng lệnh; khoithong --version cho biết phiên bản."]
    return "\n".join(lines)


def _speak_utf8() -> None:
    # A machine whose locale is C or a Windows code page would otherwise fail on the first Vietnamese letter.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _leave_closed_pipe() -> None:
    # `khoithong read ... | head`: Python would complain once more when it flushes the closed pipe at exit.
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
