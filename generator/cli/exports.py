"""`seedbed export`: the site in other forms, each made of the site as it is now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import config_file as config_option
from generator.cli.output import print_problems, show_progress
from generator.cli.project import generate_docs, load
from generator.model import coded_error, counted

if TYPE_CHECKING:
    from generator.exporting.published_site import PublishedSite
    from generator.publishing.mkdocs_build import Project

_overwrite = click.option("--overwrite", is_flag=True, help="Replace FILE if it exists.")
_target = click.argument(
    "target", metavar="[FILE]", required=False, type=click.Path(path_type=Path, dir_okay=False)
)
_collection = click.option(
    "--collection", metavar="FOLDER", help="Only the documents of this folder of seeds."
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what all exports have: the file to write, and the project."""
    return _target(_overwrite(config_option(command)))


@click.group()
def export() -> None:
    """Write the site as a file to take away. It is built first where it is out of date."""


@export.command("zip")
@_options
def export_zip(target: Path | None, overwrite: bool, config_file: Path) -> None:
    """Write a copy of the site that opens from disk. Up to 2,000 documents can be searched."""
    from generator.exporting.local_copy import LocalCopy, no_search
    from generator.files.archives import write_zip

    project = load(config_file)
    site = site_of(project)
    path = _prepare(project, target, f"{site.slug}.zip", overwrite=overwrite)
    copy = LocalCopy(site)
    print_problems(no_search(copy))
    write_zip(path, copy.entries(path.stem))
    click.echo(f"Wrote {path}. Unpack it, and open {path.stem}/index.html in a browser.")


@export.command("epub")
@_collection
@_options
def export_epub(
    target: Path | None, collection: str | None, overwrite: bool, config_file: Path
) -> None:
    """Write the documents as a book for e-readers."""
    from generator.exporting.book import Book
    from generator.exporting.epub import epub_entries
    from generator.files.archives import write_zip

    project = load(config_file)
    book = Book(site_of(project), collection)
    path = _prepare(project, target, f"{book.slug}.epub", overwrite=overwrite)
    write_zip(path, epub_entries(book))
    click.echo(f"Wrote {path} with {counted(len(book.documents), 'document')}.")


@export.command("pdf")
@_collection
@_options
def export_pdf(
    target: Path | None, collection: str | None, overwrite: bool, config_file: Path
) -> None:
    """Print the documents with the browser that is there."""
    from generator.exporting.book import Book
    from generator.exporting.pdf import find_browser, write_pdf

    find_browser()
    project = load(config_file)
    book = Book(site_of(project), collection)
    path = _prepare(project, target, f"{book.slug}.pdf", overwrite=overwrite)
    write_pdf(book, path, project.settings.root / ".seedbed" / "export")
    click.echo(f"Wrote {path} with {counted(len(book.documents), 'document')}.")


@export.command("bagit")
@_options
def export_bagit(target: Path | None, overwrite: bool, config_file: Path) -> None:
    """Write the site as a bag for archives (BagIt 1.0)."""
    from generator.exporting.bagit import bag_entries
    from generator.files.archives import write_zip

    project = load(config_file)
    site = site_of(project)
    path = _prepare(project, target, f"{site.slug}-bag.zip", overwrite=overwrite)
    write_zip(path, bag_entries(site, path.stem))
    click.echo(f"Wrote {path} with {counted(len(site.digests) + 1, 'file')}.")


@export.command("oai")
@click.option("--email", required=True, help="The mail address of the person in charge.")
@click.option("--gateway", metavar="URL", help="The gateway that serves the file by OAI-PMH.")
@_options
def export_oai(
    target: Path | None, email: str, gateway: str | None, overwrite: bool, config_file: Path
) -> None:
    """Write the documents as a repository for OAI-PMH. Gateways harvest from it."""
    from generator.exporting.oai import (
        FILE_NAME,
        Repository,
        recorded_days,
        repository_xml,
        require_repository,
    )
    from generator.files import build_date, read_addresses, write_parts

    project = load(config_file)
    site = site_of(project)
    path = _prepare(project, target, FILE_NAME, overwrite=overwrite)
    days = recorded_days(read_addresses(project.settings.root))
    repository = Repository(site, email, gateway, days, build_date())
    require_repository(repository)
    write_parts(path, repository_xml(repository))
    records = counted(len(site.documents), "record")
    click.echo(f"Wrote {path} with {records} of {repository.base_url}.")


def _prepare(project: Project, target: Path | None, name: str, *, overwrite: bool) -> Path:
    """Return the path of an export, and build the site where seeds or settings changed."""
    from generator.files import project_lock
    from generator.pipeline.last_run import result_if_current
    from generator.pipeline.options import Options
    from generator.publishing.publish import publish

    path = require_free(target or Path(name), project, overwrite=overwrite)
    options = Options(release=False)  # addresses that are drafts stay drafts
    with project_lock(project.settings.root), show_progress() as (progress, _):
        result = result_if_current(project.settings, options)
        result = result or generate_docs(project, progress, options)
        publication = publish(project, progress, result)
    report = publication.report or result.report
    print_problems((*project.problems, *report.problems, *publication.problems))
    return path


def site_of(project: Project) -> PublishedSite:
    """Return the site of a project; its files are read when they are needed."""
    from generator.exporting.published_site import PublishedSite

    site = project.settings.site
    return PublishedSite(
        project.site,
        site.name,
        site.url,
        site.base_path,
        site.language,
        site.description,
        project.settings.publisher,
    )


def require_free(path: Path, project: Project, *, overwrite: bool) -> Path:
    """Return the path of an export; raise SeedbedError where it would harm.

    In the seeds folder it would be a seed itself, and the tables and settings have no copy.
    """
    from generator.files import DOCUMENT_ADDRESSES, ENTITY_ADDRESSES

    root = project.settings.root
    own_files = (project.config_file, root / DOCUMENT_ADDRESSES, root / ENTITY_ADDRESSES)
    own_folders = (project.settings.seeds, root / ".seedbed")
    target = path.resolve()
    if target in {file.resolve() for file in own_files} or any(
        target.is_relative_to(folder.resolve()) for folder in own_folders
    ):
        message = "an export is not written over or among the files that a build reads"
        raise coded_error("E067", path, message, "Name a file outside of the seeds folder")
    if path.exists() and not overwrite:
        message = "there is a file of this name"
        raise coded_error("E081", path, message, "Name another file, or add --overwrite")
    return path
