"""From a path, a stream or bytes to a file of bounded size that is safe to read."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.values import MEBIBYTE, Limits


def opened(given: Path | str | bytes, limits: Limits) -> BinaryIO:
    """The file, open at its beginning. Raises Refused for what is no regular file, may not be read, or is too large."""
    if isinstance(given, bytes):
        _refuse_size(len(given), limits)
        return io.BytesIO(given)
    try:
        # Without O_NONBLOCK a named pipe that nobody writes to would wait for ever.
        descriptor = os.open(given, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        raise Refused(_why_not_opened(error)) from None
    file = os.fdopen(descriptor, "rb") if _is_regular(descriptor) else None
    if file is None:
        raise Refused("không phải tệp thường; hãy chép ra tệp, hoặc đưa qua đầu vào chuẩn (-)")
    try:
        _refuse_size(os.fstat(descriptor).st_size, limits)
    except Refused:
        file.close()
        raise
    return file


def all_of(file: BinaryIO, limits: Limits) -> bytes:
    """The bytes from where `file` stands to its end, never more than the limit even where the file grows meanwhile."""
    try:
        data = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise Refused(_why_not_opened(error)) from None
    _refuse_size(len(data), limits)
    return data


def _is_regular(descriptor: int) -> bool:
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return True
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise Refused("là thư mục; hãy chỉ rõ từng tệp bên trong")
    return False


def _refuse_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise Refused("tệp rỗng; hãy kiểm tra lại bản tải về")
    if size > limits.max_bytes:
        raise Refused(
            f"lớn quá {limits.max_bytes / MEBIBYTE:g} MB; hãy tách văn bản khỏi phụ lục, ảnh rồi đưa vào từng phần"
        )


def _why_not_opened(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "không có tệp này; hãy kiểm tra lại đường dẫn"
    if isinstance(error, PermissionError):
        return "không có quyền đọc; hãy xin quyền hoặc chép tệp sang nơi đọc được"
    if isinstance(error, ValueError):
        return "tên tệp không hợp lệ; hãy đổi tên tệp"
    return (
        f"không đọc được từ đĩa ({os.strerror(error.errno) if error.errno else error}); hãy thử lại hoặc chép lại tệp"
    )
