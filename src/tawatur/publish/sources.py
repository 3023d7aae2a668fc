"""Sources as text for a terminal: how each origin stands to the others, and what relays changed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tawatur import findings
from tawatur.publish.marks import visible
from tawatur.publish.words import Language, word

if TYPE_CHECKING:
    from tawatur.findings import Profile, Variant, Words
    from tawatur.model import Comparison


def sources(comparison: Comparison, *, width: int = 100, language: Language = "en") -> str:
    """A comparison in, its origins and outlets as plain lines out: those with most claims first, then variants.

    Every origin has its shares, its bias where there are enough counts, and nothing that says who tells the truth.
    """
    profiles, variants = findings.profiles(comparison), findings.variants(comparison)
    lines = [f"{word('ui', 'sources_lead', language)} {said(findings.caution(), language)}", ""]
    for profile in profiles:
        lines += _profile(profile, language)
    if variants:
        lines += ["", f"{word('ui', 'variants', language)} ({len(variants)})", *_changes(variants, language)]
    return "\n".join(wrapped for line in lines for wrapped in _wrapped(line, width)) + "\n"


def _profile(profile: Profile, language: Language) -> Iterator[str]:
    yield said(profile.words, language)
    if profile.claims:
        yield f"  {said(profile.bias.words, language)}"


def _changes(variants: tuple[Variant, ...], language: Language) -> Iterator[str]:
    for variant in variants:
        yield f"  {said(variant.words, language)} [{variant.first} › {variant.other}]"


def said(words: Words, language: Language) -> str:
    """A sentence in one language."""
    return words.ar if language == "ar" else words.en


def _wrapped(text: str, width: int) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip(" ")))
    return textwrap.wrap(
        visible(text.lstrip(" ")),
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
