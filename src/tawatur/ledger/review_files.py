"""Decisions out into a file and in again: JSON lines, which lose nothing, or CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from tawatur.archive.formulas import harmless
from tawatur.archive.whole_files import write_whole
from tawatur.codec import build, dumps
from tawatur.errors import FormatError, LedgerError, NotFoundError
from tawatur.ledger import reviewing
from tawatur.ledger.connect import reading
from tawatur.ledger.record import Ledger
from tawatur.ledger.review_added import added_claim, read_in, restand, same_claim
from tawatur.ledger.review_fields import is_field, plain, value_of
from tawatur.ledger.review_pairs import consistent
from tawatur.ledger.review_rows import ADD, PAIRED, Anchor, Decision, Withdrawal, key_of, made_of, standing_claims
from tawatur.ledger.review_settling import settle
from tawatur.ledger.review_told import inside
from tawatur.ledger.rights import acting
from tawatur.ledger.schema import decisions
from tawatur.model import Issue, Span

COLUMNS = (
    "id", "claim", "action", "field", "value", "other", "reason", "author", "at", "withdrawn_by", "withdrawn_at",
    "withdrawn_reason", "report", "start", "end", "event_type", "part", "seen", "second",
)  # fmt: skip
_AS_JSON = ("part", "seen", "second", "start", "end")
Row = dict[str, Any]


@dataclass(slots=True)
class Imported:
    """How many decisions came, took the place of others, were withdrawn or known already; and what was refused."""

    new: int = 0
    replaced: int = 0
    withdrawn: int = 0
    known: int = 0
    issues: list[Issue] = field(default_factory=list)


def export_decisions(ledger: Ledger, path: Path) -> int:
    """Every decision, withdrawn ones too, as a line of a .jsonl or a row of a .csv file; their number.

    Raises FormatError for another suffix.
    """
    form = _form(path)
    with reading(ledger.engine) as connection:
        held = [made_of(r) for r in connection.execute(select(decisions).order_by(decisions.c.seq)).mappings()]
    rows = [_row(made) for made in held]
    write_whole(path, (dumps(row) + b"\n" for row in rows) if form == "jsonl" else _table(rows))
    return len(rows)


def _table(rows: Iterable[Row]) -> bytes:
    """Rows as CSV that spreadsheets open."""
    held = io.StringIO(newline="")
    out = csv.writer(held)
    out.writerow(COLUMNS)
    out.writerows([[_cell(name, row[name]) for name in COLUMNS] for row in rows])
    return held.getvalue().encode("utf-8-sig")


def import_decisions(ledger: Ledger, path: Path, *, author: str, at: str | None = None) -> Imported:
    """Decisions of a file into the ledger; ``author`` stands in the audit log as who brought them.

    A row that the ledger has is left alone; one whose ``id`` it has with another content takes that one's place, which
    is withdrawn. A row needs ``claim``, ``action`` and ``author`` only. A row that cannot be is refused with its
    place, and the rest comes in. Raises FormatError for a file that is neither form.
    """
    rows, done, when = list(_read(path)), Imported(), at or ledger.clock()
    author = reviewing.named(author)
    with acting(ledger, author, "import decisions") as connection:
        work = _Import(connection, author, when, done)
        groups: dict[tuple[str, ...], list[tuple[str, Row]]] = {}
        for place, row in rows:
            paired = row.get("action") in PAIRED
            groups.setdefault((place,) if paired else ("", str(row.get("claim"))), []).append((place, row))
        for group in groups.values():
            work.group(str(path), group)
        restand(connection, work.reports, at=when, author=author)
        settle(connection, sorted(work.reports), at=when, author=author)
    return done


class _Import:
    """One file on its way into the ledger, inside one transaction."""

    def __init__(self, connection: Connection, author: str, at: str, done: Imported) -> None:
        self.connection, self.author, self.at, self.done = connection, author, at, done
        self.reports: set[str] = set()

    def group(self, file: str, rows: Sequence[tuple[str, Row]]) -> None:
        """The rows about one claim: each is checked by itself, what they make of the claim together."""
        made: list[tuple[Decision, str]] = []
        places: list[str] = []
        for place, row in rows:
            try:
                made.append((self._made(row), str(row.get("id") or "")))
                places.append(place)
            except (LedgerError, NotFoundError, ValueError, KeyError, TypeError, AttributeError) as error:
                self._refused(file, place, error)
        before = (self.done.new, self.done.replaced, self.done.withdrawn, self.done.known)
        try:
            with self.connection.begin_nested():
                for one, told in made:
                    self._put(one, told)
                self._check([one for one, _ in made])
        except LedgerError as error:
            self.done.new, self.done.replaced, self.done.withdrawn, self.done.known = before
            for place in places:
                self._refused(file, place, error)

    def _refused(self, file: str, place: str, error: Exception) -> None:
        reason = error.message if isinstance(error, LedgerError | NotFoundError) else f"no decision ({error})"
        advice = getattr(error, "advice", "") or "mend the row and import the file again"
        self.done.issues.append(Issue(file, place, reason, advice))

    def _made(self, row: Row) -> Decision:
        """The decision of a row, with its own anchor, or with that of the claim it names."""
        author = _text(row, "author")
        name = reviewing.named(author)
        datetime.fromisoformat(_text(row, "at") or self.at)
        claim = _text(row, "claim")
        if not row.get("report"):
            told = (row.get("field") or "", row.get("value"), row.get("reason") or "")
            edit = reviewing.Edit(claim, row.get("action") or "", *told, None, row.get("other") or "")  # type: ignore[arg-type]
            made = reviewing.checked(self.connection, edit, name, _text(row, "at") or self.at)
            return made if row.get("at") else self._as_before(made)
        second: Anchor | None = build(Anchor, row["second"]) if row.get("second") else None
        name, action = _text(row, "field"), row["action"]
        if action == ADD:
            return self._added(row, Anchor(claim, _text(row, "report"), *_where(row)))
        other = second.claim if second else ""
        reviewing.shaped(reviewing.Edit(claim, action, name, None, _text(row, "reason"), None, other))
        if name and not is_field(name):
            raise LedgerError(f"{name[:60]!r} is no field", "see docs/review.md for the fields")
        if not name and action not in PAIRED and not isinstance(row.get("seen"), dict):
            raise LedgerError("seen does not say what the claim was", "leave report out, or give seen as exported")
        made = Decision(
            "", Anchor(claim, _text(row, "report"), *_where(row)),
            action, name, build(Span, row.get("part")),
            value_of(name, row.get("value")) if action == "correct" else None, row.get("seen"), author,
            _text(row, "at"), _text(row, "reason"), second, now=name, withdrawn=_withdrawal(row),
        )  # fmt: skip
        inside(name, made.value, self._text(made.anchor.report))
        return self._at_home(made, key_of(made))

    def _added(self, row: Row, anchor: Anchor) -> Decision:
        """The decision of a row that adds a claim; where the ledger reads that claim, it is about that one."""
        value = json.loads(row["value"]) if isinstance(row.get("value"), str) else row.get("value")
        claim = added_claim(value, self._text(anchor.report))
        if reviewing.anchor_of(claim) != anchor:
            raise LedgerError("the row is about another claim than it adds", "give it as exported")
        made = Decision(
            "", anchor, ADD, "", None, plain(claim), None, _text(row, "author"), _text(row, "at"), _text(row, "reason"),
            now="", withdrawn=_withdrawal(row),
        )  # fmt: skip
        read = [one for one in read_in(self.connection, anchor.report) if one.event_type == claim.event_type]
        return replace(made, id=key_of(made), claim=same_claim(claim, read))

    def _text(self, report: str) -> str:
        """The text of a report. Raises NotFoundError for one that the ledger has not."""
        if (text := reviewing.texts_of(self.connection, [report]).get(report)) is None:
            raise NotFoundError(f"the ledger has no report {report!r}", "read the report first")
        return text

    def _at_home(self, made: Decision, key: str) -> Decision:
        """The decision with its id, and with the claims that it is about where they stand under their ids."""
        other = made.second.claim if made.second else None
        stands = standing_claims(self.connection, [k for k in (made.anchor.claim, other) if k])
        mine = made.anchor.claim if made.anchor.claim in stands else None
        return replace(made, id=key, claim=mine, other=other if other in stands else None)

    def _as_before(self, made: Decision) -> Decision:
        """The same decision where the ledger has it from an earlier import of a row without a time."""
        about = decisions.c.claim == made.claim
        for row in self.connection.execute(select(decisions).where(about)).mappings():
            held = made_of(row)
            if held.withdrawn is None and all(
                getattr(held, name) == getattr(made, name)
                for name in ("action", "field", "value", "author", "reason", "other")
            ):
                return held
        return made

    def _put(self, made: Decision, told: str) -> None:
        how, was = made.withdrawn, self._is_known(made.id)
        replaces = not was and told not in ("", made.id) and self._is_known(told)
        if (was and how is None) or (was and self._is_withdrawn(made.id)):
            self.done.known += 1
            return
        self.reports.add(made.anchor.report)
        if not was:
            reviewing.put(self.connection, [replace(made, withdrawn=None)], at=self.at, author=self.author)
            self.done.replaced += replaces
            self.done.new += not replaces
        if replaces:
            reviewing.withdrawn(self.connection, [told], Withdrawal(self.author, self.at, f"replaced by {made.id}"))
        if how is not None:
            reviewing.withdrawn(self.connection, [made.id], how)
            self.done.withdrawn += 1

    def _check(self, made: Sequence[Decision]) -> None:
        ids = sorted({one.claim for one in made if one.claim})
        reviewing.sound(self.connection, list(standing_claims(self.connection, ids).values()))
        consistent(self.connection, [one for one in made if one.action in PAIRED])

    def _is_known(self, key: str) -> bool:
        return self.connection.execute(select(decisions.c.id).where(decisions.c.id == key)).first() is not None

    def _is_withdrawn(self, key: str) -> bool:
        held = self.connection.execute(select(decisions.c.withdrawn).where(decisions.c.id == key)).scalar()
        return held is not None


def _row(made: Decision) -> Row:
    how, span = made.withdrawn, made.anchor.span
    return {
        "id": made.id, "claim": made.anchor.claim, "action": made.action, "field": made.field, "value": made.value,
        "other": made.second.claim if made.second else None, "reason": made.reason, "author": made.author,
        "at": made.at,
        "withdrawn_by": how.author if how else None, "withdrawn_at": how.at if how else None,
        "withdrawn_reason": how.reason if how else None, "report": made.anchor.report, "start": span.start,
        "end": span.end, "event_type": made.anchor.event_type, "part": made.part, "seen": made.seen,
        "second": made.second,
    }  # fmt: skip


def _where(row: Row) -> tuple[Span, str]:
    """The words and the type of the claim that a row is about."""
    return Span(int(row["start"]), int(row["end"])), _text(row, "event_type")


def _withdrawal(row: Row) -> Withdrawal | None:
    if not row.get("withdrawn_by"):
        return None
    return Withdrawal(_text(row, "withdrawn_by"), _text(row, "withdrawn_at"), _text(row, "withdrawn_reason"))


def _text(row: Row, name: str) -> str:
    told = row.get(name) or ""
    if not isinstance(told, str):
        raise LedgerError(f"{name} is no text", "mend the row")
    return told


def _form(path: Path) -> str:
    form = path.suffix.lower().removeprefix(".")
    if form not in ("jsonl", "csv"):
        raise FormatError(f"{path}: decisions are kept as .jsonl or .csv", "give such a name")
    return form


def _cell(name: str, value: object) -> str:
    if value is None and name != "seen":
        return ""
    return dumps(value).decode() if name in _AS_JSON or isinstance(value, list | dict) else harmless(str(value))


def _read(path: Path) -> Iterator[tuple[str, Row]]:
    """The rows of a file with their places; a row that cannot be read is an empty one."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError(f"{path}: not UTF-8", "save it as UTF-8") from None
    yield from (_lines(text) if _form(path) == "jsonl" else _cells(path, text))


def _lines(text: str) -> Iterator[tuple[str, Row]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            yield f"line {number}", row if isinstance(row, dict) else {}


def _cells(path: Path, text: str) -> Iterator[tuple[str, Row]]:
    table = csv.DictReader(io.StringIO(text, newline=""))
    if missing := {"claim", "action", "author"} - set(table.fieldnames or ()):
        raise FormatError(f"{path}: no column {', '.join(sorted(missing))}", "see docs/review.md for the columns")
    for row in table:
        yield f"line {table.line_num}", {name: _uncell(name, row[name]) for name in COLUMNS if row.get(name)}


def _uncell(name: str, cell: str) -> Any:
    if name in _AS_JSON:
        try:
            return json.loads(cell)
        except ValueError:
            return cell
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell
