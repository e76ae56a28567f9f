"""The project as the last build read it: MkDocs need not be loaded to read mkdocs.yml again.

To load MkDocs takes half of a build in which nothing changed. What was read is used where it
follows from mkdocs.yml and from this program alone; any other project is read again in every run.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from generator.engine.database import RUN_VALUES, peek
from generator.engine.encoding import encode
from generator.engine.fingerprint import program_fingerprint
from generator.files import read_file
from generator.model import Problem
from generator.pipeline.last_run import DATABASE_FILE
from generator.settings import Settings

if TYPE_CHECKING:
    from generator.publishing.mkdocs_build import Project

PROJECT_KEY = "project"
"""The key of a project in the table of single values."""


class SavedProject(msgspec.Struct, frozen=True):
    """What was read from mkdocs.yml."""

    inputs: bytes
    """A digest of what it follows from."""
    places: tuple[str, ...]
    """The resolved paths of its folders, any of which can be a symbolic link."""
    settings: Settings
    site: Path
    fingerprint: str
    problems: tuple[Problem, ...]


def follows_from(config_file: Path) -> bool:
    """Whether a configuration inherits from no other file, and has no tags, such as `!ENV`."""
    content = read_file(config_file)
    return not any(mark in content for mark in (b"!", b"INHERIT"))


def encode_project(project: Project, fingerprint: str) -> bytes:
    """Return a project with this fingerprint as the value that `load_saved` decodes."""
    settings, site = project.settings, project.site
    inputs, places = _inputs(project.config_file), _places(settings, site)
    saved = SavedProject(inputs, places, settings, site, fingerprint, project.problems)
    return _ENCODER.encode(saved)


def load_saved(config_file: Path) -> SavedProject | None:
    """Return the project that was saved, if reading mkdocs.yml would give the same."""
    data = peek(config_file.resolve().parent / DATABASE_FILE, RUN_VALUES, PROJECT_KEY)
    try:
        saved = _DECODER.decode(data or b"")
    except msgspec.MsgspecError:  # missing, or of another version of the program
        return None
    if not config_file.is_file() or saved.inputs != _inputs(config_file):
        return None
    is_same = saved.settings.docs.is_dir() and saved.places == _places(saved.settings, saved.site)
    return saved if is_same else None


def _inputs(config_file: Path) -> bytes:
    inputs = (program_fingerprint(), str(config_file.absolute()), read_file(config_file))
    return hashlib.sha256(encode(inputs)).digest()


def _places(settings: Settings, site: Path) -> tuple[str, ...]:
    folders = (settings.root, settings.root / "theme", settings.docs, settings.seeds, site)
    return tuple(str(folder.resolve()) for folder in folders)


def _path(kind: type, value: Any) -> Path:
    if kind is Path:
        return Path(value)
    raise NotImplementedError(kind)


_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)  # a path
_DECODER = msgspec.msgpack.Decoder(SavedProject, dec_hook=_path)
