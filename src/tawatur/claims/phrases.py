"""One phrase in, what it says out: numbers, ordinals, ranges, durations and dates, for tests and for other programs.

The reader itself works on whole texts; these functions take a phrase that is nothing else.
"""

from __future__ import annotations

from tawatur.claims import times
from tawatur.claims.figures import find
from tawatur.claims.numbers import read
from tawatur.claims.times_parse import Parser
from tawatur.claims.times_words import view
from tawatur.claims.tokens import tokenise
from tawatur.lang.pack import Pack

_ZERO = "number.zero"
_LESS = "number.minus"


def number(text: str, pack: Pack) -> float | None:
    """The value of a phrase that is one number, as ``ثلاثة آلاف ومئتان`` or ``-1.5``; None for anything else."""
    tokens = tokenise(text, pack.lexicon)
    at = 0
    while at < len(tokens) and tokens.words[at].fold == "ال":
        at += 1
    sign = 1
    if at < len(tokens) and (tokens.words[at].fold in ("-", "−") or _is(_LESS, tokens.words[at].fold, pack)):
        sign, at = -1, at + 1
    if at == len(tokens):
        return None
    if at + 1 == len(tokens) and (tokens.words[at].fold == "0" or _is(_ZERO, tokens.words[at].fold, pack)):
        return 0.0
    value = read(tokens, at)
    if value is None or value.after != len(tokens) or value.low != value.high or value.approximate:
        return None
    return sign * value.low


def number_range(text: str, pack: Pack) -> tuple[float | None, float | None] | None:
    """The bounds of the first quantity of a phrase, either side None when open; None when there is none."""
    hit = next(iter(find(tokenise(text, pack.lexicon), pack)), None)
    return None if hit is None else (hit.low, hit.high)


def ordinal(text: str, pack: Pack) -> int | None:
    """The place in a row that a phrase names: ``الخامس والعشرون`` is 25; None for anything else."""
    tokens = tokenise(text, pack.lexicon)
    total, at = 0, 0
    while at < len(tokens):
        part = _ordinal_part(tokens.words[at].fold, total, pack)
        if part is None:
            return None
        total, at = total + part, at + 1
    return total or None


def _ordinal_part(fold: str, total: int, pack: Pack) -> int | None:
    """What a word adds to an ordinal: its units, the ten of a teen, tens, hundreds."""
    for form in (fold, fold.removeprefix("و"), "ال" + fold.removeprefix("و")):
        for sense in pack.lexicon.forms.get(form, ()):
            name, gives = sense.entry.id, sense.entry.gives
            if name.startswith("ordinal.") and sense.entry.cls in ("ordinal", "tens", "teen"):
                return int(gives["n"]) if sense.entry.cls != "teen" or total else None
    for sense in pack.lexicon.forms.get(fold.removeprefix("و").removeprefix("ال"), ()):
        if sense.entry.cls == "number" and int(sense.entry.gives["n"]) >= 20:
            return int(sense.entry.gives["n"])
    return None


def duration(text: str, pack: Pack) -> tuple[str, int] | None:
    """The unit and the count of a phrase that is one span of time: ``ثلاثة أيام`` is ``("day", 3)``."""
    seen = view(tokenise(text, pack.lexicon), pack)
    found = Parser(seen).duration(0) if seen.tokens.words else None
    if found is None or not found[2] or found[0] != len(seen.tokens.words):
        return None
    return found[1], found[2]


def when(text: str, pack: Pack, published: str | None = None) -> list[tuple[str | None, str | None]]:
    """The bounds of each time of a phrase in text order, as ISO dates or date-times; None where a side is open."""
    hits = times.find(tokenise(text, pack.lexicon), pack, times.anchor_of(published))
    return [(t.start, t.end) for t in (hit.time(False) for hit in hits)]


def _is(entry: str, fold: str, pack: Pack) -> bool:
    return any(sense.entry.id == entry for sense in pack.lexicon.forms.get(fold, ()))
