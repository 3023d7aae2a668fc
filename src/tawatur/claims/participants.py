"""Who takes part: a clause and its event type in, those who act and those whom it happens to out."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from tawatur.claims.sources import Reader, Source
from tawatur.claims.sources_words import Role, roles_of
from tawatur.claims.tokens import Tokens
from tawatur.lang.bodies import Bodies, Body, bodies
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack
from tawatur.model import Mention, Span

_CACHE = "participants"
_GROUPS = frozenset({"org", "title", "unnamed", "rank", "given", "state"})
_FORCES = frozenset({"who_army", "who_aid", "attack_gunmen", "mobil_forces", "air_craft"})
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
_LONGEST = 60
_KNOWN, _PERSON, _OPEN = 1, 2, 4


@dataclass(slots=True)
class _Group:
    first: int
    after: int
    governed: bool  # after a preposition
    doer: bool  # after "at the hands of"
    counted: bool
    people: bool  # a noun of the population counted
    known: bool  # a body, force or office


def participants(
    tokens: Tokens, first: int, after: int, event_type: str, pack: Pack
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Actors and affected of the claim at tokens ``first`` to ``after``, in text order."""
    reader = _reader(tokens, pack)
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
                return _Group(at + 1, source.after, False, False, False, False, True)
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


def _groups(reader: _Phrases, first: int, after: int) -> list[_Group]:
    out: list[_Group] = []
    free = first
    starts = reader.starts
    for number in range(bisect_left(starts, first), bisect_left(starts, after)):
        at = starts[number]
        group = _group(reader, at, first, after) if at >= free else None
        if group is not None:
            out.append(group)
            free = max(at + 1, group.after)
    return out


def _may_start(word: Word, role: Role, reader: Reader) -> int:
    """What a word alone says of a group that begins with it: 0 that none does, else the flags above."""
    people = word.by.get("populations")
    toll = people is not None and people.entry.gives.get("outcome") in ("killed", "injured")
    if word.kind != "word" or role.opener or role.verb or toll:
        return 0
    known = bool(role.classes & _GROUPS) or word.cls.get("events", "") in _FORCES
    person = people is not None and bool(people.entry.gives.get("person"))
    return _KNOWN * known + _PERSON * person or _OPEN * reader.bodies.may_start(word)


def _says(word: Word, role: Role, reader: Reader) -> int:
    if word.group < 0:
        word.group = _may_start(word, role, reader)
    return word.group


def _group(reader: _Phrases, at: int, first: int, after: int) -> _Group | None:
    word, role = reader.words[at], reader.roles[at]
    says = _says(word, role, reader)
    body = reader.bodies.at(reader.words, at, after) is not None
    known, person = body or bool(says & _KNOWN), bool(says & _PERSON)
    if not (known or person):
        return None
    before = reader.words[at - 1] if at > first else None
    counted = before is not None and (
        before.kind == "number" or "deed" in reader.roles[at - 1].classes or "numbers" in before.cls
    )
    end = at + 1 if person and not body else _end(reader, at, after)
    doer = before is not None and before.fold in _BY
    governed = role.prefix in ("ب", "ل", "لل", "بال") or (before is not None and before.fold in _CUT)
    return _Group(at, end, governed and not doer, doer, counted, person, known and not (person and counted))


def _end(reader: Reader, at: int, after: int) -> int:
    source = reader.read(at, after, loose=True)
    return source.after if source is not None and source.after > at else at + 1


def _mention(reader: _Phrases, group: _Group) -> Mention:
    tokens = reader.tokens
    name = reader.made_at(group.first, group.after)
    return Mention(name, Span(tokens.starts[group.first], tokens.ends[group.after - 1]))


class _Phrases(Reader):
    """The phrase reader of a report with the tokens at which a group may begin, kept for the report's next clause.

    Only how far phrases reach is asked of it, so that it works out no names for what it reads.
    """

    def __init__(self, tokens: Tokens, roles: list[Role], known: Bodies) -> None:
        super().__init__(tokens, roles, known)
        marked = zip(tokens.words, roles, strict=True)
        says = [word.group if word.group >= 0 else _says(word, role, self) for word, role in marked]
        self.starts = [at for at, says_of in enumerate(says) if says_of]

    def _made(
        self, first: int, after: int, name_first: int, name_after: int, kind: str, body: Body | None, *, like: bool
    ) -> Source:
        return Source(first, self._past_same(after), name_first, name_after, "", kind, body, frozenset(), like)


def _reader(tokens: Tokens, pack: Pack) -> _Phrases:
    held = pack.cache.get(_CACHE)
    if isinstance(held, _Phrases) and held.tokens is tokens:
        return held
    made = pack.cache[_CACHE] = _Phrases(tokens, roles_of(tokens.words, pack.lexicon), bodies(pack))
    return made
