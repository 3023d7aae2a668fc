"""Language packs: data files in, one compiled, validated and hashed pack out."""

from tawatur.lang.pack import Pack, languages, load

__all__ = ["Pack", "languages", "load"]
