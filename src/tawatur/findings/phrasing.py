"""Values in, the words of the views out, in English and Arabic, from ``views.toml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tawatur.findings.nouns import Words
from tawatur.findings.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tawatur.findings.wording import Both

COMMAS: Both = (", ", "، ")


def words(section: str, key: str, names: Iterable[str] = (), **values: str | Both) -> Words:
    """One sentence in both languages; ``names`` are those of the values that are names or quoted words."""
    english, arabic = say(section, key, **values)
    return Words(english, arabic, tuple(dict.fromkeys(n for n in names if n and (n in english or n in arabic))))


def added(told: Words, section: str, key: str, names: Iterable[str] = (), **values: str | Both) -> Words:
    """A sentence with another put behind it."""
    more = words(section, key, names, **values)
    return Words(told.en + more.en, told.ar + more.ar, tuple(dict.fromkeys((*told.names, *more.names))))


def number(value: float) -> str:
    """A count with thousands separated; a share with two decimals."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def bounds(low: float | None, high: float | None, *, approximate: bool = False) -> Both:
    """Bounds in words."""
    shown = {k: number(v) for k, v in (("low", low), ("high", high)) if v is not None}
    if low is None or high is None:
        return say("bounds", "at_most" if low is None else "at_least", **shown)
    return say("bounds", "between" if low != high else "about" if approximate else "exactly", **shown)


def when(as_of: str | None, come_from: str) -> Both:
    """The day for which something holds, and whether it is only the day on which it was said."""
    return say("when", come_from, day=as_of or "")


def listed(pairs: Iterable[Both]) -> Both:
    """Words of both languages, each list with commas."""
    found = list(pairs)
    return COMMAS[0].join(p[0] for p in found), COMMAS[1].join(p[1] for p in found)


def names_of(names: Iterable[str]) -> Both:
    """Names with commas."""
    return listed((name, name) for name in names)
