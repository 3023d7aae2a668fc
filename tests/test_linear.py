"""Tables of weights: what is refused, what a score is made of, and that a written table is read as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.claims.linear import Linear, load, save
from tawatur.errors import PackError

MODEL = Linear(("no", "yes"), {"w=a": ((0, 1.0), (1, -2.0)), "w=b": ((1, 3.0),), "bias": ((0, 0.5),)}, "sign")


def test_a_score_is_the_sum_of_weights_times_values() -> None:
    assert MODEL.scores({"w=a": 1.0, "w=b": 2.0, "bias": 1.0, "w=unknown": 9.0}) == [1.5, 4.0]


def test_the_best_label() -> None:
    assert MODEL.best({"w=b": 1.0}) == "yes"
    assert MODEL.best({}) == "no"  # the first of equals


def test_why_names_what_speaks_most_for_a_label() -> None:
    features = {"w=a": 1.0, "w=b": 2.0, "bias": 1.0}
    assert MODEL.why(features, "yes") == [("w=b", 6.0), ("w=a", -2.0)]
    assert MODEL.why(features, "no", most=1) == [("w=a", 1.0)]
    assert sum(weight for _, weight in MODEL.why(features, "yes")) == MODEL.scores(features)[1]


@pytest.mark.parametrize(
    "line", ["w=a", "w=a\t0", "w=a\tyes:1.0", "w=a\t2:1.0", "w=a\t-1:1.0", "w=a 0:1.0", "", "w=a\t0:much"]
)
def test_a_bad_line_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "t.tsv"
    path.write_text(f"# signature s\n# labels no yes\nw=b\t1:1.0\n{line}\nw=c\t1:1.0\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"t\.tsv:4: not feature, tab, label:weight"):
        load(path)


def test_a_row_before_the_labels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("w=b\t1:1.0\n# labels no yes\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"t\.tsv:1:"):
        load(path)


NAME = st.text(st.characters(exclude_characters="\t\n\r#", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1)
ROW = st.tuples(NAME, st.integers(0, 2), st.integers(-9999, 9999).map(lambda n: n / 100))


@given(rows=st.lists(ROW, unique_by=lambda row: row[:2]))
def test_a_saved_table_is_loaded_as_it_was(rows: list[tuple[str, int, float]], tmp_path_factory: object) -> None:
    assert isinstance(tmp_path_factory, pytest.TempPathFactory)
    path = tmp_path_factory.mktemp("linear") / "t.tsv"
    save(path, "data:1|seed:0", ["a", "b", "c"], rows)
    found = load(path)
    assert (found.signature, found.labels) == ("data:1|seed:0", ("a", "b", "c"))
    held = {(name, label, weight) for name, parts in found.weights.items() for label, weight in parts}
    assert held == {row for row in rows if row[2]}


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rows = [("b", 1, 0.25), ("a", 0, -1.0), ("a", 1, 0.0), ("b", 0, 2.0)]
    one, two = tmp_path / "one.tsv", tmp_path / "two.tsv"
    save(one, "s", ["x", "y"], rows)
    save(two, "s", ["x", "y"], rows[::-1])
    assert one.read_bytes() == two.read_bytes()
    assert "0.00" not in one.read_text("utf-8")
