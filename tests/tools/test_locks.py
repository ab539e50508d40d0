"""The lock files: in step with pyproject.toml, every package with its hash, no registry named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
RUNTIME, DEV, BOOTSTRAP = (
    ROOT / name for name in ("requirements.lock", "requirements-dev.lock", "requirements-bootstrap.txt")
)
LOCKS = (RUNTIME, DEV, BOOTSTRAP)

PIN = re.compile(
    r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^ ;\\]+)(?P<rest>.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL
)


def pins(text: str) -> dict[str, tuple[Version, str]]:
    """name -> (version, all that stands under it) of a lock file."""
    return {canonicalize_name(m["name"]): (Version(m["version"]), m["rest"]) for m in PIN.finditer(text)}


def out_of_step(wanted: Iterable[str], lock: str) -> list[str]:
    """What a lock lacks or has too much of, against the requirements wanted directly."""
    locked = pins(lock)
    found = []
    direct = set()
    for line in wanted:
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        direct.add(name)
        if name not in locked:
            found.append(f"{line}: not locked")
        elif not requirement.specifier.contains(locked[name][0]):
            found.append(f"{line}: locked at {locked[name][0]}")
    for name, (_, under) in locked.items():
        if "(pyproject.toml)" in under and name not in direct:
            found.append(f"{name}: locked for pyproject.toml, which does not ask for it")
    return found


def wanted(*extras: str) -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *(r for extra in extras for r in project["optional-dependencies"][extra])]


def test_the_lock_for_running_is_in_step() -> None:
    assert out_of_step(wanted(), RUNTIME.read_text(encoding="utf-8")) == []


def test_the_lock_for_developing_is_in_step() -> None:
    assert out_of_step(wanted("dev", "archive", "cluster"), DEV.read_text(encoding="utf-8")) == []


SMALL_LOCK = """\
django==5.2.19 \\
    --hash=sha256:00
    # via khoithong (pyproject.toml)
sqlparse==0.6.1 \\
    --hash=sha256:00
    # via django
"""


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["django>=5.2,<6"], []),
        (["django>=5.2,<6", "sqlparse>=0.5"], []),
        (["django>=5.2,<6", "lxml>=5"], ["lxml>=5: not locked"]),
        (["django>=6"], ["django>=6: locked at 5.2.19"]),
        ([], ["django: locked for pyproject.toml, which does not ask for it"]),
    ],
)
def test_a_lock_out_of_step_is_seen(asked: list[str], found: list[str]) -> None:
    assert out_of_step(asked, SMALL_LOCK) == found


def test_developing_uses_the_versions_that_run() -> None:
    running, developing = pins(RUNTIME.read_text(encoding="utf-8")), pins(DEV.read_text(encoding="utf-8"))
    assert {name: version for name, (version, _) in running.items()} == {
        name: developing[name][0] for name in running if name in developing
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_has_a_hash_and_no_lock_names_an_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    found = pins(text)
    assert found
    assert [name for name, (_, under) in found.items() if "--hash=sha256:" not in under] == []
    assert re.findall(r"https?:|file:|--(?:extra-)?index-url|--find-links|^-i |^-f ", text, re.MULTILINE) == []


def test_no_uv_lock_in_the_repository() -> None:
    assert not (ROOT / "uv.lock").exists()
