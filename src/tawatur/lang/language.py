"""What a language is: each pack's ``language.toml`` in, what it says out.

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
_WORD = re.compile(r"[^\W\d_]+")
LEAST_SHARE = 0.1  # of the words of a text in a language, those that are function words of it

#: Letters that need no closer look, from hamza to ghain and from fa to ya: all of them are in this code page.
_ARABIC = "".join(map(chr, (*range(0x0621, 0x063B), *range(0x0641, 0x064B)))).encode("cp1256")
#: All bytes of that code page that are no such letter.
NOT_ARABIC = bytes(set(range(256)).difference(_ARABIC))


def language_of(code: str) -> Language:
    """The language of a code."""
    return LANGUAGES[code]


def words_of(text: str, most: int) -> list[str]:
    """The first words of a text in lower case, letters only."""
    return [word.lower() for word in _WORD.findall(text, 0, most * 16)[:most]]
