"""`seedbed new` and `seedbed theme`: the files of a project."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.options import config_file

LANGUAGES = ("en", "es", "fr", "de", "pt")
"""Those of `generator.starter`, which is imported only when a command runs."""

_QUESTIONS = {
    "name": "Name of the site",
    "language": f"Language of its labels ({', '.join(LANGUAGES)})",
    "url": "Web address that it will have",
    "rights": "Who may use the documents (such as CC BY 4.0)",
    "publisher": "Who publishes them",
}
_DEFAULTS = {"name": "My archive", "language": "en", "url": "", "rights": "", "publisher": ""}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="The name of the site.")
@click.option("--language", type=click.Choice(LANGUAGES), help="The language of its labels.")
@click.option("--url", help="The web address that it will have.")
@click.option("--rights", help="Who may use the documents: a licence, a statement, or words.")
@click.option("--publisher", help="The person or institution that publishes them.")
@click.option("--example", is_flag=True, help="Add a small corpus that shows what Seedbed does.")
def new(folder: Path, example: bool, **answers: str | None) -> None:
    """Create a project in FOLDER; on a terminal, ask what no option says."""
    from generator.publishing.site_urls import require_site_url
    from generator.starter import NewSite, create_project

    values = {key: answers[key] or _ask(key) for key in _QUESTIONS}
    url = values["url"].strip() or None
    if url:
        require_site_url(url)
    site = NewSite(
        values["name"].strip() or _DEFAULTS["name"],
        values["language"],
        url,
        values["rights"].strip() or None,
        values["publisher"].strip() or None,
    )
    for path in create_project(folder, site, has_example=example):
        click.echo(f"{folder / path} exists and was not changed.", err=True)
    _print_next_steps(folder, example=example)


def _ask(key: str) -> str:
    """Return the answer to a question; the default if nobody can be asked."""
    default = _DEFAULTS[key]
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return default
    kind = click.Choice(LANGUAGES) if key == "language" else str
    hint = "" if default else " [Enter: not yet known]"
    return str(
        click.prompt(
            f"{_QUESTIONS[key]}{hint}",
            default=default,
            show_default=bool(default),
            show_choices=False,
            type=kind,
        )
    )


def _print_next_steps(folder: Path, *, example: bool) -> None:
    first = "look at the example in" if example else "put your documents into"
    click.echo(f"Created {folder}. What to do next:")
    click.echo(f"  1. {first} {folder / 'seeds'}")
    click.echo(f"  2. cd {folder} && seedbed serve    shows the site, and follows every change")
    click.echo(f"  3. write {Path('docs') / 'about.md'}: where the documents come from")
    click.echo("  4. seedbed build && seedbed check --publish    says what is still missing")


@click.group()
def theme() -> None:
    """List the files of the theme, or copy some into the project to change them."""


@theme.command("files")
def list_files() -> None:
    """Print the files of the theme."""
    from generator.starter import theme_files

    click.echo("\n".join(theme_files()))


@theme.command()
@click.argument("names", nargs=-1, metavar="[FILE]...")
@click.option("--all", "all_files", is_flag=True, help="Copy the whole theme.")
@config_file
def eject(names: tuple[str, ...], all_files: bool, config_file: Path) -> None:
    """Copy each FILE of the theme into theme/, where you can change it.

    The rest stays with the program, and follows its version. Builders that do not run plugins need
    the whole theme.
    """
    from generator.publishing.mkdocs_build import load_project
    from generator.starter import THEME_FOLDER, eject_theme

    if bool(names) == all_files:
        message = "name files of the theme, or give --all; `seedbed theme files` lists them"
        raise click.UsageError(message)
    project = load_project(config_file)
    for path in eject_theme(project.settings.root, names):
        click.echo(f"Copied {THEME_FOLDER}/{path}.")
    if THEME_FOLDER not in project.theme_folders:
        click.echo(f"Add `custom_dir: {THEME_FOLDER}` below `theme:` in mkdocs.yml.")
