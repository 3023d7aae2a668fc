"""The voices of one report: sources in, links out; a second mention gets the longest form that the report gives."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.claims.sources import Reader, Source, comparable, words_of
from tawatur.claims.sources_words import Role
from tawatur.claims.tokens import Tokens
from tawatur.lang.bodies import Bodies
from tawatur.model import Link, Span, Stance

#: Heads that stand alone for a body or source named in full before.
_SHORT = frozenset(
    [
        "مصدر",
        "مركز",
        "بعثه",
        "منظمه",
        "لجنه",
        "هييه",
        "مرصد",
        "موسسه",
        "جمعيه",
        "نقابه",
        "مكتب",
        "رابطه",
        "مجلس",
        "تنسيقيه",
        "مصادر",
    ]
)
_PERSONS = frozenset({"رجل", "مراه", "رجلان", "سيده", "شاب"})


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of the report: its name in the longest form, all words by which it was introduced, and what it is."""

    name: str
    span: Span | None  # None for a voice that no words name
    kind: str
    body: str | None
    words: frozenset[str]
    head: str


class Voices:
    """Remembers who has spoken, in order."""

    def __init__(self, tokens: Tokens, roles: list[Role], bodies: Bodies, reader: Reader, outlet: str | None) -> None:
        self.reader = reader
        self.tokens, self.roles, self.bodies = tokens, roles, bodies
        self.heard: list[Voice] = []
        self.heard_words: list[frozenset[str]] = []
        self.outlet_words = words_of(outlet or "")
        body = bodies.within(outlet) if outlet else None
        self.outlet_body = body
        self._outlet_names = [words_of(n) for n in body.names] if body else []

    def is_publisher(self, source: Source) -> bool:
        """Whether a source is the report's own publisher."""
        if source.kind == "person":
            return False
        if source.kind == "unnamed":
            return source.body is not None and source.body is self.outlet_body and source.after - source.first == 2
        if self.outlet_body is not None and source.body is self.outlet_body and source.kind in ("outlet", "body"):
            return True
        words = words_of(source.name)
        return bool(words) and (words <= self.outlet_words or any(words == n for n in self._outlet_names))

    def voice(self, source: Source) -> Voice:
        """The voice a source is: an earlier one that it mentions again, or a new one."""
        known = self._again(source)
        if known is not None:
            return known
        new = self._new(source)
        self.heard.append(new)
        self.heard_words.append(new.words)
        return new

    def link(self, voice: Voice, stance: str) -> Link:
        """The voice as a link of a chain."""
        return Link(voice.name, _stance(stance), voice.span, voice.body, voice.kind)

    def _new(self, source: Source) -> Voice:
        span = Span(self.tokens.starts[source.name_first], self.tokens.ends[source.name_after - 1])
        name, words = source.name, source.words
        if source.kind in ("person", "other") and source.name_after - source.name_first == 1 and source.body is None:
            name = self._fuller(source) or (
                self.tokens.of(source.first, source.name_after)
                if "rank" in self.roles[source.first].classes and source.name_first == source.first + 1
                else name
            )
        fuller = self._introduced(source, words)
        if fuller is not None:
            source, name, words = fuller, fuller.name, words | fuller.words
        body = source.body.name if source.body is not None else None
        kind = source.kind if source.kind in ("person", "body", "outlet", "unnamed") else ""
        head = _bare(self.tokens.words[source.first].fold, self.roles[source.first])
        if source.kind == "body" and source.body is not None:
            words = words.union(*(words_of(n) for n in source.body.names))
        return Voice(name, span, kind, body, words | words_of(name), head)

    def _introduced(self, source: Source, words: frozenset[str]) -> Source | None:
        """The longer phrase by which the report first named what this one definite word stands for."""
        if (
            not words <= _SHORT
            or len(words) != 1
            or source.kind not in ("body", "unnamed")
            or not self.roles[source.first].definite
        ):
            return None
        if source.body is not None and source.body.name == source.name:
            return None
        (word,) = words
        body = self._body_before(source.first, word)
        if body is not None:
            return body
        for at in range(source.first - 1, max(-1, source.first - 400), -1):
            known = self.tokens.words[at]
            if known.kind != "word" or comparable(known.fold[len(self.roles[at].prefix) :]) != word:
                continue
            found = self.reader.read(at, min(len(self.tokens), at + 12))
            if (
                found is not None
                and found.like
                and word in found.words
                and 1 < len(found.words) < 8
                and found.kind == source.kind
            ):
                return found
        return None

    def _body_before(self, first: int, word: str) -> Source | None:
        """A known body named earlier, one of whose names has the word."""
        for at in range(first - 1, max(-1, first - 400), -1):
            found = self.bodies.at(self.tokens.words, at, first)
            if (
                found
                and found[0] - at > 1
                and any(word in words_of(n) for n in found[1].names)
                and found[1].kind in ("un", "aid", "monitor")
            ):
                return self.reader.read(at, first)
        return None

    def _again(self, source: Source) -> Voice | None:
        words = source.words - {"نفس", "نفسه", "نفسها", "ذاته", "ذاتها"}
        if not words:
            return None
        head = _bare(self.tokens.words[source.first].fold, self.roles[source.first])
        if len(words) == 1 and head in _PERSONS:
            return next((v for v in reversed(self.heard) if v.kind in ("person", "unnamed")), None)
        definite = self.roles[source.first].definite or source.kind == "person"
        for voice in reversed(self.heard):
            if words == voice.words and words == words_of(voice.name):
                return voice
            if words < voice.words and definite and self._same_kind(source, voice):
                return voice
        if words == {"مصدر"} and self.heard and self.roles[source.first].definite:
            return self.heard[-1]
        return None

    @staticmethod
    def _same_kind(source: Source, voice: Voice) -> bool:
        own = words_of(source.name)
        if source.kind == "body" and voice.kind in ("person", "unnamed"):
            return False
        if source.kind == "person":
            return own <= words_of(voice.name)
        return True

    def _fuller(self, source: Source) -> str | None:
        """A full name elsewhere in the report that ends in this single word."""
        word = self.tokens.words[source.name_first]
        for at, other in enumerate(self.tokens.words):
            if other.fold != word.fold or at == source.name_first or at == 0:
                continue
            first = at
            while (
                first > 0
                and at - first < 4
                and "given" in self.roles[first - 1].classes
                and not self.tokens.words[first - 1].prefix
            ):
                first -= 1
            if first < at:
                return self.tokens.of(first, at + 1)
        return None


def _bare(fold: str, known: Role) -> str:
    rest = fold[len(known.prefix) :]
    return rest[2:] if rest.startswith("ال") and len(rest) > 4 else rest


def _stance(value: str) -> Stance:
    for known in ("asserted", "believed", "doubted", "denied"):
        if value == known:
            return known
    return "neutral"
