"""The laws of the house hold: each contract passes on the house as it is and fails when the house is broken."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / ".importlinter"
PURE = ("law", "clock", "reading", "costing", "drafting")


def check(folder: Path) -> tuple[int, str]:
    """lint-imports on the package under `folder`, with the contracts of the repository."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", CONTRACTS],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package to be broken."""
    without = shutil.ignore_patterns("__pycache__", "*.html", "*.po", "*.mo", "static", "migrations")
    shutil.copytree(ROOT / "src" / "khoithong", tmp_path / "khoithong", ignore=without)
    return tmp_path


def broken(output: str) -> list[str]:
    return [line.removesuffix(" BROKEN") for line in output.splitlines() if line.endswith(" BROKEN")]


def test_the_house_as_it_is(house: Path) -> None:
    code, output = check(house)
    assert (code, broken(output)) == (0, []), output


PURE_ROOMS = "Pure rooms know no Django and no office"
PURE_ORDER = "Pure rooms stand on law and clock, and these on nothing"
OFFICE = "In the office no app imports one above it"
INSIDE = "Inside an app: models, queries and actions, forms, views"


@pytest.mark.parametrize(
    ("module", "imports", "contract"),
    [
        ("reading/offence.py", "import django.utils.timezone", PURE_ROOMS),
        ("reading/offence.py", "from khoithong.office.base import text", PURE_ROOMS),
        ("reading/offence.py", "from khoithong.commands import read", PURE_ORDER),
        ("clock/offence.py", "from khoithong.office.base import clock", PURE_ORDER),
        ("clock/offence.py", "from khoithong.reading import model", PURE_ORDER),
        ("law/offence.py", "from khoithong.reading import model", PURE_ORDER),
        ("law/offence.py", "from khoithong.clock import offence", PURE_ORDER),
        ("costing/offence.py", "from khoithong.reading import model", PURE_ORDER),
        ("reading/offence.py", "from khoithong.drafting import offence", PURE_ORDER),
        ("office/base/offence.py", "from khoithong.office.agencies import models", OFFICE),
        ("office/agencies/offence.py", "from khoithong.office.accounts import models", OFFICE),
        ("office/accounts/offence.py", "from khoithong.office.documents import models", OFFICE),
        ("office/documents/offence.py", "from khoithong.office.tasks import models", OFFICE),
        ("office/tasks/offence.py", "from khoithong.office.reports import apps", OFFICE),
        ("office/reports/offence.py", "from khoithong.office.ui import apps", OFFICE),
        ("office/ui/offence.py", "from khoithong.commands import read", OFFICE),
        ("commands/offence.py", "from khoithong import cli", OFFICE),
        ("office/tasks/models.py", "from khoithong.office.tasks import actions", INSIDE),
        ("office/tasks/actions.py", "from khoithong.office.tasks import forms", INSIDE),
        ("office/tasks/queries.py", "from khoithong.office.tasks import views", INSIDE),
        ("office/documents/forms.py", "from khoithong.office.documents import views", INSIDE),
        ("office/accounts/views.py", "from khoithong.office.accounts import urls", INSIDE),
    ],
)
def test_each_contract_fails_when_broken(house: Path, module: str, imports: str, contract: str) -> None:
    for room in PURE:
        (house / "khoithong" / room / "offence.py").touch()
    for app in ("accounts", "documents", "tasks"):
        for name in ("models", "queries", "actions", "forms", "views", "urls"):
            (house / "khoithong" / "office" / app / f"{name}.py").touch()
    offending = house / "khoithong" / module
    before = offending.read_text(encoding="utf-8") if offending.exists() else ""
    offending.write_text(f"{before}\n{imports}\n", encoding="utf-8")
    code, output = check(house)
    assert code == 1, output
    assert contract in broken(output), output


def test_every_pure_room_that_stands_is_held_to_the_contract() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(CONTRACTS, encoding="utf-8")
    named = contracts["importlinter:contract:pure"]["source_modules"].split()
    standing = [room for room in PURE if (ROOT / "src" / "khoithong" / room / "__init__.py").exists()]
    assert sorted(named) == sorted(f"khoithong.{room}" for room in standing)


def test_every_app_of_the_office_is_held_to_the_contracts() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(CONTRACTS, encoding="utf-8")
    standing = {path.parent.name for path in (ROOT / "src" / "khoithong" / "office").glob("*/apps.py")}
    inside = contracts["importlinter:contract:inside-an-app"]["containers"].split()
    order = contracts["importlinter:contract:office-order"]["layers"].replace("|", " ").split()
    assert standing
    for named in (inside, order):
        assert standing <= {name.rsplit(".", 1)[-1] for name in named if name.startswith("khoithong.office.")}
