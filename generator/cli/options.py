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

strict = click.option("--strict", is_flag=True, help="Exit with 1 if there is any message.")
jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    help="Number of worker processes; by default the setting in mkdocs.yml, or all cores.",
)
cluster = click.option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    help="Dask cluster for the work: tls://HOST:PORT, tcp://HOST:PORT, or local:N to try it.",
)
accept = click.option(
    "--accept",
    is_flag=True,
    help="Continue even if most documents or words of the last run are missing.",
)
explain = click.option(
    *("--explain", "explained"),
    is_flag=False,
    flag_value="",
    metavar="[PATH]",
    help="Print what was outdated in each task, and why; with PATH, only for that seed or page.",
)
release = click.option(
    "--release", is_flag=True, help="Make the addresses of documents last from now on."
)
