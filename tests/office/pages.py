"""What every page of the office must keep; tests of pages call `assert_accessible` on what they got."""

from __future__ import annotations

from collections import Counter

from lxml import html
from lxml.html import HtmlElement

NOT_LABELLED = {"hidden", "submit", "button", "reset", "image"}
ASSETS = (("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("use", "href"))


def _words(element: HtmlElement) -> str:
    pictures = " ".join(element.xpath(".//img/@alt | .//input/@aria-label"))
    return f"{element.text_content()} {pictures}".strip() or element.get("aria-label", "").strip()


def _named(element: HtmlElement, root: HtmlElement) -> bool:
    if element.get("aria-label", "").strip():
        return True
    if by := element.get("aria-labelledby"):
        return any(_words(found) for ident in by.split() for found in root.xpath("//*[@id=$i]", i=ident))
    ident = element.get("id")
    labels = root.xpath("//label[@for=$i]", i=ident) if ident else []
    return any(_words(label) for label in [*labels, *element.iterancestors("label")])


def faults_of(text: str, *, fragment: bool = False) -> list[str]:
    """Every fault found in a page's HTML, in words; with `fragment` what only a whole page must have is not asked."""
    root = html.document_fromstring(text)
    faults = [] if fragment else _faults_of_the_whole(root, text)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        faults += [
            f"<{element.tag}> has {name}" for name in element.attrib if name == "style" or str(name).startswith("on")
        ]
        faults += _faults_of_one(element, root)
    for tag, attribute in ASSETS:
        faults += [
            f"<{tag}> comes from elsewhere: {value}"
            for value in root.xpath(f"//{tag}/@{attribute}")
            if str(value).startswith(("http:", "https:", "//"))
        ]
    counts = Counter(root.xpath("//@id"))
    faults += [f"id {ident!r} stands {count} times" for ident, count in counts.items() if count > 1]
    return faults


def _faults_of_the_whole(root: HtmlElement, text: str) -> list[str]:
    faults = []
    if not text.lstrip().lower().startswith("<!doctype html"):
        faults.append("no <!doctype html>")
    if not root.get("lang"):
        faults.append("<html> has no lang")
    title = root.findtext("head/title") or ""
    if not title.split("·")[0].strip():
        faults.append("the page has no title of its own")
    for tag in ("main", "h1"):
        found = root.xpath(f"//{tag}")
        if len(found) != 1:
            faults.append(f"{len(found)} <{tag}>, not one")
    faults += ["the <h1> is empty" for heading in root.xpath("//h1") if not _words(heading)]
    return faults


def _faults_of_one(element: HtmlElement, root: HtmlElement) -> list[str]:
    tag, faults = element.tag, []
    if tag in ("input", "select", "textarea") and element.get("type") not in NOT_LABELLED and not _named(element, root):
        faults.append(f"<{tag} name={element.get('name')!r}> has no label")
    if tag in ("button", "a", "summary", "th") and not _words(element):
        named = any(
            _words(found)
            for ident in element.get("aria-labelledby", "").split()
            for found in root.xpath("//*[@id=$i]", i=ident)
        )
        if not named:
            faults.append(f"<{tag}> says nothing: {html.tostring(element, encoding='unicode')[:120]}")
    if tag in ("dialog", "nav", "progress", "meter") and not _named(element, root):
        faults.append(f"<{tag}> has no name")
    if tag == "img" and element.get("alt") is None:
        faults.append("an <img> has no alt")
    if tag == "script" and not element.get("src") and element.get("type") != "application/json":
        faults.append("a script stands in the page")
    if tag == "style":
        faults.append("a <style> stands in the page")
    for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
        for ident in element.get(attribute, "").split():
            if not root.xpath("//*[@id=$i]", i=ident):
                faults.append(f"{attribute} names {ident!r}, which is not there")
    return faults


def assert_accessible(text: str, *, fragment: bool = False) -> None:
    """Fails with the list of faults. `fragment=True` for the part of a page that an htmx request gets."""
    faults = faults_of(text, fragment=fragment)
    assert not faults, "\n".join(faults)
