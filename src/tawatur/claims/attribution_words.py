"""What the parts of the scanner share: the words that code must know, openings, and a view of the tokens."""

from __future__ import annotations

from dataclasses import dataclass, field

from tawatur.claims.sources import Reader, Source
from tawatur.claims.sources_words import Role
from tawatur.claims.tokens import Tokens

REGION = 34  # tokens between a reporting verb and what it reports
SUBJECT = 14  # tokens a subject may stand before its verb
THAT_MARKS = frozenset({":", "«", "“", '"'})
PREPOSITIONS = frozenset({"الي", "عن", "علي", "من", "ب", "حول", "بشان", "في"})
PRONOUNS = frozenset(
    {"به", "بها", "عنه", "عنها", "له", "لها", "لهم", "عليه", "عليها", "عليهم", "لنا", "فيه", "فيها", "ايضا"}
)
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
CREDITS = frozenset({"(", "المصدر"})
CLOSERS = frozenset({"»", "”", '"'})
MASCULINE = (
    "مجلس",
    "جيش",
    "مكتب",
    "مركز",
    "حزب",
    "تحالف",
    "وفد",
    "فريق",
    "برلمان",
    "جهاز",
    "نادي",
    "لواء",
    "تنظيم",
    "فيلق",
    "مرصد",
    "صندوق",
    "برنامج",
    "اتحاد",
    "ايتلاف",
    "مصرف",
    "مستشفي",
    "مشفي",
)
ENDS = frozenset({".", "!", "؟", "?", "…", "؛", ";"})


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
    spread: str = ""  # lines, paragraph: how far beyond the sentence
    extra: list[str] = field(default_factory=list)


class View:
    """Tokens of a report with their roles and a reader of source phrases."""

    def __init__(self, tokens: Tokens, roles: list[Role], reader: Reader) -> None:
        self.tokens, self.roles, self.reader = tokens, roles, reader
        self.words = tokens.words
        self.colons = [at for at, word in enumerate(tokens.words) if word.fold == ":"]
        marked = zip(tokens.words, roles, strict=True)
        self.triggers = [at for at, (word, role) in enumerate(marked) if role.opener or word.fold in CREDITS]
        self.heard: list[frozenset[str]] = []  # words of the voices heard so far, kept by the caller
