"""A new project: the files of this package and the theme."""

from __future__ import annotations

import uuid
from importlib import resources
from pathlib import Path

from generator.files import CORRECTIONS, copy_tree, write_file
from generator.model import SeedbedError


def create_project(folder: Path, name: str, site_id: str = "") -> tuple[str, ...]:
    """Create a project that can be built, and return the existing files that were not replaced.

    Its site id is random unless one is given. Raises SeedbedError if the folder has a project
    already.
    """
    if (folder / "mkdocs.yml").exists():
        raise SeedbedError(f"{folder} contains a project already", "Choose another folder")
    package = resources.files("generator")
    template = package.joinpath("starter/mkdocs.yml").read_text("utf-8")
    copy_tree(package.joinpath("theme"), folder / "theme")
    settings = template.replace("SITE_ID", _quoted(site_id or str(uuid.uuid4())))
    files = {
        "seeds/.gitkeep": b"",
        f"seeds/{CORRECTIONS}": package.joinpath("starter/corrections.yml").read_bytes(),
        "docs/about.md": package.joinpath("starter/about.md").read_bytes(),
        ".gitignore": package.joinpath("starter/gitignore").read_bytes(),
        ".gitattributes": package.joinpath("starter/gitattributes").read_bytes(),
        "mkdocs.yml": settings.replace("SITE_NAME", _quoted(name)).encode(),
    }
    existing = tuple(path for path in files if (folder / path).exists())
    for path in files.keys() - set(existing):
        write_file(folder / path, files[path])
    return existing


def _quoted(text: str) -> str:
    """Return any text as a YAML string on one line."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{" ".join(inner.split())}"'
