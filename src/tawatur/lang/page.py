"""Words that tell a page's furniture from its news: each language's ``page.toml`` in, one set of rules for all out.

A page may mix languages whatever its reports are in, so the rules of every language apply together. The file holds

- ``[[rule]]``: ``words`` that make a line of a ``kind`` (noise, byline); ``where`` they stand (``start`` of the line,
  the ``whole`` of it, or at the start of a ``part`` between separators); ``longest``, the words the line may have;
  ``sign`` when a separator or colon must follow; ``opens_list`` when short lines below belong to it; ``ends_story``
  when what follows is another story; ``examples`` and ``counter`` lines.
- ``[[list]]``: ``words`` of an ``id`` that the code asks for, with ``about``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tawatur.errors import PackError
from tawatur.lang.fold import fold_word

HERE = Path(__file__).parent
Text = Annotated[str, Field(min_length=1)]
Words = Annotated[tuple[Text, ...], Field(min_length=1)]
# What may stand before a line's first word, and between its parts.
BULLETS = r"[^\w\s#@(\[«“\"'‘…+/]"
SEPARATOR = r"\s*[|•،,;؛/>»–—\-ـ]+\s+|\s+[|•/>»–—\-ـ]+\s*|\s*\|\s*|\.{2,}\s*"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Strict):
    """Words that give a line its kind."""

    id: Annotated[str, Field(pattern=r"^[a-z\-]+$")]
    kind: Literal["noise", "byline"]
    where: Literal["start", "whole", "part"]
    words: Words
    longest: Annotated[int, Field(gt=0)] = 25
    sign: bool = False
    opens_list: bool = False
    ends_story: bool = False
    examples: Words
    counter: tuple[Text, ...] = ()


class WordList(_Strict):
    """Words that the code asks for by the list's id."""

    id: Annotated[str, Field(pattern=r"^[a-z\-]+$")]
    about: Text
    words: Words


class PageFile(_Strict):
    """One language's ``page.toml``."""

    rule: tuple[Rule, ...]
    list: tuple[WordList, ...]


@lru_cache(maxsize=1)
def page_files() -> tuple[PageFile, ...]:
    """Every language's file, validated. Raises PackError, which names file and place."""
    return tuple(_read(path) for path in sorted(HERE.glob("*/page.toml")))


def _read(path: Path) -> PageFile:
    try:
        return PageFile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise PackError(
            f"{path.parent.name}/{path.name}: {error}", "compare it with the form in tawatur.lang.page"
        ) from error


@lru_cache(maxsize=1)
def page_rules() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    """Every rule with the pattern that matches the folded lines it is about, in file order."""
    return tuple((rule, _compiled(rule)) for file in page_files() for rule in file.rule)


@lru_cache(maxsize=64)
def page_words(name: str) -> tuple[str, ...]:
    """The folded words of every list of a name. Raises PackError when there is none."""
    words = {fold_word(word) for file in page_files() for held in file.list if held.id == name for word in held.words}
    if not words:
        raise PackError(f"no list {name!r} in any page.toml", "add it")
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def alternatives(words: tuple[str, ...], folded: Callable[[str], str] = fold_word) -> str:
    """The words as one pattern, longest first, with any space between their parts; ``folded`` as the text is."""
    ranked = sorted({folded(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ranked)


def _compiled(rule: Rule) -> re.Pattern[str]:
    words = rf"(?P<words>{alternatives(rule.words)})(?!\w)"
    if rule.sign:
        words += r"\s*(?=[:/|\-–—])"
    if rule.where == "whole":
        return re.compile(rf"[\W_]*{words}[\W_]*\Z")
    start = rf"(?:{BULLETS}|\s)*" if rule.where == "start" else rf"(?:(?:{BULLETS}|\s)*|.*?(?:{SEPARATOR}))"
    return re.compile(start + words, re.DOTALL)
