"""`seedbed publish-addresses`: from now on the addresses of documents last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import config_file as config_option
from generator.cli.output import print_problems, show_progress
from generator.cli.project import generate_docs, load

if TYPE_CHECKING:
    from generator.model import Report


@click.command()
@config_option
def publish_addresses(config_file: Path) -> None:
    """Make the addresses of documents last from now on.

    A build with --release does so too.
    """
    from generator.files import project_lock
    from generator.pipeline.options import Options

    project = load(config_file)
    with project_lock(project.settings.root), show_progress() as (progress, _):
        result = generate_docs(project, progress, Options(release=True))
    print_problems(result.report.problems)
    click.echo(
        "The addresses of all documents last from now on, whatever becomes of their titles."
        " Commit addresses.csv and names.csv."
    )


def print_drafts(report: Report) -> None:
    """Print a line if the addresses of the documents may still change."""
    if report.has_draft_addresses:
        click.echo(
            "The addresses of documents are drafts: they follow corrected titles and dates."
            " `seedbed build --release` makes them last."
        )
