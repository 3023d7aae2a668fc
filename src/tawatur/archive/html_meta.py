"""What a page says of itself, in JSON-LD, meta tags and microdata: title, date, outlet, author, address."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from datetime import date as day
from email.utils import parsedate_to_datetime
from typing import Any

import orjson
from resiliparse.parse.html import ElementNode

from tawatur.archive.checking import is_date
from tawatur.archive.html_dom import Page
from tawatur.archive.items import DoubtOf
from tawatur.archive.table_values import Days

_ARTICLE = re.compile(r"(?:News|Report|Blog|Article|Posting|Statement|WebPage)")
_SURER = re.compile(r"(?:Article|Posting|Report)")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "date_published",
    "parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "pubdate", "publication_date",
    "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created",
    "article.published", "cxenseparse:recs:publishtime", "rnews:datepublished", "date",
)  # fmt: skip
_OUTLET = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "twitter:app:name:iphone")
_AUTHOR = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
_DATED = (
    "[itemprop~='datePublished']", "time[pubdate]", "[property='datePublished']", "article time[datetime]",
    "header time[datetime]", "[class*='publish'] time[datetime]", "[class*='date'] time[datetime]",
)  # fmt: skip
_WRITTEN = (
    "[class*='publish-date']", "[class*='published']", "[class*='post-date']", "[class*='entry-date']",
    "[class*='article-date']", "[class*='article__date']", "[class*='news-date']", "[class*='date-published']",
    "[class~='date']", "[class*='timestamp']", "[class*='-date']", "[class*='date-']", "[id*='date']", "time",
)  # fmt: skip
_BYLINES = (
    "[itemprop~='author']",
    "[rel='author']",
    "[class*='byline']",
    "[class*='author-name']",
    "[class~='author']",
)
_SEPARATOR = re.compile(r"\s+[|\-–—:»•]\s+|\s*\|\s*")
_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_bare_control = re.compile(r"[\x00-\x1f]")
_CHANGED = re.compile(r"(?!.*publish).*(?:updat|modif)", re.IGNORECASE | re.DOTALL)
_zoned = re.compile(r"(?<=[+-]\d{2})(?=\d{2}$)")
_fraction = re.compile(r"\.\d+(?=Z|[+-]|$)")
_day = re.compile(r"\d{4}-\d{2}-\d{2}")
_year = re.compile(r"(?:19|20|١٩|٢٠)[\d]{2}")
_word = re.compile(r"[^\s()\[\]،,|]+")
_year_mark = re.compile(r"(?<!\d)((?:19|20|١٩|٢٠)\d{2})[^\W\d_]{1,2}(?!\w)")
_meta_tag = re.compile(r"""<meta(?=[\s/>])((?:[^>"']|"[^"<]*"|'[^'<]*')*)>""")
_attribute_pair = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LONGEST = 300  # characters of a name
_WORDS = 9  # of a date: weekday, day, month in two names, year, clock and zone


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


def meta_of(page: Page) -> Meta:
    """The metadata of a page. Never the date of a change, nor that of the visit."""
    tags, linked = _tags(page), _linked(page)
    told = Meta()
    told.outlet = _first([_text(linked.get("outlet")), *(tags.get(name) for name in _OUTLET)]) or None
    headline = _node_text(page, ("h1",))
    told.title = _first([tags.get("og:title"), _text(linked.get("headline")), headline])
    told.title = _without_outlet(told.title or page.tree.title or "", told.outlet)
    told.outlet = told.outlet or _outlet_of(page.tree.title or "", told.title)
    told.author = _first(
        [_text(linked.get("author")), *(_name(tags.get(n)) for n in _AUTHOR), _node_text(page, _BYLINES)]
    )
    told.url = _first([_attribute(page, "link[rel='canonical']", "href"), tags.get("og:url"), _text(linked.get("url"))])
    told.body = _text(linked.get("body"), longest=1 << 20)
    _dated(page, tags, linked, told)
    return told


def _dated(page: Page, tags: dict[str, str], linked: dict[str, Any], told: Meta) -> None:
    """The date of publication; a doubt where two sources differ by more than a day."""
    found = [date for raw in (_text(linked.get("published")), *map(tags.get, _PUBLISHED)) if (date := iso_of(raw))]
    if not found:
        found = [date for date in _marked_dates(page) if date]
    if not found:
        found = [date] if (date := next(filter(None, _written_dates(page, told)), None)) else []
    if not found:
        return
    told.published = next((date for date in found if "T" in date), found[0]) if _same_day(found) else found[0]
    if not _same_day(found):
        days = ", ".join(dict.fromkeys(date[:10] for date in found))
        told.doubts.append((f"the page gives several dates ({days})", "look at the page, or give --published"))


def _same_day(found: list[str]) -> bool:
    """Whether dates are of one day, or of two that follow each other: the same moment in another zone."""
    days = [day.fromisoformat(date[:10]) for date in found]
    return (max(days) - min(days)).days <= 1


def iso_of(raw: str | None) -> str | None:
    """A date as pages write it for machines, in ISO 8601; None for anything else."""
    if not raw:
        return None
    text = _fraction.sub("", _zoned.sub(":", raw.strip())).replace(" UTC", "Z").replace(" GMT", "Z")
    if is_date(text):
        return text.replace(" ", "T", 1) if len(text) > 10 else text
    if is_date(joined := re.sub(r"(?<=\d) (?=[+-]\d{2}:?\d{2}$)", "", text)):
        return joined.replace(" ", "T", 1)
    try:
        moment = parsedate_to_datetime(raw.strip())
        return (moment.astimezone(UTC) if moment.tzinfo and not moment.utcoffset() else moment).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        found = _day.match(text)
        return found[0] if found and is_date(found[0]) else Days().read(text)


def _marked_dates(page: Page) -> Iterator[str | None]:
    for selector in _DATED:
        nodes = (node for node in page.every(selector, most=3) if not _of_a_change(node))
        if (node := next(nodes, None)) is not None:
            yield iso_of(node.getattr("datetime") or node.getattr("content") or node.text)


def _of_a_change(node: ElementNode) -> bool:
    """Whether an element says of itself that it holds when the page was changed, not when it was published."""
    return bool(_CHANGED.match(" ".join(filter(None, map(node.getattr, ("class", "itemprop", "id"))))))


def _written_dates(page: Page, told: Meta) -> Iterator[str | None]:
    """Dates in words beside the headline, day first where two numbers could be either."""
    for selector in _WRITTEN:
        for node in page.every(selector, most=3):
            if _of_a_change(node):
                continue
            words = " ".join((node.getattr("datetime") or node.text or "").split())[:80]
            found = written_date(words)
            if found and re.search(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}", words):
                advice = "look at the page, or give --published"
                told.doubts.append((f"the date {words[:40]!r} is read with the day first", advice))
            yield found


def written_date(words: str) -> str | None:
    """A date in words of a page («نشر في 16 ديسمبر 2016 - 10:30») as ISO 8601; None when there is none."""
    plain = _year_mark.sub(r"\1", words)
    if not _year.search(plain):
        return None
    days, spans = Days(order="dmy"), [found.span() for found in _word.finditer(plain)]
    tried = (
        days.read(part)
        for first, (start, _) in enumerate(spans)
        for _, end in reversed(spans[first : first + _WORDS])
        if not (part := plain[start:end].strip(" -–:")).isdecimal() and _year.search(part)
    )
    return next(filter(None, tried), None)


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
    out = []
    at = -1 if "<META" in text else text.find("<meta")
    while at >= 0:
        tag = _meta_tag.match(text, at)
        if tag is None:
            return []
        if text.rfind("<!--", 0, at) <= text.rfind("-->", 0, at):
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
    for node in page.every("script[type='application/ld+json']"):
        for thing in _things(_parsed(node.text or "")):
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
    """A title without the outlet's name at its end."""
    title = _clean(title)
    parts = _SEPARATOR.split(title)
    if outlet and len(parts) > 1 and parts[-1].casefold() == outlet.casefold():
        return title[: title.rindex(parts[-1])].rstrip(" |-–—:»•")
    return title


def _outlet_of(whole: str, title: str) -> str | None:
    """The outlet in the window's title, where the page's own title stands before it."""
    whole = _clean(whole)
    if title and whole.startswith(title) and len(whole) > len(title):
        parts = [part for part in _SEPARATOR.split(whole[len(title) :]) if part.strip(" |-–—:»•")]
        return parts[-1].strip(" |-–—:»•") if parts and len(parts[-1]) < 60 else None
    return None
