"""The generator's settings: one frozen value, made once from `extra.seedbed` in mkdocs.yml."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.model import SeedbedError


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are, and what the user wants to be different."""

    root: Path
    """The folder of mkdocs.yml; every other path is relative to it."""
    docs: Path
    """The Markdown folder, hand-written and generated pages side by side."""
    site_description: str = ""
    extensions: tuple[str, ...] = ()
    """The Markdown extensions of the site, by name."""
    seeds: Path = Path("seeds")
    """`extra.seedbed.seeds`: the folder of the corpus."""
    jobs: int = 0
    """`extra.seedbed.jobs`: how many processes work; 0 means as many as there are cores."""
    review: bool = False
    """`extra.seedbed.review`: whether the site has a page with what is open about names."""


OPTIONS = {"seeds": str, "jobs": int, "review": bool}
"""Every key of `extra.seedbed` with the type of its value."""


def from_mapping(
    options: object,
    *,
    root: Path,
    docs: Path,
    site_description: str = "",
    extensions: tuple[str, ...] = (),
) -> Settings:
    """Make the settings from the `extra.seedbed` mapping, refusing what is not understood.

    Raises SeedbedError for a key that no setting has (naming the nearest) or a value of a
    wrong type, because a setting that is silently ignored is a promise silently broken.
    """
    if options is None:
        options = {}
    if not isinstance(options, Mapping):
        raise SeedbedError(
            "extra.seedbed in mkdocs.yml is not a mapping", "Write `key: value` lines below it"
        )
    for key, value in options.items():
        _require_known(str(key))
        _require_type(str(key), value)
    return Settings(
        root=root,
        docs=docs,
        site_description=site_description,
        extensions=extensions,
        seeds=root / options.get("seeds", "seeds"),
        jobs=options.get("jobs", 0),
        review=options.get("review", False),
    )


def _require_known(key: str) -> None:
    if key not in OPTIONS:
        near = difflib.get_close_matches(key, OPTIONS, n=1)
        hint = (
            f"Did you mean `{near[0]}`?"
            if near
            else f"Known settings: {', '.join(sorted(OPTIONS))}"
        )
        raise SeedbedError(f"extra.seedbed.{key} in mkdocs.yml is no setting", hint)


def _require_type(key: str, value: object) -> None:
    if not isinstance(value, OPTIONS[key]):
        kind = OPTIONS[key].__name__
        raise SeedbedError(
            f"extra.seedbed.{key} in mkdocs.yml is {value!r}",
            f"It takes a {kind}, as the docs on settings show",
        )
