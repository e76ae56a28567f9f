"""Entry point of `python -m generator`, which is the same as `seedbed`."""

from generator.cli import main

main()
