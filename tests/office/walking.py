"""A walk through the office as one person in one language: every page that links lead to, and every form sent empty.

What a page says is taken apart into its single texts (what is read out counts as well as what is shown), so that a test
can ask of each in which language it is.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, get_resolver, resolve, reverse
from lxml import html
from lxml.html import HtmlElement

ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "aria-description", "aria-valuetext")
UNSPOKEN = ("script", "style", "template")
SIGNED_OUT = ("accounts:sign-out", "set_language")
LETTER = re.compile(r"[^\W\d_]")
NO_PAGE = (204, 302, 405)


def walk(client: Client) -> Iterator[tuple[str, HtmlElement]]:
    """Every page the person of `client` can reach: one of each address pattern and, where it is filtered, filter."""
    seen: set[tuple[str, ...]] = set()
    waiting = deque(["/", *_without_arguments()])
    while waiting:
        url = waiting.popleft()
        kind = _kind(url)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        root = _page(client, url)
        if root is None:
            continue
        yield url, root
        waiting.extend(urljoin(url, href) for href in root.xpath("//a/@href") if not href.startswith("#"))
        for form in root.xpath("//form[@method='post']"):
            target = urljoin(url, form.get("action") or url)
            if urlsplit(target).path == urlsplit(url).path and (answer := _page(client, url, send=True)) is not None:
                yield f"{url} (sent empty)", answer
                break


def said(root: HtmlElement) -> Iterator[str]:
    """The single texts of a page: shown, read out, or kept in it for a script to show. Language names are left out."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in UNSPOKEN or _of_own_language(element):
            continue
        if element.tag != "textarea":
            yield from _texts(element)
        for name, value in element.attrib.items():
            kept = name.startswith("data-") and " " in value  # a name or an address has no spaces, a sentence has
            shown = name in ATTRIBUTES or kept or (name == "value" and _is_button(element))
            if shown and LETTER.search(value):
                yield " ".join(value.split())


def _texts(element: HtmlElement) -> Iterator[str]:
    pieces = [element.text, *(child.tail for child in element)]
    for piece in pieces:
        words = " ".join((piece or "").split())
        if LETTER.search(words):
            yield words


def _of_own_language(element: HtmlElement) -> bool:
    return any(parent.get("lang") for parent in (element, *element.iterancestors()) if parent.tag != "html")


def _is_button(element: HtmlElement) -> bool:
    return element.tag == "input" and element.get("type") in ("submit", "button", "reset")


def _page(client: Client, url: str, *, send: bool = False) -> HtmlElement | None:
    response = client.post(url, {}) if send else client.get(url)
    if response.streaming:
        list(response.streaming_content)  # a file is closed when it was read
        return None
    text = "" if response.status_code in NO_PAGE else response.content.decode(errors="replace")
    return html.document_fromstring(text) if text.lstrip().startswith("<!") else None


def _kind(url: str) -> tuple[str, ...] | None:
    parts = urlsplit(url)
    if parts.scheme or parts.netloc:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    filters = [key for key, _value in parse_qsl(parts.query)]
    if match.view_name in SIGNED_OUT or len(filters) > 1:
        return None
    return (match.view_name, *filters)


def _without_arguments() -> list[str]:
    found = []
    resolver = get_resolver()
    for space in resolver.namespace_dict:
        _prefix, inner = resolver.namespace_dict[space]
        for name, ways in inner.reverse_dict.lists():
            if isinstance(name, str) and any(not arguments for way in ways for _path, arguments in way[0]):
                found.append(reverse(f"{space}:{name}"))
    return found
