"""A table's rows in, a report a row out: reports with their text in a column, or observations that somebody logged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from tawatur.archive.checking import LONGEST_NAME
from tawatur.archive.items import Doubtful, Item, Parts, Refusal, Source, digest_of
from tawatur.archive.limits import MAX_REPORT
from tawatur.archive.observations import Sheet, observed
from tawatur.archive.table_columns import OBSERVATIONS, Columns, columns_of
from tawatur.archive.table_values import Cell, Days, shown
from tawatur.errors import FormatError, NoReportsError, TawaturError

SAMPLE = 200  # rows that tell what the columns hold
_SAMPLE_SIZE = 4 << 20  # characters of them


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in their order, and the row's place (``line 7``). ``broken`` tells why it cannot be read."""

    place: str
    cells: tuple[Cell, ...]
    digest: str = ""
    broken: str = ""
    encoding: str = ""  # where it is another one than the table's

    @property
    def key(self) -> str:
        """The digest of the row's bytes, of its cells where it has no bytes of its own."""
        return self.digest or digest_of(repr(self.cells).encode("utf-8", "surrogatepass"))


@dataclass(slots=True)
class Table:
    """Rows from above, read as they are asked for. ``name`` is the sheet's, empty where a file is one table."""

    rows: Iterator[Row]
    name: str = ""
    form: str = ""
    encoding: str = "utf-8"
    told: str = ""  # how it was read: the delimiter, …
    epoch1904: bool = False
    doubts: list[Doubtful] = field(default_factory=list)
    after: Callable[[], Iterable[Doubtful]] = tuple  # what is in doubt once all rows were read
    head: list[Row] = field(default_factory=list)

    def begin(self) -> list[Row]:
        """The first rows, which stay in the table."""
        size = 0
        while len(self.head) < SAMPLE and size < _SAMPLE_SIZE and (row := next(self.rows, None)) is not None:
            self.head.append(row)
            size += sum(len(cell) if isinstance(cell, str) else 8 for cell in row.cells)
        return self.head

    def all(self) -> Iterator[Row]:
        """Every row, from the first."""
        head, self.head = self.head, []
        return chain(head, self.rows)


def understood(table: Table, source: Source) -> Columns:
    """What the columns of a table hold, by its first rows and the user's words."""
    return columns_of([row.cells for row in table.begin() if not row.broken], source.hints.columns)


def read_tables(tables: Iterable[Table], source: Source) -> Parts:
    """The reports of all tables; a sheet that cannot be read is refused and the others are read.

    Raises NoReportsError when none has a column of text or counts, or none has rows; FormatError for a file that is
    one table and breaks off.
    """
    headers: list[str] = []
    found = readable = False
    for table in tables:
        yield from table.doubts
        try:
            columns = understood(table, source)
            headers.append(_headers(columns))
            if columns.readable:
                readable = True
                for part in read_table(table, columns, source):
                    found = True
                    yield part
        except FormatError as error:
            if not table.name:
                raise
            found = readable = True
            yield Refusal(table.name, error)
        yield from table.after()
    if not found:
        raise _nothing(readable, next(filter(None, headers), ""))


def _nothing(readable: bool, headers: str) -> NoReportsError:
    if readable:
        return NoReportsError("a table without rows below its header", "fill it in, or leave it out")
    reason = "no column of it looks like the text of reports, or like the counts of observations"
    told = f"{reason}; the columns are: {headers}" if headers else reason
    return NoReportsError(told, "name the column of text, as in --column text=Body")


def read_table(table: Table, columns: Columns, source: Source) -> Parts:
    """The reports of one table; a row that is broken is refused and the rest goes on."""
    make = _Observations(table, columns, source) if columns.kind == OBSERVATIONS else _Reports(table, columns, source)
    wordless: list[str] = []
    for n, row in enumerate(table.all()):
        place = f"{table.name}: {row.place}" if table.name else row.place
        if row.broken:
            yield Refusal(place, FormatError(row.broken, "mend the row, or give its text in quotation marks"))
            continue
        if n < columns.first or not any(cell not in (None, "") and shown(cell).strip() for cell in row.cells):
            continue
        try:
            item = make.item(row, place)
        except NoReportsError:
            wordless.append(row.place)
            continue
        except TawaturError as error:
            yield Refusal(place, error)
            continue
        yield from (Doubtful(place, *doubt) for doubt in make.fresh())
        yield item
    if wordless:
        reason = f"{len(wordless)} rows have no text and were passed by, the first at {wordless[0]}"
        yield Doubtful(table.name, reason, "name another column for the text if that is wrong")


def _headers(columns: Columns) -> str:
    return ", ".join(" ".join(header.split()) for header in columns.headers if header.strip())[:300]


class _Reports:
    """Rows of a table of reports to items."""

    def __init__(self, table: Table, columns: Columns, source: Source) -> None:
        self.table, self.columns, self.source = table, columns, source
        self.days = Days(table.epoch1904)
        if (at := columns.fields.get("published")) is not None:
            self.days.learn(row.cells[at] for row in table.head[columns.first :] if at < len(row.cells))

    def fresh(self) -> Iterator[tuple[str, str]]:
        """Doubts about dates that have not been told."""
        while self.days.fresh:
            yield self.days.fresh.pop(0)

    def item(self, row: Row, place: str) -> Item:
        """One report. Raises NoReportsError for a row without text, FormatError for more than a report can have."""
        text = self._words(row, "text")
        if not text.strip():
            raise NoReportsError("the cell of the text is empty", "give the words of the report, or remove the row")
        if len(text) > MAX_REPORT:
            raise FormatError(f"a text of more than {MAX_REPORT >> 20} million characters", "split it")
        names = {name: self._words(row, name).strip() for name in ("id", "outlet", "title", "author", "url")}
        if any(len(name) > LONGEST_NAME or "\0" in name for name in names.values()):
            raise FormatError("an id, outlet, title, author or link is too long or holds a NUL character", "shorten it")
        written = self._cell(row, "published")
        return Item(
            text,
            place=place,
            name=names["id"] or f"{self.source.name} {place}",
            declared=names["id"] or None,
            outlet=names["outlet"] or None,
            published=self._published(written),
            title=names["title"],
            author=names["author"],
            url=names["url"],
            form=self.table.form,
            encoding=row.encoding or self.table.encoding,
            digest=row.key,
        )

    def _published(self, cell: Cell) -> str | None:
        date = self.days.read(cell)
        if date is None and not self.days.open(cell):
            return shown(cell).strip() or None  # what is no date is told where all reports are checked
        return date

    def _cell(self, row: Row, name: str) -> Cell:
        at = self.columns.fields.get(name)
        return row.cells[at] if at is not None and at < len(row.cells) else None

    def _words(self, row: Row, name: str) -> str:
        return shown(self._cell(row, name))


class _Observations:
    """Rows of a table of observations to items."""

    def __init__(self, table: Table, columns: Columns, source: Source) -> None:
        self.table, self.columns = table, columns
        sample = [row.cells for row in table.head[columns.first :] if not row.broken]
        self.sheet = Sheet(columns, source.name, source.hints.outlet, Days(table.epoch1904))
        self.sheet.learn(sample)

    def fresh(self) -> Iterator[tuple[str, str]]:
        """Doubts about the sheet that have not been told."""
        while self.sheet.fresh:
            yield self.sheet.fresh.pop(0)

    def item(self, row: Row, place: str) -> Item:
        """One observation. Raises FormatError for what cannot be."""
        item = observed(self.sheet, row.cells, place)
        return replace(item, form="observation", encoding=row.encoding or self.table.encoding, digest=row.key)
