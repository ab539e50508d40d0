"""The example files are what the tool makes of the example text today."""

from __future__ import annotations

import zipfile

from tools.make_examples import SOURCE, docx, page, paper

TEXT = SOURCE.read_text(encoding="utf-8")


def test_the_word_paper_is_up_to_date() -> None:
    with zipfile.ZipFile(SOURCE.with_suffix(".docx")) as package:
        assert {name: package.read(name) for name in package.namelist()} == docx(paper(TEXT))


def test_the_web_page_is_up_to_date() -> None:
    assert SOURCE.with_suffix(".html").read_text(encoding="utf-8") == page(paper(TEXT))
