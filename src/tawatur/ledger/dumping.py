"""The whole record as files in an open form, and back without loss: JSON lines or Parquet a table, and a manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Table, func, insert, select, text

from tawatur.errors import LedgerError
from tawatur.ledger import exporting, search_index
from tawatur.ledger.migrations import STEPS
from tawatur.ledger.schema import METADATA, migrations, runs
from tawatur.settings import versions

Form = Literal["jsonl", "parquet"]
MANIFEST = "manifest.json"
_AT_ONCE = 1000


def write(connection: Connection, folder: Path, form: Form = "jsonl") -> dict[str, Any]:
    """Every table as FOLDER/NAME.jsonl or .parquet, and the manifest with versions, counts and hashes; the manifest.

    The manifest is written last: a folder without one is a dump that broke off. Raises LedgerError when the folder
    holds anything.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise LedgerError(f"{folder} is not empty", "give a new folder")
    told: dict[str, dict[str, Any]] = {}
    for table in METADATA.sorted_tables:
        path = folder / f"{table.name}.{form}"
        count = (
            _jsonl(connection, table, path)
            if form == "jsonl"
            else exporting.write(path, table, _rows(connection, table))
        )
        told[table.name] = {"rows": count, "sha256": _hash(path)}
    steps = list(connection.execute(select(migrations.c.name).order_by(migrations.c.name)).scalars())
    manifest = {"form": "tawatur ledger 1", "files": form, "steps": steps, **versions(), "tables": told}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    return manifest


def _jsonl(connection: Connection, table: Table, path: Path) -> int:
    count = 0
    with path.open("wb") as stream:
        for row in _rows(connection, table):
            stream.write(json.dumps(row, sort_keys=True, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def load(connection: Connection, folder: Path) -> None:
    """A dump into an empty ledger, inside one transaction. Raises LedgerError for a dump that is not whole."""
    manifest = check(folder)
    for table in METADATA.sorted_tables:
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            if table.name in ("migrations", "audit"):  # those of the making of this ledger
                connection.execute(table.delete())
            else:
                raise LedgerError("the ledger holds something already", "load into a new one")
    for table in METADATA.sorted_tables:
        if table.name in manifest["tables"]:
            for rows in _read(folder, table.name, manifest.get("files", "jsonl")):
                connection.execute(insert(table), rows)
    _up_to_date(connection)
    search_index.rebuild(connection)
    if connection.dialect.name == "postgresql":
        last = connection.execute(select(func.max(runs.c.id))).scalar()
        if last:
            connection.execute(text("SELECT setval(pg_get_serial_sequence('runs', 'id'), :last)"), {"last": last})


def _up_to_date(connection: Connection) -> None:
    """The steps of this version: the tables are those, whatever the dump had seen."""
    seen = set(connection.execute(select(migrations.c.name)).scalars())
    at = connection.execute(select(func.max(migrations.c.at))).scalar() or ""
    missing = [{"name": name, "at": at} for name, _ in STEPS if name not in seen]
    if missing:
        connection.execute(insert(migrations), missing)


def rows_of(folder: Path, table: str) -> Iterator[dict[str, Any]]:
    """The rows of one table of a dump; none where the dump is older than the table."""
    manifest = check(folder)
    if table in manifest["tables"]:
        for rows in _read(folder, table, manifest.get("files", "jsonl")):
            yield from rows


def check(folder: Path) -> dict[str, Any]:
    """The manifest of a dump whose files are what it says. Raises LedgerError for anything else."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        for name, told in manifest["tables"].items():
            if name not in METADATA.tables:
                raise LedgerError(f"{folder}: the table {name!r} is of a newer tawatur", "use that version")
            path = folder / f"{name}.{manifest.get('files', 'jsonl')}"
            if _hash(path) != told["sha256"]:
                raise LedgerError(f"{path} is not what the manifest says", "take another dump")
    except (OSError, ValueError, KeyError) as error:
        raise LedgerError(f"{folder} holds no whole dump ({error})", "give the folder of a dump") from error
    return manifest


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    order = list(table.primary_key.columns)
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*order)).mappings():
        yield dict(row)


def _read(folder: Path, name: str, form: Form) -> Iterator[list[dict[str, Any]]]:
    return (
        _groups(folder / f"{name}.jsonl") if form == "jsonl" else exporting.read(folder / f"{name}.parquet", _AT_ONCE)
    )


def _groups(path: Path) -> Iterator[list[dict[str, Any]]]:
    with path.open(encoding="utf-8", newline="\n") as stream:
        while lines := list(islice(stream, _AT_ONCE)):
            yield [json.loads(line) for line in lines]
