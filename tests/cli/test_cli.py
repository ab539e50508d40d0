"""The frame of the command line: which commands there are, how wrong use is answered."""

import os
import subprocess
import sys

import pytest

from khoithong import __version__
from khoithong.cli import COMMANDS, main


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    for name, (_, summary) in COMMANDS.items():
        assert name in out
        assert summary in out


def test_no_command_shows_the_overview_as_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Các lệnh:" in capsys.readouterr().out


def test_unknown_command_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doc"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "khoithong: không có lệnh “doc”; gõ khoithong --help để xem các lệnh\n"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"khoithong {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["read"], "thiếu TỆP"),
        (["read", "a.txt", "--format", "xml"], "không có lựa chọn 'xml'"),
        (["read", "a.txt", "--mau"], "không hiểu --mau"),
        (["read", "a.txt", "--format"], "--format: cần một giá trị"),
    ],
)
def test_wrong_use_is_told_in_vietnamese(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    err = capsys.readouterr().err
    assert complaint in err
    assert "Cách dùng: khoithong read" in err


def test_help_of_a_command_is_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["read", "--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert "Cách dùng: khoithong read" in out
    assert not {"usage:", "options:", "positional", "show this"} & set(out.split())


def test_module_run_is_the_command_line() -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-m", "khoithong", "--version"], capture_output=True, text=True, check=False, env=env
    )
    assert (ran.returncode, ran.stdout) == (0, f"khoithong {__version__}\n")
