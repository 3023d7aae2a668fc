"""What a run was asked to do, and the record of what did it: versions, pack hash, options, seed."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal, get_args

from tawatur.errors import SettingsError

#: Seeds whatever draws at random. Nothing in the job does today; it is recorded so that it stays told.
SEED = 20161217
#: Libraries whose version can change a result.
LIBRARIES = ("hijridate", "rapidfuzz", "resiliparse")
#: What a run reads again beside what is new or changed.
Redo = Literal["needed", "failed", "outdated", "all", "none"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of a run. ``processes`` 0 means every core; ``out`` is where claims are kept for a resume."""

    published: str | None = None
    outlet: str | None = None
    encoding: str | None = None
    packs: tuple[Path, ...] = ()
    processes: int = 1
    out: Path | None = None
    reader: str = "grammar"
    columns: tuple[tuple[str, str], ...] = ()
    redo: Redo = "needed"

    def __post_init__(self) -> None:
        if self.redo not in get_args(Redo):
            raise SettingsError(f"redo is {self.redo!r}", f"give one of {', '.join(get_args(Redo))}")
        if self.redo != "needed" and self.out is None:
            raise SettingsError("nothing is kept without an output folder, and nothing to be redone", "give --out")
        if self.processes < 0:
            raise SettingsError(f"processes is {self.processes}", "give 1 or more, or 0 for every core")

    def beside(self, paths: tuple[str | Path, ...]) -> None:
        """Raise SettingsError when ``out`` lies in a folder that is read: a later run would read its files."""
        if self.out is None:
            return
        out = self.out.resolve()
        for path in (Path(p) for p in paths if str(p) != "-"):
            if path.is_dir() and out.is_relative_to(path.resolve()):
                reason = f"the output folder {self.out} lies inside the input {path}"
                raise SettingsError(reason, "choose one outside it")


def versions() -> dict[str, str]:
    """Versions of tawatur, of Python and of the libraries that can change a result."""
    return {
        "tawatur": version(),
        "python": python_version(),
        **{name: metadata.version(name) for name in LIBRARIES},
    }


def python_version() -> str:
    """The version of Python."""
    return platform.python_version()


def version() -> str:
    """The installed version of tawatur."""
    return metadata.version("tawatur")
