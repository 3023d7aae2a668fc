"""Bytes in, reports out (``read``); a report's text in, its lines, stories, sentences and quotations out.

Folding for comparison, with an offset map back to the raw text, is here too.
"""

from tawatur.archive.fold import Folded, fold, fold_word
from tawatur.archive.page import Line, lines
from tawatur.archive.parts import stories
from tawatur.archive.quotes import quotations
from tawatur.archive.reading import read
from tawatur.archive.split import sentences

__all__ = ["Folded", "Line", "fold", "fold_word", "lines", "quotations", "read", "sentences", "stories"]
