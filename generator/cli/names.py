"""`seedbed names`: the names of a corpus, as a list or in the form of seeds/names.csv."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.options import config_file as config_option


@click.command()
@config_option
@click.option("--export", is_flag=True, help="Print a table in the form of seeds/names.csv.")
def names(config_file: Path, export: bool) -> None:
    """List every name that is certain. It is a start for seeds/names.csv."""
    from generator.explain.found_names import as_csv, as_text, found_names
    from generator.publishing.mkdocs_build import load_project

    found = found_names(load_project(config_file).settings)
    # As bytes: the terminal's encoding may lack letters, and a spreadsheet needs UTF-8.
    click.echo(as_csv(found) if export else as_text(found).encode(), nl=False)
