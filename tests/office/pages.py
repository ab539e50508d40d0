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


class _Known:
    """What elements of a page refer to, looked up once: by id, and labels by what they are for."""

    def __init__(self, root: HtmlElement) -> None:
        self.by_id: dict[str, HtmlElement] = {element.get("id"): element for element in root.xpath("//*[@id]")}
        self.labels: dict[str, list[HtmlElement]] = {}
        for label in root.xpath("//label[@for]"):
            self.labels.setdefault(label.get("for"), []).append(label)

    def named(self, element: HtmlElement) -> bool:
        """Whether the element has a name of its own or by a label."""
        if element.get("aria-label", "").strip() or self.named_by_another(element):
            return True
        labels = [*self.labels.get(element.get("id"), ()), *element.iterancestors("label")]
        return any(_words(label) for label in labels)

    def named_by_another(self, element: HtmlElement) -> bool:
        found = (self.by_id.get(ident) for ident in element.get("aria-labelledby", "").split())
        return any(_words(other) for other in found if other is not None)


def faults_of(text: str, *, fragment: bool = False) -> list[str]:
    """Every fault found in a page's HTML, in words; with `fragment` what only a whole page must have is not asked."""
    root = html.document_fromstring(text)
    known = _Known(root)
    faults = [] if fragment else _faults_of_the_whole(root, text)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        faults += [
            f"<{element.tag}> has {name}" for name in element.attrib if name == "style" or str(name).startswith("on")
        ]
        faults += _faults_of_one(element, known)
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


def _faults_of_one(element: HtmlElement, known: _Known) -> list[str]:
    tag, faults = element.tag, []
    if tag in ("input", "select", "textarea") and element.get("type") not in NOT_LABELLED and not known.named(element):
        faults.append(f"<{tag} name={element.get('name')!r}> has no label")
    if tag in ("button", "a", "summary", "th") and not _words(element) and not known.named_by_another(element):
        faults.append(f"<{tag}> says nothing: {html.tostring(element, encoding='unicode')[:120]}")
    if tag in ("dialog", "nav", "progress", "meter") and not known.named(element):
        faults.append(f"<{tag}> has no name")
    if tag == "img" and element.get("alt") is None:
        faults.append("an <img> has no alt")
    if tag == "script" and not element.get("src") and element.get("type") != "application/json":
        faults.append("a script stands in the page")
    if tag == "style":
        faults.append("a <style> stands in the page")
    for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
        faults += [
            f"{attribute} names {ident!r}, which is not there"
            for ident in element.get(attribute, "").split()
            if ident not in known.by_id
        ]
    return faults


def assert_accessible(text: str, *, fragment: bool = False) -> None:
    """Fails with the list of faults. `fragment=True` for the part of a page that an htmx request gets."""
    faults = faults_of(text, fragment=fragment)
    assert not faults, "\n".join(faults)
