"""The review queue by single keys: keys and answers are given to it, as a terminal would."""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import tawatur
from tawatur.cli import app
from tawatur.cli.review_keys import Ended, Session, Terminal
from tawatur.cli.review_screen import fields
from tawatur.errors import RightsError
from tawatur.ledger import Edit, Ledger, add_user, decide, lent, open_ledger, queue, reviewed, take
from tawatur.model import Comparison, Doubt, Finding
from two_claims import KILLED, MOVED, TEXT, comparison_of

DOUBTS = (
    Doubt(KILLED.id, "figures.0.outcome", "7: killed", 0.4, 3.0),
    Doubt(KILLED.id, "status", "occurred", 0.5, 1.0),
    Doubt(MOVED.id, "event_type", "evacuation", 0.5, 0.5),
)
CLASH = Finding("f", "e", "contradict", KILLED.id, MOVED.id, "status", "x", "y", (), "both cannot be", "")


@pytest.fixture
def ledger(two_claims: Ledger) -> Ledger:
    """A ledger with doubts about both of its claims."""
    two_claims.write(replace(comparison_of(KILLED, MOVED), doubts=DOUBTS))
    return two_claims


def _session(ledger: Ledger, keys: str, *answers: str, author: str = "ريم") -> str:
    """What a session shows, without colours; the terminal is gone after the last key."""
    told, left, shown = iter(keys), iter(answers), list[str]()

    def key() -> str:
        for one in told:
            return one
        raise Ended

    def ask(what: str) -> str:
        shown.append(f"{what}:")
        for one in left:
            return one
        raise Ended

    Session(ledger, author, Terminal(key, ask, shown.append)).run()
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(shown))


def _states(ledger: Ledger) -> list[str]:
    return [one.state for one in reviewed(ledger)]


def test_a_claim_is_shown_marked_in_its_sentence_with_what_is_doubtful_and_the_claims_beside_it(ledger: Ledger) -> None:
    shown = _session(ledger, "q")
    assert f"⟦{KILLED.span.of(TEXT)}⟧. ثم بدأ" in shown
    assert "figures.0.outcome: doubtful (0.40): 7: killed" in shown
    assert "status: doubtful (0.50): occurred" in shown
    assert re.search(r"figures\.0 .*«7» low=7; high=7; population=civilians.* ← doubtful: figures\.0\.outcome", shown)
    assert re.search(r"status +occurred +← doubtful: status", shown)
    assert f"after: evacuation, occurred (machine): {MOVED.span.of(TEXT)}" in shown
    assert "0 decided, 0 skipped." in shown
    assert lent(ledger) == ()


@pytest.mark.parametrize(
    ("keys", "states"),
    [
        ("aa", ["accepted", "accepted"]), ("شق", ["accepted", "rejected"]), ("ra", ["rejected", "accepted"]),
        ("AR", ["accepted", "rejected"]), ("sa", ["machine", "accepted"]), (" س", ["machine", "machine"]),
        ("auaa", ["accepted", "accepted"]), ("aurs", ["rejected", "machine"]), ("aruuq", ["machine", "machine"]),
        ("uxa\x04", ["accepted", "machine"]), ("ضaa", ["machine", "machine"]), ("عع", ["machine", "machine"]),
    ],
)  # fmt: skip
def test_keys_decide_in_either_layout(ledger: Ledger, keys: str, states: list[str]) -> None:
    shown = _session(ledger, keys)
    assert _states(ledger) == states
    assert lent(ledger) == ()
    decided = sum(state != "machine" for state in states)
    assert f"{decided} decided" in shown


def test_the_end_of_the_queue_is_told(ledger: Ledger) -> None:
    assert "Nothing more to look at; u takes the last decision back" in _session(ledger, "aauq")
    assert _states(ledger) == ["accepted", "machine"]
    assert "Nothing more to look at." in _session(ledger, "s")


def test_a_correction_shows_at_once_and_then_the_claim_is_accepted(ledger: Ledger) -> None:
    shown = _session(ledger, "cccaq", "", "injured", "figures.0.low", "5", "span", "7 مدنيين قتلوا في حلب")
    assert "field (figures.0.outcome):" in shown
    assert "outcome=injured" in shown
    assert "⟦7 مدنيين قتلوا في حلب⟧" in shown
    (found, _) = reviewed(ledger)
    assert found.claim is not None
    assert (found.claim.figures[0].outcome, found.claim.figures[0].low) == ("injured", 5.0)
    assert [made.action for made in found.decisions] == ["correct", "correct", "correct", "accept"]


def test_a_correction_is_taken_back_and_the_claim_comes_once(ledger: Ledger) -> None:
    shown = _session(ledger, "curaq", "status", "planned")
    assert "taken back: " in shown
    assert _states(ledger) == ["rejected", "accepted"]


def test_what_cannot_be_is_told_and_the_claim_stays(ledger: Ledger) -> None:
    shown = _session(ledger, "cccaq", "places.0.lat", "200", "colour", "red", "", ".")
    assert "places.0.lat cannot be '200'" in shown
    assert "has no field 'colour'" in shown
    assert _states(ledger)[0] == "accepted"


def test_only_the_field_is_accepted_words_are_kept_and_a_second_review_asked_for(ledger: Ledger) -> None:
    shown = _session(ledger, "mf2q", "ask the monitor")
    assert "comment (ask the monitor)" in shown
    first, other = reviewed(ledger)
    assert [(made.action, made.field) for made in first.decisions] == [("comment", ""), ("accept", "figures.0.outcome")]
    assert [made.action for made in other.decisions] == ["second"]


def test_a_missed_claim_is_added_and_undone(ledger: Ledger) -> None:
    assert "add siege" in _session(ledger, "nq", "بدأ الإجلاء", "siege")
    assert sorted(_states(ledger)) == ["added", "machine", "machine"]
    assert "event_type cannot be 'leaving'" in _session(ledger, "nq", "بدأ", "leaving")
    _session(ledger, "nuq", "قتلوا", "attack")
    assert sorted(_states(ledger)) == ["added", "machine", "machine"]


def test_the_other_claim_of_a_contradiction_is_a_key_away(two_claims: Ledger) -> None:
    two_claims.write(replace(comparison_of(KILLED, MOVED), findings=(CLASH,)))
    shown = _session(two_claims, "oraq")
    assert f"against منبر:\n  {TEXT[: MOVED.span.start]}⟦{MOVED.span.of(TEXT)}⟧." in shown
    assert f"contradicts {MOVED.id}" in shown
    assert f"contradicts {KILLED.id}" in shown  # seen from the other one
    assert _states(two_claims) == ["accepted", "rejected"]


def test_what_somebody_else_decided_meanwhile_is_told_and_shown(ledger: Ledger) -> None:
    left = iter("aaq")

    def key() -> str:
        one = next(left)
        if one == "a" and not any(made.author == "b" for found in reviewed(ledger) for made in found.decisions):
            decide(ledger, [Edit(KILLED.id, "comment", reason="wait")], author="b")
        return one

    shown: list[str] = []
    Session(ledger, "ريم", Terminal(key, lambda _: "", shown.append)).run()
    text = "\n".join(shown)
    assert "b: comment (wait); here it is as it stands now" in text
    assert _states(ledger)[0] == "accepted"


def test_nobody_is_given_what_another_has_and_what_one_had_before_is_kept(ledger: Ledger) -> None:
    take(ledger, "سامي", 1)
    shown = _session(ledger, "q")
    assert f"⟦{MOVED.span.of(TEXT)}⟧" in shown
    assert f"⟦{KILLED.span.of(TEXT)}⟧" not in shown
    _session(ledger, "q", author="سامي")
    assert [(lease.author, lease.claim) for lease in lent(ledger)] == [("سامي", KILLED.id)]


def test_who_may_not_decide_is_told_in_one_line(ledger: Ledger) -> None:
    add_user(ledger, "Reem", "admin", by="x")
    with pytest.raises(RightsError):
        _session(ledger, "a")


def test_controls_of_a_text_do_not_reach_the_terminal() -> None:
    odd = replace(KILLED, attribution=(replace(KILLED.attribution[0], name="a\x1b[2J\u202eb"),))
    told = "\n".join(fields(odd, set()))
    assert "\x1b[2J" not in told
    assert "<U+202E>" in told


def test_piped_it_tells_its_help_as_before() -> None:
    done = CliRunner().invoke(app, ["review"])
    assert done.exit_code == 2
    assert "correct" in done.output


def test_items_tell_what_else_is_open_and_decided_fields_leave(ledger: Ledger) -> None:
    (first, *_) = queue(ledger)
    assert (first.field, first.fields) == ("figures.0.outcome", ("status",))
    assert first.also == ("status: doubtful (0.50): occurred",)
    decide(ledger, [Edit(KILLED.id, "accept", "status")], author="a")
    assert queue(ledger)[0].also == ()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_real_terminal_is_read_key_by_key(tmp_path: Path) -> None:
    import pty

    url = f"sqlite:///{tmp_path / 'l.db'}"
    held = open_ledger(url, create=True)
    held.write(replace(comparison_of(KILLED, MOVED), doubts=DOUBTS))
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover - the other process
        os.execv(sys.executable, [sys.executable, "-m", "tawatur", "review", "--ledger", url, "--by", "ريم"])
    _until(terminal, f"⟦{KILLED.span.of(TEXT)}⟧")
    os.write(terminal, b"\x1b[A")  # an arrow is no key of ours
    _until(terminal, "u undo  q quit")
    os.write(terminal, "ش".encode())
    _until(terminal, f"⟦{MOVED.span.of(TEXT)}⟧")
    os.write(terminal, b"m")
    _until(terminal, "comment:")
    os.write(terminal, "تعليق\n".encode())
    _until(terminal, "comment (تعليق)")
    os.write(terminal, b"q")
    _until(terminal, "2 decided, 0 skipped.")
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert _states(held) == ["accepted", "machine"]
    assert lent(held) == ()
    held.close()


def _until(terminal: int, words: str) -> None:
    """Read what a terminal shows up to some words; fails where they do not come."""
    shown = b""
    while words not in shown.decode(errors="ignore"):
        ready, _, _ = select.select([terminal], [], [], 120)
        assert ready, shown.decode(errors="replace")
        shown += os.read(terminal, 65536)


@pytest.fixture(scope="module")
def compared(example: Path) -> Comparison:
    """The example dossier, in Arabic and English."""
    return tawatur.run(example)


def test_a_whole_dossier_is_gone_through(compared: Comparison, tmp_path: Path) -> None:
    ledger = open_ledger(f"sqlite:///{tmp_path / 'l.db'}", create=True)
    ledger.write(compared)
    open_ones = {item.claim.id for item in queue(ledger, 10_000) if item.claim}

    def keys() -> Iterator[str]:
        while True:
            yield from "afrs"

    left = keys()
    shown: list[str] = []
    Session(ledger, "Reem", Terminal(lambda: next(left), lambda _: "", shown.append)).run()
    assert any(line.startswith("Nothing more to look at") for line in shown)
    told = "\n".join(shown)
    texts = {report.id: report.text for report in compared.reports}
    for claim in compared.claims:
        if claim.id in open_ones:
            words = claim.span.of(texts[claim.report])
            assert f"⟦{words}⟧" in told or any(ord(char) < 32 or ord(char) > 0x2000 for char in words)
    assert ledger.verify() == []
    ledger.close()
