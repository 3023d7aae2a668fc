"""An index of copies in a file: the links of all reports at once, whatever came when, and however it was ended."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copies_world import STOCK, edited, passage, report, sentence, story, world
from tawatur.copies import index_file, index_placing, index_shelf, opened, shingles, trace
from tawatur.errors import FormatError, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tawatur.model import CopyLink, Report

UNDATED = 0.3


def tangled(seed: int, count: int = 30) -> list[Report]:
    """Reports made of each other: copies of copies, shared passages, stock phrases; some dated, some on one day."""
    rng = random.Random(seed)
    made: list[Report] = []
    shared = [passage(rng, 30) for _ in range(3)]
    for _ in range(count):
        text = story(rng, 40)
        if made and rng.random() < 0.5:
            text = edited(rng, rng.choice(made).text, rng.choice((0.0, 0.1)))
        if rng.random() < 0.4:
            text = f"{text}\n{rng.choice(shared)}"
        if rng.random() < 0.5:
            text = f"{text}\n{sentence(rng)[:-1]} {rng.choice(STOCK)} {sentence(rng)}"
        made.append(report(rng, text, 0 if rng.random() < UNDATED else rng.randint(1, 9)))
    return made


def at_once(reports: Sequence[Report]) -> set[CopyLink]:
    lineage = trace(reports)
    return {*lineage.links, *lineage.quotations}


def portions(rng: random.Random, reports: Sequence[Report]) -> list[list[Report]]:
    cuts = sorted(rng.sample(range(len(reports)), 4))
    return [list(reports[a:b]) for a, b in zip([0, *cuts], [*cuts, len(reports)], strict=True)]


def placed(path: Path, parts: Sequence[Sequence[Report]]) -> list[CopyLink]:
    for part in parts:
        with opened(path) as index:
            index.add(part)
    with opened(path) as index:
        return [link for link, _, _ in index.links()]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6))
def test_any_order_in_any_portions_gives_the_links_of_all_at_once(seed: int) -> None:
    reports = tangled(seed)
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for n in range(2):
            rng.shuffle(reports)
            found.append(placed(Path(folder, f"{n}"), portions(rng, reports)))
    assert set(found[0]) == at_once(reports)
    assert found[0] == found[1]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.sampled_from([1, 2, 3]))
def test_any_order_gives_the_same_where_stock_phrases_crowd(seed: int, crowd: int) -> None:
    rng = random.Random(seed)
    phrases = [passage(rng, words)[:-1] for words in (6, 8, 8, 10)]
    reports = tangled(seed, 20)
    for n in range(25):
        kept = " ".join(rng.sample(phrases, rng.choice((1, 2))))
        text = kept if n % 5 == 0 else f"{sentence(rng)} {kept} {sentence(rng)}"
        reports.append(report(rng, text, 0 if rng.random() < UNDATED else rng.randint(1, 9)))
    with pytest.MonkeyPatch.context() as patched, tempfile.TemporaryDirectory() as folder:
        patched.setattr(shingles, "CROWD", crowd)
        patched.setattr(index_placing, "CROWD", crowd)
        rng.shuffle(reports)
        assert set(placed(Path(folder, "index"), portions(rng, reports))) == at_once(reports)


@pytest.mark.parametrize("seed", range(6))
def test_a_crowd_that_a_late_original_thins_lets_the_next_report_in(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    phrase = passage(rng, 8)[:-1]
    parts = [passage(rng, 30) for _ in range(shingles.CROWD)]
    original = report(rng, "\n".join([*parts, f"{sentence(rng)[:-1]} {phrase} {sentence(rng)}"]), 1)
    takers = [report(rng, f"{part}\n{sentence(rng)[:-1]} {phrase} {sentence(rng)}", 2) for part in parts]
    last = report(rng, f"{sentence(rng)[:-1]} {phrase} {sentence(rng)}", 3)
    placed(tmp_path / "late", [[*takers, last], [original]])
    placed(tmp_path / "once", [[original, *takers, last]])
    late, once = (standing(tmp_path / name) for name in ("late", "once"))
    assert late == once
    assert set(late[last.id]) - set(late[takers[0].id]) != set()


def standing(path: Path) -> dict[str, list[int]]:
    """By report, the shingles that it stands under."""
    db = sqlite3.connect(path)
    found: dict[str, list[int]] = {}
    for name, value in db.execute("SELECT id, shingle FROM holders JOIN reports ON n = report ORDER BY id, shingle"):
        found.setdefault(name, []).append(value)
    db.close()
    return found


def test_a_file_of_the_first_form_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "index"
    reports = tangled(18)
    first = placed(path, [reports])
    db = sqlite3.connect(path)
    with db:
        db.execute("DROP TABLE briefs")
        db.execute("PRAGMA user_version = 1")
    db.close()
    assert placed(path, []) == first


def test_a_world_of_copies_is_the_same_from_the_file(tmp_path: Path) -> None:
    reports = [r for dated in (True, False) for r in world(8, 6, dated=dated).reports]
    found = placed(tmp_path / "index", [reports[1::2], reports[::2]])
    assert set(found) == at_once(reports)
    assert {link.kind for link in found} == {"whole", "part", "quotation"}


def test_a_report_is_placed_without_reading_those_it_shares_nothing_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(2)
    old = [report(rng, story(rng, 80), 1 + n % 20) for n in range(50)]
    path = tmp_path / "index"
    placed(path, [old])
    read: list[str] = []
    unpacked = index_shelf.unpacked

    def seen(blob: bytes) -> Report:
        read.append(unpacked(blob).id)
        return unpacked(blob)

    monkeypatch.setattr(index_shelf, "unpacked", seen)
    copy = report(rng, edited(rng, old[7].text, 0.1), 28)
    with opened(path) as index:
        assert index.add([copy]) == 1
        assert set(read) == {copy.id, old[7].id}
        assert [(link.earlier, link.later) for link, _, _ in index.links(of_given=True)] == [(old[7].id, copy.id)]


def test_a_report_given_again_is_one(tmp_path: Path) -> None:
    reports = tangled(5)
    path = tmp_path / "index"
    with opened(path) as index:
        assert (index.add(reports), index.add(reports), len(index)) == (len(reports), 0, len(reports))
        assert {link for link, _, _ in index.links(of_given=True)} == at_once(reports)


def test_a_wire_that_many_carry_costs_a_link_each_in_any_order(tmp_path: Path) -> None:
    rng = random.Random(4)
    wire = report(rng, story(rng, 90), 1)
    carriers = [report(rng, edited(rng, wire.text, 0.05), 2 + n % 20) for n in range(60)]
    links = placed(tmp_path / "index", [carriers[:40], [wire], carriers[40:]])
    assert [(link.earlier, link.kind) for link in links] == [(wire.id, "whole")] * 60


def test_memory_holds_so_many_reports_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_shelf, "KEPT", 3)
    reports = tangled(11)
    assert set(placed(tmp_path / "index", [reports])) == at_once(reports)


def test_another_method_places_all_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = tangled(12)
    path = tmp_path / "index"
    first = placed(path, [reports])
    db = sqlite3.connect(path)
    with db:
        db.execute("DELETE FROM links")
        db.execute("UPDATE method SET digest = 'of old'")
    db.close()
    assert placed(path, []) == first
    monkeypatch.setattr("tawatur.copies.index.method", lambda: "of now")
    assert placed(path, []) == first


KILLED = """
import os, signal, sys
from pathlib import Path
from test_copies_index import portions, tangled
from tawatur.copies import index_placing, opened
import random
seed, path, at = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
link, calls = index_placing.Placing._link, 0
def dying(*given):
    global calls
    calls += 1
    if calls == at:
        os.kill(os.getpid(), signal.SIGKILL)
    link(*given)
index_placing.Placing._link = dying
for part in portions(random.Random(seed), tangled(seed)):
    with opened(path) as index:
        index.add(part)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
@pytest.mark.parametrize(
    "at", [1, *random.Random(3).sample(range(2, 30), 2 * int(os.environ.get("TAWATUR_SOAK", "1")))]
)
def test_what_a_kill_leaves_is_whole_and_goes_on(tmp_path: Path, at: int) -> None:
    path, tests = tmp_path / "index", Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tests), str(tests.parent / "src")])}
    ended = subprocess.run([sys.executable, "-c", KILLED, "9", str(path), str(at)], env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL
    reports = tangled(9)
    sizes = [0, *accumulate(map(len, portions(random.Random(9), reports)))]
    with opened(path) as index:
        held = len(index)
        assert held in sizes
        assert {link for link, _, _ in index.links()} == at_once(reports[:held])
    assert set(placed(path, [reports])) == at_once(reports)


def test_a_file_cut_off_anywhere_gives_one_line(tmp_path: Path) -> None:
    path = tmp_path / "index"
    placed(path, [tangled(13)])
    whole = path.read_bytes()
    rng = random.Random(1)
    for size in [1, 50, 99, 100, 4096, *(rng.randrange(1, len(whole)) for _ in range(40))]:
        path.write_bytes(whole[:size])
        with pytest.raises(FormatError) as raised, opened(path) as index:
            list(index.links())
        assert str(raised.value).startswith(f"{path}: ")
        assert "\n" not in str(raised.value)


def test_a_garbled_file_gives_one_line_or_its_links(tmp_path: Path) -> None:
    path = tmp_path / "index"
    reports = tangled(14)
    placed(path, [reports[:20]])
    whole = path.read_bytes()
    rng = random.Random(2)
    told: list[str] = []
    for _ in range(60):
        at = rng.randrange(0, len(whole) - 600)
        path.write_bytes(whole[:at] + rng.randbytes(600) + whole[at + 600 :])
        try:
            with opened(path) as index:
                index.add(reports)
                list(index.links())
        except InputError as error:
            told.append(str(error))
    assert told
    assert not any("\n" in line for line in told)


def test_newer_and_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "index"
    placed(path, [tangled(15, 8)])
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {index_file.FORM + 1}")
    db.close()
    with pytest.raises(FormatError, match="newer tawatur"), opened(path):
        pass
    other = tmp_path / "other"
    db = sqlite3.connect(other)
    db.execute("CREATE TABLE t (x)")
    db.close()
    with pytest.raises(FormatError, match="no index of copies"), opened(other):
        pass
    text = tmp_path / "text"
    text.write_text("a page of plain words, no data base " * 50)
    before = text.read_bytes()
    with pytest.raises(FormatError, match="no index of copies"), opened(text):
        pass
    assert text.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "index"
    placed(path, [tangled(16, 5)])
    assert path.stat().st_mode & 0o077 == 0
