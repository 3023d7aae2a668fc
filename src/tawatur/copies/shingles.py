"""Word numbers in, a sample of five-word shingles out, and the index that finds earlier reports by them.

The sample takes the smallest of every four neighbouring shingle hashes, so two reports that share eight words in a
row always share a sampled shingle, wherever the words stand. What an earlier report already stands for under a
shingle is not added again by its copies, so a wire that a thousand outlets carry costs the index one report, and each
carrier finds it.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import accumulate, chain

SIZE = 5  # words of a shingle
WINDOW = 4  # neighbouring shingles of which one is taken at least
CROWD = 8  # reports under one shingle that are no copies of each other: beyond them it is a stock phrase
_MASK = (1 << 61) - 1
_BASE = 0x1B8F3A1D5C947E63
_POWER = pow(_BASE, SIZE, 1 << 61)

Sample = list[tuple[int, int]]  # position of the first word, hash


def sample(words: Sequence[int]) -> Sample:
    """The sampled shingles of a report in text order."""
    if len(words) < SIZE:
        return []
    sums = list(accumulate(chain((0,), words), lambda total, word: (total * _BASE + word) & _MASK))
    hashes = [(end - start * _POWER) & _MASK for start, end in zip(sums, sums[SIZE:], strict=False)]
    least = set(map(min, hashes, hashes[1:], hashes[2:], hashes[3:])) or {min(hashes)}
    return [(at, value) for at, value in enumerate(hashes) if value in least]


class Index:
    """Sampled shingle to the reports that brought it first."""

    def __init__(self) -> None:
        self._holders: dict[int, tuple[int, ...]] = {}

    def hits(self, sampled: Sample) -> dict[int, list[int]]:
        """Earlier reports that hold some of the shingles: report to the positions of the shared ones."""
        found: dict[int, list[int]] = {}
        holders = self._holders
        for at, value in sampled:
            for report in holders.get(value, ()):
                found.setdefault(report, []).append(at)
        return found

    def add(self, report: int, sampled: Sample, origins: Container[int]) -> None:
        """Add a report under the shingles that none of the reports it copies (``origins``) stands under."""
        holders, alone = self._holders, (report,)
        for _, value in sampled:
            known = holders.get(value)
            if known is None:
                holders[value] = alone
            elif len(known) < CROWD and known[-1] != report and not any(k in origins for k in known):
                holders[value] = (*known, report)
