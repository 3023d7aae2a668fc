"""What a reviewer types in, a field and its value out: words of the report become the stretch where they stand.

``span`` and ``….text`` take words, or where they begin and end (120-155); ``figures.+`` and the like take words and
fields, ``7 civilians; low=7; high=7; population=civilians; outcome=killed``; ``attribution`` takes the voices,
outermost first, ``RT > Hmeimim (asserted)``. All of them take JSON, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tawatur.archive.fold import fold
from tawatur.errors import LedgerError
from tawatur.ledger.review_fields import NAMED, PARTS, same_words, spans_in
from tawatur.model import Claim, Span

_NEW = ".+"
_OFFSETS = re.compile(r"\s*(\d{1,9})\s*-\s*(\d{1,9})\s*", re.ASCII)
_VOICE = re.compile(r"(.*?)\s*(?:\((neutral|asserted|believed|doubted|denied)\))?", re.DOTALL)
_QUOTES = '«»"“”'
_SHOWN = 5


def resolved(claim: Claim, text: str, name: str, told: Any) -> tuple[str, Any]:
    """The field and the value that somebody means, for ``value_of``.

    Raises LedgerError for words that do not stand in the report or stand there several times, for a stretch outside of
    it, and for one added where the claim has one.
    """
    part, _, last = name.rpartition(".")
    if last == "span" and part:
        name = f"{part}.text"
    given = _json(told)
    if name.endswith(_NEW) and part in PARTS and part != "attribution":
        return _new(claim, text, part, given)
    if name in NAMED and isinstance(given, str):
        split, told_one = (">", _voice) if name == "attribution" else (";", _participant)
        return name, [told_one(claim, text, one) for one in given.split(split)] if given.strip() else []
    if name == "span" and given not in (None, ""):
        span = span_of(text, given, claim.span)
        return name, {"end": span.end, "start": span.start}
    if name.endswith(".text") and given not in (None, ""):
        return name, _words(text, span_of(text, given, claim.span))
    return name, told


def inside(name: str, value: Any, text: str) -> None:
    """Raise LedgerError where a field's value speaks of words outside of the report."""
    for span in spans_in(name, value):
        _held(text, span)


def span_of(text: str, told: Any, near: Span | None = None) -> Span:
    """The stretch of a text that somebody means by words or offsets; words are looked for in ``near`` first.

    Raises LedgerError for words that are not there or are there several times, and for offsets outside of the text.
    """
    if isinstance(told, Span):
        return _held(text, told)
    if isinstance(told, dict) and {"start", "end"} <= told.keys():
        told = [told["start"], told["end"]]
    if isinstance(told, list) and len(told) == 2 and all(type(n) is int for n in told):
        return _held(text, Span(*told))
    if not isinstance(told, str):
        raise LedgerError(f"{str(told)[:60]!r} is no stretch of a report", "give words of it, or offsets: 120-155")
    if match := _OFFSETS.fullmatch(told):
        return _held(text, Span(int(match[1]), int(match[2])))
    words = told.strip().strip(_QUOTES).strip()
    for found in _looked_for(text, words, near) if words else ():
        if len(found) == 1:
            return found[0]
        if found:
            places = ", ".join(f"{s.start}-{s.end}" for s in found[:_SHOWN])
            raise LedgerError(f"«{words[:60]}» stands {len(found)} times in the report", f"give one of {places}")
    raise LedgerError(f"«{words[:60]}» does not stand in the report", "give words as the report has them, or offsets")


def _held(text: str, span: Span) -> Span:
    if not 0 <= span.start < span.end <= len(text):
        raise LedgerError(
            f"{span.start}-{span.end} lies outside of the report, which has {len(text)} characters",
            "give words of the report, or offsets within it",
        )
    if not span.of(text).strip():
        raise LedgerError(f"at {span.start}-{span.end} of the report no words stand", "give words of the report")
    return span


def _looked_for(text: str, words: str, near: Span | None) -> Iterator[list[Span]]:
    """Where words stand, from what is surest to what is least: in the claim, whole, as written."""
    whole, folded, sought = fold(text), fold(text).text, fold(words).text
    exact = [Span(m.start(), m.end()) for m in re.finditer(re.escape(words), text)]
    alike = [whole.raw(*m.span()) for m in re.finditer(re.escape(sought), folded)] if sought.strip() else []
    for held in (near, None):
        for found in (exact, alike):
            mine = [s for s in found if held is None or (held.start <= s.start and s.end <= held.end)]
            yield [s for s in mine if not (_joined(text, s.start) or _joined(text, s.end))]
        yield [s for s in alike if held is None or (held.start <= s.start and s.end <= held.end)]


def _joined(text: str, at: int) -> bool:
    """Whether an offset lies within a word or a number."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _json(told: Any) -> Any:
    """JSON that was typed as what it says; all else as it is."""
    if isinstance(told, str) and told.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(told)
        except ValueError as error:
            raise LedgerError(f"{told[:60]!r} is no JSON ({error})", "mend it, or give plain words") from None
    return told


def _words(text: str, span: Span) -> dict[str, Any]:
    return {"end": span.end, "start": span.start, "text": span.of(text)}


def _new(claim: Claim, text: str, part: str, told: Any) -> tuple[str, Any]:
    """A part that is added: the words it stands on name it."""
    fields = dict(told) if isinstance(told, dict) else dict(_pairs(part, str(told or "")))
    span = span_of(text, fields.get("text", ""), claim.span)
    held = getattr(claim, part)
    if near := same_words(held, span):
        raise LedgerError(
            f"{part}.{held.index(near)} stands on «{span.of(text)[:60]}» already", "correct that one, field by field"
        )
    return f"{part}.{span.start}-{span.end}", {**fields, "text": span.of(text)}


def _pairs(part: str, told: str) -> Iterator[tuple[str, Any]]:
    """``words; name=value; name=value``."""
    words, *rest = told.split(";")
    yield "text", words.strip()
    for one in filter(str.strip, rest):
        name, sign, value = (piece.strip() for piece in one.partition("="))
        if not sign:
            raise LedgerError(f"{one.strip()[:60]!r} is no name=value", f"give {', '.join(PARTS[part])}")
        yield name, value or None


def _voice(claim: Claim, text: str, told: str) -> dict[str, Any]:
    """A voice of a chain: its name, and how it is passed on; what the machine knows of that name stays."""
    match = _VOICE.fullmatch(told.strip())
    name, stance = (match[1], match[2]) if match else (told.strip(), None)
    if known := next((link for link in claim.attribution if link.name == name), None):
        span = {"end": known.span.end, "start": known.span.start} if known.span else None
        return {
            "name": name, "stance": stance or known.stance, "span": span, "body": known.body, "kind": known.kind
        }  # fmt: skip
    return {"name": name, "stance": stance or "neutral", "span": _stands(claim, text, name)}


def _participant(claim: Claim, text: str, told: str) -> dict[str, Any]:
    """A participant by name."""
    return {"name": told.strip(), "span": _stands(claim, text, told.strip())}


def _stands(claim: Claim, text: str, name: str) -> dict[str, int] | None:
    """Where a name stands, in the claim if it does; None where it does not, or at several places."""
    where = next((found for found in _looked_for(text, name, claim.span) if found), []) if name else []
    return {"end": where[0].end, "start": where[0].start} if len(where) == 1 else None
