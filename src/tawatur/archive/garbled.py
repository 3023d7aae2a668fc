"""Text in, why it looks as if it had been decoded wrongly before it came here out.

Each suspicion is tried: the text is put back into the bytes that it would have been, and these are read as they should
have been. Only what then is Arabic counts, so that French, Russian or Turkish is no suspect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tawatur.archive.letters import arabic_letters, cost

_SAMPLE = 1 << 13  # characters that are looked at
_OTHERS = ("cp1252", "cp1251", "cp437", "cp850", "mac_roman", "koi8_r", "cp720")
_ARABIC = ("cp1256", "iso8859_6")
_READ_AS = (*_OTHERS, *_ARABIC)
#: What most Arabic letters begin with in UTF-8, as each encoding shows it.
_LEADS = {name: bytes((0xD8, 0xD9)).decode(name, "ignore") for name in _READ_AS}
_LEAST = 3  # of these, and
_SHARE = 0.06  # of the text where they are Arabic letters themselves
_MIXED = (("iso8859_6", "cp1256"), ("cp1256", "iso8859_6"))
_TIMES = 3  # that a text may have been read wrongly
_LETTERS = 12  # Arabic letters that bytes must give before their order tells
_BETTER = 0.3  # by how much the cost falls where letters are put right
_FITS = 8.0  # the cost of letters below which they are Arabic
_strange = re.compile("[^\x00-\x7f\u0600-\u06ff\u2000-\u206f\ufb50-\ufdff\ufe70-\ufeff]")
#: What e and i of ISO-8859-6 are in windows-1256 beside letters, and how marks that only end a word stand there.
_may_be_odd = re.compile("[À-ÖØ-öø-ÿ¬\u064c\u064d]")
_odd = re.compile("[ء-ي][À-ÖØ-öø-ÿ¬]|[À-ÖØ-öø-ÿ][ء-ي]|[\u064c\u064d][ء-ي]|(?<![ء-ي])[\u064c\u064d]")
_lead = re.compile("[" + "".join(_LEADS[name] for name in _OTHERS) + "]")
_asked = re.compile(r"\?{2,}")
_ASKED = 0.3  # of a text
_C1 = {ord(bytes((code,)).decode("cp1252", "ignore") or chr(code)): code for code in range(0x80, 0xA0)}


def damage(text: str) -> str:
    """Why a text looks as if it had been decoded wrongly before it came here; empty when it does not."""
    if "\ufffd" in text:
        return f"{text.count(chr(0xFFFD))} characters were lost before it came here (U+FFFD)"
    sample = text[:_SAMPLE]
    if "??" in sample and sum(map(len, _asked.findall(sample))) > max(_LETTERS, _ASKED * len(sample)):
        return "its letters were lost before it came here (question marks)"
    if sample.isascii():
        return ""
    if read_as := _utf8_read_as(sample):
        return f"it looks like UTF-8 that was read as {read_as} before it came here"
    if _is_odd(sample) and any(_fits_better(sample, *pair) for pair in _MIXED):
        return "it looks like Arabic that was read in another Arabic encoding before it came here"
    if _is_legacy_as_other(sample):
        return "it looks like Arabic that was read in a Western encoding before it came here"
    return ""


def _is_odd(text: str) -> bool:
    """Whether letters stand where none do, or the article is as each of the two encodings shows that of the other."""
    articles = text.count(" ال")
    if _may_be_odd.search(text) and _odd.search(text):
        return True
    return any(text.count(shown) > max(2, articles) for shown in (" اف", " ان"))


def _fits_better(text: str, read_as: str, written: str) -> bool:
    """Whether the letters are more like Arabic when they are put back and read in the other encoding."""
    return cost(text.encode(read_as, "ignore").decode(written, "ignore")) < cost(text) - _BETTER


def _utf8_read_as(text: str) -> str:
    """The encoding that UTF-8 was read in, once or several times; empty when it was not."""
    for name in _READ_AS if _lead.search(text) else _ARABIC:
        leads = sum(map(text.count, _LEADS[name]))
        if leads > (_LEAST if name in _OTHERS else _SHARE * len(text)) and _gives_arabic(text, name, leads):
            return name
    return "cp1252" if text.count("Ã") > _LEAST and any(_layers(text)) else ""


def _gives_arabic(text: str, name: str, leads: int) -> bool:
    """Whether the bytes are Arabic in UTF-8, or so many of its letters are its leads that the rest was lost."""
    if arabic_letters(_unread(text, name).decode("utf-8", "ignore")) >= 0.5 * leads:
        return True
    return name not in _OTHERS and leads > 0.4 * arabic_letters(text)


def _layers(text: str) -> Iterator[bool]:
    """Whether the text is Arabic after it was unread once more, and once more."""
    for _ in range(_TIMES):
        text = _unread(text, "cp1252").decode("utf-8", "ignore")
        yield arabic_letters(text) > 2 * _LEAST


def _unread(text: str, name: str) -> bytes:
    """The bytes that a text was read from in an encoding; what that cannot hold is left out."""
    return text.translate(_C1).encode("latin-1", "ignore") if name == "cp1252" else text.encode(name, "ignore")


def _is_legacy_as_other(text: str) -> bool:
    """Whether the words that are hardly of Latin or Arabic letters are Arabic in bytes."""
    if len(_strange.findall(text)) <= _LETTERS:
        return False
    words = " ".join(word for word in text.split() if 2 * len(_strange.findall(word)) > len(word))
    return len(words) > _LETTERS and any(_is_arabic(_unread(words, name)) for name in _OTHERS)


def _is_arabic(data: bytes) -> bool:
    found = (data.decode(name, "ignore") for name in ("cp1256", "iso8859_6"))
    return any(arabic_letters(text) > max(_LETTERS, 0.35 * len(text)) and cost(text) < _FITS for text in found)
