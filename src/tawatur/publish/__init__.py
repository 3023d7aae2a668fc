"""A comparison in; a page, a terminal summary, the contract's form, JSON lines or CSV out."""

from tawatur.publish.exports import contract, csv, doubts, jsonl
from tawatur.publish.page import page
from tawatur.publish.quotes import picture_of
from tawatur.publish.terminal import summary

__all__ = ["contract", "csv", "doubts", "jsonl", "page", "picture_of", "summary"]
