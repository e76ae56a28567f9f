"""A new project: the files beside this module, copied, and the theme."""

from __future__ import annotations

import uuid
from importlib import resources
from pathlib import Path

from generator.files import CORRECTIONS, copy_tree, write_file
from generator.model import SeedbedError


def create_project(folder: Path, name: str, site_id: str = "") -> tuple[str, ...]:
    """Make a project that builds as it is, and return which files it left as they were.

    It has a site id of its own unless one is given. Raises SeedbedError where there is a project
    already.
    """
    if (folder / "mkdocs.yml").exists():
        raise SeedbedError(f"{folder} holds a project already", "Choose another folder")
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
    found = tuple(path for path in files if (folder / path).exists())
    for path in files.keys() - set(found):
        write_file(folder / path, files[path])
    return found


def _quoted(name: str) -> str:
    """A name as a YAML string, whatever stands in it."""
    inner = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{" ".join(inner.split())}"'
