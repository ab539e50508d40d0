"""Files made to do harm: whatever they are, one line of refusal, bounded memory, bounded time."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from khoithong.reading.sources import Limits, Unreadable, limits_from, open_source
from khoithong.reading.sources import child as child_module
from khoithong.reading.sources.kinds import OLE, Kind
from tests.patience import patience

from .papers import W, docx, fresh, p, pdf, pdf_drawing, zipped

MEBIBYTE = 1024 * 1024


def reason(given: bytes | Path, name: str = "vb", limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as refusal:
        open_source(given, name=name, limits=limits or Limits())
    told = refusal.value.reason
    assert "\n" not in told
    assert "; hãy " in told
    return told


def peak_of_parent(code: str) -> float:
    """Peak memory in MiB of a fresh process that runs `code`, its own children not counted."""
    # Not ru_maxrss: there a process starts with the peak of the one that forked it, here of the whole test run.
    program = f"{code}\nprint(*(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    return int(fresh("-c", program).split()[-1]) / 1024


def refused_quietly(path: Path) -> str:
    return (
        "from khoithong.reading.sources import open_source, Unreadable\n"
        f"try: open_source({str(path)!r})\nexcept Unreadable: pass\nelse: raise SystemExit('was read')"
    )


def test_a_file_of_200_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "lon.pdf"
    with path.open("wb") as file:
        file.truncate(200 * MEBIBYTE)
    assert "lớn quá 50 MB" in reason(path)
    assert peak_of_parent(refused_quietly(path)) < 40


def test_the_limit_of_size_at_its_border() -> None:
    limits = Limits(max_bytes=4)
    assert open_source(b"abcd", name="a", limits=limits).text == "abcd"
    assert "lớn quá" in reason(b"abcde", limits=limits)


def test_a_zip_bomb_is_stopped_and_the_caller_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "bom.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as part:
        part.write(f'<w:document xmlns:w="{W}"><w:body>'.encode())
        for _ in range(1000):
            part.write(b" " * MEBIBYTE)
    assert path.stat().st_size < 2 * MEBIBYTE
    assert "nén quá mức" in reason(path)
    assert peak_of_parent(refused_quietly(path)) < 40


def test_a_part_that_swells_too_much_is_stopped_early() -> None:
    swollen = docx(p("a") + " " * 3 * MEBIBYTE)
    assert len(swollen) < 10_000
    assert "nén quá mức" in reason(swollen)
    assert open_source(swollen, name="vb", limits=Limits(max_ratio=2_000)).text == "a"


def test_unpacked_size_is_limited_whatever_the_zip_declares() -> None:
    bomb = bytearray(docx(p("chữ " * 5000)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = -1
        while (place := bomb.find(signature, place + 1)) >= 0:
            bomb[place + offset : place + offset + 4] = (7).to_bytes(4, "little")
    assert reason(bytes(bomb), limits=Limits(max_unpacked=10_000))
    assert "nén quá mức" in reason(docx(p("chữ " * 5000)), limits=Limits(max_unpacked=10_000))


ENTITIES = """<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    document = f'{ENTITIES}<w:document xmlns:w="{W}"><w:body>{p("&d;")}</w:body></w:document>'
    document = document.replace('"1.0"', f'"1.0" encoding="{encoding}"')
    assert reason(zipped({"word/document.xml": document.encode(encoding)}))


def test_an_external_entity_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("điều không được lộ", encoding="utf-8")
    document = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f'<w:document xmlns:w="{W}"><w:body>{p("&x;")}</w:body></w:document>'
    )
    assert "DTD" in reason(zipped({"word/document.xml": document}))
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>a &x;</p></body></html>'
    assert "lộ" not in open_source(page.encode(), name="a.html").text


def test_nesting_without_bottom() -> None:
    assert reason(docx("<w:sdt>" * 50_000 + p("a") + "</w:sdt>" * 50_000))
    table = p("a")
    for _ in range(60):
        table = f"<w:tbl><w:tr><w:tc>{table}</w:tc></w:tr></w:tbl>"
    assert open_source(docx(table), name="vb").text == "a"


def test_a_locked_word_paper_and_an_old_one() -> None:
    assert "đặt mật khẩu" in reason(OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 90)
    assert "kiểu cũ" in reason(OLE + b"\x00" * 600)
    flagged = bytearray(docx(p("a")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := flagged.find(signature, place + 1)) >= 0:
            flagged[place + offset] |= 1
    assert "đặt mật khẩu" in reason(bytes(flagged))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_word_does_not_use_is_refused(method: int) -> None:
    assert "hỏng" in reason(docx(p("a"), method=method))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_word_paper(share: float) -> None:
    whole = docx("".join(p(f"đoạn {number}") for number in range(300)))
    assert "tải" in reason(whole[: int(len(whole) * share)])


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (b"\x89PNG\r\n\x1a\n", "ảnh"),
        (b"\xff\xd8\xff\xe0", "ảnh"),
        (b"GIF89a", "ảnh"),
        (b"Rar!\x1a\x07\x00", "giải nén"),
        (b"\x1f\x8b\x08\x00", "giải nén"),
        (b"<?xml version='1.0'?><a>b</a>", "XML"),
    ],
)
def test_a_known_format_that_is_not_read_names_the_way_out(head: bytes, told: str) -> None:
    assert told in reason(head)


def test_what_is_no_file(tmp_path: Path) -> None:
    assert "thư mục" in reason(tmp_path)
    assert "không có tệp này" in reason(tmp_path / "khong-co.txt")
    assert "không có tệp này" in reason(tmp_path / "a.txt" / "b.txt")
    assert "tên tệp không hợp lệ" in reason(Path("a\x00b"))
    assert "không phải tệp thường" in reason(Path("/dev/zero"))
    pipe = tmp_path / "ong"
    os.mkfifo(pipe)
    assert "không phải tệp thường" in reason(pipe)


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "kin.txt"
    path.write_text("kín", encoding="utf-8")
    path.chmod(0)
    if os.geteuid() != 0:
        assert "không có quyền đọc" in reason(path)
        return
    # Root may read all: look as somebody else.
    tmp_path.chmod(0o755)
    os.seteuid(65534)
    try:
        told = reason(path)
    finally:
        os.seteuid(0)
    assert told.startswith(("không có quyền đọc", "không có tệp này"))


def test_a_name_cannot_forge_a_line() -> None:
    with pytest.raises(Unreadable) as refusal:
        open_source(b"", name="a\nkhoithong: b\x1b[2J\u202e.txt")
    assert str(refusal.value).startswith("a?khoithong: b?[2J?.txt: tệp rỗng")
    assert open_source(b"x", name=os.fsdecode(b"\xff.txt")).name.encode()


def packed(unit: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(unit) for _ in range(times)) + packer.flush()


FLATE = b"/Filter /FlateDecode"
TOWER = {number: b"/X%d Do " % (number + 1) * 10 for number in range(6, 25)} | {25: b"BT /F1 12 Tf (a) Tj ET"}


@pytest.mark.parametrize(
    "bomb",
    [
        pdf_drawing(packed(b"\x00" * MEBIBYTE, 600), filters=FLATE),
        pdf_drawing(zlib.compress(packed(b" " * MEBIBYTE, 600)), filters=b"/Filter [/FlateDecode /FlateDecode]"),
        pdf_drawing(b"/X6 Do", forms={6: b"/X6 Do /X6 Do /X6 Do"}),
        pdf_drawing(b"/X6 Do", forms=TOWER),
    ],
    ids=["bomb", "bomb in a bomb", "a form that draws itself", "forms that draw forms"],
)
def test_a_pdf_that_fells_the_native_library(bomb: bytes) -> None:
    with patience():
        assert reason(bomb, limits=Limits(max_memory=300 * MEBIBYTE, seconds=10))


def worker_that(code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Stand this code in for the worker: what a native library that goes astray does to its process."""
    script = tmp_path / "python"
    script.write_text(f"#!{sys.executable}\n{code}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(child_module.sys, "executable", str(script))


@pytest.mark.parametrize(
    "code",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import os; os.abort()",
        "print('{')",
        "raise SystemExit(3)",
        "import os\nwhile True: os.write(1, b'x' * 65536)",
    ],
    ids=["segfault", "abort", "half an answer", "no answer", "endless answer"],
)
def test_a_worker_that_falls_takes_nobody_along(code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    worker_that(code, monkeypatch, tmp_path)
    assert "dừng đột ngột" in reason(pdf("a"), limits=Limits(max_chars=100_000))


def test_a_worker_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    worker_that("import time; time.sleep(600)", monkeypatch, tmp_path)
    with patience():
        assert "quá lâu" in reason(pdf("a"), limits=Limits(seconds=0.5))


def test_the_worker_is_bound_before_it_reads() -> None:
    code = (
        "import resource; from khoithong.reading.sources.worker import _bind\n"
        "from khoithong.reading.sources import Limits\n"
        "_bind(Limits(seconds=7.5, max_memory=1 << 30))\n"
        "print(*(resource.getrlimit(what)[0] for what in"
        " (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)))"
    )
    assert fresh("-c", code).split() == [str(1 << 30), "7", "0", "0"]


def test_too_little_memory_is_told_as_such() -> None:
    big = docx("".join(p(f"đoạn {number} " * 9) for number in range(20_000)))
    assert "bộ nhớ" in reason(big, limits=Limits(max_memory=64 * MEBIBYTE))
    assert len(open_source(big, name="vb").text) > 1_000_000


def children() -> set[str]:
    """Numbers of this process's children, those included that have ended and nobody waited for."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # other processes come and go meanwhile
            number, _, rest = path.read_text(encoding="utf-8", errors="replace").partition(" ")
            if rest.rpartition(")")[2].split()[1] == str(os.getpid()):
                found.add(number)
    return found


def test_the_worker_gets_a_file_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" + b"y" * 20_000)
    with path.open("rb", buffering=8192) as file:
        file.read(10)
        with child_module._as_real_file(file) as real:
            assert os.read(real.fileno(), 2) == b"xy"


def test_no_worker_is_left_behind() -> None:
    others = children()  # the driver of a browser, when other tests have run before
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    open_source(pdf("a"), name="vb")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > before
    assert children() == others


def test_bytes_and_path_give_the_same(tmp_path: Path) -> None:
    for name, data in (("a.docx", docx(p("chữ"))), ("a.pdf", pdf("chu")), ("a.html", b"<p>chu</p>"), ("a.txt", b"chu")):
        path = tmp_path / name
        path.write_bytes(data)
        assert open_source(path) == open_source(str(path)) == open_source(data, name=name)


def test_every_kind_is_reached() -> None:
    given = {Kind.TEXT: b"a", Kind.HTML: b"<p>a", Kind.PDF: pdf("a"), Kind.DOCX: docx(p("a"))}
    assert [open_source(data, name="").media_type for data in given.values()] == [kind.value for kind in given]


def test_limits_from_an_environment() -> None:
    assert limits_from({}) == Limits()
    given = {"KHOITHONG_READ_MB": "2", "KHOITHONG_OCR_PAGES": "0", "KHOITHONG_READ_SECONDS": "1.5", "OTHER": "x"}
    assert limits_from(given, max_depth=1) == Limits(max_bytes=2 * MEBIBYTE, max_ocr_pages=0, seconds=1.5, max_depth=1)
    for wrong in ("-1", "nan", "inf", "1,5", "x"):
        with pytest.raises(ValueError, match=r"KHOITHONG_READ_SECONDS=.*: phải là một số không âm"):
            limits_from({"KHOITHONG_READ_SECONDS": wrong})


def test_the_worker_does_without_the_grammar() -> None:
    loaded = fresh("-c", "import sys, khoithong.reading.sources.worker; print(*sys.modules)").split()
    assert "khoithong.reading.sources.worker" in loaded
    assert not {"khoithong.reading.reader", "lxml", "pypdfium2", "django"} & set(loaded)


def test_plain_text_needs_no_library_of_another_format() -> None:
    code = "import sys\nfrom khoithong.reading.sources import open_source\nopen_source(b'a', name='a')\n"
    assert not {"lxml", "pypdfium2", "subprocess", "django"} & set(fresh("-c", code + "print(*sys.modules)").split())
