"""A line of a page in, what it is by its own words out: noise, a byline, a dateline, or None when that is left open."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tawatur.lang.fold import fold_word
from tawatur.lang.page import Rule, alternatives, page_rules, page_words

LONGEST = 170  # characters beyond which a line is a paragraph whatever it says
_SHORT_FORM = 12  # words of a line that is a date and little more

_hashtags = re.compile(r"(?:[^\w#]*#\w+)+\W*")
_address = re.compile(r"\W*(?:https?://|www\.|t\.me/|@\w|[\w.+-]+@[\w-]+\.)\S*\W*|[\d\s+()\-–]{7,}")
_numeric_date = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}\w?|\d{1,2}/\d{1,2}")
_parts = re.compile(r"\s*[|،,–—+]+\s*|\s+[-ـ/]+\s*|[-/](?!\d)\s*")
_tokens = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*|\d[\d:.]*")
_letter = re.compile(r"[^\W_]")
_digit = re.compile(r"(?<!\w)\d")
_bracketed = re.compile(r"\(([^()]{1,40})\)")


class Verdict(NamedTuple):
    """What a line is, and the rule of a language pack that says so, if one does."""

    kind: str
    rule: Rule | None = None
    bare: bool = False  # nothing but the rule's words and a colon


def judge(line: str, folded: str) -> Verdict | None:
    """What a line is by its own words; ``folded`` are the same words folded."""
    if len(line) > LONGEST or _is_sentence(line, folded):
        return None
    if not _letter.search(line) or _hashtags.fullmatch(line) or _address.fullmatch(line):
        return Verdict("noise")
    words = _tokens.findall(folded)
    by_rule = None if _rule_words().isdisjoint(words) else _by_rule(folded, len(words))
    return by_rule or _by_form(folded, len(words))


def _is_sentence(line: str, folded: str) -> bool:
    """Whether a line is too long for any form, ends as sentences do, and does not begin as furniture does."""
    if line.count(" ") < _longest_part() or not line.endswith((".", "!", "؟")) or " - " in line or "|" in line:
        return False
    first = _tokens.search(folded)
    return first is not None and first[0] not in _first_words()


@lru_cache(maxsize=1)
def _longest_part() -> int:
    """The words that a line may have in which a rule looks further than its start."""
    return max(_SHORT_FORM, *(rule.longest for rule, _ in page_rules() if rule.where == "part"))


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """The first word of every phrase in the rules."""
    phrases = (fold_word(words) for rule, _ in page_rules() for words in rule.words)
    return frozenset(_tokens.findall(phrase)[0] for phrase in phrases)


@lru_cache(maxsize=1)
def _rule_words() -> frozenset[str]:
    """The longest word of every phrase in the rules: a line without any of them meets no rule."""
    phrases = (fold_word(words) for rule, _ in page_rules() for words in rule.words)
    return frozenset(max(_tokens.findall(phrase), key=len) for phrase in phrases)


def _by_rule(folded: str, count: int) -> Verdict | None:
    for rule, pattern in page_rules():
        found = pattern.match(folded) if count <= rule.longest else None
        if found:
            rest = folded[found.end() :].strip()
            return Verdict(rule.kind, rule, not rest or (rest.endswith(":") and count <= 8))
    return None


def _by_form(folded: str, count: int) -> Verdict | None:
    if count <= _SHORT_FORM and is_date_line(folded):
        return Verdict("dateline")
    if _digit.search(folded):
        return None
    if count <= 9 and _ends_in_agency(folded):
        return Verdict("dateline")
    return Verdict("byline") if count <= 6 and _is_initials(folded) else None


def is_date_line(folded: str) -> bool:
    """Whether a folded line is a date with no more than a few words of place or title beside it."""
    if folded.endswith((".", "؟", "!", ":")):
        return False
    parts = [part for part in _parts.split(_numeric_date.sub(" 1 date ", folded)) if part.strip()]
    dated = [part for part in parts if is_date(part)]
    others = [_tokens.findall(part) for part in parts if part not in dated]
    if not dated:
        return len(parts) == 1 and _is_place_and_date(parts[0])
    return all(len(words) <= 4 and not any(word[0].isdigit() for word in words) for words in others)


def is_date(folded: str) -> bool:
    """Whether a folded stretch holds a number and a date's words and nothing else."""
    words = _tokens.findall(folded)
    return len(words) > 1 and any(w[0].isdigit() for w in words) and all(_is_dated(word) for word in words)


def _is_place_and_date(part: str) -> bool:
    words = _tokens.findall(part)
    return 0 < len(words) <= 6 and not _is_dated(words[0]) and is_date(part[part.index(words[0]) + len(words[0]) :])


def _is_dated(word: str) -> bool:
    return word[0].isdigit() or word == "date" or word in _set("date-words")


@lru_cache(maxsize=8)
def _set(name: str) -> frozenset[str]:
    return frozenset(page_words(name))


@lru_cache(maxsize=1)
def _agency() -> re.Pattern[str]:
    names = alternatives(page_words("agencies"))
    return re.compile(rf"[\W_]*(?:{names})(?:\s*[،,+/]\s*(?:{names}))*[\W_]*")


def is_agency(words: str) -> bool:
    """Whether folded words are a news agency's name, or several."""
    return bool(_agency().fullmatch(words))


def _ends_in_agency(folded: str) -> bool:
    if is_agency(folded):
        return True
    parts = [part for part in _parts.split(folded) if part.strip(" :()")]
    if len(parts) < 2 or folded.rstrip().endswith((".", "؟", "!")):
        return False
    bracketed = _bracketed.findall(folded)
    return is_agency(parts[-1]) or bool(bracketed and folded.rstrip(" :").endswith(")") and is_agency(bracketed[-1]))


def _is_initials(folded: str) -> bool:
    words = _tokens.findall(folded)
    slashed = "/" in folded and is_agency(folded.split("/")[0])
    sizes = sorted(len(word) for word in words)
    return slashed or (len(words) > 1 and sizes[-1] <= 3 and sizes[len(sizes) // 2] <= 2 and sizes[0] == 1)
