"""Helpers of several tests: projects in temporary folders, case files and random texts."""

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
from generator.model.ledger import Draft
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from generator.reading.clean import clean
from generator.reading.structure.compose import compose
from generator.reading.structure.find_structure import find_structure

ROOT = Path(__file__).parents[1]

RELEASED = Options(release=True)
"""A run after which addresses last."""
CASES = Path(__file__).parent / "cases"
SEEDS = ROOT / "seeds"
THE_SEED = SEEDS / "000_d31272d3be4e717a.txt"

EXAMPLE_FACTOR = int(os.environ.get("SEEDBED_EXAMPLE_FACTOR", "0"))
"""Hundreds of examples of every law; 0: few enough for a run after each change."""
MAX_EXAMPLES = 100 * EXAMPLE_FACTOR or 60
"""Examples of a property test that is neither slow nor fast."""


@dataclass(frozen=True)
class Case:
    """One behaviour from a case file."""

    name: str
    given: Any
    expect: Any


def load_cases(file: str) -> Any:
    """Return the content of a case file."""
    # The parser in C, if PyYAML has it: the other one takes a second for all files.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((CASES / f"{file}.yml").read_text("utf-8"), loader)  # noqa: S506  (both are safe)


def cases(file: str) -> pytest.MarkDecorator:
    """Parametrize a test with the cases of a file; those with `known_wrong` must fail."""
    entries = load_cases(file)
    parameters = []
    for entry in entries:
        wrong = entry.get("known_wrong")
        marks = [pytest.mark.xfail(reason=wrong, strict=True)] if wrong else []
        case = Case(entry["name"], entry["given"], entry.get("expect"))
        parameters.append(pytest.param(case, id=entry["name"], marks=marks))
    return pytest.mark.parametrize("case", parameters)


def seed(text: str | bytes, path: str = "a.txt") -> Seed:
    """Return a seed with this text."""
    return Seed(SeedPath(path), text.encode() if isinstance(text, str) else text)


def skip_unless(available: object, what: str) -> None:
    """Skip a test of real texts on machines that do not have them."""
    if not available:
        pytest.skip(f"needs {what} beside the project, in ../shared")


def require(available: object, what: str) -> None:
    """Skip a test if something is missing; fail it if SEEDBED_REQUIRE_ALL is set."""
    if available:
        return
    if os.environ.get("SEEDBED_REQUIRE_ALL"):
        pytest.fail(f"this machine should have {what}")
    pytest.skip(f"needs {what}")


def make_project(folder: Path, seeds: dict[str, str | bytes], language: str = "en") -> Path:
    """Create a project with these seeds, as `seedbed new` does, and return its mkdocs.yml."""
    from generator.starter import NewSite, create_project

    site = NewSite("Test archive", language, url="https://example.org/")
    create_project(folder, site, "e4a0f6e2-6c1d-4b53-9d0e-3a1f5c7b9d20")
    for name, text in seeds.items():
        path = folder / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder / "mkdocs.yml"


def own_theme(folder: Path, *names: str) -> None:
    """Give a project its own copies of files of the theme; of all of them if none is named."""
    from generator.starter import eject_theme

    eject_theme(folder, names)
    config = folder / "mkdocs.yml"
    text = config.read_text("utf-8").replace("theme:\n", "theme:\n  custom_dir: theme\n")
    config.write_text(text, "utf-8")


def published(
    folder: Path, seeds: dict[str, str | bytes], language: str = "en"
) -> mkdocs_build.Project:
    """Create a project with these seeds and publish its site."""
    from generator.pipeline.generate import generate
    from generator.publishing.publish import publish

    project = mkdocs_build.load_project(make_project(folder, seeds, language))
    generate(project.settings, RELEASED)
    publish(project)
    return project


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def age_folders(root: Path) -> None:
    """Date the last change of each folder long ago; those that have such a date are left alone."""
    for folder in (root, *root.rglob("*")):
        if folder.is_dir() and not folder.is_symlink() and folder.stat().st_mtime > 10**9:
            os.utime(folder, (10**9, 10**9))


def chromium() -> str | None:
    """Return the path of a browser; None if there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


_CHARACTERS = st.sampled_from(
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

hostile_text = st.lists(
    st.one_of(_CHARACTERS, _WORDS, st.characters(codec="utf-8")), max_size=60
).map("".join)
"""Texts with many characters that have a meaning in Markdown, HTML or YAML."""


def settled_draft(text: str) -> Draft:
    """Return a text after all repairs and in blocks, with its ledger."""
    cleaned = clean(Draft(text)).draft
    return compose(cleaned, find_structure(cleaned.text)).draft
