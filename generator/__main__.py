"""Lets `python -m generator` do what `seedbed` does."""

from generator.cli import main

main()
