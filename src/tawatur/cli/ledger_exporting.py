"""``tawatur ledger export``: the record as people decided, as data."""

from __future__ import annotations

import click

from tawatur.cli.common import Job
from tawatur.cli.ledger import ledger, opened, url_option
from tawatur.cli.run import form_option, show_as

__all__ = ["export", "ledger"]


@ledger.command("export")
@form_option
@click.option("--machine", is_flag=True, help="What readers found and runs made of it, without what people decided.")
@url_option
def export(form: str, machine: bool, url: str | None) -> None:
    """Print the record as data: claims as people decided about them, compared anew under their decisions.

    What was rejected is left out, corrected values and added claims are in. The ledger itself is not changed. For the
    whole record with its history see tawatur ledger dump.
    """
    from tawatur.ledger import as_decided

    with opened(url) as held, Job().telling() as told:
        comparison = held.comparison() if machine else as_decided(held, on_issue=told)
    show_as(comparison, form)
