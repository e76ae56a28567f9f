"""The command that verifies a copy of a site, on any machine."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command("verify")
@click.argument("seeds", type=_FOLDER)
@click.argument("site", type=_FOLDER)
def verify_site(seeds: Path, site: Path) -> None:
    """Compare SEEDS and SITE with the SHA-256 digests in the site's data/manifest.json."""
    from generator.checking.manifest import verify

    result = verify(seeds, site)
    for problem in (*result.differences, *result.others):
        click.echo(str(problem), err=True)
    outcome = f"{len(result.differences):,} differences" if result.differences else "all unchanged"
    click.echo(f"Verified {result.files:,} files and {result.seeds:,} seeds: {outcome}.")
    sys.exit(3 if result.differences else 0)
