"""Report in, claims out: who says it, through whom, how surely, how many of whom did or suffered what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tawatur.claims.checks import CheckReport
    from tawatur.lang.pack import Pack
    from tawatur.model import Claim, Report

__all__ = ["check", "explain", "extract", "observe"]


def extract(report: Report, *, pack: Pack) -> tuple[Claim, ...]:
    """The claims of a report in text order, each with a unique id; none for a text of another language."""
    from tawatur.claims.assemble import reader

    return reader(pack).read(report) if is_in(report.text, pack.language) else ()


def observe(report: Report, *, packs: Sequence[Pack]) -> tuple[Claim, ...]:
    """What a row that a monitor logged (``Report.fields``) says, at first hand; ``packs`` know the places."""
    from tawatur.claims import observed

    return observed.observe(report, packs)


def explain(report: Report, pack: Pack) -> dict[str, list[str]]:
    """How the claims of a report came about: claim id → lines that name words, rules and weights."""
    from tawatur.claims.derivation import derivations

    return derivations(report, pack) if is_in(report.text, pack.language) else {}


def check(pack: Pack) -> CheckReport:
    """Run every example that stands beside a word or a rule of a pack."""
    from tawatur.claims.checks import check as run
    from tawatur.claims.fired import finders

    return run(pack, finders(pack))


def is_in(text: str, language: str) -> bool:
    """Is most of a text in a language?"""
    from tawatur.lang import language_in

    return language_in(text) == language
