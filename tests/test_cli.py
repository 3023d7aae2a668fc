"""The command line on good and bad input: what it prints, where, and its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tawatur import cli

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = str(ROOT / "examples" / "aleppo-2016")
TEXT = "قال الدفاع المدني إن {} مدنيين قتلوا في قصف على حلب يوم الخميس."

#: Runs the program: exit code, standard output, lines of standard error.
Run = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture
def tawatur(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str | Path) -> tuple[int, str, list[str]]:
        with pytest.raises(SystemExit) as stop:
            cli.main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err.splitlines()

    return run


def _rows(count: int) -> list[str]:
    rows = [
        {"id": f"r{i}", "outlet": "وكالة", "published": "2016-12-16", "title": "خبر", "text": TEXT.format(i + 3)}
        for i in range(count)
    ]
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def _empty(folder: Path) -> Path:
    path = folder / "empty.txt"
    path.write_bytes(b"")
    return path


def _junk(folder: Path) -> Path:
    path = folder / "junk.txt"
    path.write_bytes(bytes(range(256)) * 20)
    return path


def _long_line(folder: Path) -> Path:
    path = folder / "long.jsonl"
    path.write_bytes(b'{"id": "x", "text": "' + b"a" * 50_000_000 + b'"}\n')
    return path


def _bare_folder(folder: Path) -> Path:
    path = folder / "nothing here"
    path.mkdir()
    return path


def _missing(folder: Path) -> Path:
    return folder / "missing.txt"


BAD = [_empty, _junk, _long_line, _bare_folder, _missing]


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_alone_gets_one_line_and_exit_code_2(
    tawatur: Run, tmp_path: Path, bad: Callable[[Path], Path]
) -> None:
    path = bad(tmp_path)
    code, out, err = tawatur("run", path)
    assert (code, out) == (2, "")
    assert len(err) == 1
    assert path.name in err[0]


@pytest.mark.parametrize("bad", BAD)
def test_the_rest_goes_on_beside_bad_input(tawatur: Run, tmp_path: Path, bad: Callable[[Path], Path]) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text("\n".join(_rows(3)), encoding="utf-8")
    path = bad(tmp_path)
    code, out, err = tawatur("run", path, good, "--json")
    assert code == 1
    assert json.loads(out)["reports"] == 3
    assert [path.name in line for line in err] == [True]
    assert [issue["severity"] for issue in json.loads(out)["issues"]] == ["refused"]


def test_broken_json_on_line_3_of_10_costs_that_line(tawatur: Run, tmp_path: Path) -> None:
    rows = _rows(10)
    rows[2] = rows[2][:30]
    path = tmp_path / "ten.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    code, out, err = tawatur("run", path, "--json")
    assert code == 1
    assert json.loads(out)["reports"] == 9
    assert len(err) == 1
    assert "line 3" in err[0]


def test_invalid_utf8_in_a_line_costs_that_line(tawatur: Run, tmp_path: Path) -> None:
    rows = [row.encode() for row in _rows(4)]
    rows[1] = rows[1].replace("حلب".encode(), b"\xff\xfe\xc3\x28")
    path = tmp_path / "four.jsonl"
    path.write_bytes(b"\n".join(rows))
    code, out, err = tawatur("run", path, "--json")
    assert (code, json.loads(out)["reports"], len(err)) == (1, 3, 1)
    assert "line 2" in err[0]


def test_many_bad_lines_of_a_file_are_counted_not_listed(tawatur: Run, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join([*_rows(1), *["{"] * 40]), encoding="utf-8")
    code, out, err = tawatur("run", path, "--json")
    assert code == 1
    assert len(err) == 6
    assert "35 more" in err[-1]
    assert len(json.loads(out)["issues"]) == 40


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", EXAMPLE, "--encoding", "klingon"], "unknown encoding 'klingon'"),
        (["run", EXAMPLE, "--published", "yesterday"], "2016-12-17"),
        (["run", EXAMPLE, "--out", EXAMPLE + "/out"], "inside the input"),
        (["run", EXAMPLE, "--pack", "no-such-folder"], "no-such-folder"),
        (["run"], "PATH"),
        (["run", EXAMPLE, "--processes", "-1"], "processes"),
        (["fly"], "fly"),
        (["export", EXAMPLE, "--form", "xml"], "xml"),
        (["score", EXAMPLE], "no dossier"),
        (["explain", EXAMPLE, "ffffffffffff"], "ffffffffffff"),
    ],
)
def test_wrong_use_ends_with_2_and_a_line_that_helps(tawatur: Run, arguments: list[str], said: str) -> None:
    code, out, err = tawatur(*arguments)
    assert (code, out) == (2, "")
    assert said in err[-1]
    assert not any("Traceback" in line for line in err)


def test_a_file_name_cannot_steer_the_terminal(tawatur: Run, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31mb\n.txt"
    path.write_bytes(b"")
    _, _, err = tawatur("run", path)
    assert len(err) == 1
    assert "\x1b" not in err[0]


def test_a_folder_that_cannot_be_written_is_one_line(tawatur: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    code, _, err = tawatur("run", EXAMPLE, "--out", blocked / "inner")
    assert code == 2
    assert len(err) == 1


def test_help_names_every_command_and_the_exit_codes(tawatur: Run) -> None:
    code, out, _ = tawatur("--help")
    assert code == 0
    for word in ("run", "explain", "export", "score", "lang", "Exit codes"):
        assert word in out


def test_help_loads_no_stage() -> None:
    code = "import sys, tawatur.cli as c; c.app(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    heavy = ("pydantic", "rich", "jinja2", "orjson", "rapidfuzz", "resiliparse", "tawatur.pipeline", "tawatur.model")
    assert [name for name in heavy if f"'{name}'" in loaded] == []


def test_import_loads_no_stage_before_a_name_is_used() -> None:
    known = "print('tawatur.model' in sys.modules)"
    code = f"import sys, tawatur; {known}; tawatur.Report; {known}"
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert out.split() == ["False", "True"]


def test_the_module_runs_as_the_program_does() -> None:
    result = subprocess.run([sys.executable, "-m", "tawatur", "--version"], check=True, capture_output=True, text=True)
    assert result.stdout.startswith("tawatur ")


def test_standard_input_is_read(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tawatur", "run", "-", "--json"]
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    data = "\n".join(_rows(2)).encode()
    result = subprocess.run(command, input=data, capture_output=True, cwd=tmp_path, env=env)
    assert result.returncode == 0, result.stderr.decode()
    assert json.loads(result.stdout)["reports"] == 2


def test_a_reader_of_the_output_that_stops_early_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m tawatur export --form jsonl {EXAMPLE} | head -c 10"
    result = subprocess.run(["bash", "-c", command], capture_output=True, cwd=tmp_path)
    assert result.stderr.decode() == ""
