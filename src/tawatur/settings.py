"""What a run was asked to do, and the record of what did it: versions, pack hash, options, seed."""

from __future__ import annotations

import codecs
import platform
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from tawatur.errors import SettingsError

#: Seeds whatever draws at random. Nothing in the job does today; it is recorded so that it stays told.
SEED = 20161217
#: Libraries whose version can change a result.
LIBRARIES = ("hijridate", "rapidfuzz", "resiliparse")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?")


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

    def __post_init__(self) -> None:
        _check_published(self.published)
        _check_encoding(self.encoding)
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
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in LIBRARIES},
    }


def version() -> str:
    """The installed version of tawatur."""
    return metadata.version("tawatur")


def _check_published(published: str | None) -> None:
    if published is not None and not _DATE.fullmatch(published):
        raise SettingsError(f"published is {published!r}", "write an ISO date like 2016-12-17 or 2016-12-17T10:05:00Z")


def _check_encoding(encoding: str | None) -> None:
    if encoding is None:
        return
    try:
        codecs.lookup(encoding)
    except LookupError:
        advice = "try utf-8, windows-1256 or iso-8859-6, or leave it out to have it detected"
        raise SettingsError(f"unknown encoding {encoding!r}", advice) from None
