"""Claims kept between runs, readers by name, and work on several cores."""

from __future__ import annotations

import pickle
from itertools import count, islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur import cli, readers
from tawatur.errors import ReaderError, TawaturError
from tawatur.extraction import Extract
from tawatur.model import Claim, Figure, Link, Mention, Place, Report, Span, Time
from tawatur.resume import Kept, pack, unpack
from tawatur.runners import each

TEXT = "قال الدفاع المدني إن 40 شخصاً غادروا حلب الخميس"
REPORT = Report.make(TEXT, name="r1", published="2016-12-16")
LINES = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.none() | st.integers(0, 10**9) | st.floats(0, 1e9)


@st.composite
def _claims(draw: st.DrawFn) -> Claim:
    start = draw(st.integers(0, 40))
    span = Span(start, draw(st.integers(start + 1, 47)))
    figure = Figure(
        draw(LINES), span, draw(NUMBERS), draw(NUMBERS), draw(st.booleans()), "people", "evacuated", part_of=draw(LINES)
    )
    return Claim(
        id=Claim.key(REPORT.id, span, "evacuation"),
        report=REPORT.id,
        span=span,
        event_type="evacuation",
        status="completed",
        attribution=(Link(draw(LINES), "doubted", span, draw(st.none() | LINES), "body"),),
        actors=(Mention(draw(LINES)), Mention("حلب", span)),
        figures=tuple([figure] * draw(st.integers(0, 2))),
        places=(Place(draw(LINES), "Aleppo", 36.2, 37, "from", None, span),),
        times=(Time("الخميس", "2016-12-15", None, "since", span),),
        rules=("rule 7", draw(LINES)),
    )


@given(st.lists(_claims(), max_size=3))
def test_what_is_unpacked_equals_what_was_packed_and_packs_to_the_same_bytes(claims: list[Claim]) -> None:
    data = pack(tuple(claims))
    assert unpack(data) == tuple(claims)
    assert pack(unpack(data)) == data


@given(_claims(), st.data())
def test_a_changed_byte_is_noticed(claim: Claim, data: st.DataObject) -> None:
    packed = bytearray(pack((claim,)))
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ValueError, match="checksum"):
        unpack(bytes(packed))


class Counting:
    """A reader that counts what it reads."""

    name = "counting"

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.read_reports = 0

    def read(self, report: Report) -> tuple[Claim, ...]:
        self.read_reports += 1
        span = Span(3, len(report.text))
        return (Claim(Claim.key(report.id, span, "evacuation"), report.id, span, "evacuation", "occurred"),)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting()
    monkeypatch.setattr(readers, "reader", lambda _name, _packs: counting)
    return counting


def _only_file(folder: Path) -> Path:
    (path,) = folder.rglob("*.json")
    return path


def test_a_second_run_reads_nothing_again(reader: Counting, tmp_path: Path) -> None:
    first, second = (Extract(folder=tmp_path)(REPORT) for _ in range(2))
    assert (first.kept, second.kept) == (False, True)
    assert first.claims == second.claims
    assert reader.read_reports == 1


def test_another_version_of_the_reader_reads_again(reader: Counting, tmp_path: Path) -> None:
    Extract(folder=tmp_path)(REPORT)
    reader.version = "2"
    assert Extract(folder=tmp_path)(REPORT).kept is False


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x00\xff\n[]"])
@pytest.mark.usefixtures("reader")
def test_a_damaged_file_is_read_again_and_told(tmp_path: Path, damage: bytes) -> None:
    first = Extract(folder=tmp_path)(REPORT)
    _only_file(tmp_path).write_bytes(damage)
    again = Extract(folder=tmp_path)(REPORT)
    assert again.claims == first.claims
    assert [(i.severity, "damaged" in i.reason) for i in again.issues] == [("doubtful", True)]
    assert Extract(folder=tmp_path)(REPORT).kept


def test_memory_that_is_short_is_no_fault_of_a_report(reader: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    def short(_: Report) -> tuple[Claim, ...]:
        raise MemoryError

    monkeypatch.setattr(reader, "read", short)
    with pytest.raises(MemoryError):
        Extract()(REPORT)
    monkeypatch.setattr("tawatur.pipeline.run", lambda *_, **__: short(REPORT))
    with pytest.raises(SystemExit) as stop:
        cli.main(["run", "reports"])
    assert stop.value.code == 2


@pytest.mark.usefixtures("reader")
def test_nothing_but_whole_files_is_left_behind(tmp_path: Path) -> None:
    assert Extract(folder=tmp_path)(REPORT).claims
    assert [p.suffix for p in tmp_path.rglob("*") if p.is_file()] == [".json"]


def test_reports_with_other_text_are_kept_apart(tmp_path: Path) -> None:
    kept = Kept(tmp_path, reader="r", version="1", pack="p")
    assert kept.path(REPORT.id) != kept.path(Report.make("other").id)


def test_a_reader_that_fails_costs_its_report_only(reader: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_report: Report) -> tuple[Claim, ...]:
        raise RuntimeError("line one\nline two")

    monkeypatch.setattr(reader, "read", fail)
    (issue,) = Extract()(REPORT).issues
    assert "RuntimeError: line one line two" in issue.reason
    assert issue.severity == "refused"


def test_claims_outside_the_text_are_refused(reader: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    span = Span(0, len(TEXT) + 1)
    claim = Claim("x", REPORT.id, span, "clash", "occurred")
    monkeypatch.setattr(reader, "read", lambda _report: (claim,))
    result = Extract()(REPORT)
    assert result.claims == ()
    assert "broke the model" in result.issues[0].reason


def test_an_unknown_reader_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ReaderError, match="grammar"):
        readers.reader("nobody")


def test_the_task_travels_to_other_processes(tmp_path: Path) -> None:
    task = Extract("grammar", (tmp_path,), tmp_path)
    assert pickle.loads(pickle.dumps(task)) == task


def _square(number: int) -> int:
    return number * number


def _fail(number: int) -> int:
    raise TawaturError(f"no {number}", "try another")


def test_two_processes_give_the_same_results_in_order() -> None:
    assert list(each(_square, range(200), 2)) == list(each(_square, range(200), 1))


@pytest.mark.parametrize("processes", [1, 2])
def test_items_are_taken_as_they_are_needed(processes: int) -> None:
    taken: list[int] = []

    def endless() -> object:
        for number in count():
            taken.append(number)
            yield number

    results = each(_square, endless(), processes)  # type: ignore[arg-type]
    assert list(islice(results, 20)) == [n * n for n in range(20)]
    assert len(taken) < 400
    if processes > 1:
        results.close()  # type: ignore[attr-defined]


def test_an_error_in_another_process_arrives_as_it_was() -> None:
    with pytest.raises(TawaturError, match="no 0; try another"):
        list(each(_fail, range(3), 2))
