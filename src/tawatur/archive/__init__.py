"""Bytes in, reports out (``read``); a report's text in, its lines, stories, sentences and quotations out.

Folding for comparison, with an offset map back to the raw text, is here too, and so is what tables need: ``columns``
tells what their columns are taken for, ``template`` and ``xlsform`` write sheets and forms for observations.
"""

from tawatur.archive.finding import Found
from tawatur.archive.fold import Folded, fold, fold_word
from tawatur.archive.listing import Listed, inputs
from tawatur.archive.observe_form import xlsform
from tawatur.archive.observe_sheet import COLUMNS as OBSERVED
from tawatur.archive.observe_sheet import add as add_observation
from tawatur.archive.observe_sheet import template
from tawatur.archive.one_file import Memory, Parts
from tawatur.archive.outcomes import Given, Tally
from tawatur.archive.page import Line, lines
from tawatur.archive.parts import stories
from tawatur.archive.pdf import page_picture
from tawatur.archive.quotes import quotations
from tawatur.archive.reading import read
from tawatur.archive.showing_columns import ShownTable, columns
from tawatur.archive.split import sentences
from tawatur.archive.whole_files import write_whole

__all__ = [
    "OBSERVED",
    "Folded",
    "Found",
    "Given",
    "Line",
    "Listed",
    "Memory",
    "Parts",
    "ShownTable",
    "Tally",
    "add_observation",
    "columns",
    "fold",
    "fold_word",
    "inputs",
    "lines",
    "page_picture",
    "quotations",
    "read",
    "sentences",
    "stories",
    "template",
    "write_whole",
    "xlsform",
]
