"""Numbers, bounds and times as words of the interface; digits are Western here, the page's script may change them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from markupsafe import Markup

from tawatur.publish.words import LANGUAGES, Language, word

RUN = re.compile(r"(\d[\d,.]*(?:[-–/:T+]+\d[\d,.]*)+)")
NUMBER = re.compile(r"(\d+(?:[.,]\d+)*(?:[-–/:T+]+\d+(?:[.,]\d+)*)*)")
BOTH = '<span class="en" lang="en" dir="ltr">{}</span><span class="ar" lang="ar" dir="rtl">{}</span>'


def number(value: float) -> str:
    """A count with thousands separated: 9500 is ``9,500``, 2.5 is ``2.5``."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def isolated(text: str) -> Markup:
    """A number or date as an element that keeps its order in any direction and whose digits may be switched."""
    return Markup('<bdo dir="ltr" class="n">{}</bdo>').format(text)


def runs(text: str) -> Markup:
    """A sentence whose dates and ranges are isolated, so that 9-11 never reads 11-9."""
    pieces = RUN.split(text)
    return Markup("").join(isolated(p) if i % 2 else p for i, p in enumerate(pieces))


def numbers(text: str) -> Markup:
    """A sentence whose numbers, dates and ranges are isolated."""
    pieces = NUMBER.split(text)
    return Markup("").join(isolated(p) if i % 2 else p for i, p in enumerate(pieces))


def told(english: str, arabic: str) -> Markup:
    """A sentence of an earlier stage in both languages, its dates and ranges isolated."""
    return both(runs(english), runs(arabic))


def form(low: float | None, high: float | None, approximate: bool) -> str:
    """The key of the phrase in ``words.toml`` that tells these bounds."""
    if low is None or high is None:
        return "at_least" if low is not None else "at_most" if high is not None else "unknown"
    return ("about" if approximate else "exactly") if low == high else ("about_between" if approximate else "between")


def bounds(low: float | None, high: float | None, approximate: bool, language: Language) -> str:
    """Bounds in plain words of one language: ``9,500 or more``."""
    shown = {k: number(v) for k, v in (("low", low), ("high", high)) if v is not None}
    return word("value", form(low, high, approximate), language).format(**shown)


def bounds_markup(low: float | None, high: float | None, approximate: bool) -> Markup:
    """Bounds in both languages, each number isolated."""
    shown = {k: isolated(number(v)) for k, v in (("low", low), ("high", high)) if v is not None}
    return both(*(Markup(word("value", form(low, high, approximate), lang)).format(**shown) for lang in LANGUAGES))


def both(english: str, arabic: str) -> Markup:
    """A string in both languages, of which the page shows one."""
    if english == arabic:
        return Markup("<bdi>{}</bdi>").format(english)
    return Markup(BOTH).format(english, arabic)


def moment(iso: str | None) -> datetime | None:
    """The instant of an ISO date or date-time, in UTC; None when it is none. A date is its first moment."""
    if not iso:
        return None
    try:
        if len(iso) == 10:
            return datetime.combine(date.fromisoformat(iso), datetime.min.time(), UTC)
        found = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)


def day(iso: str) -> str:
    """An ISO date-time for reading: ``2016-12-16 19:40 +02:00``, without seconds."""
    if len(iso) <= 10 or moment(iso) is None:
        return iso
    stamp = datetime.fromisoformat(iso)
    zone = stamp.strftime("%z")
    shown = "" if not zone else " UTC" if zone == "+0000" else f" {zone[:3]}:{zone[3:5]}"
    return f"{stamp:%Y-%m-%d %H:%M}{shown}"


def between(start: str | None, end: str | None) -> Markup:
    """A time span in both languages, each date isolated; one day is told once. Empty when both ends are open."""
    shown = {k: isolated(day(v)) for k, v in (("low", start), ("high", end)) if v}
    if not shown:
        return Markup("")
    key = "since" if not end else "until" if not start else "exactly" if start == end else "between"
    return both(*(Markup(word("value", key, lang)).format(**shown) for lang in LANGUAGES))
