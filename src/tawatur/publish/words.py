"""The interface's strings, in English and Arabic, read from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["en", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "ar")


@cache
def table() -> dict[str, dict[str, list[str]]]:
    """Every section of the word table: key to [English, Arabic]."""
    return tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))


def word(section: str, key: str, language: Language) -> str:
    """One string of the interface; KeyError when the table lacks it."""
    return table()[section][key][LANGUAGES.index(language)]


def pair(section: str, key: str) -> tuple[str, str]:
    """The English and the Arabic string of a term; a term that the table lacks stands for itself in both."""
    known = table().get(section, {}).get(key)
    return (known[0], known[1]) if known else (key, key)


def phrase(section: str, key: str, language: Language, **values: object) -> str:
    """A string with its places filled in."""
    return word(section, key, language).format(**values)
