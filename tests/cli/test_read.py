"""`khoithong read`: formats, standard input, bad files beside good ones."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from khoithong.cli import main
from khoithong.commands import read as read_command
from khoithong.reading.sources import Progress

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EXAMPLE = EXAMPLES / "chi-dao-de-an-06.txt"


def khoithong(*arguments: str | bytes | Path, given: bytes = b"", **changes: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **changes}
    command: Sequence[str | bytes | Path] = [sys.executable, "-m", "khoithong", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False, env=env)


def objects(out: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.decode().splitlines()]


def test_json_of_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(EXAMPLE), "--format", "json"]) == 0
    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert list(found) == ["id", "document", "citations", "assignments"]
    assert found["id"] == EXAMPLE.name
    assert "\\u" not in captured.out
    assert captured.err == ""


def test_full_adds_what_the_plain_form_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(EXAMPLE), "--format", "json", "--full"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found)[4:] == ["provisions", "relations", "references", "warnings"]
    assert {"rule", "certainty"} <= found["citations"][0].keys() & found["assignments"][0].keys()
    assert "Đề án 06" in {each["text"] for each in found["references"]}


def test_the_table_shows_warnings_where_there_are_any(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slip = tmp_path / "sai.txt"
    slip.write_text("Theo Thông tư số 5/2021/NĐ-CP.", encoding="utf-8")
    assert main(["read", str(slip)]) == 0
    assert "CẢNH BÁO (1)" in capsys.readouterr().out
    assert main(["read", str(EXAMPLE)]) == 0
    assert "CẢNH BÁO" not in capsys.readouterr().out


def test_every_format_gives_the_same_reading() -> None:
    names = [EXAMPLE.with_suffix(suffix) for suffix in (".txt", ".docx", ".html", ".pdf")]
    ran = khoithong("read", *names, "--format", "jsonl")
    assert (ran.returncode, ran.stderr) == (0, b"")
    plain, *others = objects(ran.stdout)
    assert [other["id"] for other in others] == [name.name for name in names[1:]]
    for other in others:
        assert without_places(other) == without_places(plain)


def without_places(found: object) -> object:
    if isinstance(found, dict):
        return {key: without_places(value) for key, value in found.items() if key not in ("id", "start", "end")}
    return [without_places(value) for value in found] if isinstance(found, list) else found


def test_bad_files_take_no_good_one_along(tmp_path: Path) -> None:
    bad = [tmp_path / "rong.txt", tmp_path / "nhi-phan.txt", tmp_path / "cut.docx", tmp_path / "khong-co.pdf", tmp_path]
    bad[0].write_bytes(b"")
    bad[1].write_bytes(bytes(range(256)))
    bad[2].write_bytes(EXAMPLE.with_suffix(".docx").read_bytes()[:900])
    ran = khoithong("read", *bad[:3], EXAMPLE, *bad[3:], "--format", "jsonl")
    assert ran.returncode == 2
    assert [found["id"] for found in objects(ran.stdout)] == [EXAMPLE.name]
    lines = ran.stderr.decode().splitlines()
    assert len(lines) == len(bad)
    for path, line in zip(bad, lines, strict=True):
        assert line.startswith(f"khoithong: {path.name}: ")


def test_an_archive_gives_one_object_for_each_paper(tmp_path: Path) -> None:
    archive = tmp_path / "goi.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("a/mot.txt", EXAMPLE.read_bytes())
        out.writestr("hong.pdf", b"%PDF-1.4 x")
        out.writestr("hai.html", EXAMPLE.with_suffix(".html").read_bytes())
    ran = khoithong("read", archive, "--format", "jsonl")
    assert ran.returncode == 2
    assert [found["id"] for found in objects(ran.stdout)] == ["goi.zip/a/mot.txt", "goi.zip/hai.html"]
    assert ran.stderr.decode().startswith("khoithong: goi.zip/hong.pdf: hỏng")
    assert ran.stderr.count(b"\n") == 1
    whole = khoithong("read", archive, "--format", "json")
    assert [found["id"] for found in json.loads(whole.stdout)] == ["goi.zip/a/mot.txt", "goi.zip/hai.html"]


def test_limits_come_from_the_environment() -> None:
    ran = khoithong("read", EXAMPLE, KHOITHONG_READ_CHARS="100")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert "dài quá 100 ký tự" in ran.stderr.decode()
    wrong = khoithong("read", EXAMPLE, KHOITHONG_READ_CHARS="nhiều")
    assert wrong.returncode == 2
    assert wrong.stderr.decode() == "khoithong: KHOITHONG_READ_CHARS=nhiều: phải là một số không âm\n"


def test_pages_are_counted_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for watched in (False, True):
        monkeypatch.setattr(sys.stderr, "isatty", lambda watched=watched: watched)
        meter = read_command._Meter()
        meter.show(Progress("quet.pdf", 2, 12))
        meter.clear()
        told = capsys.readouterr().err
        assert told == ("\r\x1b[Knhận dạng chữ quet.pdf: trang 2/12\r\x1b[K" if watched else "")


def test_a_single_bad_file_prints_nothing(tmp_path: Path) -> None:
    ran = khoithong("read", tmp_path / "a\nb\x1b[31m.txt", "--format", "json")
    assert (ran.returncode, ran.stdout) == (2, b"")
    told = ran.stderr.decode()
    assert told.count("\n") == 1
    assert "\x1b" not in told


def test_a_name_that_is_no_utf_8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/v\xe3n b\xb6n.txt"
    Path(os.fsdecode(path)).write_bytes(EXAMPLE.read_bytes())
    ran = khoithong("read", path, "--format", "json", LC_ALL="C.UTF-8")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["id"] == "v?n b?n.txt"


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX"])
def test_output_is_utf_8_under_any_locale(locale: str) -> None:
    ran = khoithong("read", EXAMPLE, LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ran.returncode == 0
    assert "NHIỆM VỤ" in ran.stdout.decode()


def test_standard_input() -> None:
    ran = khoithong("read", "-", "--format", "json", given=EXAMPLE.with_suffix(".docx").read_bytes())
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["id"] == "-"


@pytest.mark.parametrize("given", [b"", b" \n", b"\xff\x00\xfe" * 9])
def test_broken_standard_input_is_one_line(given: bytes) -> None:
    ran = khoithong("read", "-", given=given)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.decode().startswith("khoithong: -: ")
    assert ran.stderr.count(b"\n") == 1


def test_endless_standard_input_is_cut_off() -> None:
    with Path("/dev/zero").open("rb") as endless:
        ran = subprocess.run(
            [sys.executable, "-m", "khoithong", "read", "-"],
            stdin=endless,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    assert ran.returncode == 2
    assert "lớn quá 50 MB" in ran.stderr.decode()


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / EXAMPLE.name).write_bytes(EXAMPLE.read_bytes())
    other = tmp_path / EXAMPLE.name
    ran = khoithong("read", EXAMPLE, other, "--format", "json")
    assert [found["id"] for found in json.loads(ran.stdout)] == [str(EXAMPLE), str(other)]


def test_a_note_on_the_encoding_is_told_on_the_side(tmp_path: Path) -> None:
    path = tmp_path / "cu.txt"
    path.write_bytes("Sơ\u0309 đăng ky\u0301".encode("cp1258"))
    ran = khoithong("read", path, "--format", "json")
    assert ran.returncode == 0
    assert ran.stderr.decode().startswith("khoithong: cu.txt: lưu ý: đọc theo bảng mã cũ")


def test_a_reader_that_goes_away_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "khoithong", "read", *[EXAMPLE] * 200],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1


def test_what_is_printed_goes_where_python_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["read", str(EXAMPLE)]) == 0
    assert "VĂN BẢN VIỆN DẪN" in out.getvalue()
