"""A new project: the files of this package; the theme comes with the program."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from generator.files import CORRECTIONS, write_file
from generator.model import SeedbedError, did_you_mean
from generator.starter.words import WORDS

LANGUAGES = tuple(WORDS)
"""The languages that a new project can have."""

THEME_FOLDER = "theme"
"""The folder of a project for its own files of the theme."""


class NewSite(msgspec.Struct, frozen=True):
    """What the owner of a new site says about it; None where nothing was said."""

    name: str
    language: str = "en"
    url: str | None = None
    rights: str | None = None
    publisher: str | None = None


def require_new(folder: Path) -> None:
    """Raise SeedbedError if a folder has a project already."""
    if (folder / "mkdocs.yml").exists():
        raise SeedbedError(f"{folder} contains a project already", "Choose another folder")


def create_project(
    folder: Path, site: NewSite, site_id: str | None = None, *, has_example: bool = False
) -> tuple[str, ...]:
    """Create a project that can be built, and return the existing files that were not replaced.

    Its site id is random unless one is given. Raises SeedbedError if the folder has a project
    already.
    """
    require_new(folder)
    package = resources.files("generator").joinpath("starter")
    words = WORDS[site.language]
    files = {
        "seeds/.gitkeep": b"",
        f"seeds/{CORRECTIONS}": package.joinpath("corrections.yml").read_bytes(),
        "docs/about.md": f"# {words.about}\n\n{words.to_write}\n".encode(),
        ".gitignore": package.joinpath("gitignore").read_bytes(),
        ".gitattributes": package.joinpath("gitattributes").read_bytes(),
        "mkdocs.yml": _settings(package.joinpath("mkdocs.yml").read_text("utf-8"), site, site_id),
    }
    if has_example:
        example = package.joinpath("example", site.language)
        files |= {f"seeds/{path}": data for path, data in _tree(example)}
    existing = tuple(path for path in files if (folder / path).exists())
    for path in files.keys() - set(existing):
        write_file(folder / path, files[path])
    return existing


def _settings(template: str, site: NewSite, site_id: str | None) -> bytes:
    """Return the settings of a new site; a line whose value is unknown is left out."""
    words = WORDS[site.language]
    values = {
        "SITE_NAME": site.name,
        "SITE_URL": site.url,
        "SITE_LANGUAGE": site.language,
        "SITE_RIGHTS": site.rights,
        "SITE_PUBLISHER": site.publisher,
        "SITE_ID": site_id or str(uuid.uuid4()),
        "TO_LIGHT": words.to_light,
        "TO_DARK": words.to_dark,
        "TO_SYSTEM": words.to_system,
        "HOME:": words.home,
        "ABOUT:": words.about,
    }
    return "".join(_filled(template.splitlines(keepends=True), values)).encode()


def _filled(lines: Iterable[str], values: dict[str, str | None]) -> Iterator[str]:
    for line in lines:
        key = next((word for word in line.split() if word in values), None)
        value = values[key] if key else None
        if key is None:
            yield line
        elif value is not None:
            yield line.replace(key, f"{_quoted(value)}{':' if key.endswith(':') else ''}", 1)


def _quoted(text: str) -> str:
    """Return any text as a YAML string on one line; JSON is YAML."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _tree(folder: Traversable, parent: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield every file of a folder of the program, by its path below it."""
    for packaged in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if packaged.is_dir():
            yield from _tree(packaged, f"{parent}{packaged.name}/")
        elif not packaged.name.endswith((".py", ".pyc")):
            yield f"{parent}{packaged.name}", packaged.read_bytes()


def eject_theme(folder: Path, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Copy files of the theme into a project, all if none is named; return the copied ones.

    Files that the project has already stay as they are. Raises SeedbedError if a name is no file
    of the theme; a name that ends with a slash means all files of a folder.
    """
    files = dict(_tree(resources.files("generator").joinpath("theme")))
    wanted: dict[str, bytes] = {}
    for name in names:
        found = {path: files[path] for path in files if path == name or _is_below(path, name)}
        if not found:
            hint = did_you_mean(name, files, f"`seedbed {THEME_FOLDER} files` lists them")
            raise SeedbedError(f"the theme has no file {name}", hint)
        wanted |= found
    target = folder / THEME_FOLDER
    copied = tuple(path for path in (wanted or files) if not (target / path).exists())
    for path in copied:
        write_file(target / path, files[path])
    return copied


def _is_below(path: str, folder: str) -> bool:
    return folder.endswith("/") and path.startswith(folder)


def theme_files() -> tuple[str, ...]:
    """Return the paths of all files of the theme."""
    return tuple(path for path, _ in _tree(resources.files("generator").joinpath("theme")))
