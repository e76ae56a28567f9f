"""`seedbed explain`: every decision about one document or one name."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator.cli import options
from generator.cli.project import load


@click.command()
@click.argument("what", metavar="SEED|NAME")
@options.config_file
@options.as_json
def explain(what: str, config_file: Path, as_json: bool) -> None:
    """Show every decision about a SEED or a NAME, and why."""
    from generator.explain import name as names
    from generator.explain import seed as seeds

    settings = load(config_file).settings
    if seeds.looks_like_seed(settings, what):
        decisions, as_text = seeds.explain_seed(settings, what), seeds.as_text
    else:
        decisions, as_text = names.explain_name(settings, what), names.as_text
    click.echo(json.dumps(decisions, ensure_ascii=False) if as_json else as_text(decisions))
