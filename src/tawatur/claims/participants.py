"""Who takes part: a clause and its event type in, those who act and those whom it happens to out."""

from __future__ import annotations

from tawatur.claims.sources import Reader, reader_of
from tawatur.claims.sources_role import GROUP, KNOWN, PERSON, having
from tawatur.claims.tokens import Tokens
from tawatur.lang.pack import Pack
from tawatur.model import Mention, Span

_BEGINS = having(GROUP)
_SPEECH = frozenset({"demand", "rejection", "condemnation", "threat", "talks", "agreement", "monitoring"})
#: Types whose doer is regularly named (over 40 % of the train claims), and types that happen to somebody.
_ACTED = _SPEECH | frozenset(
    [
        "clash",
        "airstrike",
        "shelling",
        "attack",
        "capture",
        "withdrawal",
        "mobilisation",
        "aid",
        "detention",
        "protest",
        "release",
        "violation",
        "other",
    ]
)
_SUFFERED = frozenset(
    [
        "airstrike",
        "bombing",
        "attack",
        "casualties",
        "shelling",
        "evacuation",
        "displacement",
        "return",
        "siege",
        "obstruction",
        "detention",
        "release",
        "needs",
        "aid",
        "demand",
        "condemnation",
        "threat",
    ]
)
#: Types that only somebody can do, so that an unknown noun after the verb is the doer.
_BARE = frozenset({"withdrawal", "mobilisation", "attack", "capture", "protest", "rejection", "condemnation"})
_BY = frozenset({"يد", "ايدي", "قبل", "بقياده", "برييسه", "يدي", "بنيران", "بغارات", "برصاص", "بقصف"})
_CUT = frozenset({"على", "الي", "علي", "من", "في", "عن", "مع", "ضد", "بين", "نحو", "حتي", "منذ"})
_GOVERNING = ("ب", "ل", "لل", "بال")
_LONGEST = 60


class _Group:
    """A group named at tokens ``first`` to ``after``."""

    __slots__ = ("after", "counted", "doer", "first", "governed", "known", "people")

    def __init__(
        self, first: int, after: int, *, governed: bool, doer: bool, counted: bool, people: bool, known: bool
    ) -> None:
        self.first, self.after = first, after
        self.governed = governed  # after a preposition
        self.doer = doer  # after "at the hands of"
        self.counted = counted
        self.people = people  # a noun of the population counted
        self.known = known  # a body, force or office


def participants(
    tokens: Tokens, first: int, after: int, event_type: str, pack: Pack
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Actors and affected of the claim at tokens ``first`` to ``after``, in text order."""
    reader = reader_of(tokens, pack)
    found = _groups(reader, first, min(after, first + _LONGEST))
    outside = "participle" in reader.roles[first].classes  # its doer stands before the clause
    actors = [] if outside else _actors(found, event_type)
    if not actors and not outside and event_type in _BARE:
        lone = _after_verb(reader, first, after)
        actors = [lone] if lone is not None else []
    affected = _affected([g for g in found if g not in actors], event_type)
    return tuple([_mention(reader, g) for g in actors]), tuple([_mention(reader, g) for g in affected])


def _after_verb(reader: Reader, first: int, after: int) -> _Group | None:
    """The noun phrase after the first verb or verbal noun of a clause that names no known group."""
    for at in range(first, min(after - 1, first + 4)):
        role = reader.roles[at]
        if role.verb or "deed" in role.classes or (at == first and reader.words[at].kind == "word"):
            source = reader.read(at + 1, after, loose=True)
            if source is not None and source.after > at + 1 and reader.words[at + 1].fold not in _CUT:
                return _Group(at + 1, source.after, governed=False, doer=False, counted=False, people=False, known=True)
            return None
    return None


def _actors(found: list[_Group], event_type: str) -> list[_Group]:
    by = [g for g in found if g.doer]
    if by or event_type not in _ACTED:
        return by[:1]
    free = [g for g in found if g.known and not g.governed and not g.counted]
    return free[:2] if event_type in ("clash", "agreement", "talks") else free[:1]


def _affected(found: list[_Group], event_type: str) -> list[_Group]:
    if event_type not in _SUFFERED:
        return []
    if event_type in _SPEECH:
        return [g for g in found if g.known or g.people][:1]
    people = [g for g in found if g.people]
    if people:
        return people[:2]
    return [g for g in found if g.known][:1] if event_type not in ("casualties", "evacuation", "aid") else []


def _groups(reader: Reader, first: int, after: int) -> list[_Group]:
    out: list[_Group] = []
    free = first
    for match in _BEGINS.finditer(reader.chars, first, after):
        at = match.start()
        group = _group(reader, at, first, after) if at >= free else None
        if group is not None:
            out.append(group)
            free = group.after
    return out


def _group(reader: Reader, at: int, first: int, after: int) -> _Group | None:
    role = reader.roles[at]
    body = role.names is not None and reader.body_at(at, after) is not None
    known, people = body or bool(role.group & KNOWN), bool(role.group & PERSON)
    if not (known or people):
        return None
    end = at + 1 if people and not body else _end(reader, at, after)
    counted = doer = False
    governed = role.prefix in _GOVERNING
    if at > first:
        before = reader.words[at - 1].fold
        counted, doer = reader.roles[at - 1].counts, before in _BY
        governed = not doer and (governed or before in _CUT)
    return _Group(
        at, end, governed=governed, doer=doer, counted=counted, people=people, known=known and not (people and counted)
    )


def _end(reader: Reader, at: int, after: int) -> int:
    source = reader.read(at, after, loose=True)
    return source.after if source is not None and source.after > at else at + 1


def _mention(reader: Reader, group: _Group) -> Mention:
    tokens = reader.tokens
    return Mention(
        reader.name(group.first, group.after), Span(tokens.starts[group.first], tokens.ends[group.after - 1])
    )
