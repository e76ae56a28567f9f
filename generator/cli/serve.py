"""`seedbed serve`: a preview in the browser, in which pages can be corrected."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import options
from generator.cli.project import load


@click.command()
@options.config_file
@click.option(
    "-a",
    "--dev-addr",
    metavar="HOST:PORT",
    help="Address of the server; by default that in mkdocs.yml, or 127.0.0.1:8000.",
)
@click.option("-o", "--open", "open_in_browser", is_flag=True, help="Open the site in a browser.")
@click.option("--desk/--no-desk", default=True, help="Offer to correct pages in the browser.")
def serve(config_file: Path, dev_addr: str | None, open_in_browser: bool, desk: bool) -> None:
    """Serve a preview that follows every change of a seed."""
    from generator.engine.worker_processes import reused_workers
    from generator.publishing import mkdocs_build

    with reused_workers():  # by every build of the preview
        mkdocs_build.serve(load(config_file), dev_addr, open_in_browser=open_in_browser, desk=desk)
