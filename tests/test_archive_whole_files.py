"""Files that appear whole or not at all, and what killed runs left of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tawatur.archive.whole_files import remove_stale, write_whole


def test_drafts_of_yesterday_go_and_one_that_is_put_in_place_meanwhile_stops_nobody(tmp_path: Path) -> None:
    old, fresh, moved = (tmp_path / f".{name}.draft" for name in ("old", "fresh", "moved"))
    old.write_bytes(b"x")
    os.utime(old, (0, 0))
    fresh.write_bytes(b"x")
    moved.symlink_to(tmp_path / "gone")  # listed, and not there when it is looked at
    remove_stale(tmp_path)
    assert (old.exists(), fresh.exists()) == (False, True)


def test_what_breaks_off_leaves_the_file_as_it_was_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, b"before")

    def pieces() -> object:
        yield b"after"
        raise ValueError("broken off")

    with pytest.raises(ValueError, match="broken off"):
        write_whole(path, pieces())  # type: ignore[arg-type]
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.txt", b"before")]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none" / "a.txt"
    with pytest.raises(FileNotFoundError) as told:
        write_whole(path, b"x")
    assert told.value.filename == str(path)
