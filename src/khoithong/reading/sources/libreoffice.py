"""Papers of older and other office programs -> .docx or .xlsx, by LibreOffice where it is installed.

It runs on a copy, in a folder and with a profile of its own that are removed afterwards; macros, active content and
links to other places are off.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from khoithong.reading.sources import programs
from khoithong.reading.sources.kinds import CONVERTED, Kind
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.values import MEBIBYTE, Limits

_SUFFIX = {
    Kind.DOC: "doc",
    Kind.RTF: "rtf",
    Kind.ODT: "odt",
    Kind.XLS: "xls",
    Kind.ODS: "ods",
    Kind.DOCX: "docx",
    Kind.XLSX: "xlsx",
}
_NAMES = {
    Kind.DOC: "tệp Word kiểu cũ (.doc)",
    Kind.RTF: "tệp RTF",
    Kind.ODT: "tệp OpenDocument (.odt)",
    Kind.XLS: "bảng tính Excel kiểu cũ (.xls)",
    Kind.ODS: "bảng tính OpenDocument (.ods)",
}
_PACKAGE = {Kind.DOCX: "libreoffice-writer-nogui", Kind.XLSX: "libreoffice-calc-nogui"}
_MEMORY = 4096 * MEBIBYTE
_FAILED = "là {} mà LibreOffice không mở được; hãy mở bằng Word rồi lưu lại dạng .{}"
_SLOW = "là {} mà LibreOffice mở quá lâu; hãy mở bằng Word rồi lưu lại dạng .{}"
_MISSING = "là {}; hãy cài gói Debian {} trên máy này, hoặc mở bằng Word rồi lưu lại dạng .{}"

_COMMON = "/org.openoffice.Office.Common/Security/Scripting"
_INET = "/org.openoffice.Inet/Settings"
_SETTINGS = (
    (_COMMON, "MacroSecurityLevel", "3"),
    (_COMMON, "DisableMacrosExecution", "true"),
    (_COMMON, "DisableActiveContent", "true"),
    (_COMMON, "BlockUntrustedRefererLinks", "true"),
    # A way to the network that leads nowhere.
    (_INET, "ooInetProxyType", "2"),
    (_INET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPProxyPort", "9"),
    (_INET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPSProxyPort", "9"),
)


def converted(kind: Kind, data: bytes, limits: Limits, *, seconds: float) -> tuple[Kind, bytes]:
    """The kind and the bytes of what `data` becomes. Raises Refused: not installed, not readable, too slow."""
    target = CONVERTED[kind]
    path = programs.found("soffice") or programs.found("libreoffice")
    if path is None or limits.convert_seconds <= 0:
        raise Refused(_MISSING.format(_NAMES[kind], _PACKAGE[target], _SUFFIX[target]))
    with tempfile.TemporaryDirectory(prefix="khoithong-") as name:
        folder = Path(name)
        (folder / f"van-ban.{_SUFFIX[kind]}").write_bytes(data)
        _make_profile(folder / "profile")
        try:
            programs.run_bounded(
                _command(path, folder, _SUFFIX[kind], _SUFFIX[target]),
                seconds=min(seconds, limits.convert_seconds),
                memory=_MEMORY,
                file_size=limits.max_unpacked,
                environment={"HOME": name, "TMPDIR": name, "SAL_USE_VCLPLUGIN": "svp"},
                folder=name,
            )
        except programs.Failed as failure:
            reason = _SLOW if failure.slow else _FAILED
            raise Refused(reason.format(_NAMES[kind], _SUFFIX[target])) from None
        made = folder / "out" / f"van-ban.{_SUFFIX[target]}"
        if not made.is_file() or not 0 < made.stat().st_size <= limits.max_bytes:
            raise Refused(_FAILED.format(_NAMES[kind], _SUFFIX[target]))
        return target, made.read_bytes()


def _command(path: str, folder: Path, given: str, wanted: str) -> list[str]:
    options = [
        "--headless",
        "--invisible",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--nofirststartwizard",
    ]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = str(folder / "out")
    return [path, profile, *options, "--convert-to", wanted, "--outdir", out, str(folder / f"van-ban.{given}")]


def _make_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )
