"""A comparison in; a page, a terminal summary, the contract's form, JSON lines, CSV, views or sources out."""

from tawatur.publish.exports import contract, csv, doubts, files, jsonl
from tawatur.publish.marks import visible
from tawatur.publish.page import page, page_pieces
from tawatur.publish.quotes import picture_of
from tawatur.publish.sources import sources
from tawatur.publish.terminal import summary
from tawatur.publish.views import views
from tawatur.publish.words import Language

__all__ = [
    "Language",
    "contract",
    "csv",
    "doubts",
    "files",
    "jsonl",
    "page",
    "page_pieces",
    "picture_of",
    "sources",
    "summary",
    "views",
    "visible",
]
