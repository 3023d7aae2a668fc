"""Language packs: data files in, one compiled, validated and hashed pack out."""

from tawatur.lang.language import language_of
from tawatur.lang.pack import FIRST, Pack, hash_for, languages, load, load_for
from tawatur.lang.passages import Passage, language_in, only, passages

__all__ = [
    "FIRST", "Pack", "Passage", "hash_for", "language_in", "language_of", "languages", "load", "load_for", "only",
    "passages",
]  # fmt: skip
