"""The first rows of a table in, what each column holds out: told by the user, by tags, by headers, or by contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tawatur.archive.table_hxl import is_tag_row, tagged_observations, tagged_reports
from tawatur.archive.table_values import Cell, looks_like_date, shown
from tawatur.errors import FormatError
from tawatur.lang.tables import FIELDS, OBSERVED_FIELDS, REPORT_FIELDS, fields_of, plain, value_of

REPORTS, OBSERVATIONS = "reports", "observations"
_HEAD = 12  # rows in which the header is looked for
_HEADER_CELL = 80  # characters that a header has at most
_TEXT = 40  # characters that the cells of a column of text have on the mean, at least
_SHARE = 0.8  # of the filled cells of a column that must be of one kind
_ONLY_COUNTED = frozenset({"count", "outcome", "population", "monitor", "batch", "how"})  # fields of no news table


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold. ``fields``: field to column; ``counts``: the columns that count, each with the
    outcome and the population that the header names, or None; ``why``: how a field's column was found."""

    kind: str
    headers: tuple[str, ...]
    fields: dict[str, int]
    counts: tuple[tuple[int, str | None, str | None], ...] = ()
    why: dict[str, str] = field(default_factory=dict)
    first: int = 0  # rows before the data

    @property
    def readable(self) -> bool:
        """Whether rows can be read: a column of text, or counts with what makes them an observation."""
        return "text" in self.fields if self.kind == REPORTS else bool(self.counts)

    def header(self, column: int) -> str:
        """The header of a column, or its number where it has none."""
        name = self.headers[column] if column < len(self.headers) else ""
        return " ".join(name.split()) or f"column {column + 1}"


def check_columns(columns: Iterable[tuple[str, str]]) -> None:
    """Raises FormatError for a field that no table has, or one named twice."""
    seen: set[str] = set()
    for name, _ in columns:
        if name not in FIELDS or name in seen:
            reason = f"{name!r} is named twice as a field" if name in seen else f"{name!r} is no field of a table"
            raise FormatError(reason, f"name one of {', '.join(sorted(FIELDS))}")
        seen.add(name)


def columns_of(rows: Sequence[Sequence[Cell]], given: Sequence[tuple[str, str]] = ()) -> Columns:
    """What the columns hold, from the first rows and what the user gave. Raises FormatError for a given column that
    is not there."""
    texts = [[shown(cell) for cell in row] for row in rows]
    at = _header_row(texts, rows, given)
    headers = tuple(texts[at]) if at >= 0 else ()
    after = at + 1
    tags: list[str] = []
    if after < len(texts) and is_tag_row(texts[after]):
        tags, after = texts[after], after + 1
    if at >= 0 and is_tag_row(headers):
        tags, headers = list(headers), tuple(cell.strip() for cell in headers)
    body = rows[after:]
    own = dict(_given(given, headers, max((len(row) for row in rows), default=0)))
    maps = (_observations(headers, tags, own, after), _reports(headers, tags, own, after, body))
    return _chosen(*maps, own, body)


def _chosen(observed: Columns, reports: Columns, own: dict[str, int], body: Sequence[Sequence[Cell]]) -> Columns:
    """Observations where counts stand beside what befell whom, and no column of words is longer than a remark."""
    if "text" in own or not observed.readable:
        return reports
    if _ONLY_COUNTED & set(own):
        return observed
    if "text" in reports.fields and reports.fields["text"] not in (observed.fields.get("remark"), *_counted(observed)):
        written = [len(shown(row[n])) for row in body if (n := reports.fields["text"]) < len(row)]
        if sum(written) > _TEXT * max(1, len(written)) or not written:
            return reports
    told = "outcome" in observed.fields or any(outcome for _, outcome, _ in observed.counts)
    where = {"date", "time", "place", "monitor", "position"} & set(observed.fields)
    return observed if told and where else reports


def _counted(columns: Columns) -> list[int]:
    return [n for n, _, _ in columns.counts]


def _header_row(texts: list[list[str]], rows: Sequence[Sequence[Cell]], given: Sequence[tuple[str, str]]) -> int:
    """The row of headers: the one with most known words, else the first when it may be one; -1 when there is none."""
    wanted = {plain(name) for _, name in given}
    best, found = 0, -1
    for n, cells in enumerate(texts[:_HEAD]):
        if is_tag_row(cells):
            return n if found < 0 else found
        known = sum(bool(c.strip()) and len(c) <= _HEADER_CELL and bool(fields_of(c) or _wide(c)) for c in cells)
        known += sum(plain(cell) in wanted for cell in cells if cell.strip())
        if known > best:
            best, found = known, n
    if found >= 0:
        return found
    first = next((n for n, cells in enumerate(texts[:_HEAD]) if any(c.strip() for c in cells)), -1)
    return first if first >= 0 and _may_be_header(rows[first]) else -1


def _may_be_header(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if cell not in (None, "")]
    words = [cell for cell in filled if isinstance(cell, str) and not looks_like_date(cell) and not _digits(cell)]
    return len(words) == len(filled) > 0 and max(map(len, words)) <= _HEADER_CELL // 2


def _digits(cell: str) -> bool:
    return cell.strip().replace(".", "").replace(",", "").isdecimal()


def _given(given: Sequence[tuple[str, str]], headers: Sequence[str], width: int) -> Iterable[tuple[str, int]]:
    """The columns that the user named by header, or by number from 1."""
    known = {plain(header): n for n, header in reversed(list(enumerate(headers))) if header.strip()}
    for name, column in given:
        at = known.get(plain(column))
        if at is None and column.isdecimal() and 0 < int(column) <= width:
            at = int(column) - 1
        if at is None:
            have = ", ".join(header for header in headers if header.strip()) or f"1 to {width}"
            raise FormatError(f"no column {column!r} for {name}", f"the columns are: {have[:300]}")
        yield name, at


def _reports(
    headers: Sequence[str], tags: list[str], own: dict[str, int], first: int, body: Sequence[Sequence[Cell]]
) -> Columns:
    found = {name: n for name, n in own.items() if name in REPORT_FIELDS}
    why = dict.fromkeys(found, "given")
    if tags:
        _add(found, why, tagged_reports(tags).fields, "tag")
    _add(found, why, _named(headers, REPORT_FIELDS), "header")
    width = max((len(row) for row in body), default=0)
    if "text" not in found and (n := _longest(body, set(found.values()), width)) is not None:
        _add(found, why, [("text", n)], "contents")
    if "published" not in found:
        unnamed = [n for n in range(width) if n not in found.values() and not fields_of("".join(headers[n : n + 1]))]
        dated = [n for n in unnamed if _dated(body, n)]
        _add(found, why, [("published", dated[0])] if len(dated) == 1 else [], "contents")
    return Columns(REPORTS, tuple(headers), found, (), why, first)


def _observations(headers: Sequence[str], tags: list[str], own: dict[str, int], first: int) -> Columns:
    found = {name: n for name, n in own.items() if name in OBSERVED_FIELDS}
    why = dict.fromkeys(found, "given")
    counts: list[tuple[int, str | None, str | None]] = []
    if tags:
        tagged = tagged_observations(tags)
        _add(found, why, tagged.fields, "tag")
        counts = list(tagged.counts)
    _add(found, why, _named(headers, OBSERVED_FIELDS), "header")
    if "count" in found and not counts:
        counts = [(found["count"], None, None)]
    if not counts:
        wide = [(n, _wide(header)) for n, header in enumerate(headers) if n not in found.values()]
        counts = [(n, outcome, None) for n, outcome in wide if outcome]
    return Columns(OBSERVATIONS, tuple(headers), found, tuple(counts), why, first)


def _wide(header: str) -> str | None:
    """What befell those whom a column counts, when its header says nothing else (killed, injured)."""
    outcome = value_of("outcome", header)
    return outcome if outcome != "none" else None


def _add(found: dict[str, int], why: dict[str, str], more: Iterable[tuple[str, int]], how: str) -> None:
    for name, n in more:
        if name not in found and n not in found.values():
            found[name], why[name] = n, how


def _named(headers: Sequence[str], fields: Sequence[str]) -> list[tuple[str, int]]:
    """Fields with the columns that their headers name: a header's first meaning counts before its second."""
    ranked = []
    for n, header in enumerate(headers):
        meant = [f for f in fields_of(header) if f in fields] if len(header) <= _HEADER_CELL else []
        ranked += [(rank, not _exact(header, name), n, name) for rank, name in enumerate(meant)]
    return [(name, n) for _, _, n, name in sorted(ranked)]


def _exact(header: str, name: str) -> bool:
    return plain(header) == plain(name) or plain(header.rpartition("/")[2]) == plain(name)


def _longest(body: Sequence[Sequence[Cell]], taken: set[int], width: int) -> int | None:
    """The column with the longest words, when they are long enough to be text."""
    means = {n: _mean([c for row in body if n < len(row) and isinstance(c := row[n], str)]) for n in range(width)}
    free = {n: mean for n, mean in means.items() if n not in taken and mean >= _TEXT}
    return min(free, key=lambda n: (-free[n], n), default=None)


def _mean(cells: Sequence[str]) -> float:
    spoken = [cell for cell in cells if " " in cell.strip()]
    return sum(map(len, spoken)) / len(spoken) if 2 * len(spoken) > len(cells) else 0.0


def _dated(body: Sequence[Sequence[Cell]], n: int) -> bool:
    filled = [row[n] for row in body if n < len(row) and row[n] not in (None, "")]
    return bool(filled) and sum(map(looks_like_date, filled)) >= _SHARE * len(filled)
