"""Word numbers in, a sample of five-word shingles out, and the index that finds earlier reports by them.

The sample takes the smallest of every four neighbouring shingle hashes, so two reports that share eight words in a
row always share a sampled shingle, wherever the words stand. What an earlier report already stands for under a
shingle is not added again by its copies, so a wire that a thousand outlets carry costs the index one report, and each
carrier finds it.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain, compress, count, repeat
from typing import NamedTuple

SIZE = 5  # words of a shingle
WINDOW = 4  # neighbouring shingles of which the smallest is sampled
CROWD = 8  # reports under one shingle that are no copies of each other: beyond them it is a stock phrase
_LANE = 64  # bits of a number in a long integer
_STEP = 64  # masks are kept for so many words more each
_STRETCH = 1024  # windows that are reckoned at once
_AFTER = SIZE + WINDOW - 2  # words from the first of a window to its last
_FACTORS = (0x33A1E0C7, 0x2B7E1517, 0x3C6EF373, 0x26145DD1, 0x1F83D9AB)  # odd, of 30 bits: by the place of a word


class Sample(NamedTuple):
    """The shingle hashes of a report in text order, and those of them that are sampled."""

    hashes: Sequence[int]
    chosen: set[int]


class _Masks(NamedTuple):
    """For each lane of 64 bits its lowest 30, and its highest one."""

    low: int
    top: int


def sample(words: Sequence[int]) -> Sample:
    """The sampled shingles of a report.

    A shingle's hash is the sum of its words' lowest 30 bits, each times a factor by its place; the lowest 30 bits of
    the sum are put before the 30 above them: 60 bits, as Python holds longer numbers in half as much memory again.
    """
    first = _sampled(words[: _STRETCH + _AFTER])
    if len(words) <= _STRETCH + _AFTER:
        return first
    hashes, chosen = list(first.hashes[:_STRETCH]), first.chosen
    for start in range(_STRETCH, len(words) - _AFTER, _STRETCH):
        more = _sampled(words[start : start + _STRETCH + _AFTER])
        hashes += more.hashes[:_STRETCH] if start + _STRETCH < len(words) - _AFTER else more.hashes
        chosen |= more.chosen
    return Sample(hashes, chosen)


def _sampled(words: Sequence[int]) -> Sample:
    """The sample of one stretch of words: all hashes are reckoned at once, side by side in one long integer."""
    size = len(words) - SIZE + 1
    if size < 1:
        return Sample((), set())
    masks = _masks(-(-len(words) // _STEP) * _STEP)
    lanes = int.from_bytes(_little(array("Q", words)).tobytes(), "little") & masks.low
    sums = sum([(lanes >> _LANE * place) * factor for place, factor in enumerate(_FACTORS)])
    mixed = (sums & masks.low) << 30 | (sums >> 30 & masks.low)
    hashes = _taken(mixed, size)
    if size < WINDOW:
        return Sample(hashes, {min(hashes)})
    pairs = _smaller(mixed, mixed >> _LANE, masks.top)
    least = _smaller(pairs, pairs >> 2 * _LANE, masks.top)
    return Sample(hashes, set(_taken(least, size - WINDOW + 1)))


@lru_cache
def _masks(lanes: int) -> _Masks:
    ones = sum(1 << _LANE * n for n in range(lanes))
    return _Masks(ones * (2**30 - 1), ones << _LANE - 1)


def _taken(lanes: int, count: int) -> array[int]:
    """The first lanes of a long integer."""
    size = max(8 * count, -(-lanes.bit_length() // 8))
    return _little(array("Q", lanes.to_bytes(size, "little")[: 8 * count]))


def _little(numbers: array[int]) -> array[int]:
    """The numbers as they are where the lowest byte comes first, else turned round."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _smaller(a: int, b: int, top: int) -> int:
    """The smaller number of each lane; the highest bit of a lane is free and tells which that is."""
    above = (a | top) - b & top
    return a ^ (a ^ b) & above - (above >> _LANE - 1)


def hits(sampled: Sample, holders: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """The reports that hold two shingles of a report, or its only one: report to the places of these, in text order.

    ``holders`` are those of the sampled shingles that are held.
    """
    all_holders = list(chain.from_iterable(holders.values()))
    if len(sampled.chosen) > 1 and len(set(all_holders)) == len(all_holders):
        return {}
    least = min(2, len(sampled.chosen))
    found: dict[int, list[int]] = {n: [] for n, times in Counter(all_holders).items() if times >= least}
    often = {value: reports for value, held in holders.items() if (reports := found.keys() & held)}
    for at in compress(count(), map(often.__contains__, sampled.hashes)):
        for report in often[sampled.hashes[at]]:
            found[report].append(at)
    return found


def stands(holders: Collection[int], origins: AbstractSet[int]) -> bool:
    """Whether a report that copies ``origins`` is entered under a shingle that these reports hold."""
    return len(holders) < CROWD and origins.isdisjoint(holders)


class Index:
    """Sampled shingle to the reports that brought it first."""

    def __init__(self) -> None:
        self._holders: dict[int, tuple[int, ...]] = {}

    def enter(self, report: int, sampled: Sample) -> dict[int, tuple[int, ...]]:
        """Add a report under those of its shingles that are new; the others with the reports that hold them."""
        own = (report,)
        before = zip(sampled.chosen, map(self._holders.setdefault, sampled.chosen, repeat(own)), strict=True)
        return {value: known for value, known in before if known is not own}

    def add(self, report: int, held: Mapping[int, tuple[int, ...]], origins: frozenset[int]) -> None:
        """Add a report under the shingles that others hold (``held``) but none of those it copies (``origins``)."""
        for value, known in held.items():
            if stands(known, origins):
                self._holders[value] = (*known, report)
