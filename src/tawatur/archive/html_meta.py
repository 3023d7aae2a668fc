"""What a page says of itself, in JSON-LD, meta tags and microdata: title, date, outlet, author, address."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import orjson

from tawatur.archive.html_dates import published
from tawatur.archive.html_dom import Page
from tawatur.archive.items import DoubtOf

_ARTICLE = re.compile(r"(?:News|Report|Blog|Article|Posting|Statement|WebPage)")
_SURER = re.compile(r"(?:Article|Posting|Report)")
_OUTLET = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "twitter:app:name:iphone")
_AUTHOR = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
_BYLINES = (
    "[itemprop~='author']",
    "[rel='author']",
    "[class*='byline']",
    "[class*='author-name']",
    "[class~='author']",
)
_SEPARATOR = re.compile(r"\s+[|\-–—:»«›‹·•]\s+|\s*\|\s*")
_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_bare_control = re.compile(r"[\x00-\x1f]")
_meta_tag = re.compile(r"""<meta(?=[\s/>])((?:[^>"']|"[^"<]*"|'[^'<]*')*)>""")
_attribute_pair = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_HEADINGS = 12  # of a rank that are looked at
_NAMED = 12  # characters of a heading that is known again in the title of the window
_MARKS = " |-–—:»«›‹·•"
_LONGEST_OUTLET = 60
_LEAST_HOST = 3  # letters of an address by which an outlet is known
_LONGEST = 300  # characters of a name


@dataclass(slots=True)
class Meta:
    """What a page says of itself; empty or None where it does not."""

    title: str = ""
    published: str | None = None
    outlet: str | None = None
    author: str = ""
    url: str = ""
    body: str = ""  # the article as JSON-LD holds it
    doubts: list[DoubtOf] = field(default_factory=list)


def meta_of(page: Page, address: str = "") -> Meta:
    """The metadata of a page that came from an ``address``. Never the date of a change, nor that of the visit."""
    tags, linked = _tags(page), _linked(page)
    told = Meta()
    told.url = _first([_attribute(page, "link[rel='canonical']", "href"), tags.get("og:url"), _text(linked.get("url"))])
    told.outlet = _first([_named(linked.get("outlet")), *(tags.get(name) for name in _OUTLET)]) or None
    window = _clean(page.tree.title or "")
    headline = _headline(page, window)
    told.title = _first([tags.get("og:title"), _text(linked.get("headline")), headline])
    told.title = _without_outlet(told.title or window, told.outlet)
    if told.outlet == told.title:
        told.outlet = None
    told.outlet = told.outlet or _outlet_of(window, told.title, told.url or address) or _of_feed(page)
    told.author = _first(
        [_text(linked.get("author")), *(_name(tags.get(n)) for n in _AUTHOR), _node_text(page, _BYLINES)]
    )
    told.body = _text(linked.get("body"), longest=1 << 20)
    titles = [told.title, tags.get("og:title", ""), _text(linked.get("headline")), headline]
    told.published, told.doubts = published(page, _text(linked.get("published")), tags, titles, told.url or address)
    return told


def _headline(page: Page, window: str) -> str:
    """The first heading that the window's title begins with or holds, of whatever rank; else the first of rank one."""
    whole, first = window.casefold(), ""
    for rank in ("h1", "h2", "h3"):
        for node in page.every(rank, most=_HEADINGS):
            text = _clean(node.text or "", 2 * _LONGEST)
            if len(text) >= _NAMED and " ".join(text.casefold().split()) in whole:
                return " ".join(text.split())
            if rank == "h1" and not first and 0 < len(text) < _LONGEST:
                first = " ".join(text.split())
    return first


def _tags(page: Page) -> dict[str, str]:
    """Meta tags by name or property in lower case; the first of each."""
    out: dict[str, str] = {}
    for given in _written_tags(page.text) or _parsed_tags(page):
        name = given.get("property") or given.get("name") or given.get("itemprop")
        if name and "content" in given:
            out.setdefault(name.lower(), given["content"].strip())
    return out


def _written_tags(text: str) -> list[dict[str, str]]:
    """The attributes of every meta tag as written, outside of comments; nothing where one is not written plainly.

    That takes a tenth of the time that the tree takes.
    """
    out: list[dict[str, str]] = []
    at = -1 if "<META" in text else text.find("<meta")
    comment = text.find("<!--")
    while at >= 0:
        while 0 <= comment < at:
            end = text.find("-->", comment)
            if end > at or end < 0:
                at = text.find("<meta", end) if end > 0 else -1
            comment = text.find("<!--", end) if end > 0 else -1
        tag = _meta_tag.match(text, at) if at >= 0 else None
        if tag is None:
            return [] if at >= 0 else out
        pairs = _attribute_pair.findall(tag[1])
        out.append({name.lower(): entities.unescape(a or b or c) for name, a, b, c in reversed(pairs)})
        at = text.find("<meta", tag.end())
    return out


def _parsed_tags(page: Page) -> Iterator[dict[str, str]]:
    for node in page.every("meta[content]"):
        yield {name: node.getattr(name) or "" for name in ("property", "name", "itemprop", "content")}


def _linked(page: Page) -> dict[str, Any]:
    """What JSON-LD says of the article: headline, published, author, outlet, url, body."""
    best: dict[str, Any] = {}
    known: dict[str, Any] = {}
    for node in page.every("script[type='application/ld+json']"):
        for thing in _things(_parsed(node.text or "")):
            if isinstance(name := thing.get("@id"), str) and thing.get("name"):
                known[name] = thing
            kind = str(thing.get("@type", ""))
            if not _ARTICLE.search(kind) or (best and not _SURER.search(kind)):
                continue
            found = {
                "headline": thing.get("headline") or thing.get("name"),
                "published": thing.get("datePublished") or thing.get("dateCreated"),
                "author": thing.get("author"),
                "outlet": thing.get("publisher"),
                "url": thing.get("url") or thing.get("mainEntityOfPage"),
                "body": thing.get("articleBody"),
            }
            best = {**best, **{k: v for k, v in found.items() if v}} if _SURER.search(kind) else {**found, **best}
    outlet = best.get("outlet")
    if isinstance(outlet, dict) and not outlet.get("name"):
        best["outlet"] = known.get(str(outlet.get("@id")), outlet)
    return best


def _parsed(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>")
    for attempt in (text, _bare_control.sub(" ", text)):
        try:
            return orjson.loads(attempt)
        except orjson.JSONDecodeError:
            continue
    return None


def _things(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < 6:
        for item in value[:50]:
            yield from _things(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(name), list | dict) and depth < 6:
                yield from _things(value[name], depth + 1)


def _text(value: Any, longest: int = _LONGEST) -> str:
    """A JSON-LD value as text: itself, its name or address, or those of its first items."""
    if isinstance(value, list):
        return "، ".join(filter(None, (_text(item) for item in value[:5])))[:longest]
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@id") or value.get("url"))
    return _clean(entities.unescape(value), longest) if isinstance(value, str) else ""


def _named(value: Any) -> str:
    """What a JSON-LD thing is called; empty for one that is only pointed at."""
    if isinstance(value, list):
        return next(filter(None, map(_named, value[:5])), "")
    text = _text(value.get("name") or value.get("legalName")) if isinstance(value, dict) else _text(value)
    return "" if text.startswith(("http", "#", "/")) else text


def _clean(text: str, longest: int = _LONGEST) -> str:
    text = _control.sub("", text)
    return (" ".join(text.split()) if longest == _LONGEST else text.strip())[:longest]


def _name(text: str | None) -> str:
    """An author that is no address."""
    return text if text and "://" not in text else ""


def _first(values: list[str | None]) -> str:
    return next((_clean(value) for value in values if value and value.strip()), "")


def _attribute(page: Page, selector: str, name: str) -> str:
    node = page.first(selector)
    return (node.getattr(name) or "") if node is not None else ""


def _node_text(page: Page, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        node = page.first(selector)
        if node is not None and (text := _clean(node.text or "")) and len(text) < _LONGEST:
            return text
    return ""


def _without_outlet(title: str, outlet: str | None) -> str:
    """A title without the outlet's name at its end or its beginning."""
    title = _clean(title)
    parts = _SEPARATOR.split(title)
    if outlet and len(parts) > 1 and parts[-1].casefold() == outlet.casefold():
        return title[: title.rindex(parts[-1])].rstrip(_MARKS)
    if outlet and len(parts) > 1 and parts[0].casefold() == outlet.casefold():
        return title[len(parts[0]) :].lstrip(_MARKS)
    return title


def _outlet_of(window: str, title: str, address: str) -> str | None:
    """The outlet in the window's title: what stands after or before the page's own, or is named as its address is."""
    left = ""
    if title and window.startswith(title):
        left = window[len(title) :]
    elif title and window.endswith(title) and len(_SEPARATOR.split(window[: -len(title)])) == 2:
        left = window[: -len(title)]
    parts = [part.strip(_MARKS) for part in _SEPARATOR.split(left or window)]
    parts = [part for part in parts if part and len(part) < _LONGEST_OUTLET]
    if left:
        return parts[-1] if parts else None
    host = _letters(urlsplit(address).netloc.removeprefix("www.").rpartition(".")[0]) if "//" in address else ""
    named = (part for part in reversed(parts[1:]) if (own := _letters(part)) and (own in host or host in own))
    return next(named, None) if len(host) >= _LEAST_HOST else None


def _of_feed(page: Page) -> str | None:
    """The outlet in the title of the feed that a page gives, as in ``Outlet » Feed``."""
    title = _attribute(page, "link[type='application/rss+xml'][title*='»']", "title")
    return _clean(title.partition("»")[0]) or None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
