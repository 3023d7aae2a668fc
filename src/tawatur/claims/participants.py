"""Who takes part: a clause and its event type in, those who act and those whom it happens to out."""

from __future__ import annotations

from tawatur.claims.sources import Reader, reader_of
from tawatur.claims.sources_role import COUNTED, DOER, GOVERNED, GROUP, KNOWN, PERSON, having
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
_MUTUAL = ("clash", "agreement", "talks")  # types that two take part in
_HURT = ("casualties", "evacuation", "aid")  # types whose sufferers are people, not bodies
_GOVERNING = ("ب", "ل", "لل", "بال")
_LONGEST = 60

#: What a group is: a noun of the population, or a body, force or office.
PEOPLE, BODY = 16, 32
_FREE = BODY | GOVERNED | COUNTED
#: A group: the token it begins with, the token after it, and what it is and stands behind.
_Group = tuple[int, int, int]


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
    affected = _affected([g for g in found if g not in actors] if actors else found, event_type)
    return tuple([_mention(reader, g) for g in actors]), tuple([_mention(reader, g) for g in affected])


def _after_verb(reader: Reader, first: int, after: int) -> _Group | None:
    """The noun phrase after the first verb or verbal noun of a clause that names no known group."""
    for at in range(first, min(after - 1, first + 4)):
        role = reader.roles[at]
        if role.verb or "deed" in role.classes or (at == first and reader.words[at].kind == "word"):
            source = reader.read(at + 1, after, loose=True)
            if source is not None and source.after > at + 1 and not reader.roles[at + 1].leads & GOVERNED:
                return at + 1, source.after, BODY
            return None
    return None


def _actors(found: list[_Group], event_type: str) -> list[_Group]:
    for group in found:
        if group[2] & DOER:
            return [group]
    if event_type not in _ACTED:
        return []
    free = [g for g in found if g[2] & _FREE == BODY]
    return free[:2] if event_type in _MUTUAL else free[:1]


def _affected(found: list[_Group], event_type: str) -> list[_Group]:
    if event_type not in _SUFFERED:
        return []
    if event_type in _SPEECH:
        return [g for g in found if g[2] & (BODY | PEOPLE)][:1]
    people = [g for g in found if g[2] & PEOPLE]
    if people or event_type in _HURT:
        return people[:2]
    return [g for g in found if g[2] & BODY][:1]


def _groups(reader: Reader, first: int, after: int) -> list[_Group]:
    out: list[_Group] = []
    free, roles = first, reader.roles
    for match in _BEGINS.finditer(reader.chars, first, after):
        at = match.start()
        if at < free:
            continue
        role = roles[at]
        says = role.group
        body = role.names is not None and reader.body_at(at, after) is not None
        if not body and not says & (KNOWN | PERSON):
            continue
        free = at + 1 if says & PERSON and not body else _end(reader, at, after)
        stands = roles[at - 1].leads if at > first else 0
        if role.prefix in _GOVERNING:
            stands |= GOVERNED
        if stands & DOER:
            stands &= ~GOVERNED
        out.append((at, free, stands | _what(says, stands, body=body)))
    return out


def _what(says: int, stands: int, *, body: bool) -> int:
    """Whether a group is people or a body; people who are counted are no body."""
    if not says & PERSON:
        return BODY
    return PEOPLE | BODY if (body or says & KNOWN) and not stands & COUNTED else PEOPLE


def _end(reader: Reader, at: int, after: int) -> int:
    source = reader.read(at, after, loose=True)
    return source.after if source is not None and source.after > at else at + 1


def _mention(reader: Reader, group: _Group) -> Mention:
    tokens, (first, after, _) = reader.tokens, group
    return Mention(reader.name(first, after), Span(tokens.starts[first], tokens.ends[after - 1]))
