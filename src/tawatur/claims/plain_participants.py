"""Who takes part, in languages that set words side by side, subject first: doers before an active verb or behind "by".

Those whom it happens to stand behind the verb, or before it in the passive.
"""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.claims.plain_attribution import scopes_of
from tawatur.claims.plain_names import names_of
from tawatur.claims.tokens import Tokens
from tawatur.lang.bodies import bodies
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack
from tawatur.model import Mention, Span

_SPEECH = frozenset({"demand", "rejection", "condemnation", "threat"})
_MUTUAL = ("clash", "agreement", "talks")
#: Types that happen to people who do nothing: a subject in the active is affected (people fled, children fell ill).
_SUFFERED = frozenset({"casualties", "displacement", "evacuation", "needs", "siege", "return"})
_THINGS = frozenset(
    {"attack", "airstrike", "shelling", "bombing", "needs", "obstruction", "other", "capture", "casualties"}
)
_LONGEST = 60
_ADJECTIVES = 3
_FINITE = ("past", "present")
_AUX = frozenset(
    ["asp_aux", "asp_had", "plan_future", "mod_maybe", "neg_past", "neg_future", "neg_present", "neg_unable"]
)
_PREDICATES = frozenset({"population.dead", "population.missing", "population.hurt", "population.displaced"})
_ADJECTIVAL = ("al", "an", "ish", "ese", "ed", "ant", "ary", "ern", "ive", "ic", "ous", "ful", "less", "wi", "ni", "qi")
_PEOPLE, _BODY, _THING = 0, 1, 2


@dataclass(slots=True)
class _Group:
    """People, a body or things: its tokens, which of these it is, and whether ``by`` stands before it."""

    first: int
    after: int
    kind: int
    by: bool


def participants(
    tokens: Tokens, first: int, after: int, event_type: str, pack: Pack
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Actors and affected of the claim at tokens ``first`` to ``after``, in text order."""
    stop = min(after, first + _LONGEST)
    found = _groups(tokens, first, stop, pack)
    verb, passive = _verb(tokens, first, stop)
    if event_type in _SPEECH:
        speaker = _speaker(tokens, first, after, pack)
        rest = [g for g in found if g.kind != _THING and (g.first > verb or speaker is None)]
        actors = (speaker,) if speaker else tuple(_mention(tokens, g) for g in found if g.first < verb)[:1]
        return actors, tuple(_mention(tokens, g) for g in rest[:1])
    if found and verb == first and found[0].first - first < _ADJECTIVES:
        verb = found[0].after  # no list knows the verb
    doers, affected = _deed(found, verb, event_type, passive=passive)
    return tuple(_mention(tokens, g) for g in doers), tuple(_mention(tokens, g) for g in affected)


def _speaker(tokens: Tokens, first: int, after: int, pack: Pack) -> Mention | None:
    """Whose act of speech the clause tells, as the finder of voices has it."""
    for scope in scopes_of(tokens, pack):
        if scope.event_type and first <= scope.verb_after and scope.verb_first < after and scope.chain:
            link = scope.chain[-1]
            return Mention(link.name, link.span) if link.span is not None else None
    return None


def _deed(found: list[_Group], verb: int, event_type: str, *, passive: bool) -> tuple[list[_Group], list[_Group]]:
    actors = [g for g in found if g.by and g.kind != _THING][:1]
    if not actors and not passive:
        ahead = [g for g in found if g.first < verb and g.kind != _THING]
        suffers = event_type in _SUFFERED
        actors = [g for g in ahead if not (suffers and g.kind == _PEOPLE)][: 2 if event_type in _MUTUAL else 1]
    rest = [g for g in found if g not in actors]
    people = [g for g in rest if g.kind == _PEOPLE]
    if people:
        return actors, people[:2]
    others = [g for g in rest if (g.kind == _BODY and (g.first > verb or passive)) or event_type in _THINGS]
    return actors, [g for g in others if g.kind == _BODY or event_type in _THINGS][:1]


def _verb(tokens: Tokens, first: int, after: int) -> tuple[int, bool]:
    """The first finite verb of the clause, and whether the verb that tells the event stands in the passive."""
    finite, auxiliary = first, False
    seen = False
    for at in range(first, after):
        word = tokens.words[at]
        aux = word.cls.get("status") in _AUX
        verb = next((s for s in word.senses if s.pos == "verb"), None)
        acts = verb is not None and (verb.form in _FINITE or verb.form == "part")
        told = acts or (" " in word.fold and ("events" in word.by or "outcomes" in word.by))
        if not seen and (aux or told):
            finite, seen = at, True
        auxiliary = auxiliary or word.cls.get("status") == "asp_aux" or word.fold.endswith("been")
        if told and not aux:
            return finite, auxiliary and (verb is None or verb.form != "present")
    return finite, False


def _groups(tokens: Tokens, first: int, after: int, pack: Pack) -> list[_Group]:
    known, names, words = bodies(pack), names_of(pack), tokens.words
    out: list[_Group] = []
    at = first
    while at < after:
        word = words[at]
        end, kind = at, -1
        if word.kind == "word" and word.raw[0].isupper():
            start = known.start(word)
            body = known.at(words, at, after, start) if start is not None else None
            if body is not None:
                end, kind = body[0], _BODY
            elif (place := names.at(words, at)) and place[1].sites[0].kind == "country" and not _governed(tokens, at):
                end, kind = place[0], _BODY
        if kind < 0:
            kind = _kind(word, words[at - 1] if at > first else None)
            end = at + 1
        if kind < 0:
            at += 1
            continue
        end = _onward(words, end, after, kind)
        begin = _back(tokens, at, first, out)
        if out and out[-1].after == begin and kind == out[-1].kind:
            out[-1].after = end
        else:
            out.append(_Group(begin, end, kind, _by(tokens, begin, first)))
        at = end
    return out


def _governed(tokens: Tokens, at: int) -> bool:
    return at > 0 and tokens.words[at - 1].cls.get("places") in ("prep", "dir", "part")


def _kind(word: Word, before: Word | None) -> int:
    """Whether a word is people, a body, a thing that things happen to, or none of these."""
    if word.kind != "word":
        return -1
    if _is_force(word):
        return _BODY
    counted = word.by.get("populations")
    if counted is None:
        return -1
    if counted.entry.gives.get("person"):
        lone = counted.entry.id in _PREDICATES and (before is None or before.fold != "the")
        return -1 if lone and " " not in word.fold else _PEOPLE
    return _THING if counted.entry.gives["population"] in ("buildings", "facilities", "vehicles", "trucks") else -1


def _is_force(word: Word) -> bool:
    return word.cls.get("sources") == "org" or word.cls.get("events") == "who_army"


def _onward(words: list[Word], end: int, after: int, kind: int) -> int:
    """Past further nouns of one group: government forces, Peshmerga fighters."""
    while end < after and words[end].kind == "word":
        further = _is_force(words[end]) or (kind == _BODY and words[end].by.get("populations") is not None)
        if not further or any(s.pos == "verb" for s in words[end].senses):
            break
        end += 1
    return end


def _back(tokens: Tokens, at: int, first: int, before: list[_Group]) -> int:
    """Where a group's adjectives begin."""
    least = max(first, at - _ADJECTIVES, before[-1].after if before else first)
    while at > least and _describes(tokens.words[at - 1]):
        at -= 1
    return at


def _describes(word: Word) -> bool:
    if word.kind != "word" or "figures" in word.cls or "times" in word.cls or word.cls.get("status"):
        return False
    if any(s.pos == "verb" for s in word.senses) or word.cls.get("sources") in ("pronoun", "joint", "say", "act"):
        return False
    return (word.raw[0].isupper() and len(word.raw) > 1) or word.fold.endswith(_ADJECTIVAL)


def _by(tokens: Tokens, at: int, first: int) -> bool:
    k = at - 1
    while k > first and tokens.words[k].fold in ("the", "a", "an"):
        k -= 1
    return k >= first and tokens.words[k].fold == "by"


def _mention(tokens: Tokens, group: _Group) -> Mention:
    span = Span(tokens.starts[group.first], tokens.ends[group.after - 1])
    return Mention(span.of(tokens.text), span)
