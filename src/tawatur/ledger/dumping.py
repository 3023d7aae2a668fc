"""The whole record as files in an open form, and back without loss: JSON lines a table, and a manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from tawatur.errors import LedgerError
from tawatur.ledger import search_index
from tawatur.ledger.schema import METADATA, runs

MANIFEST = "manifest.json"
_AT_ONCE = 1000


def write(connection: Connection, folder: Path) -> dict[str, Any]:
    """Every table as FOLDER/NAME.jsonl, a row a line, and the manifest with counts and hashes; the manifest.

    The manifest is written last: a folder without one is a dump that broke off. Raises LedgerError when the folder
    holds anything.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise LedgerError(f"{folder} is not empty", "give a new folder")
    told: dict[str, dict[str, Any]] = {}
    for table in METADATA.sorted_tables:
        total, count = hashlib.sha256(), 0
        with (folder / f"{table.name}.jsonl").open("wb") as stream:
            for line in _lines(connection, table):
                stream.write(line)
                total.update(line)
                count += 1
        told[table.name] = {"rows": count, "sha256": total.hexdigest()}
    manifest = {"form": "tawatur ledger 1", "tables": told}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    return manifest


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
            for rows in _groups(folder / f"{table.name}.jsonl"):
                connection.execute(insert(table), rows)
    search_index.rebuild(connection)
    if connection.dialect.name == "postgresql":
        last = connection.execute(select(func.max(runs.c.id))).scalar()
        if last:
            connection.execute(text("SELECT setval(pg_get_serial_sequence('runs', 'id'), :last)"), {"last": last})


def check(folder: Path) -> dict[str, Any]:
    """The manifest of a dump whose files are what it says. Raises LedgerError for anything else."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        for name, told in manifest["tables"].items():
            if name not in METADATA.tables:
                raise LedgerError(f"{folder}: the table {name!r} is of a newer tawatur", "use that version")
            with (folder / f"{name}.jsonl").open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != told["sha256"]:
                    raise LedgerError(f"{folder / name}.jsonl is not what the manifest says", "take another dump")
    except (OSError, ValueError, KeyError) as error:
        raise LedgerError(f"{folder} holds no whole dump ({error})", "give the folder of a dump") from error
    return manifest


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    order = list(table.primary_key.columns)
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*order)).mappings():
        yield json.dumps(dict(row), sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _groups(path: Path) -> Iterator[list[dict[str, Any]]]:
    with path.open(encoding="utf-8", newline="\n") as stream:
        while lines := list(islice(stream, _AT_ONCE)):
            yield [json.loads(line) for line in lines]
