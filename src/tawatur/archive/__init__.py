"""Bytes in, reports out: formats, encodings, stories, sentences, quotations, and folding with an offset map."""

from tawatur.archive.fold import Folded, fold, fold_word

__all__ = ["Folded", "fold", "fold_word"]
