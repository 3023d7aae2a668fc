"""When a page was published: from its meta tags, marked elements, the words beside its headline and its address.

Never the day of a change, nor that of the visit: where a page tells only when it was last updated («آخر تحديث»), its
date stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from datetime import date as day
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import chain, islice

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import ElementNode

from tawatur.archive.checking import is_date
from tawatur.archive.fold import fold
from tawatur.archive.html_dom import Page
from tawatur.archive.items import DoubtOf
from tawatur.archive.table_values import Days
from tawatur.lang.fold import fold_word
from tawatur.lang.months import in_digits, labels
from tawatur.lang.page import alternatives, page_words

_TAGS = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "date_published", "published_time", "parsely-pub-date", "sailthru.date", "publishdate", "publish-date",
    "publish_date", "publish_time", "publishtime", "pubdate", "pub_date", "publication_date", "publication-date",
    "published_date", "published-date", "originalpublicationdate", "article_date_original", "article_date",
    "article-date", "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.date", "dcterms.created", "dc.date.created", "article.published", "article.created", "displaydate",
    "cxenseparse:recs:publishtime", "rnews:datepublished", "release_date", "date",
)  # fmt: skip
_MARKED = (
    "[itemprop~='datePublished']", "time[pubdate]", "[property='datePublished']", "article time[datetime]",
    "header time[datetime]", "[class*='publish'] time[datetime]", "[class*='date'] time[datetime]",
    "time[data-published]", "[data-publish-date]", "[data-pubdate]", "abbr.published[title]", "abbr.date[title]",
)  # fmt: skip
_VALUES = ("datetime", "content", "data-published", "data-publish-date", "data-pubdate", "title")
_WRITTEN = (
    "[class*='publish-date']", "[class*='published']", "[class*='post-date']", "[class*='entry-date']",
    "[class*='article-date']", "[class*='article__date']", "[class*='news-date']", "[class*='date-published']",
    "[class~='date']", "[class*='timestamp']", "[class*='-date']", "[class*='date-']", "[id*='date']", "time",
)  # fmt: skip
_CHANGES = ("[class*='updat']", "[class*='modif']", "[itemprop*='odified']", "[id*='updat']", "[id*='modif']")
_CHANGED = re.compile(r"(?!.*publish).*(?:updat|modif)", re.IGNORECASE | re.DOTALL)
_zoned = re.compile(r"(?<=[+-]\d{2})(?=\d{2}$)")
_fraction = re.compile(r"\.\d+(?=Z|[+-]|$)")
_day = re.compile(r"\d{4}-\d{2}-\d{2}")
_year = re.compile(r"(?:19|20|١٩|٢٠)[\d]{2}")
_word = re.compile(r"[^\s()\[\]،,|]+")
_year_mark = re.compile(r"(?<!\d)((?:19|20|١٩|٢٠)\d{2})[^\W\d_]{1,2}(?!\w)")
_two_numbers = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}")
_in_address = re.compile(r"(?<=[/_-])(?P<y>(?:19|20)\d\d)(?P<mark>[/_-])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?![\d])")
_WORDS = 9  # of a date: weekday, day, month in two names, year, clock and zone
_HEADLINES = 3  # lines that repeat a headline beside which a date is sought
_BELOW, _ABOVE = 8, 3  # lines below and above a headline in which its date may stand
_LINE = 120  # characters of such a line
#: A date, and doubts of it.
_Told = tuple[str, list[DoubtOf]] | None
_LOOK = "look at the page, or give --published"


def published(
    page: Page, linked: str, tags: dict[str, str], titles: Sequence[str], address: str
) -> tuple[str | None, list[DoubtOf]]:
    """The date of publication as ISO 8601, and a doubt where two sources of it differ by more than a day.

    ``linked`` is what JSON-LD says, ``tags`` the meta tags by name, ``titles`` the page's headlines as they may stand
    in it, ``address`` its own address.
    """
    doubts: list[DoubtOf] = []
    told = (linked, *map(tags.get, _TAGS))
    found = [date for raw in told if raw and (date := iso_of(raw) or publication(raw[:80]))]
    found = found or list(filter(None, _marked_dates(page)))
    if not found:
        tried = chain(_of_address(address), _beside(page, titles), _written_dates(page))
        words = next(filter(None, tried), None)
        if words is None:
            return None, []
        found, doubts = [words[0]], words[1]
    if _same_day(found):
        return next((date for date in found if "T" in date), found[0]), doubts
    days = ", ".join(dict.fromkeys(date[:10] for date in found))
    return found[0], [*doubts, (f"the page gives several dates ({days})", _LOOK)]


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
    for selector in _MARKED:
        nodes = (node for node in page.every(selector, most=3) if not _of_a_change(node))
        if (node := next(nodes, None)) is not None:
            yield iso_of(next(filter(None, map(node.getattr, _VALUES)), None) or node.text)


def _of_a_change(node: ElementNode) -> bool:
    """Whether an element says of itself that it holds when the page was changed, not when it was published."""
    return bool(_CHANGED.match(" ".join(filter(None, map(node.getattr, ("class", "itemprop", "id"))))))


def _of_address(address: str) -> Iterable[_Told]:
    """The day in a page's own address, as in ``/2016/12/17/``."""
    for found in _in_address.finditer(address):
        date = f"{found['y']}-{int(found['m']):02}-{int(found['d']):02}"
        if is_date(date):
            yield date, []


def _beside(page: Page, titles: Sequence[str]) -> Iterator[_Told]:
    """Dates in words on short lines near the headline: below it first, then above it."""
    known = {folded for title in titles if (folded := fold_word(title).strip())}
    if not known or page.tree.body is None:
        return
    shown = str(extract_plain_text(page.tree, preserve_formatting=True, alt_texts=False, list_bullets=False))
    lines = [words for line in shown.split("\n") if (words := " ".join(line.split()))]
    changed, longest = _words_of_changes(page), max(map(len, known)) + 20
    headed = (at for at, line in enumerate(lines) if len(line) <= longest and fold_word(line).strip() in known)
    for at in islice(headed, _HEADLINES):
        near = (*lines[at + 1 : at + 1 + _BELOW], *reversed(lines[max(0, at - _ABOVE) : at]))
        yield from (_told(_without(words, changed)) for words in near if _may_date(words))


def _words_of_changes(page: Page) -> list[str]:
    """The words of elements that say of themselves that they tell when the page was changed."""
    nodes = (node for selector in _CHANGES for node in page.every(selector) if _of_a_change(node))
    return [words for node in nodes if 0 < len(words := " ".join((node.text or "").split())) <= _LINE]


def _without(words: str, parts: Iterable[str]) -> str:
    for part in parts:
        words = words.replace(part, " ")
    return words


def _may_date(words: str) -> bool:
    """Whether a line by a headline may be its date: short, with a year, and no sentence."""
    return len(words) <= _LINE and bool(_year.search(words)) and not words.endswith((".", "؟", "?", "!", "…"))


def _written_dates(page: Page) -> Iterator[_Told]:
    """Dates in words where the names of elements say that there is one."""
    for selector in _WRITTEN:
        for node in page.every(selector, most=3):
            if not _of_a_change(node):
                yield _told(" ".join((node.getattr("datetime") or node.text or "").split())[:80])


def _told(words: str) -> _Told:
    """The date of publication in words, with a doubt where two numbers could be either day or month."""
    found = publication(words)
    if found is None:
        return None
    unsure = _two_numbers.search(words)
    return found, [(f"the date {words[:40]!r} is read with the day first", _LOOK)] if unsure else []


def publication(words: str) -> str | None:
    """The date in words of a page that is not said to be that of a change: what «نشر» stands before comes first.

    A day before «آخر تحديث» counts where another follows; «16 ديسمبر 2016، آخر تحديث 14:00» is the day of a change.
    """
    folded = fold(words)
    marks = list(_marks().finditer(folded.text))
    spans = [folded.raw(*mark.span()) for mark in marks]
    starts = [span.start for span in spans] + [len(words)]
    parts = [words[span.end : end] for span, end in zip(spans, starts[1:], strict=True)]
    told = [part for mark, part in zip(marks, parts, strict=True) if not mark["changed"]]
    before = [] if marks and marks[0]["changed"] and not written_date(parts[0]) else [words[: starts[0]]]
    return next(filter(None, map(written_date, [*told, *before])), None)


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    """The words before a date of change or of publication, those of the language packs and of other languages."""
    changed, told = (
        alternatives((*page_words(name), *labels(name)), lambda word: fold(word).text)
        for name in ("changed", "published")
    )
    return re.compile(rf"(?<!\w)(?:(?P<changed>{changed})|(?:{told}))(?!\w)", re.IGNORECASE)


def written_date(words: str) -> str | None:
    """A date in words of a page («نشر في 16 ديسمبر 2016 - 10:30») as ISO 8601; None when there is none."""
    plain = in_digits(_year_mark.sub(r"\1", words))
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
