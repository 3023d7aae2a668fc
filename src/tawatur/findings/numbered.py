"""The words of a claim or of a row in, the number of the batch that they name out: "the sixth convoy" is 6."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tawatur import lang
from tawatur.findings.frames import tables
from tawatur.findings.monitored import batch_of
from tawatur.model import BATCH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tawatur.findings.frames import Frame
    from tawatur.lang.lexicon import Word

_REMEMBERED = 20_000
_WORD = re.compile(r"[^\W\d_]+|\d+")
_BATCHES = "convoys"


def with_number(frame: Frame, quote: str) -> Frame:
    """A frame whose batch, named by its row or by its claim (``quote``), is known by its number where it has one.

    A running total counts no batch.
    """
    row = batch_of(frame)
    number = ordinal(row) if row else None if frame.cumulative else numbered(quote)
    if number is None or row == str(number):
        return frame
    rules = (f"{BATCH}{number}", *frame.figure.rules)
    return replace(frame, figure=replace(frame.figure, rules=rules))


@lru_cache(maxsize=_REMEMBERED)
def numbered(quote: str) -> int | None:
    """The number of the one batch that words name; None where they name none or several."""
    found = {number for language in lang.languages() for number in _numbers(_words(quote, language))}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=_REMEMBERED)
def ordinal(name: str) -> int | None:
    """The number in a batch's own name: "first", "الأولى", "batch 2"; None where there is none."""
    if digits := re.findall(r"\d+", name):
        return int(digits[0]) if len(digits) == 1 else None
    found = [_run(words, 0, len(words)) for code in lang.languages() if (words := _words(name, code))]
    return next((number for number in found if number), None) or numbered(name)


def _words(text: str, language: str) -> list[Word]:
    lexicon = lang.load(language=language).lexicon
    return [lexicon.word(word) for word in _WORD.findall(text)]


def _numbers(words: Sequence[Word]) -> list[int]:
    """The ordinals that stand right behind a word for a batch, else right before it."""
    nouns = [at for at, word in enumerate(words) if word.gives("populations", "population") == _BATCHES]
    behind = {at: _run(words, at + 1, len(words)) for at in nouns}
    before = {at: _run(words[:at][::-1], 0, 1) for at in nouns}
    return [number for at in nouns if (number := behind[at] or before[at])]


def _run(words: Sequence[Word], start: int, stop: int) -> int:
    """The sum of the ordinals that stand side by side from a place on; 0 where there is none."""
    total = 0
    for word in words[start:stop]:
        part = _part(word, total)
        if not part:
            break
        total += part
    return total


def _part(word: Word, total: int) -> int:
    known = tables()["ordinals"].get(word.raw.lower())
    if known:
        return int(known[0])
    for sense in word.senses:
        first = sense.entry.cls in ("ordinal", "tens") or (sense.entry.cls == "teen" and total)
        if sense.entry.id.startswith("ordinal.") and first:
            return int(str(sense.entry.gives["n"]))
    return 0
