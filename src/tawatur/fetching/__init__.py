"""URLs of pages and feeds in, their bytes in a folder out, for ``tawatur run`` to read.

Nothing is fetched that is not asked for by name, and no address is asked that is not public unless it is allowed by
name. Whoever fetches is seen by the host that is asked, and by all on the way (``docs/fetching.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from tawatur.errors import FetchError, SettingsError
from tawatur.fetching.addresses import Allowed, public, target_of
from tawatur.fetching.kept import LIST, Kept, Known
from tawatur.model import Issue

if TYPE_CHECKING:
    from tawatur.fetching.answers import Asker
    from tawatur.fetching.network import Lookup
    from tawatur.model import OnIssue

__all__ = ["Allowed", "Fetched", "fetch", "public", "target_of"]
_FEED = "feed"  # the form of what a feed gives
_ADVICE = "the rest is fetched"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A URL and the file in which its answer lies; ``news`` False where the host had nothing newer than that file."""

    url: str
    file: Path
    news: bool


def fetch(
    urls: Iterable[str],
    out: Path,
    *,
    on_issue: OnIssue,
    allowed: Iterable[str] = (),
    entries: int = 0,
    authorities: Path | None = None,
    seconds: float = 60.0,
    pause: float = 1.0,
    lookup: Lookup | None = None,
) -> tuple[Fetched, ...]:
    """Ask for each URL and keep what comes in ``out``, a file each; of a feed also the first ``entries`` pages that it
    names. What is known from before is asked for only if it is newer.

    ``seconds`` is the time for one URL with its redirects, ``pause`` that between two questions to one host.
    ``authorities`` is a PEM file of certificates beside the usual ones. What cannot be fetched goes to ``on_issue``, a
    line each; the rest is fetched. Raises SettingsError without the extra ``fetch``, OSError where ``out`` cannot be
    written.
    """
    asker = _asker(allowed, authorities, seconds, pause, lookup)
    kept = Kept(out)
    if kept.damaged:
        on_issue(Issue(str(out / LIST), "", "damaged, and begun anew", "nothing is lost: all is fetched", "doubtful"))
    done: dict[str, Fetched] = {}
    for url in dict.fromkeys(urls):
        found = _one(url, asker, kept, on_issue)
        if found is not None:
            done[url] = found
            for page in _named(found.file, entries):
                if page not in done and (more := _one(page, asker, kept, on_issue)) is not None:
                    done[page] = more
    return tuple(done.values())


def _asker(
    allowed: Iterable[str], authorities: Path | None, seconds: float, pause: float, lookup: Lookup | None
) -> Asker:
    try:
        from tawatur.fetching.answers import Asker
        from tawatur.fetching.network import looked_up
    except ModuleNotFoundError as error:
        raise SettingsError(f"fetching needs {error.name}", "pip install 'tawatur[fetch]'") from None
    agent = f"tawatur/{version('tawatur')}"
    return Asker(agent, Allowed.of(allowed), authorities, seconds=seconds, pause=pause, lookup=lookup or looked_up)


def _one(url: str, asker: Asker, kept: Kept, on_issue: OnIssue) -> Fetched | None:
    known = kept.known(url)
    try:
        answer = asker.ask(url, known.headers() if known else {})
    except FetchError as error:
        on_issue(Issue(url, "", error.message, f"{error.advice}; {_ADVICE}"))
        return None
    if answer.unchanged:
        if known is None:
            on_issue(Issue(url, "", "the host says that nothing is new, of which nothing is known", _ADVICE))
            return None
        return Fetched(url, kept.folder / known.file, news=False)
    news = known is None or known.sha256 != Known.digest(answer.body)
    return Fetched(url, kept.keep(url, answer.url, answer.headers, answer.body), news)


def _named(file: Path, entries: int) -> Sequence[str]:
    """The first pages that a feed names; none for what is no feed."""
    if not entries:
        return []
    from tawatur import archive

    read = archive.read(file, on_issue=_passed_by)
    return list(dict.fromkeys(report.url for report in read if report.form == _FEED and report.url))[:entries]


def _passed_by(issue: Issue) -> None:
    """What a feed's own reading has to say is told when the folder is read."""
