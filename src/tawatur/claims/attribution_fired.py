"""A text in, the entries of the ``sources`` dimension that took part in finding voices, with each chain, out."""

from __future__ import annotations

from tawatur.claims.attribution import Scope, find
from tawatur.claims.tokens import tokenise
from tawatur.lang.pack import Pack
from tawatur.model import Link, Span

_FRAME = "frame."  # words that bound what others report stand anywhere in the sentence
_BEFORE = 4  # tokens before a reporting verb that may belong to its expression: "and X had"


def fired(text: str, pack: Pack) -> list[tuple[str, str]]:
    """Pairs of entry id and chain, outermost first, ``name/stance`` joined by ``<`` (a neutral stance is left out)."""
    tokens = tokenise(text, pack.lexicon)
    scopes = find(tokens, _sentences(text), pack, outlet=None)
    out = [
        (sense.entry.id, canonical(scope.chain))
        for scope in scopes
        for at, word in enumerate(tokens.words)
        for sense in word.senses
        if sense.entry.dimension == "sources" and (at in _expression(scope) or sense.entry.id.startswith(_FRAME))
    ]
    return list(dict.fromkeys(out))


def canonical(chain: tuple[Link, ...]) -> str:
    """A chain as one string."""
    return " < ".join(link.name if link.stance == "neutral" else f"{link.name}/{link.stance}" for link in chain)


def _expression(scope: Scope) -> range:
    return range(max(0, scope.verb_first - _BEFORE), max(scope.verb_after, scope.first))


def _sentences(text: str) -> list[Span]:
    """The sentences of a short example: they end in a full stop."""
    out, start = [], 0
    for part in text.split(". "):
        out.append(Span(start, start + len(part)))
        start += len(part) + 2
    return out
