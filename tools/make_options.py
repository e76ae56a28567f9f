"""Make docs-site/docs/options.md from the commands themselves: `python -m tools.make_options`.

A test holds the page equal to what this returns, so that no option is missing there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from generator.cli.entry_point import seedbed

PAGE = Path(__file__).parents[1] / "docs-site" / "docs" / "options.md"

_HEAD = """\
# Options of the commands

<!-- Made by tools/make_options.py; do not edit. -->

`seedbed --help` and `seedbed COMMAND --help` print the same. [Commands](commands.md) says more \
about what each command does.
"""


def options_page() -> str:
    """Return the page with every command, its arguments and its options."""
    sections = (_section(path, command) for path, command in _commands("seedbed", seedbed))
    return "\n".join((_HEAD, *sections))


def _commands(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and those below it, each with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _commands(f"{path} {name}", command.commands[name])


def _section(path: str, command: click.Command) -> str:
    context = click.Context(command, info_name=path)
    usage = " ".join((path, *command.collect_usage_pieces(context)))
    text = " ".join((command.help or "").split())
    rows = "".join(_rows(command, context))
    table = f"\n| option | does |\n|---|---|\n{rows}" if rows else ""
    return f"## {path}\n\n{text}\n\n```text\n{usage}\n```\n{table}"


def _rows(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and "--help" not in parameter.opts:
            name, words = (part.replace("|", "\\|") for part in record)
            yield f"| `{name}` | {words} |\n"


if __name__ == "__main__":
    PAGE.write_text(options_page(), "utf-8")
