"""Language packs: data files in, one compiled, validated and hashed pack out."""

from tawatur.lang.language import language_in, language_of
from tawatur.lang.pack import FIRST, Pack, hash_for, languages, load, load_for

__all__ = ["FIRST", "Pack", "hash_for", "language_in", "language_of", "languages", "load", "load_for"]
