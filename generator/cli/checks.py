"""The commands that compare a site with its seeds: where it was built, and on any machine."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import msgspec

from generator.cli import options
from generator.model import counted

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@options.config_file
@click.option("--publish", "before_publishing", is_flag=True, help="Also say what is missing.")
@options.as_json
def check(config_file: Path, before_publishing: bool, as_json: bool) -> None:
    """Check the built site against its seeds."""
    from generator.checking.check import check as prove
    from generator.publishing.mkdocs_build import load_project
    from generator.publishing.readiness import NOT_ASKED, readiness
    from generator.publishing.results_in_words import proof_in_words

    project = load_project(config_file)
    proof = prove(project.settings, project.site)
    missing = readiness(project.settings, project.site) if before_publishing else NOT_ASKED
    if as_json:
        found = {"missing": [msgspec.to_builtins(problem) for problem in missing.problems]}
        click.echo(json.dumps({"schema": 1, **msgspec.to_builtins(proof), **found}))
    else:
        click.echo(proof_in_words(proof))
        for problem in (*proof.broken, *proof.warnings, *missing.problems):
            click.echo(str(problem), err=True)
        if before_publishing and missing.is_ready:
            click.echo("Nothing is missing that readers expect of a published site.")
    sys.exit(3 if proof.broken else int(not missing.is_ready))


@click.command("verify")
@click.argument("seeds", type=_FOLDER)
@click.argument("site", type=_FOLDER)
def verify_site(seeds: Path, site: Path) -> None:
    """Compare SEEDS and SITE with the manifest of the site.

    It has SHA-256 digests, in data/manifest.json.
    """
    from generator.checking.manifest import verify

    result = verify(seeds, site)
    for problem in (*result.differences, *result.others):
        click.echo(str(problem), err=True)
    differences = len(result.differences)
    outcome = counted(differences, "difference") if differences else "all unchanged"
    verified = f"{counted(result.files, 'file')} and {counted(result.seeds, 'seed')}"
    click.echo(f"Verified {verified}: {outcome}.")
    sys.exit(3 if result.differences else 0)
