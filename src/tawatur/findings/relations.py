"""Two frames in, their relation out, decided in one fixed order; each verdict names the rule and the slots it used."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tawatur.findings.frames import ancestors, nested
from tawatur.findings.intervals import ABOUT, open_ended, overlap
from tawatur.findings.monitored import beside, is_batch

if TYPE_CHECKING:
    from tawatur.findings.frames import Frame
    from tawatur.model import Relation


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation of two frames (or statuses), the rule that decided, and the slots that were missing."""

    relation: Relation
    rule: str
    missing: tuple[str, ...] = ()


_COUNTS_APART = {"disjoint", "falls"}
_INSIDE = {"besieged", "remaining"}
_MOVED = {"evacuated", "displaced", "returned", "surrendered"}
_THERE = {"besieged", "remaining", "present", "in_need"}
SAME_START = 1  # days by which two running counts may differ and still count from the same day


def relate(a: Frame, b: Frame, *, independent: bool) -> Verdict:
    """The relation of two figures of one event; the order of the two makes no difference.

    The order of decisions: unknown, not_comparable, variant, part, update, revision, contradict, agree.
    """
    first, second = ordered(a, b)
    if verdict := _comparable(first, second):
        return verdict
    if independent and (first.changed or second.changed):
        return Verdict("not_comparable", "changed_by_relay")
    if first.denied or second.denied:
        return _denial(first, second, independent=independent)
    if beside(first, second, independent=independent):
        return Verdict("not_comparable", "side_by_side")
    if (batch := _batch(first, second)) is not None:
        return batch
    if not independent and _same_moment(first, second):
        return _same_origin(first, second)
    if verdict := _part(first, second):
        return verdict
    if _batches_apart(first, second):
        return Verdict("not_comparable", "other_time")
    return _same_frame(first, second, independent=independent)


def ordered(a: Frame, b: Frame) -> tuple[Frame, Frame]:
    """The frame with the earlier as-of first; then by interval and claim, so that the two may come in any order."""

    def key(f: Frame) -> tuple[float, float, float, str, int]:
        as_of = f.clock.as_of
        return (-math.inf if as_of is None else as_of, f.interval[0], f.interval[1], f.claim.id, f.figure.span.start)

    return (a, b) if key(a) <= key(b) else (b, a)


def _comparable(a: Frame, b: Frame) -> Verdict | None:
    if not same_outcome(a, b) and not released_of_held(a, b) and not released_of_held(b, a):
        moved = {a.outcome, b.outcome} & _MOVED and {a.outcome, b.outcome} & _THERE
        return Verdict("not_comparable", "stock_and_flow" if moved else "other_outcome")
    if not same_counted(a, b) and not nested(a.population, b.population) and not nested(b.population, a.population):
        beside = ancestors(a.population) & ancestors(b.population)
        return Verdict("not_comparable", "populations_beside" if beside else "other_population")
    if not same_counted(a, b) and (a if nested(a.population, b.population) else b).figure.part_of:
        return Verdict("not_comparable", "part_of_its_own")
    if a.ahead != b.ahead:
        return Verdict("not_comparable", "plan_against_count")
    if a.outcome == "none":
        return Verdict("unknown", "no_outcome", ("outcome",))
    if a.running != b.running:
        return None
    undated = a.clock.as_of is None or b.clock.as_of is None
    if undated and a.cumulative and b.cumulative and a.claim.report != b.claim.report:
        return Verdict("unknown", "no_time", ("as_of",))
    return None


def released_of_held(a: Frame, b: Frame) -> bool:
    """True when those released in ``a`` may be of those held in ``b``."""
    return a.outcome == "released" and b.outcome == "detained"


def same_outcome(a: Frame, b: Frame) -> bool:
    """True when the same happened to those counted; who is besieged is who remains."""
    return a.outcome == b.outcome or {a.outcome, b.outcome} <= _INSIDE


def same_counted(a: Frame, b: Frame) -> bool:
    """True when two figures count the same population."""
    return a.population == b.population


def _denial(a: Frame, b: Frame, *, independent: bool) -> Verdict:
    """A figure that is denied says only what the count is not: it stands against a count that fits it."""
    meets = a.denied != b.denied and overlap(a.interval, b.interval) and same_outcome(a, b)
    return (
        Verdict("contradict", "denied_figure") if meets and independent else Verdict("not_comparable", "denied_count")
    )


def _same_moment(a: Frame, b: Frame) -> bool:
    if a.clock.as_of is None or b.clock.as_of is None:
        return True
    if not a.running and not b.running and a.clock.window and b.clock.window:
        return a.clock.window == b.clock.window
    return a.clock.as_of == b.clock.as_of


def _same_origin(a: Frame, b: Frame) -> Verdict:
    if not same_counted(a, b) or not same_outcome(a, b) or a.running != b.running:
        return _part(a, b) or Verdict("variant", "same_origin_population")
    return Verdict("variant", "same_origin" if not overlap(a.interval, b.interval) else "same_origin_overlap")


def wholes(a: Frame, b: Frame) -> tuple[Frame, Frame]:
    """Of two frames that are part and whole, the part first."""
    if part_rule(a, b) or part_rule(b, a):
        return (a, b) if part_rule(a, b) else (b, a)
    return (a, b) if a.interval[0] <= b.interval[0] else (b, a)


def _batch(a: Frame, b: Frame) -> Verdict | None:
    """A monitor's row of one batch is part of what others count, whatever the hour."""
    part, whole = (a, b) if is_batch(a, b) else (b, a)
    if not is_batch(part, whole) or not same_outcome(part, whole):
        return None
    counted = same_counted(part, whole) or nested(part.population, whole.population)
    return _fits(part, whole, "part_of_batches") if counted else None


def _part(a: Frame, b: Frame) -> Verdict | None:
    for part, whole in ((a, b), (b, a)):
        rule = part_rule(part, whole)
        if rule:
            return _fits(part, whole, rule)
    return None


def part_rule(part: Frame, whole: Frame) -> str:
    """Why ``part`` counts some of ``whole``: by outcome, population, batch or time; empty where it does not."""
    if released_of_held(part, whole):
        return "part_released"
    if is_batch(part, whole):
        return "part_of_batches"
    if not same_outcome(part, whole) or part.figure.part_of:
        return ""
    if nested(part.population, whole.population):
        return "batch_in_total" if whole.cumulative and not part.running else "part_population"
    if part.population != whole.population:
        return ""
    if whole.cumulative and not part.running:
        return "part_batch"
    if _within(part, whole):
        return "part_window"
    return ""


def _within(part: Frame, whole: Frame) -> bool:
    inner, outer = part.clock.window, whole.clock.window
    if not inner or not outer or part.interval[0] > whole.interval[1]:
        return False
    if part.running and whole.running and inner[0] - outer[0] <= SAME_START:
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1] and (outer[1] - outer[0]) > (inner[1] - inner[0]) + 1


def _fits(part: Frame, whole: Frame, rule: str) -> Verdict | None:
    if part.interval[0] > whole.interval[1]:
        later = part.clock.as_of is not None and whole.clock.as_of is not None and part.clock.as_of > whole.clock.as_of
        if later:
            return Verdict("not_comparable", "part_later")
        alone = rule == "part_batch" and part.clock.window is None  # nothing but its wording makes it a batch
        return Verdict("contradict", "two_totals" if alone else "part_exceeds_whole")
    return Verdict("part", rule)


def _batches_apart(a: Frame, b: Frame) -> bool:
    if a.running or b.running or not a.clock.window or not b.clock.window:
        return False
    (s, e), (t, f) = a.clock.window, b.clock.window
    return e < t or f < s


def _same_frame(a: Frame, b: Frame, *, independent: bool) -> Verdict:
    """The same quantity: ``b`` is not before ``a``."""
    disjoint = not overlap(a.interval, b.interval)
    later = a.clock.as_of is not None and b.clock.as_of is not None and b.clock.as_of > a.clock.as_of
    if later and not independent and b.interval[0] > a.interval[0]:
        return Verdict("update", "grows_same_origin" if a.cumulative and b.cumulative else "grows")
    if later and disjoint:
        if b.interval[0] > a.interval[1]:
            return Verdict("update", "grows")
        if not independent:
            return Verdict("revision", "falls_same_origin")
        if a.quantity == "stock" and not a.cumulative:
            return Verdict("not_comparable", "stock_falls")
        return Verdict("contradict", "falls")
    if disjoint:
        return Verdict("contradict" if independent else "variant", "disjoint" if independent else "same_origin")
    if not independent:
        return Verdict("update", "stays") if later else Verdict("variant", "same_origin_overlap")
    return Verdict("agree", "compatible" if open_ended(a.interval) or open_ended(b.interval) else "overlap")


def doubts(a: Frame, b: Frame, verdict: Verdict) -> list[Verdict]:
    """Other verdicts that may lie behind one on two independent frames; weights tell which of them is worth telling.

    A later and larger running total is an update; the toll of one incident may be another account instead. What is
    there may fall, or one of the two is wrong. A smaller count at a place of its own may be part of the larger. Two
    sources may also name other days, put another verb on the same people, or call the same dead fighters and civilians.
    """
    if a.changed or b.changed:
        return []
    if verdict.rule in _COUNTS_APART and _elsewhere(a, b):
        return [Verdict("part", "part_place")]
    if _other_people(a, b):
        return [Verdict("contradict", "who_they_were")]
    if verdict.rule == "compatible" and _outgrown(*ordered(a, b)):
        return [Verdict("update", "grows_open")]
    if verdict.relation == "contradict" or overlap(a.interval, b.interval) or a.ahead != b.ahead:
        return []
    rule = _otherwise(a, b, verdict) or _renamed(a, b, verdict)
    return [Verdict("contradict", rule)] if rule else []


_OTHERWISE = {
    "grows": "other_toll",
    "stock_falls": "stock_differs",
    "other_time": "other_day",
    "part_later": "part_exceeds_later",
}


def _otherwise(a: Frame, b: Frame, verdict: Verdict) -> str:
    """The rule by which an update or part may be two accounts of one total; empty where it may not.

    A total that says until when is outgrown by a later one and not contradicted.
    """
    if a.cumulative and b.cumulative and verdict.rule in ("grows", "part_window"):
        return ""
    return _OTHERWISE.get(verdict.rule, "")


def _outgrown(a: Frame, b: Frame) -> bool:
    """True when a later number is well above an earlier "at least", which it does not contradict."""
    later = a.clock.as_of is not None and b.clock.as_of is not None and b.clock.as_of > a.clock.as_of
    return later and a.figure.high is None and b.interval[0] > a.interval[0] * (1 + ABOUT)


def _other_people(a: Frame, b: Frame) -> bool:
    """True when the same number died, and one says that they bore arms where the other does not."""
    same = a.outcome == b.outcome == "killed" and a.figure.low == b.figure.low == a.figure.high == b.figure.high
    return same and (a.population in _ARMED) != (b.population in _ARMED)


_ARMED = {"fighters", "soldiers"}
_DEEDS = (
    {"evacuated", "displaced", "returned", "reached", "released", "surrendered", "none"},
    {"besieged", "remaining", "present", "in_need", "none"},
    {"killed", "none"},
)


def _renamed(a: Frame, b: Frame, verdict: Verdict) -> str:
    """The rule by which two counts with another verb may be of the same people; empty where they are not."""
    kin = same_counted(a, b) or nested(a.population, b.population) or nested(b.population, a.population)
    if kin and verdict.rule in ("other_outcome", "no_outcome"):
        return "other_deed" if any({a.outcome, b.outcome} <= deeds for deeds in _DEEDS) else ""
    return ""


def _elsewhere(a: Frame, b: Frame) -> bool:
    small, large = (a, b) if a.interval[1] < b.interval[0] else (b, a)
    return bool(small.places) and not small.places <= large.places and not small.cumulative
