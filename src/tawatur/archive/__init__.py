"""Bytes in, reports out: formats, encodings, stories, sentences, quotations, and folding with an offset map."""

from tawatur.archive.fold import Folded, fold, fold_word
from tawatur.archive.reading import read

__all__ = ["Folded", "fold", "fold_word", "read"]
