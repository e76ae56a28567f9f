"""`seedbed export`: the site in other forms, each made of the site as it is now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.builds import (
    generate_docs,
    load,
    print_problems,
    run_options,
    show_progress,
)
from generator.cli.options import config_file as config_option
from generator.model import coded_error

if TYPE_CHECKING:
    from generator.exporting.published_site import PublishedSite
    from generator.publishing.mkdocs_build import Project

_overwrite = click.option("--overwrite", is_flag=True, help="Replace FILE if it exists.")
_target = click.argument(
    "target", metavar="[FILE]", required=False, type=click.Path(path_type=Path, dir_okay=False)
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what all exports have: the file to write, and the project."""
    return _target(_overwrite(config_option(command)))


@click.group()
def export() -> None:
    """Write the site in another form into FILE, after building it where it is out of date."""


@export.command("zip")
@_options
def export_zip(target: Path | None, overwrite: bool, config_file: Path) -> None:
    """Write a copy of the site that opens from disk, with its search (up to 2,000 documents)."""
    from generator.exporting.local_copy import LocalCopy, no_search
    from generator.files.archives import write_zip

    site = _published(load(config_file))
    path = _require_free(target or Path(f"{site.slug}.zip"), overwrite=overwrite)
    copy = LocalCopy(site)
    print_problems(no_search(copy))
    write_zip(path, copy.entries(path.stem))
    click.echo(f"Wrote {path}. Unpack it, and open {path.stem}/index.html in a browser.")


def _published(project: Project) -> PublishedSite:
    """Return the site of a project, built where seeds or settings changed."""
    from generator.exporting.published_site import PublishedSite
    from generator.files import project_lock
    from generator.pipeline.last_run import result_if_current
    from generator.publishing.publish import publish

    with project_lock(project.settings.root), show_progress() as (progress, _):
        options = run_options()
        result = result_if_current(project.settings, options)
        result = result or generate_docs(project, progress, options)
        publication = publish(project, progress, result)
    report = publication.report or result.report
    print_problems((*project.problems, *report.problems, *publication.problems))
    site = project.settings.site
    return PublishedSite(project.site, site.name, site.url, site.base_path, site.language)


def _require_free(path: Path, *, overwrite: bool) -> Path:
    if path.exists() and not overwrite:
        message = "there is a file of this name"
        raise coded_error("E081", path, message, "Name another file, or add --overwrite")
    return path
