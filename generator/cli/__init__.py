"""The command line: the only package that prints, with a module for each group of commands."""

from __future__ import annotations


def main() -> None:
    """Run the command line.

    The commands are loaded here, because each worker process loads the module that has this
    function, for the program that was started, and runs no command.
    """
    from generator.cli import entry_point

    entry_point.main()
