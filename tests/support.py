"""What several tests share: projects in temporary folders, case files, and texts made at random."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import strategies as st

from generator.model import Seed, SeedPath
from generator.publishing import mkdocs_build

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
SEEDS = ROOT / "seeds"
THE_SEED = SEEDS / "000_d31272d3be4e717a.txt"

LAWS = int(os.environ.get("SEEDBED_LAWS", "0"))
"""How many times as many examples every law is to be tried with; 0: those of every day."""
EXAMPLES = 100 * max(1, LAWS)
"""With how many a law is tried that is neither dear nor cheap."""


@dataclass(frozen=True)
class Case:
    """One behaviour from a case file."""

    name: str
    given: Any
    expect: Any


def cases(file: str) -> pytest.MarkDecorator:
    """Parametrize a test with a file's cases; `known_wrong` marks one to be mended one day."""
    entries = yaml.safe_load((CASES / f"{file}.yml").read_text("utf-8"))
    parameters = []
    for entry in entries:
        wrong = entry.get("known_wrong")
        marks = [pytest.mark.xfail(reason=wrong, strict=True)] if wrong else []
        case = Case(entry["name"], entry["given"], entry.get("expect"))
        parameters.append(pytest.param(case, id=entry["name"], marks=marks))
    return pytest.mark.parametrize("case", parameters)


def seed(text: str | bytes, path: str = "a.txt") -> Seed:
    """Make a seed of a text."""
    return Seed(SeedPath(path), text.encode() if isinstance(text, str) else text)


def beside(found: object, what: str) -> None:
    """Skip a test of real texts where they do not lie beside the project, on any machine."""
    if not found:
        pytest.skip(f"needs {what} beside the project, in ../shared")


def needed(found: object, what: str) -> None:
    """Skip a test that lacks something, or fail it where everything must be there."""
    if found:
        return
    if os.environ.get("SEEDBED_REQUIRE_ALL"):
        pytest.fail(f"this machine should have {what}")
    pytest.skip(f"needs {what}")


def make_project(folder: Path, seeds: dict[str, str | bytes]) -> Path:
    """Make a project as `seedbed new` does, with these seeds; give its mkdocs.yml."""
    from generator.starter import create_project

    create_project(folder, "Test archive", "e4a0f6e2-6c1d-4b53-9d0e-3a1f5c7b9d20")
    for name, text in seeds.items():
        path = folder / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder / "mkdocs.yml"


def published(folder: Path, seeds: dict[str, str | bytes]) -> mkdocs_build.Project:
    """Make a project with these seeds, and its site."""
    from generator.pipeline.run import generate
    from generator.publishing.publish import publish

    project = mkdocs_build.load_project(make_project(folder, seeds))
    generate(project.settings)
    publish(project)
    return project


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder with its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def chromium() -> str | None:
    """Find a browser."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


_SIGNS = st.sampled_from(
    [*"*_`#>+-=~^|[](){}<>!&;:.\"'/\\$%@1 2\n\n", "  \n", "\n\n", "    ", "\t"]
)
_WORDS = st.sampled_from(
    [
        "word",
        "Words",
        "1986.",
        "12)",
        "<b>",
        "</p>",
        "&amp;",
        "http://a.b/c",
        ":smile:",
        "[^1]:",
        "---",
    ]
)

hostile_text = st.lists(st.one_of(_SIGNS, _WORDS, st.characters(codec="utf-8")), max_size=60).map(
    "".join
)
"""Texts that are rich in what means something to Markdown, HTML and YAML."""
