"""The documentation says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import docs as pages

ROOT = Path(__file__).resolve().parents[1]
CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
WITH_CODE = ["README.md", "docs/index.md", "docs/tour.md"]


@pytest.mark.parametrize("name", sorted(pages.PAGES))
def test_made_pages_are_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == pages.PAGES[name](), "run make docs"


@pytest.mark.parametrize("name", WITH_CODE)
def test_the_code_in_it_runs(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    blocks = CODE.findall((ROOT / name).read_text("utf-8"))
    assert blocks
    space: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, name, "exec"), space)
    assert capsys.readouterr().out.strip()


def test_every_command_of_the_readme_exists() -> None:
    commands = set(re.findall(r"^tawatur (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    reference = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert commands == {name for name in commands if f"## tawatur {name}" in reference}
    assert {"run", "explain", "export", "score"} <= commands


def test_every_target_of_the_makefile_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"make (\w+)", (ROOT / "README.md").read_text("utf-8")))
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


def test_every_page_of_decisions_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "index.md").read_text("utf-8")
    assert [p.name for p in sorted(folder.glob("0*.md")) if f"({p.name})" not in index] == []


def test_no_lock_names_a_registry_and_every_pin_has_a_hash() -> None:
    for path in sorted((ROOT / "requirements").glob("*.lock")):
        text = path.read_text("utf-8")
        assert "://" not in text
        pins = re.split(r"\n(?=[a-z0-9])", text.strip())
        assert len(pins) > 20
        assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
