"""A .zip of papers -> its files. Nothing is written to a disk; what the zip says of sizes and names is not believed."""

from __future__ import annotations

import re
import zipfile

from khoithong.reading.sources.kinds import Kind
from khoithong.reading.sources.package import CHUNK, DAMAGE, ENCRYPTED, METHODS
from khoithong.reading.sources.parts import Gathering, Unpacked, too_large, too_much
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.values import MEBIBYTE, Limits
from khoithong.reading.sources.xml import BROKEN

#: what operating systems add to archives
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
_UTF8_NAME = 0x800
_BOMB = "nén quá mức bình thường (có thể là tệp phá hoại); hãy xin bản gốc từ nơi gửi"
_LOCKED = "nằm trong tệp nén có mật khẩu; hãy giải nén rồi đưa từng văn bản vào"
_EMPTY = "là tệp nén không có tệp nào bên trong; hãy kiểm tra lại bản tải về"


def zip_parts(archive: zipfile.ZipFile, limits: Limits) -> Unpacked:
    """The files of a .zip that is no paper of an office program. Raises Refused: empty, or more than the limits."""
    gathering = Gathering(limits)
    for info in archive.infolist():
        name = _name(info)
        if info.is_dir() or _LITTER.search(name):
            continue
        if info.flag_bits & ENCRYPTED:
            gathering.add(name, refused=_LOCKED)
        elif info.compress_type not in METHODS:
            gathering.add(name, refused="nén theo cách không đọc được; hãy nén lại dạng .zip thường")
        else:
            _add(gathering, archive, info, name, limits)
    if not gathering.parts:
        raise Refused(_EMPTY)
    return Unpacked(media_type=Kind.ZIP.value, parts=gathering.parts)


def _add(gathering: Gathering, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    data = bytearray()
    room = gathering.room
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(CHUNK):
                data += chunk
                if len(data) > MEBIBYTE and len(data) > limits.max_ratio * info.compress_size:
                    raise Refused(_BOMB)
                if len(data) > room:
                    break
    except DAMAGE:
        gathering.add(name, refused=BROKEN)
        return
    if len(data) > limits.max_bytes:
        gathering.add(name, refused=too_large(limits))
    elif len(data) > room:
        raise too_much()
    else:
        gathering.add(name, bytes(data))


def _name(info: zipfile.ZipInfo) -> str:
    """The name in Unicode: older programs write it in UTF-8 without saying so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
