"""`seedbed new` and `seedbed theme`: the files of a project."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import config_file as config_option
from generator.model import SeedbedError

if TYPE_CHECKING:
    from generator.starter import NewSite

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


def web_address(value: str) -> str:
    """Return a web address; one without a scheme is meant to begin with `https://`.

    Raises a usage error for one that cannot be used, after which a terminal asks again.
    """
    from generator.publishing.site_urls import require_site_url

    address = value.strip()
    if address and "://" not in address:
        address = f"https://{address}"
    if address and not address.startswith(("https://", "http://")):
        raise click.BadParameter("begin the address with https://")
    try:
        require_site_url(address)
    except SeedbedError as error:
        raise click.BadParameter(str(error)) from error
    return address


def _checked(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    return None if value is None else web_address(value)


_LANGUAGE = click.Choice(LANGUAGES)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="The name of the site.")
@click.option("--language", type=_LANGUAGE, help="The language of its labels.")
@click.option("--url", callback=_checked, help="The web address that it will have.")
@click.option("--rights", help="Who may use the documents: a licence, a statement, or words.")
@click.option("--publisher", help="The person or institution that publishes them.")
@click.option("--example", is_flag=True, help="Add a small corpus that shows what Seedbed does.")
def new(folder: Path, example: bool, **answers: str | None) -> None:
    """Create a project in FOLDER. On a terminal, ask what no option says."""
    from generator.starter import create_project, require_new

    require_new(folder)
    can_ask = sys.stdin.isatty() and sys.stdout.isatty()
    given = {key: value for key, value in answers.items() if value is not None}
    others = {key: _ask(key) for key in _QUESTIONS if key not in given} if can_ask else {}
    for path in create_project(folder, described_site(given | others), has_example=example):
        click.echo(f"{folder / path} exists and was not changed.", err=True)
    _print_next_steps(folder, example=example)


def described_site(answers: Mapping[str, str]) -> NewSite:
    """Return what the answers say of a new site; what has no answer has its default.

    A site without a name is called an archive in its own language.
    """
    from generator.starter import NewSite
    from generator.starter.words import WORDS

    values = {key: answers.get(key, "").strip() or default for key, default in _DEFAULTS.items()}
    return NewSite(
        answers.get("name", "").strip() or WORDS[values["language"]].archive,
        values["language"],
        values["url"] or None,
        values["rights"] or None,
        values["publisher"] or None,
    )


def _ask(key: str) -> str:
    """Return the answer of a person to a question."""
    default = _DEFAULTS[key]
    hint = "" if default else " [Enter: not yet known]"
    return str(
        click.prompt(
            f"{_QUESTIONS[key]}{hint}",
            default=default,
            show_default=bool(default),
            show_choices=False,
            type=_LANGUAGE if key == "language" else str,
            value_proc=web_address if key == "url" else None,
        )
    )


def _print_next_steps(folder: Path, *, example: bool) -> None:
    first = "look at the example in" if example else "put your documents into"
    enter = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    click.echo(f"Created {folder if enter else 'the project'}. What to do next:")
    click.echo(f"  1. {first} {folder / 'seeds'}")
    click.echo(f"  2. {enter}seedbed serve    shows the site, and follows every change")
    click.echo(f"  3. write {Path('docs') / 'about.md'}: where the documents come from")
    click.echo("  4. seedbed build && seedbed check --publish    says what is still missing")


@click.group()
def theme() -> None:
    """List the files of the theme, or copy some to change."""


@theme.command("files")
def list_files() -> None:
    """Print the files of the theme."""
    from generator.starter import theme_files

    click.echo("\n".join(theme_files()))


@theme.command()
@click.argument("names", nargs=-1, metavar="[FILE]...")
@click.option("--all", "all_files", is_flag=True, help="Copy the whole theme.")
@config_option
def eject(names: tuple[str, ...], all_files: bool, config_file: Path) -> None:
    """Copy each FILE into theme/, where you can change it.

    The rest stays with the program, and follows its version. Builders that do not run plugins need
    the whole theme.
    """
    from generator.publishing.mkdocs_build import load_project
    from generator.starter import THEME_FOLDER, eject_theme

    if bool(names) == all_files:
        message = "name files of the theme, or give --all; `seedbed theme files` lists them"
        raise click.UsageError(message)
    project = load_project(config_file)
    copied = eject_theme(project.settings.root, names)
    for path in copied:
        click.echo(f"Copied {THEME_FOLDER}/{path}.")
    if not copied:
        click.echo(f"Nothing was copied: these files are in {THEME_FOLDER}/ already, and stay.")
    if THEME_FOLDER not in project.theme_folders:
        click.echo(f"Add `custom_dir: {THEME_FOLDER}` below `theme:` in mkdocs.yml.")
