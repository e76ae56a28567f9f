"""The command line: the only package that prints, with a module for each group of commands."""

from generator.cli.entry_point import main, seedbed

__all__ = ["main", "seedbed"]
