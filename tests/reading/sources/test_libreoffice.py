"""Papers of older programs through the real LibreOffice; and what is said without it."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from khoithong.reading.sources import Limits, Unreadable, open_source
from khoithong.reading.sources import programs as programs_module
from khoithong.reading.sources.kinds import OLE
from tests.components import require
from tests.patience import patience

from ..legacy_texts import SENTENCES, in_tcvn3

WORD = OLE + b"\x00" * 600 + "WordDocument\0".encode("utf-16-le")


def rtf(*lines: str) -> bytes:
    """An .rtf whose second font is of TCVN3; a line that begins with "|" is set in it."""
    shown = []
    for line in lines:
        old = line.startswith("|")
        letters = in_tcvn3(line[1:]) if old else line
        code = "".join(
            letter if letter.isascii() else f"\\'{ord(letter):02x}" if old else f"\\u{ord(letter)}?"
            for letter in letters
        )
        shown.append(f"\\f{int(old)} {code}\\par")
    fonts = "{\\fonttbl{\\f0 Times New Roman;}{\\f1 .VnTime;}}"
    return ("{\\rtf1\\ansi\\ansicpg1252" + fonts + "\n".join(shown) + "}").encode("ascii")


def test_rtf_with_an_old_font() -> None:
    require("libreoffice")
    source = open_source(rtf("Số: 12/UBND-KGVX", f"|{SENTENCES[0]}"), name="vb.rtf")
    assert source.text == f"Số: 12/UBND-KGVX\n{SENTENCES[0]}"
    assert source.media_type == "application/rtf"


def test_doc_of_before_2007(tmp_path: Path) -> None:
    require("libreoffice")
    row = "\\trowd\\cellx2000\\cellx4000\\cellx6000 {}\\cell {}\\cell {}\\cell\\row"
    table = row.format("TT", "Viec", "Han") + row.format("1", "Lap danh muc", "15/12")
    (tmp_path / "vb.rtf").write_bytes(rtf("Số: 12/UBND-KGVX", table))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
            "--headless",
            "--convert-to",
            "doc",
            "vb.rtf",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    source = open_source(tmp_path / "vb.doc")
    assert source.text == "Số: 12/UBND-KGVX\nTT\tViec\tHan\n1\tLap danh muc\t15/12"
    assert source.media_type == "application/msword"


def test_a_paper_that_takes_too_long_is_given_up_with_all_that_was_started() -> None:
    require("libreoffice")
    with patience(), pytest.raises(Unreadable, match="LibreOffice mở quá lâu; hãy"):
        open_source(rtf("a"), name="a.rtf", limits=Limits(convert_seconds=0.3))
    assert not [path for path in Path("/proc").glob("[0-9]*/cmdline") if b"van-ban.rtf" in _words(path)]


def _words(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_what_libreoffice_cannot_open_is_one_line() -> None:
    require("libreoffice")
    with pytest.raises(Unreadable, match=r"\.doc.*LibreOffice không mở được; hãy|không có chữ nào; hãy"):
        open_source(WORD, name="a.doc")


@pytest.mark.parametrize(
    ("data", "told"),
    [(rtf("a"), "tệp RTF; hãy cài gói Debian libreoffice-writer-nogui"), (WORD, r"kiểu cũ \(\.doc\); hãy cài gói")],
)
def test_without_libreoffice_the_package_is_named(
    data: bytes, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match=told):
        open_source(data, name="a")


def test_programs_see_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHOITHONG_SECRET_KEY", "bí mật")
    seen = programs_module.run_bounded(
        ["/usr/bin/env"], seconds=20, memory=1 << 30, file_size=0, environment={"HOME": "/nowhere"}
    )
    assert b"SECRET" not in seen
    assert b"HOME=/nowhere" in seen


def test_a_program_is_bound_and_its_children_end_with_it() -> None:
    limits = programs_module.run_bounded(
        ["/bin/sh", "-c", "ulimit -v; ulimit -f; ulimit -t"], seconds=7, memory=1 << 30, file_size=1024, environment={}
    )
    assert limits.split() == [b"1048576", b"2", b"8"]
    with pytest.raises(programs_module.Failed) as failure:
        programs_module.run_bounded(
            ["/bin/sh", "-c", "sleep 4321 & sleep 4321"], seconds=0.5, memory=1 << 30, file_size=0, environment={}
        )
    assert failure.value.slow
    time.sleep(0.2)
    assert not [path for path in Path("/proc").glob("[0-9]*/cmdline") if _words(path) == b"sleep\x004321\x00"]
