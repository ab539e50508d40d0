"""Laws that every template keeps: nothing inline, nothing from elsewhere, nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

import khoithong.office

OFFICE = Path(khoithong.office.__file__).parent
TEMPLATES = sorted(path for path in OFFICE.rglob("templates/**/*.html"))
STATIC = sorted(path for path in OFFICE.rglob("static/**/*") if path.suffix in {".css", ".js", ".svg"})

FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)[^>]*>", re.I),
    "an event attribute": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "an asset from elsewhere": re.compile(r"(?:src|href|action|srcset)\s*=\s*[\"']?(?:https?:)?//", re.I),
    "an htmx evaluation": re.compile(r"\bhx-(?:on|vals\s*=\s*[\"']?js:)", re.I),
}


def name_of(path: Path) -> str:
    return str(path.relative_to(OFFICE))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(path: Path, what: str) -> None:
    assert not FORBIDDEN[what].search(path.read_text(encoding="utf-8")), f"{name_of(path)} holds {what}"


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a style attribute", '<p class="x" style="width:1px">'),
        ("a style element", "<style>p{}</style>"),
        ("a script in the page", "<script>alert(1)</script>"),
        ("an event attribute", '<button onclick="x()">'),
        ("a javascript: address", '<a href="javascript:x()">'),
        ("an asset from elsewhere", '<script src="https://cdn.example/x.js"></script>'),
        ("an htmx evaluation", '<p hx-on:click="x()">'),
    ],
)
def test_the_laws_catch_what_they_forbid(what: str, text: str) -> None:
    assert FORBIDDEN[what].search(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_static_files_that_a_template_names_are_there(path: Path) -> None:
    for name in re.findall(r"""{%\s*static\s+['"]([^'"]+)['"]""", path.read_text(encoding="utf-8")):
        assert finders.find(name), f"{name_of(path)} names {name}"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_template_can_be_compiled(path: Path) -> None:
    get_template(str(path).split("/templates/", 1)[1])


@pytest.mark.parametrize("path", STATIC, ids=name_of)
def test_no_static_file_fetches_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|@import|url\(\s*['\"]?//", text)
