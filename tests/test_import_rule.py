"""The folder tree is the flow: a stage imports nothing that comes after it, and files stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "tawatur"
FLOW = ["archive", "claims", "copies", "events", "findings", "publish"]
GROUND = {"model", "digests", "quick", "terms", "lang", "errors"}
SOURCES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 400
EDGES = [name for name in ("cli", "web") if (PACKAGE / name).exists()]


def _module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> Iterator[str]:
    """Every module of the package that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "tawatur")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module and node.module.split(".")[0] == "tawatur":
                yield from (_target(node.module, alias.name) for alias in node.names)


def _target(module: str, name: str) -> str:
    inner = PACKAGE.joinpath(*module.split(".")[1:])
    is_module = (inner / name).is_dir() or (inner / f"{name}.py").exists()
    return f"{module}.{name}" if is_module else module


def _part(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _files(part: str) -> list[Path]:
    return [path for path in SOURCES if _part(_module(path)) == part]


@pytest.mark.parametrize("stage", FLOW)
def test_a_stage_imports_only_the_ground_and_what_comes_before_it(stage: str) -> None:
    allowed = GROUND | set(FLOW[: FLOW.index(stage) + 1])
    assert _files(stage)
    wrong = [f"{_module(p)} imports {m}" for p in _files(stage) for m in _imports(p) if _part(m) not in allowed]
    assert wrong == []


def test_the_ground_imports_no_stage() -> None:
    paths = [path for part in sorted(GROUND) for path in _files(part)]
    allowed = GROUND | {"archive"}  # words of a pack are folded as texts are
    assert [f"{_module(p)} imports {m}" for p in paths for m in _imports(p) if _part(m) not in allowed] == []


@pytest.mark.parametrize("part", EDGES)
def test_the_edges_import_public_functions_only(part: str) -> None:
    public = {"tawatur"} | {
        f"tawatur.{p}" for p in (*FLOW, *GROUND, "pipeline", "score", "given", "ledger", "fusion", "fetching")
    }
    wrong = [
        f"{_module(p)} imports {m}" for p in _files(part) for m in _imports(p) if m not in public and _part(m) != part
    ]
    assert wrong == []


def test_only_the_edges_know_the_edges() -> None:
    inner = [p for p in SOURCES if _part(_module(p)) not in EDGES and p.name != "__main__.py"]
    assert [f"{_module(p)} imports {m}" for p in inner for m in _imports(p) if _part(m) in EDGES] == []


def test_files_are_small() -> None:
    long = {_module(p): n for p in SOURCES if (n := len(p.read_text("utf-8").splitlines())) > MOST_LINES}
    assert long == {}


def test_packages_are_at_most_three_deep() -> None:
    assert [_module(p) for p in SOURCES if len(_module(p).split(".")) > 3] == []


def test_the_product_needs_nothing_outside_the_repository() -> None:
    texts = {p: p.read_text("utf-8") for p in PACKAGE.rglob("*") if p.suffix in {".py", ".toml", ".tsv", ".json"}}
    assert [str(p.relative_to(ROOT)) for p, text in texts.items() if "shared/" in text or "/work" in text] == []


def test_every_stage_says_what_goes_in_and_comes_out() -> None:
    for stage in FLOW:
        assert ast.get_docstring(ast.parse((PACKAGE / stage / "__init__.py").read_text("utf-8"))), stage
