"""What the models see of a word in languages that set words side by side, noted on every word of a pack once."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.claims import figures_features
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack
from tawatur.lang.plain import light_stem

_COLUMN = "plain features"
_NAME = "^name"  # stands for a capitalised word that no list knows


def note_words(pack: Pack) -> None:
    """Let every word of a pack carry its features from now on; names that no list knows are all alike."""
    pack.lexicon.column(_COLUMN, _note)


def _note(word: Word) -> str:
    word.notes["shape"] = _shape(word)
    if word.kind == "word":
        word.notes["features"] = tuple(_of_word(word))
        word.notes["clause"] = tuple(dict.fromkeys(_of_clause(word)))
        word.notes["near figures"] = tuple(dict.fromkeys(_of_figures(word)))
    return " "


def _is_name(word: Word) -> bool:
    return word.raw[:1].isupper() and not word.senses


def _called(word: Word) -> str:
    return _NAME if _is_name(word) else word.bare


def _shape(word: Word) -> str:
    if word.kind != "word":
        return word.kind
    tense = next((s.form for s in word.senses if s.pos == "verb"), "")
    return tense or ("cap" if word.raw[0].isupper() else "x")


def _of_word(word: Word) -> Iterator[str]:
    called = _called(word)
    yield f"w={called}"
    yield from dict.fromkeys(f"c={sense.entry.cls}" for sense in word.senses)
    yield from dict.fromkeys(f"t={sense.form}" for sense in word.senses if sense.form)
    if called != _NAME:
        yield f"s2={word.bare[-2:]}"
        yield f"s3={word.bare[-3:]}"
        yield f"st={light_stem(word.bare)}"
    yield f"up={word.raw[:1].isupper()}"
    yield f"n={min(len(word.bare), 7)}"


def _of_clause(word: Word) -> Iterator[str]:
    called = _called(word)
    yield f"w={called}"
    if called != _NAME:
        yield f"st={light_stem(word.bare)}"
    for sense in word.senses:
        yield f"c={sense.entry.cls}"
        if sense.pos == "verb":
            yield f"t={sense.form}"


def _of_figures(word: Word) -> Iterator[str]:
    called = _called(word)
    yield from (f"w={called}", f"st={light_stem(word.bare)}")
    yield from (name for name in figures_features.names_told(word))
