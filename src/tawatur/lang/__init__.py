"""Language packs: data files in, one compiled, validated and hashed pack out."""

from tawatur.lang.language import language_in
from tawatur.lang.pack import Pack, languages, load

__all__ = ["Pack", "language_in", "languages", "load"]
