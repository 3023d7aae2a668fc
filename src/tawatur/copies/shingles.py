"""Word numbers in, a sample of five-word shingles out, and the index that finds earlier reports by them.

The sample takes the smallest of every four neighbouring shingle hashes, so two reports that share eight words in a
row always share a sampled shingle, wherever the words stand. What an earlier report already stands for under a
shingle is not added again by its copies, so a wire that a thousand outlets carry costs the index one report, and each
carrier finds it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple

SIZE = 5  # words of a shingle
CROWD = 8  # reports under one shingle that are no copies of each other: beyond them it is a stock phrase


class Sample(NamedTuple):
    """The shingle hashes of a report in text order, and those of them that are sampled."""

    hashes: list[int]
    chosen: set[int]


def sample(words: Sequence[int]) -> Sample:
    """The sampled shingles of a report.

    A shingle's hash is that of a tuple of ints, which no hash seed changes and which is the same in every 64-bit
    CPython since 3.8.
    """
    hashes = list(map(hash, zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)))
    pairs = [a if a < b else b for a, b in pairwise(hashes)]
    least = {a if a < b else b for a, b in zip(pairs, pairs[2:], strict=False)}
    return Sample(hashes, least or set(sorted(hashes)[:1]))


def hits(sampled: Sample, holders: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """The reports that hold shingles of a report: report to the places of the shared ones, in text order."""
    found: dict[int, list[int]] = {}
    for at, value in enumerate(sampled.hashes):
        for report in holders.get(value, ()):
            found.setdefault(report, []).append(at)
    return found


def stands(holders: Collection[int], origins: AbstractSet[int]) -> bool:
    """Whether a report that copies ``origins`` is entered under a shingle that these reports hold."""
    return len(holders) < CROWD and origins.isdisjoint(holders)


class Index:
    """Sampled shingle to the reports that brought it first."""

    def __init__(self) -> None:
        self._holders: dict[int, tuple[int, ...]] = {}

    def held(self, sampled: Sample) -> set[int]:
        """The sampled shingles that earlier reports hold."""
        return sampled.chosen & self._holders.keys()

    def hits(self, sampled: Sample, held: set[int]) -> dict[int, list[int]]:
        """The reports that hold these shingles: report to the places of the shared ones, in text order."""
        return hits(sampled, {value: self._holders[value] for value in held})

    def add(self, report: int, sampled: Sample, held: set[int], origins: frozenset[int]) -> None:
        """Add a report under the shingles that none of the reports it copies (``origins``) stands under."""
        holders = self._holders
        holders.update(dict.fromkeys(sampled.chosen - held, (report,)))
        for value in held:
            known = holders[value]
            if stands(known, origins):
                holders[value] = (*known, report)
