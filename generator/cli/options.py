"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

config_file = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The project's configuration.",
)

as_json = click.option(
    "--json", "as_json", is_flag=True, help="Print the result as one JSON object."
)
