"""What a language is: each pack's ``language.toml`` in, and the language of a text out.

``letters`` are the ranges of its script, ``words`` how it is written (``joined``: proclitics are written onto words;
``plain``: words stand side by side), ``common`` the words that tell it from other languages of the same script.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tawatur.errors import PackError

HERE = Path(__file__).parent
FILE = "language.toml"


class Language(BaseModel):
    """One language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1)]
    letters: Annotated[str, Field(min_length=3)]
    words: Literal["joined", "plain"]
    common: tuple[str, ...] = ()
    shares_tables: tuple[str, ...] = ()  # data tables (``places``, ``bodies``) of other packs that are read too


def _read(path: Path) -> Language:
    try:
        return Language.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise PackError(f"{path.parent.name}/{path.name}: {error}") from error


#: The languages that packs exist for, by code.
LANGUAGES = {path.parent.name: _read(path) for path in sorted(HERE.glob(f"??/{FILE}"))}
_LETTERS = {code: re.compile(f"[{about.letters}]+") for code, about in LANGUAGES.items()}
_COMMON = {code: frozenset(about.common) for code, about in LANGUAGES.items()}
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 400  # words that tell languages of one script apart
_LEAST = 0.1  # share of common words in a text of a language


def language_of(code: str) -> Language:
    """The language of a code."""
    return LANGUAGES[code]


def language_in(text: str) -> str | None:
    """The code of the language that at least half of a text's letters are of, or None when no pack knows it.

    A text without any letters counts as the first.
    """
    plain = len(text.encode("cp1256", "ignore").translate(None, _OTHERS))
    if plain * 2 >= len(text):
        return "ar"
    letters = "".join(filter(str.isalpha, text))
    counts = {code: sum(map(len, found.findall(letters))) for code, found in _LETTERS.items()}
    likely = [code for code, count in counts.items() if count * 2 >= len(letters)]
    words = [word.lower() for word in _WORD.findall(text, 0, 4000)[:_LOOKED_AT]]
    return next((code for code in likely if _told(code, words)), None)


#: Letters that need no closer look, from hamza to ghain and from fa to ya: all of them are in this code page.
_ARABIC = "".join(map(chr, (*range(0x0621, 0x063B), *range(0x0641, 0x064B)))).encode("cp1256")
_OTHERS = bytes(set(range(256)).difference(_ARABIC))


def _told(code: str, words: list[str]) -> bool:
    common = _COMMON[code]
    return not common or sum(word in common for word in words) >= _LEAST * len(words)
