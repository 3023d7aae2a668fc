"""A comparison in; a page, a terminal summary, the contract's form, JSON lines or CSV out."""

from tawatur.publish.exports import contract, csv, jsonl
from tawatur.publish.page import page
from tawatur.publish.terminal import summary

__all__ = ["contract", "csv", "jsonl", "page", "summary"]
