"""Who takes part, in languages that set words side by side: doers before an active verb or behind ``by``, the rest after."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.claims.tokens import Tokens
from tawatur.lang.bodies import bodies
from tawatur.lang.pack import Pack
from tawatur.model import Mention, Span

_SPEECH = frozenset({"demand", "rejection", "condemnation", "threat"})
_MUTUAL = ("clash", "agreement", "talks")
_LONGEST = 60
_ADJECTIVES = 3
_BE = ("asp_aux",)
_STOPS = (
    "and",
    "or",
    "of",
    "in",
    "on",
    "at",
    "to",
    "from",
    "by",
    "with",
    "for",
    "the",
    "a",
    "an",
    "as",
    "after",
    "since",
    "into",
    "near",
)


@dataclass(slots=True)
class _Group:
    """People or a body: its tokens, whether they are people, and whether ``by`` stands before them."""

    first: int
    after: int
    people: bool
    by: bool


def participants(
    tokens: Tokens, first: int, after: int, event_type: str, pack: Pack
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Actors and affected of the claim at tokens ``first`` to ``after``, in text order."""
    stop = min(after, first + _LONGEST)
    found = _groups(tokens, first, stop, pack)
    verb, passive = _verb(tokens, first, stop)
    actors = [g for g in found if g.by][:1]
    if not actors and not passive:
        ahead = [
            g for g in found if g.first < verb and (not g.people or event_type not in ("casualties", "displacement"))
        ]
        actors = ahead[: 2 if event_type in _MUTUAL else 1]
    rest = [g for g in found if g not in actors]
    people = [g for g in rest if g.people]
    affected = (people or [g for g in rest if g.first > verb or passive])[: 1 if event_type in _SPEECH else 2]
    return tuple(_mention(tokens, g) for g in actors), tuple(_mention(tokens, g) for g in affected)


def _verb(tokens: Tokens, first: int, after: int) -> tuple[int, bool]:
    """The first verb of the clause that tells an event, and whether it stands in the passive."""
    for at in range(first, after):
        word = tokens.words[at]
        event = next((s for s in word.senses if s.pos == "verb" and s.entry.dimension in ("events", "outcomes")), None)
        if event is None:
            continue
        before = tokens.words[max(first, at - _ADJECTIVES) : at]
        passive = event.form in ("past", "part") and any(
            w.cls.get("status") == "asp_aux" or w.fold in ("been",) for w in before
        )
        return at, passive
    return first, False


def _groups(tokens: Tokens, first: int, after: int, pack: Pack) -> list[_Group]:
    known, words = bodies(pack), tokens.words
    out: list[_Group] = []
    at = first
    while at < after:
        word = words[at]
        start = known.start(word) if word.kind == "word" and word.raw[0].isupper() else None
        body = known.at(words, at, after, start) if start is not None else None
        people = word.by.get("populations")
        person = people is not None and bool(people.entry.gives.get("person")) and word.kind == "word"
        force = word.cls.get("sources") == "org" or word.cls.get("events") == "who_army"
        if body is not None:
            end = body[0]
            while end < after and (
                words[end].cls.get("sources") == "org" or words[end].cls.get("events") == "who_army"
            ):
                end += 1
            out.append(_Group(_back(tokens, at, first, floor=out), end, False, _by(tokens, at, first)))
            at = end
        elif person or force:
            begin = _back(tokens, at, first, floor=out)
            out.append(_Group(begin, at + 1, person and not force, _by(tokens, begin, first)))
            at += 1
        else:
            at += 1
    return out


def _back(tokens: Tokens, at: int, first: int, floor: list[_Group]) -> int:
    """Where a group's adjectives begin."""
    least = max(first, at - _ADJECTIVES, floor[-1].after if floor else first)
    while at > least:
        word = tokens.words[at - 1]
        if word.kind != "word" or word.fold in _STOPS or word.cls.get("status") or "figures" in word.cls:
            break
        if any(s.pos == "verb" for s in word.senses) or "times" in word.cls:
            break
        at -= 1
    return at


def _by(tokens: Tokens, at: int, first: int) -> bool:
    k = at - 1
    while k > first and tokens.words[k].fold in ("the", "a", "an"):
        k -= 1
    return k >= first and tokens.words[k].fold == "by"


def _mention(tokens: Tokens, group: _Group) -> Mention:
    span = Span(tokens.starts[group.first], tokens.ends[group.after - 1])
    return Mention(span.of(tokens.text), span)
