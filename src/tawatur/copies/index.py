"""Reports in as they come, their copies out: an index in a file that places a new report without reading the old ones.

Whatever the order and the portions in which reports were given, the links are those of ``tawatur.copies.trace`` on all
of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tawatur.copies.dates import order
from tawatur.copies.index_file import connect, method, packed, sound, told, writing
from tawatur.copies.index_placing import Placing, Turn
from tawatur.copies.index_shelf import Shelf
from tawatur.copies.rank import ranks
from tawatur.model import CopyLink, Report, Span

Row = tuple[int, int, int]  # later, earlier, way: 1 when the earlier had the words first, -1 when the later had


@contextmanager
def opened(path: Path) -> Iterator[CopyIndex]:
    """The index in a file, made when it is not there. Raises InputError or FormatError, which name the file."""
    with closing(connect(path)) as db:
        yield CopyIndex(db, path)


class CopyIndex:
    """Reports with the copies among them. Each call that changes it is done as a whole or not at all."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db, self._path = db, path
        self._shelf = Shelf(db)
        self._placing = Placing(db, self._shelf)
        with told(path):
            db.execute("CREATE TEMP TABLE given (n INTEGER PRIMARY KEY)")
            self._brought_up()

    def __len__(self) -> int:
        with told(self._path):
            return int(self._db.execute("SELECT count(*) FROM reports").fetchone()[0])

    def add(self, reports: Iterable[Report]) -> int:
        """Place reports; those that the index has are left as they are. How many of them are new."""
        given = {report.id: report for report in reports}
        with told(self._path), writing(self._db):
            new = [turn for report in given.values() if (turn := self._entered(report))]
            self._placing.place(new)
            ids = json.dumps(sorted(given))
            self._db.execute(
                "INSERT OR IGNORE INTO given SELECT r.n FROM json_each(?) j JOIN reports r ON r.id = j.value", (ids,)
            )
        return len(new)

    def _brought_up(self) -> None:
        """Place all reports anew when what decides a link is no more what it was."""
        now = [(method(),)]
        if self._db.execute("SELECT digest FROM method").fetchall() == now:
            return
        with writing(self._db):
            for name in ("holders", "others", "briefs", "links", "method"):
                self._db.execute(f"DELETE FROM {name}")
            numbers = [n for (n,) in self._db.execute("SELECT n FROM reports")]
            turns = [(_place(self._shelf.report(n)), n) for n in numbers]
            self._db.executemany("UPDATE reports SET place = ? WHERE n = ?", turns)
            self._placing.place(turns)
            self._db.executemany("INSERT INTO method VALUES (?)", now)

    def _entered(self, report: Report) -> Turn | None:
        place = _place(report)
        made = self._db.execute("INSERT OR IGNORE INTO reports (id, place) VALUES (?, ?)", (report.id, place))
        if not made.rowcount or made.lastrowid is None:
            return None
        self._db.execute("INSERT INTO texts VALUES (?, ?)", (made.lastrowid, packed(report)))
        return place, made.lastrowid

    def links(self, *, of_given: bool = False) -> Iterator[tuple[CopyLink, Report, Report]]:
        """Links and shared quotations, each with its earlier and its later report, in order of publication.

        With ``of_given`` those alone in which a report takes part that was given since the file was opened.
        """
        given = "SELECT n FROM given" if of_given else "SELECT n FROM reports"
        ends = f"SELECT r.n FROM links JOIN reports r ON r.n = later WHERE later IN ({given}) OR earlier IN ({given})"
        with told(self._path):
            done: set[int] = set()
            for (n,) in self._db.execute(f"{ends} GROUP BY r.n ORDER BY r.place").fetchall():
                if n not in done:
                    rows = self._linked(n)
                    done.update(n for row in rows for n in row[:2])
                    yield from self._of(rows, self._given() if of_given else None)

    def _given(self) -> set[int]:
        return {n for (n,) in self._db.execute("SELECT n FROM given")}

    def _of(self, rows: list[Row], wanted: set[int] | None) -> Iterator[tuple[CopyLink, Report, Report]]:
        with sound("a link"):
            rank = self._ranks(rows)
            rows.sort(key=lambda row: sorted((rank[row[0]], rank[row[1]]), reverse=True))
        for row in rows:
            if wanted is None or not wanted.isdisjoint(row[:2]):
                yield self._link(row, turned=rank[row[0]] < rank[row[1]])

    def _link(self, row: Row, *, turned: bool) -> tuple[CopyLink, Report, Report]:
        late, early, way = row
        shared = self._db.execute("SELECT shared FROM links WHERE later = ? AND earlier = ?", (late, early)).fetchone()
        with sound("a link"):
            kind, words, coverage, ends = json.loads(shared[0])
            spans = tuple((Span(a, b), Span(c, d)) for a, b, c, d in ends)
        if turned:
            early, late, spans = late, early, tuple((b, a) for a, b in spans)
        a, b = self._shelf.report(early), self._shelf.report(late)
        return CopyLink(a.id, b.id, kind, words, coverage, bool(way) and (way < 0) == turned, spans), a, b

    def _linked(self, n: int) -> list[Row]:
        """All links among the reports that links lead to from one."""
        found: set[Row] = set()
        seen, border = {n}, {n}
        while border:
            rows = self._touching(border)
            found |= rows
            border = {end for row in rows for end in row[:2]} - seen
            seen |= border
        return list(found)

    def _touching(self, ends: set[int]) -> set[Row]:
        asked = "SELECT later, earlier, way FROM json_each(?) j JOIN links ON {} = j.value"
        values = json.dumps(sorted(ends))
        return {row for side in ("later", "earlier") for row in self._db.execute(asked.format(side), (values,))}

    def _ranks(self, rows: list[Row]) -> dict[int, int]:
        """The order of reports that links join: the same as among all reports, as no others are linked to them."""
        ends = json.dumps(sorted({n for row in rows for n in row[:2]}))
        asked = "SELECT r.n FROM json_each(?) j JOIN reports r ON r.n = j.value ORDER BY r.place"
        numbers = [n for (n,) in self._db.execute(asked, (ends,))]
        here = {n: k for k, n in enumerate(numbers)}
        pairs = [(early, late) if way > 0 else (late, early) for late, early, way in rows if way]
        found = ranks(len(numbers), ((here[a], here[b]) for a, b in pairs))
        return {n: found[k] for k, n in enumerate(numbers)}


def _place(report: Report) -> str:
    """A report's place in the order of publication: texts in their order are reports in theirs."""
    undated, when, key = order(report)
    return f"{undated:d} {when.isoformat()} {key}"
