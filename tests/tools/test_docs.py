"""The documents tell the truth: every setting is listed, every link of the README leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_every_setting_read_from_the_environment_is_documented_and_no_other() -> None:
    code = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r'["\'](KHOITHONG_[A-Z_]+)["\']', code))
    listed = set(
        re.findall(r"^\| `(KHOITHONG_[A-Z_]+)`", (ROOT / "docs/reference/settings.md").read_text("utf-8"), re.M)
    )
    assert read == listed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_the_documents_leads_to_a_file(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target
