"""Noun phrases that name a speaker, in languages that set words side by side; second mentions get the first's name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from tawatur.claims.sources_name import words_of
from tawatur.claims.tokens import Tokens
from tawatur.lang.bodies import Body, bodies
from tawatur.lang.pack import Pack
from tawatur.model import Span

_LONGEST_NAME = 14  # tokens of a source that is no person
_OUTLETS = ("outlet", "agency")
_DROPPED = ("the", "a", "an", "but", "however", "meanwhile", "and", "also", "separately", "yet", "one")
_SMALL = ("joint", "pronoun", "that", "setting", "hearers")  # words that capitals make a name of: WHO
_ENDS = ("who", "which", "whose", "that", "when", "where", "while", "as")
_JOINS = (
    "of",
    "for",
    "and",
    "al",
    "el",
    "bin",
    "ibn",
    "abu",
    "de",
    "van",
    "s",
    "'s",
    "-",
    "ad",
    "an",
    "as",
    "ash",
    "ar",
)


@dataclass(slots=True, eq=False)
class Speaker:
    """Who speaks: the name, its tokens, kind and body; ``sure`` when its head tells that it is a speaker."""

    name: str
    first: int
    after: int
    span: Span
    kind: str
    body: str | None
    words: frozenset[str]
    sure: bool = True
    again: str = ""  # the class of a pronoun or noun that only points back


class Speakers:
    """Reads the speakers of one report and remembers them."""

    def __init__(self, tokens: Tokens, pack: Pack, outlet: str | None) -> None:
        self.tokens, self.words = tokens, tokens.words
        self.bodies = bodies(pack)
        self.heard: list[Speaker] = []
        self.outlet = words_of(outlet or "")
        self.outlet_body = self.bodies.within(outlet) if outlet else None

    def cls(self, at: int) -> str:
        """The class of a token in the sources dimension, or empty."""
        if not 0 <= at < len(self.words):
            return ""
        word = self.words[at]
        cls = word.cls.get("sources", "")
        return "" if cls in _SMALL and len(word.raw) > 1 and word.raw.isupper() else cls

    def outlet_at(self, at: int) -> Speaker | None:
        """The outlet named at a token, unless it is the publisher."""
        at += at < len(self.words) and self.words[at].fold == "the"
        found = self._body(at)
        if found is None or found[1].kind not in _OUTLETS or self._is_publisher(words_of(found[1].name), found[1]):
            return None
        return self._made(at, found[0], "outlet", found[1])

    def read(self, first: int, after: int) -> Speaker | None:
        """The speaker whose phrase stands in these tokens, or None."""
        first = self._trimmed(first, after)
        if first >= after:
            return None
        if self.cls(first) == "pronoun":
            return self._pointing(first, first + 1)
        commas = [k for k in range(first, after) if self.words[k].fold == ","]
        if not commas:
            return self._phrase(first, after)
        parts = [(a, b) for a, b in self._parts(first, after, commas) if a < b]
        found = [speaker for a, b in parts if (speaker := self._phrase(a, b)) is not None]
        if not found:
            return None
        person = next((s for s in found if s.kind == "person"), None)
        chosen = person or found[0]
        if person is not None or found[0].after <= parts[0][1]:
            chosen.after = max(chosen.after, found[-1].after if after == parts[-1][1] else chosen.after)
        return chosen

    def _parts(self, first: int, after: int, commas: list[int]) -> list[tuple[int, int]]:
        edges = [first, *commas, after]
        return [(self._trimmed(a + (n > 0), b), b) for n, (a, b) in enumerate(pairwise(edges))]

    def _trimmed(self, first: int, after: int) -> int:
        while first < after and (self.words[first].kind != "word" or self.words[first].fold in _DROPPED[3:]):
            first += 1
        return first

    def _pointing(self, first: int, after: int) -> Speaker:
        speaker = self._made(first, after, "", None)
        speaker.again = self.words[first].fold
        return speaker

    def _phrase(self, first: int, after: int) -> Speaker | None:
        """One noun phrase: a person behind a title, a known body, an unnamed source, or another name."""
        first = self._trimmed(first, after)
        start = first + (first < after and self.words[first].fold in ("the", "a", "an"))
        if start >= after:
            return None
        end = self._end(start, after)
        titles = [k for k in range(start, end) if self.cls(k) in ("title", "rank")]
        if titles:
            named = self._person(titles[-1] + 1, end)
            if named is not None:
                return named
        found = self._body(start)
        if found is not None and found[0] <= end:
            return self._of_body(start, end, found)
        heads = [k for k in range(start, end) if self.cls(k) in ("org", "unnamed", "title", "doc")]
        if not heads:
            person = self._person(start, end)
            if person is not None and person.first == start:
                return person
            return self._plain(first, start, end)
        return self._headed(first, start, end, heads)

    def _end(self, at: int, after: int) -> int:
        k = at
        while k < min(after, at + _LONGEST_NAME):
            word = self.words[k]
            glued = word.fold in ("-", "'", "\u2019", "/", ".") and k > at
            if (word.kind != "word" and not glued) or self.cls(k) in ("say", "setting"):
                break
            if word.fold in _ENDS and not word.raw.isupper():
                break
            k += 1
        return k

    def _person(self, at: int, end: int) -> Speaker | None:
        """A person's name: capitalised words in a row."""
        k = at
        while k < end:
            word = self.words[k]
            capital = word.kind == "word" and word.raw[0].isupper() and self.cls(k) not in ("org", "say", "title")
            inside = k > at and word.fold in _JOINS and word.fold not in ("of", "for", "and", "s", "'s")
            if not capital and not inside and not (word.fold in ("al", "el", "abu") and k + 1 < end):
                break
            k += 1
        while k > at and self.words[k - 1].fold in _JOINS:
            k -= 1
        if k == at or (k < end and self.words[k].fold == "'s"):
            return None
        return self._made(at, k, "person", None)

    def _of_body(self, start: int, end: int, found: tuple[int, Body]) -> Speaker:
        after, body = found
        kind = "outlet" if body.kind in _OUTLETS else "body"
        if after < end and (
            self.words[after].fold == "'s" or any(self.cls(k) in ("org", "unnamed", "title") for k in range(after, end))
        ):
            person = self._person(end - 2, end) if end - 2 >= after and self.cls(end - 3) == "title" else None
            return person or self._made(start, end, "unnamed" if self.cls(end - 1) == "unnamed" else "", None)
        return self._made(start, after, kind, body)

    def _headed(self, first: int, start: int, end: int, heads: list[int]) -> Speaker:
        cls = self.cls(heads[-1])
        lone = end - start == 1 and self.words[first].fold == "the"
        kind = {"unnamed": "unnamed", "title": "unnamed", "doc": "document"}.get(cls, "body")
        speaker = self._made(start, end, kind, None)
        if lone and (cls in ("org", "doc", "title") or self.words[start].fold in ("source", "official")):
            speaker.again = self.words[start].fold
        return speaker

    def _plain(self, first: int, start: int, end: int) -> Speaker | None:
        word = self.words[start]
        people = word.by.get("populations")
        person = people is not None and bool(people.entry.gives.get("person"))
        inner = any(
            (sense := self.words[k].by.get("populations")) is not None and sense.entry.gives.get("person")
            for k in range(start, end)
        )
        acting = word.raw[0].isupper() and self.cls(start) == ""
        if not (person or inner or acting or first < start):
            return None
        return self._made(start, end, "unnamed" if person or inner else "", None, sure=person or inner or acting)

    def _body(self, at: int) -> tuple[int, Body] | None:
        if at >= len(self.words) or not self.words[at].raw[0].isupper():
            return None
        start = self.bodies.start(self.words[at])
        return self.bodies.at(self.words, at, len(self.words), start) if start is not None else None

    def _made(self, first: int, after: int, kind: str, body: Body | None, *, sure: bool = True) -> Speaker:
        span = Span(self.tokens.starts[first], self.tokens.ends[after - 1])
        name = span.of(self.tokens.text)
        words = words_of(name)
        if body is not None:
            words = words.union(*(words_of(other) for other in body.names))
        return Speaker(name, first, after, span, kind, body.name if body else None, words, sure)

    # second mentions

    def known(self, speaker: Speaker, last: tuple[Speaker, ...]) -> Speaker | None:
        """The speaker, or the one it mentions again; None for the publisher."""
        if speaker.again:
            return self._pointed(speaker, last)
        body = self.bodies.named(speaker.name) if speaker.body else None
        if self._is_publisher(words_of(speaker.name), body):
            return None
        for held in reversed(self.heard):
            if words_of(speaker.name) <= held.words and (
                speaker.kind in ("person", "body", "outlet") or speaker.kind == held.kind
            ):
                return held
        self.heard.append(speaker)
        return speaker

    def _pointed(self, speaker: Speaker, last: tuple[Speaker, ...]) -> Speaker | None:
        again = speaker.again
        if again in ("he", "she"):
            return next((s for s in reversed(self.heard) if s.kind == "person"), last[-1] if last else speaker)
        if again in ("it", "they", "statement", "release", "report", "source", "document"):
            return last[-1] if last else None if self.outlet else speaker
        for held in reversed(self.heard):
            if again in held.words or (held.kind == "body" and self.cls(speaker.first) == "org" and held.body):
                return held
        if self.cls(speaker.first) == "title" and last:
            return next((s for s in reversed(self.heard) if s.kind == "person"), speaker)
        if self.outlet_body is not None and self.cls(speaker.first) == "org":
            return None
        self.heard.append(speaker)
        return speaker

    def _is_publisher(self, words: frozenset[str], body: Body | None) -> bool:
        if body is not None and self.outlet_body is not None and body is self.outlet_body:
            return True
        return bool(words) and bool(self.outlet) and words <= self.outlet
