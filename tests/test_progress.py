"""The time left: unknown until it can be known, steady while the pace is, longer when work stands still."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tawatur
from intake import TEXT, line
from tawatur.cli.estimate import LONGEST, WATCHED, Estimate, in_words
from tawatur.cli.progress import Bars


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def worked(estimate: Estimate, clock: Clock, seconds: int, *, each: int, done: int = 0, total: int | None) -> int:
    """Work for some seconds at ``each`` a second; how much is done then."""
    for _ in range(seconds):
        clock.now += 1
        done += each
        estimate.seen(done, total)
    return done


@pytest.mark.parametrize(("each", "total"), [(10, None), (0, 1000)])
def test_nothing_is_said_of_what_is_not_known(each: int, total: int | None) -> None:
    clock = Clock()
    estimate = Estimate(clock)
    worked(estimate, clock, 60, each=each, total=total)
    assert estimate.left() is None


def test_nothing_is_said_before_enough_was_seen() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    worked(estimate, clock, int(WATCHED) - 1, each=10, total=1000)
    assert estimate.left() is None
    worked(estimate, clock, 2, each=10, done=20, total=1000)
    assert estimate.left() == pytest.approx(96)


@given(st.integers(1, 10**9), st.integers(5, 300))
def test_an_even_pace_gives_the_time_that_is_left(each: int, seconds: int) -> None:
    clock = Clock()
    estimate = Estimate(clock)
    total = each * seconds * 3
    done = worked(estimate, clock, seconds, each=each, total=total)
    assert estimate.left() == pytest.approx((total - done) / each)


def test_a_new_pace_is_believed_by_and_by() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    done = worked(estimate, clock, 100, each=1000, total=200_000)
    told = []
    for _ in range(100):
        done = worked(estimate, clock, 1, each=100, done=done, total=200_000)
        told.append(estimate.left() or 0)
    assert told == sorted(told)
    assert told[0] < 110
    assert told[-1] == pytest.approx((200_000 - done) / 100, rel=0.1)


def test_an_estimate_grows_while_work_stands_still_and_then_is_given_up() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    worked(estimate, clock, 30, each=10, total=1000)
    told = []
    while (left := estimate.left()) is not None:
        told.append(left)
        clock.now += 10
    assert told[0] == pytest.approx(70)
    assert told == sorted(told)
    assert LONGEST / 3 < told[-1] <= LONGEST


def test_work_that_steps_back_or_beyond_its_size_has_an_estimate_of_none_or_more() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    done = worked(estimate, clock, 10, each=10, total=200)
    worked(estimate, clock, 10, each=-5, done=done, total=200)
    assert (estimate.left() or 0) > 10
    worked(estimate, clock, 10, each=50, done=done, total=200)
    assert estimate.left() == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "time left unknown"),
        (0, "a few seconds left"),
        (34, "about 30 s left"),
        (56, "about 1 min left"),
        (89 * 60, "about 89 min left"),
        (7300, "about 2 h left"),
    ],
)
def test_time_left_in_words(seconds: float | None, words: str) -> None:
    assert in_words(seconds) == words


class Terminal(io.StringIO):
    """What is shown on a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, clock = Terminal(), Clock()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with Bars(clock) as bars:
        for done in range(0, 50, 10):
            bars.step("read and extract", done, 100)
            clock.now += 1
            if bars._progress is not None:
                bars._progress.refresh()
    assert "time left unknown" in terminal.getvalue()
    assert "a few seconds left" in terminal.getvalue()


def test_away_from_a_terminal_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    with Bars() as bars:
        bars.step("read and extract", 1, 2)
    assert out.getvalue() == ""


def test_bytes_of_a_large_file_count_while_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(line(n) for n in range(2000)), "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    told: list[int] = []
    list(tawatur.archive.read(tmp_path, on_issue=lambda _: None, on_bytes=told.append))
    sizes = [path.stat().st_size for path in sorted(tmp_path.iterdir())]
    assert told == sorted(told)
    assert told[-1] == sum(sizes)
    assert len({n for n in told if 0 < n < sizes[0]}) > 10
