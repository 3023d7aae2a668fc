"""The voices of one report: sources in, links out; a second mention gets the longest form that the report gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tawatur.claims.sources import Reader, Source, comparable, words_of
from tawatur.claims.sources_role import Role
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
_SAME = frozenset({"نفس", "نفسه", "نفسها", "ذاته", "ذاتها"})
_KINDS = frozenset({"person", "body", "outlet", "unnamed"})
STANCES: dict[str, Stance] = {
    "asserted": "asserted", "believed": "believed", "doubted": "doubted", "denied": "denied",
}  # fmt: skip
_PERSONS = frozenset({"رجل", "مراه", "رجلان", "سيده", "شاب"})


@dataclass(slots=True)
class Voice:
    """A voice of the report: its name in the longest form, all words by which it was introduced, and what it is."""

    name: str
    span: Span | None  # None for a voice that no words name
    kind: str
    body: str | None
    words: frozenset[str]


class Voices:
    """Remembers who has spoken, in order."""

    def __init__(self, reader: Reader, outlet: str | None) -> None:
        self.reader = reader
        self.tokens, self.roles = reader.tokens, reader.roles
        self.heard: list[Voice] = []
        self.heard_words: list[frozenset[str]] = []
        self.outlet_words = words_of(outlet or "")
        body = reader.bodies.within(outlet) if outlet else None
        self.outlet_body = body
        self._outlet_names = [words_of(n) for n in body.names] if body else []

    def is_publisher(self, source: Source) -> bool:
        """Whether a source is the report's own publisher."""
        kind = source.kind
        if kind == "person":
            return False
        if kind == "document" and self._ours(source.first):
            return True
        if kind == "unnamed":
            mine = self.outlet_body is not None and source.after - source.first == 2
            return mine and source.body is self.outlet_body
        if self.outlet_body is not None and kind in ("outlet", "body") and source.body is self.outlet_body:
            return True
        words = words_of(source.name)
        return bool(words) and (words <= self.outlet_words or words in self._outlet_names)

    def _ours(self, at: int) -> bool:
        """Whether a document is the writer's: "our bulletin"."""
        return self.roles[at].pronoun and self.tokens.words[at].fold.endswith("نا")

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
        return Link(voice.name, STANCES.get(stance, "neutral"), voice.span, voice.body, voice.kind)

    def _new(self, source: Source) -> Voice:
        span = Span(self.tokens.starts[source.name_first], self.tokens.ends[source.name_after - 1])
        name, words = source.name, source.words
        if source.name_after - source.name_first == 1 and source.kind in ("person", "other") and source.body is None:
            name = self._fuller(source) or self._ranked(source) or name
        fuller = self._introduced(source, words) if len(words) == 1 else None
        if fuller is not None:
            source, name, words = fuller, fuller.name, words | fuller.words
        kind = source.kind if source.kind in _KINDS else ""
        body = source.body
        if kind == "body" and body is not None:
            words = words | _all_words(body.names)
        return Voice(name, span, kind, body.name if body is not None else None, words | words_of(name))

    def _ranked(self, source: Source) -> str | None:
        """The name of one word with the rank before it."""
        if source.name_first != source.first + 1 or "rank" not in self.roles[source.first].classes:
            return None
        return self.tokens.of(source.first, source.name_after)

    def _introduced(self, source: Source, words: frozenset[str]) -> Source | None:
        """The longer phrase by which the report first named what this one definite word, the only one, stands for."""
        if not words <= _SHORT or source.kind not in ("body", "unnamed") or not self.roles[source.first].definite:
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
            found = self.reader.body_at(at, first)
            if (
                found
                and found[0] - at > 1
                and any(word in words_of(n) for n in found[1].names)
                and found[1].kind in ("un", "aid", "monitor")
            ):
                return self.reader.read(at, first)
        return None

    def _again(self, source: Source) -> Voice | None:
        words = source.words if source.words.isdisjoint(_SAME) else source.words - _SAME
        if not words or not self.heard:
            return None
        role = self.roles[source.first]
        if len(words) == 1 and _bare(self.tokens.words[source.first].fold, role) in _PERSONS:
            return next((v for v in reversed(self.heard) if v.kind in ("person", "unnamed")), None)
        definite = role.definite or source.kind == "person"
        for voice in reversed(self.heard):
            if not words <= voice.words:
                continue
            if words == voice.words:
                if words == words_of(voice.name):
                    return voice
            elif definite and self._same_kind(source, voice):
                return voice
        return self.heard[-1] if role.definite and words == {"مصدر"} else None

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
        words, roles, own = self.tokens.words, self.roles, source.name_first
        fold = words[own].fold
        for at in [at for at, word in enumerate(words) if word.fold == fold and at != own]:
            first = at
            while first > 0 and at - first < 4 and "given" in roles[first - 1].classes and not words[first - 1].prefix:
                first -= 1
            if first < at:
                return self.tokens.of(first, at + 1)
        return None


@lru_cache(maxsize=4096)
def _all_words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(words_of, names))


def _bare(fold: str, known: Role) -> str:
    rest = fold[len(known.prefix) :]
    return rest[2:] if rest.startswith("ال") and len(rest) > 4 else rest
