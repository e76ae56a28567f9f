"""A new project: the files beside this module, copied, and the theme."""

from __future__ import annotations

import uuid
from importlib import resources
from pathlib import Path

from generator import store
from generator.model import SeedbedError


def start(folder: Path, name: str, site_id: str = "") -> None:
    """Make a project that builds as it is, with a site id of its own unless one is given.

    Raises SeedbedError where there is one already.
    """
    if (folder / "mkdocs.yml").exists():
        raise SeedbedError(f"{folder} holds a project already", "Choose another folder")
    package = resources.files("generator")
    template = package.joinpath("starter/mkdocs.yml").read_text("utf-8")
    store.copy_tree(package.joinpath("theme"), folder / "theme")
    store.write_file(folder / "seeds" / ".gitkeep", b"")
    store.write_file(
        folder / "seeds" / store.CORRECTIONS,
        package.joinpath("starter/corrections.yml").read_bytes(),
    )
    store.write_file(
        folder / "docs" / "about.md", package.joinpath("starter/about.md").read_bytes()
    )
    for hidden in ("gitignore", "gitattributes"):
        store.write_file(folder / f".{hidden}", package.joinpath("starter", hidden).read_bytes())
    settings = template.replace("SITE_ID", _quoted(site_id or str(uuid.uuid4())))
    store.write_file(folder / "mkdocs.yml", settings.replace("SITE_NAME", _quoted(name)).encode())


def _quoted(name: str) -> str:
    """A name as a YAML string, whatever stands in it."""
    inner = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{" ".join(inner.split())}"'
