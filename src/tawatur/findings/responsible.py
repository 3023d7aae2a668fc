"""An event in, who is said to have done it out: by whom, and whether it is admitted or denied."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tawatur.events.families import family
from tawatur.findings.houses import one_over
from tawatur.findings.nouns import Actor, Responsibility, Voice
from tawatur.findings.parties import key_of, possessed
from tawatur.findings.phrasing import added, names_of, words
from tawatur.findings.wording import say

if TYPE_CHECKING:
    from tawatur.findings.ground import Ground
    from tawatur.findings.nouns import Says, Standing
    from tawatur.findings.wording import Both
    from tawatur.model import Claim, Event, Finding

_AHEAD = ("planned", "possible")
_DENIALS = ("denies_itself", "denies")
Told = dict[str, list[tuple["Says", "Claim", str]]]  # actor's key → what is said, the claim, the actor's name there


def responsibility(ground: Ground) -> tuple[Responsibility, ...]:
    """Every event of which somebody names an actor, by id. Events of words (talks, statements) have none."""
    found = (_responsible(ground, event) for event in ground.events)
    return tuple(told for told in found if told.actors)


def _responsible(ground: Ground, event: Event) -> Responsibility:
    claims = [c for c in ground.standing(event) if family(c.event_type) != "words"]
    told: Told = defaultdict(list)
    for claim in claims:
        for name in dict.fromkeys(m.name for m in claim.actors):
            told[_key(ground, claim, name)].append((_says(ground, claim, name), claim, name))
    silent = [c for c in claims if not c.actors]
    general = [c for c in silent if denied(c) and not _own_denial(ground, c, told)]
    return Responsibility(
        event=event.id,
        label=event.label,
        actors=tuple(sorted((_actor(ground, told[key]) for key in sorted(told)), key=_rank)),
        unnamed=tuple(k for c in silent if not denied(c) for k in ground.told_in(c.id)),
        denials=tuple(k for c in general for k in ground.told_in(c.id)),
        findings=tuple(f.id for f in ground.findings_of.get(event.id, ()) if _about_denial(ground, f)),
    )


def _key(ground: Ground, claim: Claim, name: str) -> str:
    """One key for the spellings of an actor; "his forces" are other forces in each origin's mouth."""
    return f"{key_of(name)} @{ground.origin(claim)}" if possessed(name) else key_of(name)


def denied(claim: Claim) -> bool:
    """Whether a claim says that it did not happen."""
    return claim.status == "not_occurred"


def _about_denial(ground: Ground, finding: Finding) -> bool:
    """Whether a finding sets a denial against what is said to have happened."""
    pair = (ground.claims[finding.a], ground.claims[finding.b])
    return finding.relation == "contradict" and denied(pair[0]) != denied(pair[1])


def _says(ground: Ground, claim: Claim, actor: str) -> Says:
    own = _own(ground, claim, actor)
    if denied(claim):
        return "denies_itself" if own else "denies"
    if claim.status in _AHEAD:
        return "expects"
    return "owns" if own else "names"


def _own(ground: Ground, claim: Claim, actor: str) -> bool:
    """Whether the origin of a claim is the actor, a body over or under it, or calls the actor its own."""
    if possessed(actor):
        return possessed(actor) == "own"
    origin = claim.origin
    names = [n for n in (origin.body, origin.name) if n] if origin else [ground.name(claim)]
    return any(key_of(name) == key_of(actor) or one_over(name, actor) for name in names)


def _own_denial(ground: Ground, claim: Claim, told: Told) -> bool:
    """Add a denial that names nobody to the actor who speaks it; False where none of the actors does."""
    for said in told.values():
        names = sorted({name for *_, name in said if not possessed(name)})
        name = next((name for name in names if _own(ground, claim, name)), "")
        if name:
            said.append(("denies_itself", claim, name))
            return True
    return False


def _actor(ground: Ground, said: list[tuple[Says, Claim, str]]) -> Actor:
    spelt = Counter(name for *_, name in said)
    name = min(spelt, key=lambda n: (-spelt[n], -len(n), n))
    groups: dict[tuple[str, Says], list[Claim]] = defaultdict(list)
    for says, claim, _ in said:
        groups[ground.origin(claim), says].append(claim)
    voices = tuple(_voice(ground, name, key[1], groups[key]) for key in sorted(groups))
    standing = _standing({v.says for v in voices})
    named = {v.origin for v in voices if v.says == ("expects" if standing == "expected" else "names")}
    against = {v.origin for v in voices if v.says in _DENIALS}
    told = words("responsible", standing, [name], actor=name, n=str(len(named)), m=str(len(against)))
    if len(named) > 1:
        told = added(told, "responsibility", "sides", sides=_sides([v.side for v in voices if v.origin in named]))
    return Actor(name, tuple(sorted(spelt)), standing, voices, told)


def _sides(sides: list[str | None]) -> Both:
    """Of how many sides those are who name an actor: several origins of one side are one side."""
    known = {side for side in sides if side}
    if len(known) > 1:
        return say("sides", "several", n=str(len(known)))
    return say("sides", "one" if known and None not in sides else "unknown")


def _standing(says: set[Says]) -> Standing:
    """What all voices come to: both sides told, owned up, only denied, only named, only expected."""
    affirmed, against = says & {"names", "owns"}, says & {*_DENIALS}
    if affirmed and against:
        return "disputed"
    if "owns" in says:
        return "admitted"
    return "denied" if against else "named" if affirmed else "expected"


def _voice(ground: Ground, actor: str, says: Says, claims: list[Claim]) -> Voice:
    first = claims[0]
    ids = tuple(dict.fromkeys(key for c in claims for key in ground.told_in(c.id)))
    doubters = tuple(sorted({name for key in ids for name in ground.doubters(ground.claims[key])}))
    name = ground.name(first)
    told = words("responsibility", says, [name, actor], name=name, actor=actor)
    if doubters:
        told = added(told, "responsibility", "doubted", doubters, who=names_of(doubters))
    kinds = tuple(sorted({c.event_type for c in claims}))
    return Voice(ground.origin(first), name, ground.side(first), says, kinds, ids, doubters, told)


def _rank(actor: Actor) -> tuple[object, ...]:
    return (-len({v.origin for v in actor.voices}), actor.name)
