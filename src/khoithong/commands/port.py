"""Whether a port can be served on, asked before anything long is done.

Standard library only: `make run` asks before any package is installed.
"""

from __future__ import annotations

import errno
import socket

LOOPBACK = "127.0.0.1"
HIGHEST = 65535
FIRST_FREE_FOR_ALL = 1024


def port_number(given: str) -> int:
    """The number of a port as typed. Raises ValueError with a Vietnamese message."""
    if not (given.isascii() and given.isdigit()) or not 0 < int(given) <= HIGHEST:
        raise ValueError(f"“{given}” không phải số cổng; dùng một số từ 1 đến {HIGHEST}, ví dụ 8080")
    return int(given)


def why_unusable(host: str, port: int) -> str | None:
    """The reason why nothing can be served on `host` and `port`, with a way out, in Vietnamese; None if it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As the server itself does: the ports of connections just closed are free, one that is listened on is not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return _reason(host, port, error)
    return None


def _reason(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < HIGHEST else port - 1
        return f"cổng {port} đang có chương trình khác dùng; hãy tắt chương trình đó hoặc chọn cổng khác, ví dụ {other}"
    if error.errno == errno.EACCES:
        return f"máy không cho mở cổng {port}; chọn cổng từ {FIRST_FREE_FOR_ALL} trở lên, ví dụ 8080"
    return f"không mở được {host}, cổng {port}: {error.strerror or error}"
