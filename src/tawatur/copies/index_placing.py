"""Reports that are new to an index in, its links as if all reports had been given at once out.

A report's links depend on those before it in the order of publication, and only through the reports that stand under
its shingles. Under a shingle reports are only ever added in that order, so those that stand there before a place are
those that stood there when it was that report's turn. A report that comes late changes what stands under some of its
shingles; the later reports for which that matters are placed again, and so on until nothing changes.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from tawatur.copies.direction import direction
from tawatur.copies.find import explained
from tawatur.copies.index_shelf import Shelf, Some
from tawatur.copies.shingles import CROWD, Sample, hits, sample, stands
from tawatur.copies.verify import Copy

Turn = tuple[str, int]  # place in the order of publication, number


class _Change(NamedTuple):
    """The shingles that a report stood under, those it stands under now, and those that are in one of both."""

    before: set[int]
    now: set[int]
    any: set[int]


class Placing:
    """Places reports; to be used inside one transaction at a time."""

    def __init__(self, db: sqlite3.Connection, shelf: Shelf) -> None:
        self._db, self._shelf = db, shelf

    def place(self, new: Iterable[Turn]) -> None:
        """Place new reports, and again the later ones that they change."""
        waiting = list(new)
        fresh = {n for _, n in waiting}
        known = set(waiting)
        last = self._db.execute("SELECT max(place) FROM reports").fetchone()[0]
        heapify(waiting)
        while waiting:
            turn = heappop(waiting)
            change = self._placed(turn, fresh=turn[1] in fresh)
            for other in self._after(turn, change) if change.any and turn[0] < last else ():
                if other not in known:
                    known.add(other)
                    heappush(waiting, other)

    def _placed(self, turn: Turn, *, fresh: bool) -> _Change:
        """Place one report; the shingles under which it stands now, and under which it stood."""
        n = turn[1]
        sampled = sample(self._shelf.words(n))
        standing, before = self._standing(sampled, turn)
        numbers = [m for _, m in sorted({t for turns in before.values() for t in turns})]
        copies = self._copies(sampled, before, numbers, n)
        origins = {numbers[c.a] for c in copies if not c.quoted}
        stands_now = {value for value in sampled.chosen if stands([m for _, m in before.get(value, ())], origins)}
        self._keep(n, sampled, stands_now, standing, fresh=fresh)
        self._link(n, numbers, copies)
        return _Change(standing, stands_now, standing ^ stands_now)

    def _standing(self, sampled: Sample, turn: Turn) -> tuple[set[int], dict[int, list[Turn]]]:
        """The shingles that a report stands under by now, and by shingle the earlier reports that do, in order."""
        rows = self._db.execute(
            "SELECT h.shingle, r.place, r.n FROM json_each(?) j JOIN holders h ON h.shingle = j.value"
            " JOIN reports r ON r.n = h.report WHERE r.place <= ? ORDER BY h.shingle, r.place",
            (json.dumps(sorted(sampled.chosen)), turn[0]),
        )
        own: set[int] = set()
        before: dict[int, list[Turn]] = defaultdict(list)
        for shingle, place, m in rows:
            if m == turn[1]:
                own.add(shingle)
            else:
                before[shingle].append((place, m))
        return own, before

    def _copies(self, sampled: Sample, before: dict[int, list[Turn]], numbers: list[int], n: int) -> list[Copy]:
        if not before:
            return []
        here = {m: k for k, m in enumerate(numbers)}
        held = {value: tuple(here[m] for _, m in turns) for value, turns in before.items()}
        return explained(Some(self._shelf, [*numbers, n]), len(numbers), hits(sampled, held))

    def _keep(self, n: int, sampled: Sample, now: set[int], standing: set[int], *, fresh: bool) -> None:
        if fresh:
            self._put("holders", n, now)
            self._put("others", n, sampled.chosen - now)
            if len(sampled.chosen) == 1:
                self._db.execute("INSERT INTO briefs VALUES (?)", (n,))
            return
        for source, target, moved in (("others", "holders", now - standing), ("holders", "others", standing - now)):
            gone = [(value, n) for value in sorted(moved)]
            self._db.executemany(f"DELETE FROM {source} WHERE shingle = ? AND report = ?", gone)
            self._put(target, n, moved)

    def _put(self, name: str, n: int, values: set[int]) -> None:
        self._db.executemany(f"INSERT INTO {name} VALUES (?, ?)", [(value, n) for value in sorted(values)])

    def _link(self, n: int, numbers: list[int], copies: list[Copy]) -> None:
        corpus = Some(self._shelf, [*numbers, n])
        self._db.execute("DELETE FROM links WHERE later = ?", (n,))
        for copy in copies:
            way = 0 if copy.quoted else direction(corpus, copy)
            left, right = corpus.detail(copy.a), corpus.detail(copy.b)
            spans = [(left.span(p.a0, p.a1), right.span(p.b0, p.b1)) for p in copy.passages]
            ends = [(a.start, a.end, b.start, b.end) for a, b in spans]
            told = json.dumps([copy.kind, copy.shared, round(copy.coverage, 4), ends])
            self._db.execute("INSERT INTO links VALUES (?, ?, ?, ?)", (n, numbers[copy.a], way, told))

    def _after(self, turn: Turn, change: _Change) -> list[Turn]:
        """The later reports that may have other links, or stand elsewhere, since a report stands where it does.

        Other links have those that share two shingles with it, as others are not compared with it. Under a stock
        phrase's shingle only those stand otherwise that the crowd pushes out, or lets in.
        """
        crowds = self._crowds(change.any)
        pushed = {m for value, m in self._with("holders", change.any) if crowds[value] > CROWD}
        let_in = {m for value, m in self._with("others", change.before - change.now) if crowds[value] < CROWD}
        later = json.dumps(sorted(pushed | let_in | self._compared(change)))
        asked = "SELECT r.place, r.n FROM json_each(?) j JOIN reports r ON r.n = j.value WHERE r.place > ?"
        return sorted(self._db.execute(asked, (later, turn[0])))

    def _compared(self, change: _Change) -> set[int]:
        """The reports that share two shingles with a report, one of which has changed; those with one that is all."""
        shared = Counter[int]()
        changed: set[int] = set()
        for name in ("holders", "others"):
            for value, m in self._with(name, change.before | change.now):
                shared[m] += 1
                if value in change.any:
                    changed.add(m)
        alone = json.dumps(sorted(m for m in changed if shared[m] == 1))
        briefs = self._db.execute("SELECT n FROM json_each(?) j JOIN briefs ON n = j.value", (alone,))
        return {m for m in changed if shared[m] > 1} | {n for (n,) in briefs}

    def _crowds(self, values: set[int]) -> Counter[int]:
        return Counter(value for value, _ in self._with("holders", values))

    def _with(self, name: str, values: set[int]) -> list[tuple[int, int]]:
        """The shingles among these and the reports that a table has under them."""
        asked = f"SELECT t.shingle, t.report FROM json_each(?) j JOIN {name} t ON t.shingle = j.value"
        return self._db.execute(asked, (json.dumps(sorted(values)),)).fetchall() if values else []
