"""``tawatur copies``, shared quotations, and what was changed between two reports piece by piece."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copies_world import edited, sentence, story
from tawatur import cli
from tawatur.copies import differences, trace
from tawatur.model import Report, Span

if TYPE_CHECKING:
    from pathlib import Path


def made(text: str, n: int, published: str | None = None) -> Report:
    return Report.make(text, name=f"r{n}", outlet=f"صحيفة {n}", published=published)


def quoting(rng: random.Random, quote: str, marks: str = "«»") -> str:
    return f"{story(rng, 90)}\n{sentence(rng)[:-1]} وقال: {marks[0]}{quote}{marks[1]} {story(rng, 60)}"


def test_a_quotation_that_both_mark_is_told_and_is_no_copy() -> None:
    rng = random.Random(3)
    quote = sentence(rng)[:-1]
    a, b = (made(quoting(rng, quote), n) for n in (1, 2))
    lineage = trace([a, b])
    (link,) = lineage.quotations
    assert (lineage.links, lineage.groups) == ((), ())
    assert (link.kind, link.directed) == ("quotation", False)
    reports = {r.id: r for r in (a, b)}
    for mine, theirs in link.passages:
        assert mine.of(reports[link.earlier].text) == theirs.of(reports[link.later].text)
        assert quote in mine.of(reports[link.earlier].text)


def test_the_same_words_without_marks_are_a_copy() -> None:
    rng = random.Random(4)
    quote = " ".join(sentence(rng)[:-1] for _ in range(2))
    lineage = trace([made(quoting(rng, quote), 1), made(quoting(rng, quote, "، "), 2)])
    assert [link.kind for link in lineage.links] == ["part"]
    assert lineage.quotations == ()


def test_a_quotation_that_many_carry_costs_each_one_link_or_hardly_more() -> None:
    rng = random.Random(5)
    quote = " ".join(sentence(rng)[:-1] for _ in range(2))
    lineage = trace([made(quoting(rng, quote), n, "2017-01-01") for n in range(40)])
    assert lineage.links == ()
    assert 39 <= len(lineage.quotations) <= 42


def test_a_copy_that_holds_a_quotation_is_no_quotation() -> None:
    rng = random.Random(6)
    text = quoting(rng, sentence(rng)[:-1])
    lineage = trace([made(text, 1, "2017-01-01"), made(f"{text}\n{sentence(rng)}", 2, "2017-01-02")])
    assert [link.kind for link in lineage.links] == ["whole"]
    assert lineage.quotations == ()


@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.1, 0.3]))
def test_pieces_cover_both_sides_in_order_and_the_same_are_the_same(seed: int, share: float) -> None:
    rng = random.Random(seed)
    text = story(rng, 40)
    a, b = made(text, 1), made(edited(rng, text, share), 2)
    whole = (Span(0, len(a.text)), Span(0, len(b.text)))
    (pieces,) = differences(a, b, [whole])
    for side, report in ((0, a), (1, b)):
        spans = [piece.b if side else piece.a for piece in pieces]
        words = " ".join(span.of(report.text) for span in spans if span)
        assert words.split() == " ".join(report.text.replace("\n", " ").split()).rstrip(".").split() or share
        starts = [span.start for span in spans if span]
        assert starts == sorted(starts)
    assert all((piece.a is not None and piece.b is not None) or not piece.same for piece in pieces)
    assert all(x.same != y.same for x, y in pairwise(pieces) if not (x.same and y.same))


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        cli.main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return int(stop.value.code or 0), out, err


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A wire, a copy with a figure changed, a report with the same quotation, and one of its own, as JSON lines."""
    rng = random.Random(7)
    quote = sentence(rng)[:-1]
    wire = f"{story(rng, 60)}\nبلغ عدد النازحين 4500 شخص.\n{story(rng, 30)}"
    texts = {
        "wire": f"{wire}\n{sentence(rng)[:-1]} وقال: «{quote}»",
        "copy": wire.replace("4500", "5400"),
        "voice": quoting(rng, quote),
        "own": story(rng, 80),
    }
    days = {"wire": "2017-01-01", "copy": "2017-01-02", "voice": "2017-01-03", "own": "2017-01-04"}
    rows = [{"id": k, "outlet": f"صحيفة {k}", "published": days[k], "text": text} for k, text in texts.items()]
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def test_a_line_a_link(capsys: pytest.CaptureFixture[str], reports: Path) -> None:
    code, out, err = run(capsys, "copies", reports, "--json")
    links = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert {(k["a"], k["b"], k["kind"], k["direction"]) for k in links} == {
        ("wire", "copy", "whole", "a_to_b"),
        ("wire", "voice", "quotation", None),
    }
    texts = {row["id"]: row["text"] for row in map(json.loads, reports.read_text("utf-8").splitlines())}
    for link in links:
        for (start, end), (first, last) in link["spans"]:
            assert texts[link["a"]][start:end].split()[0] == texts[link["b"]][first:last].split()[0]
            assert link["shared_words"] >= 8


def test_side_by_side_what_only_one_has_stands_in_brackets(capsys: pytest.CaptureFixture[str], reports: Path) -> None:
    code, out, err = run(capsys, "copies", reports)
    assert (code, err) == (0, "")
    assert "[4500]" in out
    assert "[5400]" in out
    assert "4 reports, 2 links (1 whole, 1 quotation)" in out


def test_nothing_to_read_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, "copies", tmp_path)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_reports_of_later_runs_are_compared_with_those_of_earlier_ones(
    capsys: pytest.CaptureFixture[str], reports: Path, tmp_path: Path
) -> None:
    _, at_once, _ = run(capsys, "copies", reports, "--json")
    index = tmp_path / "index"
    for n, row in enumerate(reversed(reports.read_text("utf-8").splitlines())):
        part = tmp_path / f"{n}.jsonl"
        part.write_text(row, "utf-8")
        code, out, err = run(capsys, "copies", part, "--index", index, "--json")
        assert (code, err) == (0, "")
        assert all("wire" in (link["a"], link["b"]) for link in map(json.loads, out.splitlines()))
    _, kept, _ = run(capsys, "copies", "--index", index, "--json")

    def told(lines: str) -> list[str]:
        rows = [{k: v for k, v in json.loads(line).items() if not k.endswith("_file")} for line in lines.splitlines()]
        return sorted(json.dumps(row) for row in rows)

    assert told(kept) == told(at_once)


def test_what_a_relay_altered_is_told_with_the_words_of_both(capsys: pytest.CaptureFixture[str], reports: Path) -> None:
    _, out, _ = run(capsys, "copies", reports, "--json", "--changes")
    (link,) = (link for link in map(json.loads, out.splitlines()) if link["kind"] == "whole")
    texts = {row["id"]: row["text"] for row in map(json.loads, reports.read_text("utf-8").splitlines())}
    (change,) = link["changed"]
    assert (change["kind"], change["a_words"], change["b_words"]) == ("figure", "4500 شخص", "5400 شخص")
    for side in ("a", "b"):
        assert texts[link[side]][slice(*change[side])] == change[f"{side}_words"]
    _, out, _ = run(capsys, "copies", reports)
    assert "figure: \u20684500 شخص\u2069 / \u20685400 شخص\u2069" in out


@pytest.mark.parametrize("arguments", [[], ["--index", "nowhere"], ["{folder}", "--index", "{folder}/index"]])
def test_no_use_of_an_index_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str]
) -> None:
    code, out, err = run(capsys, "copies", *(a.format(folder=tmp_path) for a in arguments))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
