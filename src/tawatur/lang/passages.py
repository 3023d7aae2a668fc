"""A text in, its passages by language out: what a pack reads, and what is named and left alone.

A passage is a stretch of whole lines. Letters tell the script of a line; within a script, function words tell the
language. Short lines and short stretches go with what stands before them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tawatur.lang.language import HERE, LANGUAGES, LEAST_SHARE, NOT_ARABIC, words_of
from tawatur.quick import quick

LEAST_LETTERS = 36  # letters below which a passage is not set apart
_LINE_LETTERS = 12  # letters below which a line tells nothing
_WORDS = 400  # words that tell a language
UNKNOWN = "an unknown language"


@quick
@dataclass(frozen=True, slots=True)
class Passage:
    """Whole lines in one language: offsets in code points, the code of its pack (None: no pack), and its name."""

    start: int
    end: int
    language: str | None
    name: str


@dataclass(slots=True)
class _Run:
    """Lines in one script and language; empty where they do not tell it."""

    start: int
    script: str
    name: str
    letters: int


class _Other(BaseModel):
    """A language without a pack: letters of its own, or words that tell it among those of its script."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, Field(min_length=2)]
    name: Annotated[str, Field(min_length=1)]
    letters: str = ""
    words: tuple[str, ...] = ()


_OTHERS = [_Other.model_validate(row) for row in tomllib.loads((HERE / "others.toml").read_text("utf-8"))["language"]]
_SCRIPTS = {
    **{code: re.compile(f"[{about.letters}]+") for code, about in LANGUAGES.items()},
    **{other.code: re.compile(f"[{other.letters}]+") for other in _OTHERS if other.letters},
}
_ALONE = "ar"  # the script whose texts are in its pack's language unless words tell another
_NAMES = {other.code: other.name for other in _OTHERS if other.letters}
_INK = re.compile(r"[^\n\r]")
_BY_WORDS = [(other, frozenset(other.words)) for other in _OTHERS if other.words]
_LATIN = bytes((*range(65, 91), *range(97, 123)))
_NOT_LATIN = bytes(set(range(256)).difference(_LATIN))
_LETTERS = bytes(n for n in range(256) if bytes([n]).decode("cp1256").isalpha())
_NOT_STRANGE = bytes(set(range(256)).difference(_LETTERS).union(_LATIN, set(range(256)).difference(NOT_ARABIC)))
_RARE = 25  # letters of Arabic to one of Persian, or to a character that the code page lacks


@lru_cache(maxsize=8)
def passages(text: str) -> tuple[Passage, ...]:
    """The passages of a text in order; together they are the whole text."""
    if _all_arabic(text):
        return (Passage(0, len(text), "ar", LANGUAGES["ar"].name),)
    out: list[Passage] = []
    for start, end, script in _joined(text):
        language, name = _language(text[start:end], script)
        if out and (out[-1].language, out[-1].name) == (language, name):
            start = out.pop().start
        out.append(Passage(start, end, language, name))
    return tuple(out)


def language_in(text: str) -> str | None:
    """The code of the language that most of a text is in, or None when no pack knows it.

    A text without any letters counts as the first.
    """
    found = passages(text)
    return max(found, key=lambda p: (p.end - p.start, -p.start)).language if found else "ar"


def only(text: str, language: str) -> str:
    """The text with blanks in place of all that is not in a language, so that offsets stay as they are."""
    return "".join(
        text[p.start : p.end] if p.language == language else _INK.sub(" ", text[p.start : p.end])
        for p in passages(text)
    )


def _all_arabic(text: str) -> bool:
    """Whether so little of a text is in other letters that no passage can be; where unsure, a closer look follows."""
    held = text.encode("cp1256", "ignore")
    arabic, latin = len(held.translate(None, NOT_ARABIC)), len(held.translate(None, _NOT_LATIN))
    strange = len(held.translate(None, _NOT_STRANGE)) + len(text) - len(held)
    return latin < LEAST_LETTERS and latin <= arabic and strange * _RARE <= arabic


def _joined(text: str) -> list[tuple[int, int, str]]:
    """Stretches of lines in one script and language, none of them short unless it is all there is."""
    runs: list[_Run] = []
    for line in _lines(text):
        last = runs[-1] if runs else None
        if last is not None and _goes_on(last, line):
            last.script, last.name = last.script or line.script, last.name or line.name
            last.letters += line.letters
        else:
            runs.append(line)
    long = [run for run in runs if run.letters >= LEAST_LETTERS] or sorted(runs, key=lambda run: -run.letters)[:1]
    begins = [run for n, run in enumerate(long) if not n or not _goes_on(long[n - 1], run)]
    starts = [0, *(run.start for run in begins[1:])]
    return [(start, end, run.script) for start, end, run in zip(starts, [*starts[1:], len(text)], begins, strict=True)]


def _goes_on(last: _Run, line: _Run) -> bool:
    """Whether a line may be of the script and the language of those before it."""
    scripts = line.script in ("", last.script) or not last.script
    return scripts and (line.name in ("", last.name) or not last.name)


def _lines(text: str) -> Iterator[_Run]:
    """Each line with its script and its language's name, both empty where it does not tell them."""
    at = 0
    for line in text.splitlines(keepends=True):
        letters = "".join(filter(str.isalpha, line))
        script = _script(letters) if len(letters) >= _LINE_LETTERS else ""
        yield _Run(at, script, _told(line, script)[1] if script else "", len(letters))
        at += len(line)


def _script(letters: str) -> str:
    """The language whose script half of some letters are in; ``?`` when none of the known scripts is."""
    counts = {code: sum(map(len, found.findall(letters))) for code, found in _SCRIPTS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] * 2 >= len(letters) else "?"


def _language(text: str, script: str) -> tuple[str | None, str]:
    """The pack and the name of what stands in one script; what no words tell is in the script's only pack, if any."""
    code, name = _told(text, script)
    if name:
        return code, name
    return (script, LANGUAGES[script].name) if script == _ALONE else (None, UNKNOWN)


def _told(text: str, script: str) -> tuple[str | None, str]:
    """The pack and the name of the language that the words of a text tell; an empty name when they do not."""
    if script in _NAMES:
        return None, _NAMES[script]
    words = words_of(text, _WORDS)
    found: list[tuple[int, str | None, str]] = [
        (sum(word in common for word in words), None, other.name) for other, common in _BY_WORDS
    ]
    about = LANGUAGES.get(script)
    if about is not None:
        found.append((sum(word in about.common for word in words), script, about.name))
    most, code, name = max(found, key=lambda row: (row[0], row[1] is not None))
    return (code, name) if most and most >= LEAST_SHARE * len(words) else (None, "")
