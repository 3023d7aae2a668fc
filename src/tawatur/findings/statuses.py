"""Two claims in, how their statuses stand to each other out: phase, polarity and modality kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tawatur.events.families import family
from tawatur.findings.groups import apart
from tawatur.findings.relations import Verdict
from tawatur.model import OBSERVATION

if TYPE_CHECKING:
    from tawatur.events.views import View

_PHASES = {"planned": 0, "possible": 0, "began": 1, "ongoing": 2, "suspended": 3, "resumed": 4, "completed": 5}
_AHEAD = {"planned", "possible"}
_OVER = {"capture", "withdrawal", "displacement", "evacuation"}
_ON = {"clash", "mobilisation", "siege", "capture"}
_HAPPENED = {"began", "ongoing", "occurred", "completed"}
_FOUGHT = ({"capture", "clash"}, {"capture", "mobilisation"}, {"capture", "withdrawal"})
_GOING = {"planned", "possible", "began", "ongoing", "resumed", "occurred"}
_LEAVING = {"evacuation", "displacement", "withdrawal"}
_THERE = {"besieged", "remaining", "present", "blocked"}
_UNDERWAY = {"suspended", "ongoing", "resumed"}


def relate_statuses(a: View, b: View, *, independent: bool) -> Verdict | None:
    """The relation of two claims of one event by their statuses; None where the statuses say nothing of each other.

    ``not_occurred`` stands against everything that happened; ``completed`` against what still goes on or is stopped
    at the same time or later; one after the other in time is an update.
    """
    pair = {a.claim.status, b.claim.status}
    if pair & _AHEAD and len(pair) == 2 and "not_occurred" in pair:
        return None
    if "not_occurred" in pair:
        return _polarity(a, b, independent=independent)
    if "completed" in pair and pair & _UNDERWAY:
        return _ended(a, b, independent=independent)
    if pair & _AHEAD or not independent:
        return None
    if a.claim.event_type != b.claim.event_type:
        over = _over_and_on(a, b) or _over_and_on(b, a)
        held = pair <= _HAPPENED and {a.claim.event_type, b.claim.event_type} in _FOUGHT
        return Verdict("contradict", "still_going" if over else "held_off") if over or held else None
    if any(view.claim.reader.startswith(OBSERVATION) for view in (a, b)):
        return None  # a count says how many; that it happened goes without saying
    return _same(a, b)


def status_doubts(a: View, b: View, verdict: Verdict | None) -> list[Verdict]:
    """Contradictions that may lie behind two statuses of different origins; weights tell which is worth telling."""
    if verdict and verdict.relation == "contradict":
        return []
    pair = {a.claim.status, b.claim.status}
    if "suspended" in pair and pair & _GOING and _one_operation(a, b):
        return [Verdict("contradict", "stopped_or_not")]
    if pair == {"completed", "began"}:
        return [Verdict("contradict", "completed_began")]
    rule = _left_behind(a, b) or _left_behind(b, a) or _held(a, b)
    return [Verdict("contradict", rule)] if rule else []


def _left_behind(done: View, other: View) -> str:
    """The rule by which all have left in one claim, and a count of the other has people still there."""
    left = done.claim.status == "completed" and done.claim.event_type in _LEAVING
    there = other.claim.status not in _AHEAD and any(outcome in _THERE for _, outcome in other.measured)
    return "all_left" if left and there and not done.figures else ""


def _held(a: View, b: View) -> str:
    """The rule by which two claims of one type do not have the same place in the same hands; empty where they may."""
    if {a.claim.event_type, b.claim.event_type} != {"capture"}:
        return ""
    pair = {a.claim.status, b.claim.status}
    if "ongoing" in pair and pair & {"occurred", "completed", "began"} and a.actors != b.actors:
        return "held_on"
    return "some_or_all" if _some(a) != _some(b) else ""


def _some(view: View) -> bool:
    """True when a claim gives the share of a place that was taken."""
    return any(kind == ("percent", "seized") for kind in view.measured)


def _one_operation(a: View, b: View) -> bool:
    """True when both are of one type, or of types that one operation can have; talk about it is none of them."""
    one, other = a.claim.event_type, b.claim.event_type
    return one == other or (family(one) == family(other) != "words")


def _over_and_on(done: View, other: View) -> bool:
    """True when one says that a place was taken or left, and the other that others are still there."""
    over = done.claim.status in ("occurred", "completed") and done.claim.event_type in _OVER
    return over and other.claim.status == "ongoing" and other.claim.event_type in _ON


def _polarity(a: View, b: View, *, independent: bool) -> Verdict | None:
    if a.claim.status == b.claim.status:
        same = a.claim.event_type == b.claim.event_type and independent
        return Verdict("agree", "same_status") if same else None
    if not independent:
        return None
    types = {a.claim.event_type, b.claim.event_type}
    if types == {"siege"}:
        return Verdict("contradict", "none_remain")
    if apart(a.quote, b.quote):
        return None  # that no fighter left says nothing of patients
    if "condemnation" in types and len(types) == 2:
        denial = a if a.claim.status == "not_occurred" else b
        return Verdict("contradict", "accused_denies") if denial.claim.event_type != "condemnation" else None
    return Verdict("contradict", "denied" if len(types) == 1 else "denied_other_type")


def _ended(a: View, b: View, *, independent: bool) -> Verdict | None:
    done, other = (a, b) if a.claim.status == "completed" else (b, a)
    if a.claim.event_type != b.claim.event_type:
        if independent and (_over_and_on(a, b) or _over_and_on(b, a)):
            return Verdict("contradict", "still_going")
        return Verdict("contradict", "completed_other_type") if independent and _one_operation(a, b) else None
    if not independent:
        return Verdict("update", "phases")
    if _moment(other) is not None and _moment(done) is not None and (_moment(other) or 0) < (_moment(done) or 0):
        return Verdict("update", "phases")
    return Verdict("contradict", f"completed_{other.claim.status}")


def _moment(view: View) -> int | None:
    if view.window and view.window[1] is not None:
        return view.window[1]
    return view.said


def _same(a: View, b: View) -> Verdict | None:
    one, other = a.claim.status, b.claim.status
    rivals = bool(a.actors and b.actors and not a.actors & b.actors)
    if rivals and a.claim.event_type == "capture":
        return Verdict("contradict", "rivals")
    if one != other:
        phases = _PHASES.get(one), _PHASES.get(other)
        return Verdict("update", "phases") if None not in phases else Verdict("agree", "both_happened")
    return Verdict("agree", "same_status")
