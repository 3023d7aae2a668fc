"""What the parts of the scanner share: the words that code must know, openings, and a view of the tokens."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.claims.sources import Reader, Source
from tawatur.claims.sources_role import COLON, HEARS, having

REGION = 34  # tokens between a reporting verb and what it reports
SUBJECT = 14  # tokens a subject may stand before its verb
THAT_MARKS = frozenset({":", "«", "“", '"'})
PREPOSITIONS = frozenset({"الي", "عن", "علي", "من", "ب", "حول", "بشان", "في"})
BEFORE_THAT = frozenset(
    {
        "قبل",
        "بعد",
        "منذ",
        "دون",
        "رغم",
        "بدون",
        "يمكن",
        "يجب",
        "ينبغي",
        "شرط",
        "بشرط",
        "المقرر",
        "المنتظر",
        "المتوقع",
        "كان",
        "شان",
        "لولا",
        "الا",
        "خشيه",
    }
)
BEFORE_NOUN = frozenset({"رغم", "برغم", "بعد", "قبل", "مع", "وسط", "اثر", "عقب", "منذ", "فور", "الي", "من"})
COMMAS = ("،", ",")
QUOTES = ("«", "“", '"')
IN = ("في", "فى")
CLOSERS = frozenset({"»", "”", '"'})
_COLON = having(COLON)
_HEARS = having(HEARS)


@dataclass(slots=True)
class Opening:
    """One reporting expression. ``sources`` are outermost first; empty means that the last speaker goes on."""

    first: int
    after: int  # where what is reported begins, for a forward opening
    way: str  # forward, back, both
    kind: str  # indirect, direct, preposed, postposed, continuation, speech_act, participle, self
    rule: str
    stance: str = "neutral"
    sources: tuple[Source, ...] = ()
    told: Source | None = None
    event: str | None = None
    verb: int = -1
    subject_first: int = -1  # where the clause of the expression begins, for verbs after their subject
    nested: bool = False
    relay: bool = False  # the source only carries what another one says
    impersonal: bool = False
    nominal: bool = False  # what is reported is a noun: no clause of its own
    spread: str = ""  # lines, paragraph: how far beyond the sentence


class View:
    """Tokens of a report with their roles and a reader of source phrases."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.tokens, self.roles, self.chars = reader.tokens, reader.roles, reader.chars
        self.words = reader.words
        self.colons = [match.start() for match in _COLON.finditer(self.chars)]
        self.heard: list[frozenset[str]] = []  # words of the voices heard so far, kept by the caller

    def told_in(self, at: int, stop: int) -> Source | None:
        """The first outlet told between two tokens."""
        if at < stop:
            for match in _HEARS.finditer(self.chars, at, stop):
                found = self.reader.told(match.start())
                if found is not None:
                    return found[1]
        return None

    def next_with(self, classes: frozenset[str], at: int, stop: int) -> int | None:
        """The first token between two that may have one of these classes."""
        roles = self.roles
        for k in range(at, stop):
            if not roles[k].classes.isdisjoint(classes):
                return k
        return None

    def next_comma(self, at: int, stop: int) -> int | None:
        """The first comma between two tokens."""
        words = self.words
        for k in range(at, min(stop, len(words))):
            if words[k].fold in COMMAS:
                return k
        return None
