"""``tawatur fetch``: pages and feeds asked for by name, into a folder."""

from __future__ import annotations

from pathlib import Path

import click

from tawatur.cli.common import NOTHING, REFUSED, Job, plain


@click.command()
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to keep the answers in, a file each; tawatur run reads it.",
)
@click.option(
    "--entries", default=0, show_default=True, type=click.IntRange(0, 1000), help="Pages of each feed as well."
)
@click.option(
    "--allow",
    "allowed",
    multiple=True,
    metavar="HOST[:PORT]",
    help="A host that may be asked though it is not public, or at another port. May be given several times.",
)
@click.option(
    "--ca",
    "authorities",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificates (PEM) to trust beside the usual ones.",
)
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(1, 600), help="For one URL, at most.")
@click.pass_context
def fetch(
    context: click.Context,
    /,
    urls: tuple[str, ...],
    out: Path,
    entries: int,
    allowed: tuple[str, ...],
    authorities: Path | None,
    seconds: float,
) -> None:
    """Ask for pages and feeds by name and keep their bytes in a folder.

    This is the one command that uses the network. Who runs the host, and all on the way, see who asks for what: do not
    fetch from where that endangers somebody. Only public addresses are asked, redirects included. A second time only
    what is newer is asked for.

    \b
    Examples:
      tawatur fetch https://example.org/feed.xml --out in/example --entries 20
      tawatur run in/example --out out/example
    """
    from tawatur import fetching

    job = Job(rest="fetch fewer at a time to see them all")
    with job.telling() as told:
        found = fetching.fetch(
            urls,
            out,
            on_issue=told,
            allowed=allowed,
            entries=entries,
            authorities=authorities,
            seconds=seconds,
        )
    for one in found:
        click.echo(plain(f"{one.file}{'' if one.news else ' (nothing new)'} {one.url}"))
    context.exit(NOTHING if not found else REFUSED if job.refused else 0)
