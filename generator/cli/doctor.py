"""`seedbed doctor`: what the program runs on, for a report of a fault or a first look."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from generator import __version__
from generator.model import counted

_PACKAGES = ("mkdocs", "mkdocs-material", "pypdfium2", "spacy")
_OPTIONAL = {"spacy": "only the setting `names` needs it"}
"""Packages that are not installed with the program, and for what."""
_PROGRAMS = {
    "git": "keeps the history of a project",
    "tesseract": "recognises the words of scans, with the setting `ocr`",
    "chromium": "prints a site as PDF",
}
"""Programs that Seedbed or its user may need, and for what."""

_FILES = {
    "mkdocs.yml": "run `seedbed new`, or change to the folder of the project",
    "seeds": "create the folder, and put documents into it",
    "docs": "create the folder",
    "addresses.csv": "it is written by `seedbed build --release`; commit it",
}
"""What a project has, and what to do without it."""


@click.command()
def doctor() -> None:
    """Print versions, programs, and what is missing here.

    This is for a report of a fault, or a first look.
    """
    click.echo("\n".join((*_machine(), *_packages(), *_programs(), *_project(Path.cwd()))))


def _machine() -> Iterator[str]:
    yield f"seedbed {__version__}"
    yield f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    yield counted(os.cpu_count() or 1, "core")


def _packages() -> Iterator[str]:
    for name in _PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            purpose = f"; {_OPTIONAL[name]}" if name in _OPTIONAL else ""
            yield f"{name}: not installed{purpose}"


def _programs() -> Iterator[str]:
    for name, purpose in _PROGRAMS.items():
        if shutil.which(name) is None:
            yield f"{name}: not found; it {purpose}"
        else:
            yield f"{name}: found"


def _project(folder: Path) -> Iterator[str]:
    """Yield what a project has and lacks; a folder that is none lacks nothing."""
    if not any((folder / name).exists() for name in _FILES):
        yield "no project here; `seedbed new` starts one, and in its folder this says what it lacks"
        return
    for name, remedy in _FILES.items():
        exists = (folder / name).exists()
        yield f"{name}: found" if exists else f"{name}: not found here; {remedy}"
