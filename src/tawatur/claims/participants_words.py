"""What one word shows of those who take part: can it head a noun phrase, what does it govern, which features has it."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.claims.sources_role import COUNTED, DOER, GOVERNED, KNOWN, PERSON, Role
from tawatur.lang.lexicon import Word

#: Classes of the sources dimension that no noun phrase begins with.
_PARTICLES = frozenset({
    "that", "relative", "not", "qad", "as", "per", "perself", "contrast", "leave", "saying", "adjunct", "from",
    "was", "topic", "say", "act", "participle", "came", "telling", "same", "issued", "latest", "duty",
})  # fmt: skip
_NOUNISH = frozenset({"org", "title", "unnamed", "rank", "given", "state", "outlet"})
_SHAPES = ("ون", "ين", "ان", "وا", "تا", "ات", "يه", "ت", "ه", "ي")
_COUNTS = ("عدد ", "اعداد ")
_UNDER = ("ب", "ل", "لل", "بال")
_ENDINGS = ("نا", "وا", "ون", "ان", "ت")
#: What a head may be that names people or bodies.
PEOPLED = frozenset({"person", "body", "known"})
#: Kinds of governors.
VERB, DEED = "verb", "deed"


class Part:
    """A word among those who take part: its features as a head and as a neighbour, and what it is to other words.

    ``rows`` is where a model keeps what it has added up for the word.
    """

    __slots__ = (
        "before", "beside", "broad", "can_head", "edge", "governs", "head", "joined", "left", "opening", "prep",
        "right", "rows", "second", "stops", "tells", "under",
    )  # fmt: skip

    def __init__(self, word: Word, role: Role) -> None:
        self.rows: dict[object, complex] = {}
        governs = _governs(word, role)
        self.broad = _broad(word, role)
        self.can_head = _can_head(word, role, governs)
        self.governs = governs if not (self.can_head and self.broad in PEOPLED) else ""
        self.prep = word.fold if _is_preposition(role) else ""
        self.under = next((p for p in _UNDER if p == (role.prefix or word.prefix)), "")
        self.tells = bool(self.can_head or self.prep or self.governs)
        self.joined = word.fold[:1] == "و"
        self.stops = role.halts and not role.is_word
        self.head = tuple(_head(word, role, self.broad)) if self.can_head else ()
        self.left = tuple(_beside(word, role, governs, "p"))
        self.second = tuple(f"2{name}" for name in self.left if name.startswith(("p=", "pg")))
        self.right = tuple(_beside(word, role, governs, "n"))
        self.opening = tuple(_opening(word, governs, self.left))
        self.beside = tuple(f"s{name}" for name in self.left)
        self.edge = tuple(f"b{name}" for name in self.left)
        self.before = tuple(f"s{name}" for name in self.head if not name.startswith("h="))


def part_of(word: Word, role: Role) -> Part:
    """What a word shows; worked out once a distinct word."""
    known = word.notes.get("part")
    if known is None:
        known = word.notes["part"] = Part(word, role) if word.alike is None or role.names else _of_number(word, role)
    return known  # type: ignore[return-value]  # only this function and the next write under the key


def _of_number(word: Word, role: Role) -> Part:
    """What a number shows that begins no name: the same as all others with its first digit."""
    key = f"part {word.bare[:1]}"
    known = word.notes.get(key)
    if known is None:
        known = Part(word, role)
        word.note(key, known)
    return known  # type: ignore[return-value]  # as above


def _governs(word: Word, role: Role) -> str:
    """The happening that a word tells: its entry and whether as a verb (with its tense) or as a noun; or nothing."""
    if word.kind != "word":
        return ""
    people = word.by.get("populations")
    for sense in word.senses if people is None else ():
        if sense.pos == "verb" and sense.entry.dimension in ("events", "sources", "status"):
            return f"{VERB}:{sense.entry.cls}"
    if role.verb:
        return f"{VERB}:?"
    event = word.by.get("events")
    if event is not None and not role.group & (KNOWN | PERSON) and not event.entry.cls.startswith("who"):
        return f"{DEED}:{event.entry.cls}"
    if role.deed:
        return f"{DEED}:?"
    if (not word.senses and word.fold[:2] in ("سي", "ست", "وي")) or (not word.senses and word.fold[:1] == "ي"):
        return f"{VERB}:?"
    return ""


def _can_head(word: Word, role: Role, governs: str) -> bool:
    """Whether a noun phrase may begin with the word; where it may be a verb too, the words around it decide."""
    fold = word.fold
    if not role.is_word or role.preposition or role.kept or word.cls.get("times") is not None:
        return False
    if role.names is not None or "populations" in word.cls or not role.classes.isdisjoint(_NOUNISH):
        return True
    if " " in fold:
        return fold.startswith(_COUNTS)
    if role.articled or role.tanwin:
        return len(fold) > 3
    if "numbers" in word.cls or governs.startswith(VERB) or governs == f"{DEED}:?":
        return False
    return role.classes.isdisjoint(_PARTICLES) and len(word.bare) > 2


def _broad(word: Word, role: Role) -> str:
    people = word.by.get("populations")
    if role.names is not None and not role.group & PERSON:
        return "body"
    if people is not None:
        return "person" if people.entry.gives.get("person") else "thing"
    if role.group & KNOWN:
        return "known"
    if "places" in word.cls:
        return "place"
    return "word"


def _is_preposition(role: Role) -> bool:
    return role.preposition or role.kept or role.leads & (GOVERNED | DOER) != 0


def _head(word: Word, role: Role, broad: str) -> Iterator[str]:
    yield f"h={word.bare}"
    yield f"hk={broad}"
    people = word.by.get("populations")
    if people is not None:
        yield f"hp={people.entry.id.partition('.')[2]}"
        yield f"hpop={people.entry.gives.get('population')}"
    for cls in sorted(role.classes):
        yield f"hs={cls}"
    event = word.by.get("events")
    if event is not None:
        yield f"he={event.entry.cls}"
    place = word.cls.get("places")
    if place:
        yield f"hpl={place}"
    yield f"pre={role.prefix or word.prefix}"
    yield f"end={next((s for s in _SHAPES if word.fold.endswith(s)), '')}"
    yield from _inflection(word, role)


def _inflection(word: Word, role: Role) -> Iterator[str]:
    if role.pronoun or any(word.suffixes):
        yield "pronoun"
    if role.tanwin or word.raw.endswith("ا"):
        yield "tanwin"
    if role.definite:
        yield "definite"


def _beside(word: Word, role: Role, governs: str, side: str) -> Iterator[str]:
    """Features of the word as the neighbour of a head."""
    if word.kind != "word":
        yield f"{side}={word.kind if word.kind != 'mark' else word.fold}"
        return
    yield f"{side}={word.bare}"
    if governs:
        yield f"{side}g={governs}"
    if "numbers" in word.cls or role.leads & COUNTED:
        yield f"{side}=count"
    for cls in sorted(role.classes):
        yield f"{side}s={cls}"
    people = word.by.get("populations")
    if people is not None:
        yield f"{side}p={people.entry.id}"
    if word.prefix or role.prefix:
        yield f"{side}pre={role.prefix or word.prefix}"
    if not word.senses:
        yield f"{side}end={next((s for s in _SHAPES if word.fold.endswith(s)), '')}"
        yield f"{side}begin={word.fold[:1]}"
    if role.articled:
        yield f"{side}=the"


def _opening(word: Word, governs: str, left: tuple[str, ...]) -> Iterator[str]:
    """Features of the word as the first of a clause whose doer may stand before it."""
    kind = governs.partition(":")[0]
    yield from (f"0{name}" for name in left)
    yield f"0kind={kind}"
    yield f"0begin={word.bare[:1]}/{kind}"
    yield f"0end={ending(word)}"


def ending(word: Word) -> str:
    """The ending of a verb that tells its person or number."""
    return next((end for end in _ENDINGS if word.fold.endswith(end)), "")
