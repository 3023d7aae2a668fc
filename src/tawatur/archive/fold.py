"""Text in, its folded form out, with a map from every folded span to the raw span and back.

Folding makes spellings comparable, code point by code point and whatever stands beside it, so that
``fold(a + b).text == fold(a).text + fold(b).text``:

- hamza carriers and wasla to bare alif, waw and ya; alif maqsura to ya, ta marbuta to ha; the free hamza stays
- tatweel, vowel marks, Quranic marks, combining accents, zero-width and bidi controls are dropped
- Arabic-Indic and Persian digits to ASCII; Persian kaf, ya and ha forms to the Arabic ones
- presentation forms, full-width forms, ligatures and odd spaces by their Unicode decompositions; superscripts and
  vulgar fractions stay, since 10² is not 102

Letter case and punctuation stay. Source of classes and decompositions: the Unicode Character Database,
by way of ``unicodedata``.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from tawatur.model import Span

_SAME_LENGTH = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ىئیېےۍٸۓ", "ي"),
    **dict.fromkeys("ؤٶۆۇۈ", "و"),
    **dict.fromkeys("ةۃہھۀەۂ", "ه"),
    **dict.fromkeys("کڪ", "ك"),
    **{chr(base + n): str(n) for base in (0x0660, 0x06F0) for n in range(10)},
}
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
_MARKS += "\u06e7\u06e8\u06ea-\u06ed\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"
_CONTROLS = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_dropped = re.compile(f"[{_MARKS}\u0640{_CONTROLS}]")
_control = re.compile(f"[{_CONTROLS}]")
_tied = re.compile("<(?:isolated|initial|medial|final|wide|narrow|noBreak|vertical|font)>|[0-9A-F]")
# Everything outside of what everyday text is made of: marks, controls, tatweel and all that decomposes.
_rare = re.compile("[^\t\n\r -~«»–—‘’“”•…،؛؟٪٫٬ء-غف-ي٠-٩۰-۹ٱچپژگڤکیھەہ]")
# The letters and digits of _SAME_LENGTH that everyday text holds: str.replace of one letter runs at memory speed.
_often = tuple((letter, _SAME_LENGTH[letter]) for letter in "أإآىةؤئ")
_seldom = tuple((letter, _SAME_LENGTH[letter]) for letter in "٠١٢٣٤٥٦٧٨٩ٱ۰۱۲۳۴۵۶۷۸۹کیھەہ")
_any_seldom = re.compile("[٠-٩۰-۹ٱکیھەہ]")


class _Table(dict[int, str]):
    """Code point to folded string for str.translate, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        if code < 0x10000:
            self[code] = folded
        return folded


def _fold_char(char: str) -> str:
    if _dropped.match(char):
        return ""
    same = _SAME_LENGTH.get(char)
    if same is not None:
        return same
    parts = unicodedata.decomposition(char)
    return _decomposed(char, parts) if parts else char


def _decomposed(char: str, parts: str) -> str:
    plain = _dropped.sub("", unicodedata.normalize("NFKD", char))
    if plain.isspace() and not char.isspace():
        return "" if "\ufc5e" <= char <= "\ufe7f" else char  # a vowel mark on its own; a spacing accent
    if not _tied.match(parts) and not (plain.isalpha() or plain == " "):
        return char
    return "".join(_SAME_LENGTH.get(c, c) for c in unicodedata.normalize("NFC", plain))


_table = _Table()


class Offsets:
    """Segments of raw text, each a run of characters that kept their count or one character that became several.

    One entry a segment: where it starts in the folded text, where in the raw text, where it ends there with the marks
    that follow, and the raw characters a folded one stands for (1 in a run, 0 inside a ligature).
    """

    __slots__ = ("ends", "folded", "starts", "steps")

    def __init__(self) -> None:
        self.folded = array("I", [0])
        self.starts, self.ends, self.steps = array("I"), array("I"), array("b")

    def add(self, raw: int, size: int, step: int) -> None:
        """A segment that begins at a raw offset and has a number of folded characters."""
        self.folded.append(self.folded[-1] + size)
        self.starts.append(raw)
        self.ends.append(raw + (size if step else 1))
        self.steps.append(step)

    def raw_start(self, at: int) -> int:
        """Where the folded character at an offset starts in the raw text."""
        i = bisect_right(self.folded, at) - 1
        return self.starts[i] + self.steps[i] * (at - self.folded[i])

    def raw_end(self, at: int) -> int:
        """Where the folded character before an offset ends in the raw text, marks included."""
        i = bisect_left(self.folded, at) - 1
        if at == self.folded[i + 1]:
            return self.ends[i]
        return self.starts[i] + self.steps[i] * (at - 1 - self.folded[i]) + 1

    def first_after(self, raw: int) -> int:
        """The first folded character that ends after a raw offset."""
        i = bisect_right(self.ends, raw)
        if i == len(self.ends):
            return self.folded[-1]
        last = self.folded[i + 1] - 1
        inside = max(0, raw - self.starts[i])
        return min(last, self.folded[i] + inside) if self.steps[i] or not inside else last

    def first_from(self, raw: int) -> int:
        """The first folded character that starts at a raw offset or after it."""
        i = bisect_left(self.starts, raw) - 1
        if i < 0:
            return 0
        size = self.folded[i + 1] - self.folded[i]
        return self.folded[i] + (min(raw - self.starts[i], size) if self.steps[i] else size)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; ``offsets`` is None when every character kept its place."""

    text: str
    offsets: Offsets | None = None

    def raw(self, start: int, end: int) -> Span:
        """The raw span that a folded span came from: whole characters with their marks, no control before or after."""
        if self.offsets is None:
            return Span(start, end)
        if start < end:
            return Span(self.offsets.raw_start(start), self.offsets.raw_end(end))
        at = self.offsets.raw_end(start) if start else 0
        return Span(at, at)

    def folded(self, start: int, end: int) -> Span:
        """The folded span of all characters that a raw span touches."""
        if self.offsets is None:
            return Span(start, end)
        first = self.offsets.first_after(start)
        return Span(first, max(first, self.offsets.first_from(end)))


def fold(text: str) -> Folded:
    """Raw text to its folded form with the map; linear time."""
    first = _rare.search(text)
    return Folded(_fold_everyday(text)) if first is None else _fold_mapped(text)


def fold_word(word: str) -> str:
    """A word or phrase to its folded form, without the map."""
    return word if word.isascii() else word.translate(_table)


def _fold_everyday(text: str) -> str:
    for letter, folded in _often:
        text = text.replace(letter, folded)
    if _any_seldom.search(text):
        for letter, folded in _seldom:
            text = text.replace(letter, folded)
    return text


def _fold_mapped(text: str) -> Folded:
    offsets, parts, done = Offsets(), [], 0
    for match in _rare.finditer(text):
        char, at = match[0], match.start()
        folded = _table[ord(char)]
        if len(folded) == 1 and folded == char:
            continue
        if at > done:
            parts.append(text[done:at])
            offsets.add(done, at - done, 1)
        if folded:
            parts.append(folded)
            offsets.add(at, len(folded), 1 if len(folded) == 1 else 0)
        elif offsets.ends and not _control.match(char):
            offsets.ends[-1] = at + 1
        done = at + 1
    if done < len(text):
        parts.append(text[done:])
        offsets.add(done, len(text) - done, 1)
    return Folded(_fold_everyday("".join(parts)), offsets)
