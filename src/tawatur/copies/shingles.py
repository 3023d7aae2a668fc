"""Word numbers in, a sample of five-word shingles out, and the index that finds earlier reports by them.

The sample takes the smallest of every four neighbouring shingle hashes, so two reports that share eight words in a
row always share a sampled shingle, wherever the words stand. What an earlier report already stands for under a
shingle is not added again by its copies, so a wire that a thousand outlets carry costs the index one report, and each
carrier finds it.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
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
    least = set(map(min, hashes, hashes[1:], hashes[2:], hashes[3:]))
    return Sample(hashes, least or set(sorted(hashes)[:1]))


class Index:
    """Sampled shingle to the reports that brought it first."""

    def __init__(self) -> None:
        self._holders: dict[int, tuple[int, ...]] = {}

    def hits(self, sampled: Sample) -> dict[int, list[int]]:
        """Earlier reports that hold some of the shingles: report to the places of the shared ones, in text order."""
        holders = self._holders
        held = sampled.chosen & holders.keys()
        found: dict[int, list[int]] = {}
        if held:
            for at, value in enumerate(sampled.hashes):
                if value in held:
                    for report in holders[value]:
                        found.setdefault(report, []).append(at)
        return found

    def add(self, report: int, sampled: Sample, origins: Container[int]) -> None:
        """Add a report under the shingles that none of the reports it copies (``origins``) stands under."""
        holders = self._holders
        held = sampled.chosen & holders.keys()
        holders.update(dict.fromkeys(sampled.chosen - held, (report,)))
        for value in held:
            known = holders[value]
            if len(known) < CROWD and not any(k in origins for k in known):
                holders[value] = (*known, report)
