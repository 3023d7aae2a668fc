"""A verdict in, its reason in English and Arabic out, from the sentences in ``wording.toml``.

The sentences of the views stand in ``views.toml``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tawatur.findings.clocks import show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tawatur.findings.frames import Frame
    from tawatur.findings.relations import Verdict

Both = tuple[str, str]
Slots = tuple[tuple[str, str, str], ...]


@cache
def sentences() -> Mapping[str, Mapping[str, list[str]]]:
    """All sentences and names by section and key: [English, Arabic]."""
    home = files("tawatur.findings")
    tables = [tomllib.loads(home.joinpath(name).read_text("utf-8")) for name in ("wording.toml", "views.toml")]
    return {**tables[0], **tables[1]}


def say(section: str, key: str, **values: str | Both) -> Both:
    """One sentence in both languages; a value that is a pair gives each language its own."""
    english, arabic = sentences()[section][key]
    first = {k: v if isinstance(v, str) else v[0] for k, v in values.items()}
    second = {k: v if isinstance(v, str) else v[1] for k, v in values.items()}
    return english.format_map(first), arabic.format_map(second)


def term(section: str, key: str) -> Both:
    """A term in both languages; one that no table has stands for itself."""
    english, arabic = sentences()[section].get(key, (key, key))
    return english, arabic


def quantity(population: str, outcome: str) -> Both:
    """What is counted, in words: ``people evacuated``."""
    whom, what = term("populations", population), term("outcomes", outcome)
    return f"{whom[0]} {what[0]}".strip(), f"{whom[1]} {what[1]}".strip()


def reason(verdict: Verdict, a_words: str, b_words: str, figures: tuple[Frame, Frame] | None) -> Both:
    """Why a verdict holds, with the words of both claims."""
    noun = quantity(_wider(figures), figures[0].outcome) if figures else ("", "")
    english, arabic = say("reasons", verdict.rule, a=a_words, b=b_words, noun=noun)
    for note in _notes(verdict, figures):
        english, arabic = english + note[0], arabic + note[1]
    return english, arabic


def _wider(figures: tuple[Frame, Frame]) -> str:
    a, b = figures
    return "people" if a.population != b.population and "people" in (a.population, b.population) else a.population


def _notes(verdict: Verdict, figures: tuple[Frame, Frame] | None) -> list[Both]:
    if not figures or verdict.relation not in ("contradict", "agree", "update"):
        return []
    notes = []
    nouns = sorted({f.figure.noun for f in figures if f.figure.noun})
    if len(nouns) > 1 and figures[0].population == figures[1].population:
        notes.append(say("notes", "noun", nouns=(", ".join(nouns), "، ".join(nouns))))
    if any(f.running and f.clock.as_of_from == "said" for f in figures):
        notes.append(say("notes", "said"))
    return notes


def slots(figures: tuple[Frame, Frame]) -> Slots:
    """The slots that two figures were compared by: name, value in the one, value in the other."""
    a, b = figures
    rows = (
        ("population", a.population, b.population),
        ("noun", a.figure.noun, b.figure.noun),
        ("outcome", a.outcome, b.outcome),
        ("quantity", a.quantity, b.quantity),
        ("mode", _mode(a), _mode(b)),
        ("interval", _interval(a), _interval(b)),
        ("event_time", _window(a), _window(b)),
        ("as_of", show(a.clock.as_of), show(b.clock.as_of)),
        ("as_of_from", a.clock.as_of_from, b.clock.as_of_from),
        ("place", _places(a), _places(b)),
        ("origin", a.origin, b.origin),
    )
    return tuple(rows)


def _mode(frame: Frame) -> str:
    return "cumulative" if frame.cumulative else "batch"


def _interval(frame: Frame) -> str:
    low, high = frame.interval
    return f"[{low:g}, {'∞' if high == float('inf') else format(high, 'g')}]"


def _window(frame: Frame) -> str:
    return f"{show(frame.clock.start)}/{show(frame.clock.end)}"


def _places(frame: Frame) -> str:
    return "، ".join(p.text for p in frame.claim.places)
