"""Skips: plain on a developer's machine, failures with CI=true unless the texts beside the checkout are the reason."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import components

ROOT = Path(__file__).resolve().parents[2]

CONFTEST = """\
from tests import components
from tests.components import pytest_collection_modifyitems, pytest_make_collect_report, pytest_runtest_makereport

components.COMPONENTS["abacus"] = (lambda: False, "abacus-utils")
components.COMPONENTS["paper"] = (lambda: True, "paper")
"""

NEEDS = """\
import pytest
from tests.components import require

def test_of_the_present():
    require("paper")

def test_of_the_missing():
    require("abacus")

@pytest.fixture
def abacus():
    require("abacus")

def test_through_a_fixture(abacus):
    pass
"""


def outcome(folder: Path, tests: str, **environment: str) -> tuple[dict[str, int], str]:
    """What pytest counted for one module of tests under the hooks, and all it printed."""
    (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (folder / "test_it.py").write_text(tests, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  shared\n  sqlite\n  postgresql\n", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "KHOITHONG_DATABASE")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", "-ra", "--color=no"],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    closing = done.stdout.strip().splitlines()[-1]
    return {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", closing.split(" in ")[0])}, done.stdout


def test_elsewhere_a_missing_component_skips_and_says_what_to_install(tmp_path: Path) -> None:
    counted, printed = outcome(tmp_path, NEEDS)
    assert counted == {"passed": 1, "skipped": 2}
    assert "missing component abacus (Debian package abacus-utils)" in printed


@pytest.mark.parametrize("value", ["true", "1", "TRUE"])
def test_in_ci_a_missing_component_fails(tmp_path: Path, value: str) -> None:
    counted, printed = outcome(tmp_path, NEEDS, CI=value)
    assert (counted.pop("passed"), sum(counted.values())) == (1, 2)
    assert "skipped" not in counted
    assert "CI=true and the test was skipped" in printed


def test_ci_that_is_not_true_changes_nothing(tmp_path: Path) -> None:
    assert outcome(tmp_path, NEEDS, CI="false")[0] == {"passed": 1, "skipped": 2}


WHOLE_MODULE = "import pytest\npytest.importorskip('an_abacus_driver')\ndef test_it(): pass\n"


def test_in_ci_a_module_that_skips_itself_fails(tmp_path: Path) -> None:
    assert outcome(tmp_path, WHOLE_MODULE)[0] == {"skipped": 1}
    counted, printed = outcome(tmp_path, WHOLE_MODULE, CI="true")
    assert counted == {"error": 1}
    assert "was skipped" in printed


EXPECTED_FAILURE = "import pytest\n@pytest.mark.xfail(strict=True)\ndef test_it(): assert False\n"


def test_in_ci_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    assert outcome(tmp_path, EXPECTED_FAILURE, CI="true")[0] == {"xfailed": 1}


SHARED = """\
import pytest
from tests import components

@pytest.mark.shared
def test_of_shared_texts():
    assert components.SHARED.is_dir()

def test_of_our_own():
    pass
"""


@pytest.mark.parametrize("ci", ["", "true"])
def test_texts_that_are_not_here_skip_plainly_even_in_ci(tmp_path: Path, ci: str) -> None:
    elsewhere = 'from pathlib import Path\nfrom tests import components\ncomponents.SHARED = Path("/nowhere/shared")\n'
    counted, printed = outcome(tmp_path, elsewhere + SHARED, CI=ci)
    assert counted == {"passed": 1, "skipped": 1}
    assert "../shared" in printed


def test_texts_that_are_here_are_used(tmp_path: Path) -> None:
    here = f"from pathlib import Path\nfrom tests import components\ncomponents.SHARED = Path({str(tmp_path)!r})\n"
    assert outcome(tmp_path, here + SHARED)[0] == {"passed": 2}


TWO_DATABASES = """\
import pytest

@pytest.mark.sqlite
def test_of_sqlite(): pass

@pytest.mark.postgresql
def test_of_postgresql(): pass

def test_of_both(): pass
"""


@pytest.mark.parametrize(
    ("address", "left_out"),
    [("sqlite:///x", "test_of_postgresql"), ("postgresql://khoithong@localhost/x", "test_of_sqlite")],
)
def test_tests_for_the_other_database_are_left_out_not_skipped(tmp_path: Path, address: str, left_out: str) -> None:
    counted, _ = outcome(tmp_path, TWO_DATABASES, CI="true", KHOITHONG_DATABASE=address)
    assert counted == {"passed": 2, "deselected": 1}
    (tmp_path / "conftest.py").unlink()
    _, printed = outcome(tmp_path, TWO_DATABASES.replace("pass", "print('ran', __name__)"), KHOITHONG_DATABASE=address)
    assert left_out not in printed


def test_the_components_named_are_those_of_debian() -> None:
    named = " ".join(package for _, package in components.COMPONENTS.values()).split()
    assert sorted(named) == [
        "chromium",
        "gettext",
        "libreoffice-calc-nogui",
        "libreoffice-writer-nogui",
        "postgresql",
        "tesseract-ocr",
        "tesseract-ocr-vie",
    ]
