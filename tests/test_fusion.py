"""Tables of sources, items and values: one value an item, with its grounds."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur import fusion
from tawatur.archive.table_values import clock_in
from tawatur.cli import main
from tawatur.errors import FormatError, SettingsError
from tawatur.fusion import Said, fuse
from tawatur.fusion.items import nearness
from tawatur.fusion.values import Kind, number, parsed
from tawatur.lang.tables import says_nothing
from tawatur.model import Issue


def _values(rows: list[Said], **options: bool) -> dict[str, str]:
    return {item.item: item.value for item in fuse(rows, **options).items}


def _world(seed: int, items: int = 60) -> tuple[list[Said], dict[str, str]]:
    """Three careful sources, and five that copy one careless site, word for word."""
    r = random.Random(seed)
    rows, truth = [], {}
    for n in range(items):
        true, item = f"gate {r.choice('ABCD')}{r.randrange(90)}", f"flight {n}"
        truth[item] = true
        rows += [Said(f"careful {k}", item, true if r.random() < 0.93 else f"B{r.randrange(90)}") for k in range(4)]
        wrong = true if r.random() < 0.55 else f"C{r.randrange(90)}"
        rows += [Said(f"echo {k}", item, wrong) for k in range(5)]
    r.shuffle(rows)
    return rows, truth


def _right(found: dict[str, str], truth: dict[str, str]) -> float:
    return sum(found[item] == true for item, true in truth.items()) / len(truth)


@pytest.mark.parametrize("seed", range(4))
def test_five_that_copy_are_one(seed: int) -> None:
    rows, truth = _world(seed)
    found = fuse(rows)
    fused = {item.item: item.value for item in found.items}
    voted = {m.method: m.exact for m in fusion.measured(found.items, truth)}["vote"]
    assert voted is not None
    assert _right(fused, truth) >= 0.95 > voted
    assert {(c.a[:4], c.b[:4]) for c in found.copiers} == {("echo", "echo")}
    assert len(found.copiers) == 10


def test_votes_in_full_follow_the_echo() -> None:
    rows, truth = _world(1)
    assert _right(_values(rows, copying=False), truth) < _right(_values(rows), truth)


def test_a_source_that_is_often_right_decides_between_two() -> None:
    names = ("bureau", "almanac", "gazette")
    rows = [Said(s, f"town {n}", str(1000 + n * (n % 7 != k))) for n in range(30) for k, s in enumerate(names)]
    rows += [Said("rumour", f"town {n}", str(700 * n + 3)) for n in range(30)]
    rows += [Said("bureau", "new town", "4200"), Said("rumour", "new town", "4900")]
    found = fuse(rows)
    new = next(item for item in found.items if item.item == "new town")
    assert (new.value, new.values[0].sources) == ("4200", ("bureau",))
    rates = {source.name: source.rate for source in found.sources}
    assert rates["bureau"] > 0.8 > 0.3 > rates["rumour"]


def test_of_several_values_of_one_source_the_last_counts() -> None:
    rows = [Said("editor", "a", "5"), Said("editor", "a", "7")]
    assert _values(rows) == {"a": "7"}


def test_a_number_that_is_far_too_large_gives_way() -> None:
    rows = [Said(f"clerk {n % 9}", f"village {n}", str(200 + 37 * n % 900)) for n in range(90)]
    rows += [Said("one", "hamlet", "310"), Said("two", "hamlet", "3100000000")]
    assert _values(rows)["hamlet"] == "310"


def test_the_middle_of_numbers_and_the_likeliest_word() -> None:
    numbers = [Said(f"s{n}", "x", value) for n, value in enumerate(("100", "101", "102", "900"))]
    assert _values(numbers)["x"] in ("100", "101", "102")
    words = [Said(f"s{n}", "x", value) for n, value in enumerate(("red", "Red ", "blue"))]
    assert _values(words) == {"x": "red"}


def test_nobody_says_anything() -> None:
    assert fuse([]) == fusion.Fusion((), (), ())


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("wxyz"), st.sampled_from(["1", "2", "30"]))))
def test_the_order_of_rows_makes_no_difference(rows: list[tuple[str, str, str]]) -> None:
    once = list({(s, i): Said(s, i, v) for s, i, v in rows}.values())
    assert fuse(once) == fuse(once[::-1])


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xy"), st.text(max_size=4)), min_size=1))
def test_chances_are_chances_and_the_value_was_given(rows: list[tuple[str, str, str]]) -> None:
    for item in fuse(Said(*row) for row in rows).items:
        assert 0 <= sum(rival.chance for rival in item.values) <= 1.000001
        assert item.value in {value.strip() for _, name, value in rows if name == item.item}


@pytest.mark.parametrize(
    ("cell", "is_number"),
    [("1,234,567", 1234567.0), ("٩٥٠٠", 9500.0), ("12.5", 12.5), ("-3", -3.0), ("1 200", 1200.0), ("1,23", None),
     ("B12", None), ("12:30", None)],
)  # fmt: skip
def test_numbers(cell: str, is_number: float | None) -> None:
    assert number(cell) == is_number


@pytest.mark.parametrize(
    "cell",
    ["8:05 AM", "8:05a", "08:05", "12/1/2011 8:05 AM", "Dec 1 - 8:05am", "Thu 1 Dec 08:05", "2011-12-01T08:05:00"],
)
def test_times_of_the_day_are_equal_however_written(cell: str) -> None:
    assert parsed(cell, "time") == parsed("08:05", "time")
    assert parsed(cell, "time") != parsed("20:05", "time")


@pytest.mark.parametrize(
    ("cell", "told"), [("12:10 AM", "00:10"), ("12:10 PM", "12:10"), ("11:59p", "23:59"), ("٨:٠٥ مساء", "20:05")]
)
def test_noon_and_midnight(cell: str, told: str) -> None:
    assert parsed(cell, "time").key == told


@pytest.mark.parametrize("cell", ["25:10", "8:75", "gate 7", "1:2:3", ""])
def test_no_time_of_the_day(cell: str) -> None:
    assert clock_in(cell) is None


def test_sites_that_tell_the_day_and_sites_that_do_not() -> None:
    written = ("7:40 AM", "12/1/2011 7:40 AM", "Dec 1 07:40", "07:40a")
    rows = [Said(f"site {n}", f"flight {k}", cell) for k in range(3) for n, cell in enumerate(written)]
    assert all(len(item.values) == 1 and item.kind == "time" for item in fuse(rows).items)


@pytest.mark.parametrize(
    ("kind", "a", "b"), [("words", " Gate  B12", "gate b12"), ("time", "8:05 AM", "08:05"), ("number", "1,000", "1000")]
)
def test_values_that_are_equal(kind: Kind, a: str, b: str) -> None:
    assert parsed(a, kind) == parsed(b, kind)
    assert hash(parsed(a, kind)) == hash(parsed(b, kind))


def test_nearness() -> None:
    assert nearness(100, 100) == nearness(0, 0) == 1
    assert nearness(100, 120) == nearness(0, 5) == nearness(float("nan"), 3) == 0
    assert 0 < nearness(100, 105) < 1


def _file(folder: Path, text: str, name: str = "said.csv") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "columns", "how"),
    [
        ("source,item,value\na,x,1\n", {"source": 0, "item": 1, "value": 2}, "by their names"),
        ("City\tPopulation\tEditor\nx\t1\ta\n", {"source": 2, "item": 0, "value": 1}, "by their names"),
        ("a,x,1\nb,x,2\n", {"source": 0, "item": 1, "value": 2}, "by their order"),
        ("web,flight no,answer\na,x,1\nb,x,2\n", {"source": 0, "item": 1, "value": 2}, "by their order"),
        ("المصدر,البند,القيمة\na,x,1\n", {"source": 0, "item": 1, "value": 2}, "by their names"),
        (
            "source,item,property,value\na,x,gate,1\n",
            {"source": 0, "item": 1, "value": 3, "attribute": 2},
            "by their names",
        ),
    ],
)
def test_columns_are_guessed(tmp_path: Path, text: str, columns: dict[str, int], how: str) -> None:
    file = _file(tmp_path, text, "said.tsv" if "\t" in text else "said.csv")
    layout = fusion.layout_of(file)
    assert (layout.columns, layout.how) == (columns, how)
    rows = list(fusion.said_in(file, layout, list[Issue]().append))
    assert {row.item for row in rows} == {"x"}
    assert {row.source for row in rows} <= {"a", "b"}


def test_columns_are_told(tmp_path: Path) -> None:
    file = _file(tmp_path, "n,who,what,how many\n1,a,x,7\n")
    layout = fusion.layout_of(file, [("source", "who"), ("item", "3"), ("value", "how many")])
    assert list(fusion.said_in(file, layout, list[Issue]().append)) == [Said("a", "x", "7")]
    assert layout.told() == "source=who, item=what, value=how many (told)"
    with pytest.raises(FormatError, match="no column 'whom'"):
        fusion.layout_of(file, [("source", "whom")])
    with pytest.raises(SettingsError, match="'site' is no field"):
        fusion.layout_of(file, [("site", "who")])
    with pytest.raises(FormatError, match="has 2 columns"):
        fusion.layout_of(_file(tmp_path, "a,1\nb,2\n"))
    with pytest.raises(FormatError, match="empty"):
        fusion.layout_of(_file(tmp_path, "\n"))


@pytest.mark.parametrize("cell", ["", "-", "--", "?", "N/A", "Not Available", "null", "غير متوفر"])
def test_cells_that_say_nothing(cell: str) -> None:
    assert says_nothing(cell)


@pytest.mark.parametrize("cell", ["0", "none left", "-3", "NA-12", "no"])
def test_cells_that_say_something(cell: str) -> None:
    assert not says_nothing(cell)


def test_bad_rows_are_told_and_the_rest_is_fused(tmp_path: Path) -> None:
    file = _file(tmp_path, 'source,item,value\na,x,1\n,x,2\na,,3\nb,x,1\na,y,n/a\nb,y,1,5,6\n"c,x,1\nb,z,4\n')
    issues: list[Issue] = []
    rows = list(fusion.said_in(file, fusion.layout_of(file), issues.append))
    assert [(r.source, r.item) for r in rows] == [("a", "x"), ("b", "x"), ("b", "z")]
    assert [(i.place, i.reason) for i in issues] == [
        ("line 3", "no source"),
        ("line 4", "no item"),
        ("line 7", "5 cells, where rows have 3"),
        ("line 8", "a quotation mark opens a cell and none closes it"),
        ("", "1 rows leave their value open"),
    ]


def test_an_attribute_has_its_own_kind_of_value(tmp_path: Path) -> None:
    said = "".join(f"{site},f{n}|{what},{value}\n" for n in range(30) for site in "ab"
                   for what, value in (("departure", f"{n % 12 + 1}:05 PM"), ("gate", str(n))))  # fmt: skip
    file = _file(tmp_path, said)
    found = fuse(fusion.said_in(file, fusion.layout_of(file), list[Issue]().append))
    assert {(item.item.split("|")[1], item.kind) for item in found.items} == {("departure", "time"), ("gate", "number")}


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _file(tmp_path, "source,item,value\na,x,100\nb,x,100\nc,x,900\na,y,5\n,y,6\n")
    truth = _file(tmp_path, "item,value\nx,110\nz,4\nx,7\n", "truth.csv")
    with pytest.raises(SystemExit) as ended:
        main(["fuse", str(file), "--truth", str(truth), "--json"])
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert ended.value.code == 1
    assert f"{file}:line 6: no source; left out; the rest is fused" in err
    assert "a second value of 'x'" in err
    assert {item["item"]: item["value"] for item in told["items"]} == {"x": "100", "y": "5"}
    assert told["measures"][0] == {
        "method": "fused",
        "items": 1,
        "exact": 0.0,
        "numbers": {"items": 1, "mean_error": 10.0, "median_error": 10.0, "close": 0.0},
    }
    assert told["signature"].startswith("tawatur:")
    assert [source["name"] for source in told["sources"]] == ["a", "b", "c"]
