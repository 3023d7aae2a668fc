"""The name of an origin in, the known body behind it out, and whether that body is a party to what it tells of."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from tawatur import lang
from tawatur.events.words import tokens
from tawatur.findings.frames import tables
from tawatur.lang.bodies import bodies

if TYPE_CHECKING:
    from tawatur.lang.bodies import Body

_REMEMBERED = 20_000


@lru_cache(maxsize=_REMEMBERED)
def body_of(name: str) -> Body | None:
    """The known body whose name stands in a name, in the first language that knows one."""
    found = (bodies(lang.load(language=language)).within(name) for language in lang.languages())
    return next((body for body in found if body), None)


def key_of(name: str) -> str:
    """One key for all spellings of a name: the known body's, in English where it has one, else the folded words."""
    body = body_of(name)
    return (body.english or body.name) if body else " ".join(tokens(name))


@lru_cache(maxsize=_REMEMBERED)
def possessed(name: str) -> Literal["own", "other", ""]:
    """Whose a name says that its bearer is: the speaker's own ("our forces"), another's ("his forces"), or nobody's."""
    first = name.split()[0] if name.split() else ""
    if first.lower() in tables()["possessed"]["words"]:
        return "own"
    suffixes = Counter(lang.load().lexicon.word(first).suffixes) if first else Counter()
    suffix = max(suffixes, key=lambda s: (suffixes[s], s), default="")
    return "own" if suffix in tables()["possessed"]["suffixes"] else "other" if suffix else ""


def stands_beside(name: str) -> Literal["party", "beside", "unknown"]:
    """Whether an origin is a party, stands beside the parties (UN, aid, monitors), or is not known as either."""
    body = body_of(name)
    if body is None:
        return "unknown"
    if body.side or body.kind in tables()["parties"]["party"]:
        return "party"
    return "beside" if body.kind in tables()["parties"]["beside"] else "unknown"
