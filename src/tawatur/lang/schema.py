"""The form of a language pack's files: a TOML file in, validated entries and rules out.

A file covers one dimension. An ``[[entry]]`` is one meaning with all the words that carry it; a ``[[rule]]`` is a
pattern over word classes. Both stand beside texts in which they must be found and counter-examples in which they must
not.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tawatur.errors import PackError

_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufeff]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
Value = str | int | float | bool
Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(_Strict):
    """A text in which an entry or rule must be found; ``gives`` is what its dimension makes of it, if told."""

    text: Text
    gives: str | None = None


class EntrySpec(_Strict):
    """One meaning. ``cls`` is its word class in the grammars; ``gives`` are the values that it carries."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_.\-]+$")]
    cls: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    gives: dict[str, Value] = {}
    words: list[Text] = []  # as they stand, with proclitics allowed
    verbs: list[Text] = []  # "past present", the paradigm is built
    nouns: list[Text] = []  # "singular|plural|…", see inflect.noun
    phrases: list[Text] = []  # several words; the first may carry proclitics; see lexicon.expand
    examples: list[Example] = []
    counter: list[Text] = []

    @model_validator(mode="after")
    def _has_words_and_examples(self) -> EntrySpec:
        if not (self.words or self.verbs or self.nouns or self.phrases):
            raise ValueError(f"{self.id} has no words")
        if not self.examples:
            raise ValueError(f"{self.id} has no examples")
        return self


class RuleSpec(_Strict):
    """A pattern over word classes: ``<number>`` is one word of that class, the rest is a regular expression."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_.\-]+$")]
    pattern: Text
    make: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    gives: dict[str, Value] = {}
    examples: Annotated[list[Example], Field(min_length=1)]
    counter: list[Text] = []


class PackFile(_Strict):
    """One file of a pack."""

    dimension: Annotated[str, Field(pattern=r"^[a-z]+$")]
    about: Text
    entry: list[EntrySpec] = []
    rule: list[RuleSpec] = []


def read_file(path: Path) -> PackFile:
    """One validated pack file. Raises PackError with file and place for anything that the form does not allow."""
    try:
        raw = path.read_text("utf-8")
        bad = _PRESENTATION.search(raw) or _BIDI.search(raw)
        if bad:
            line = raw.count("\n", 0, bad.start()) + 1
            raise PackError(f"{path.name}:{line}: U+{ord(bad.group()):04X} is a presentation form or bidi control")
        return PackFile.model_validate(tomllib.loads(raw))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{path.name}: no valid TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise PackError(f"{path.name}: not UTF-8: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PackError(f"{path.name}: {where}: {first['msg']}") from error
