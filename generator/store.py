"""The only door to the disk: seeds come in, generated files go out, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path

from filelock import FileLock, Timeout

from generator.model import OutputFile, PagePath, Problem, Seed, SeedbedError, SeedPath

MARKER = ".seedbed"
"""The file in the docs folder that says which of its neighbours are generated."""

CORRECTIONS = "corrections.yml"
"""The file at the top of the seeds folder in which people decide; it is no seed."""

ADDRESSES = "addresses.csv"
"""The file beside mkdocs.yml that keeps every document's address; it belongs to the seeds' history,
and lies not among them, because the seeds folder is people's: nothing is ever written there."""

_NOT_SEEDS = frozenset(
    {".gitkeep", ".gitignore", ".gitattributes", ".DS_Store", "Thumbs.db", "desktop.ini"}
)

_LARGEST = 100_000_000
"""Bytes; a larger file is an archive or a film, not an article."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run did to the docs folder."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: tuple[PagePath, ...] = ()
    """Files that a person wrote where we would have: theirs stay."""


@dataclass(frozen=True, slots=True)
class _Owned:
    """What in the docs folder is ours: whole folders, and single files while nobody edits them."""

    folders: frozenset[str] = frozenset()
    files: dict[str, list[str]] = field(default_factory=dict)
    """Top-level files, each with the digests that our versions of it have or had."""


def seed_paths(folder: Path) -> tuple[list[SeedPath], list[Problem]]:
    """List the seeds in a stable order, and what in their folder cannot be one.

    Links are not followed: what lies outside the seeds folder is not part of the corpus.
    Raises SeedbedError when there is no such folder.
    """
    if not folder.is_dir():
        raise SeedbedError(
            f"there is no seeds folder at {folder}", "Make it, and put text files in"
        )
    paths: list[SeedPath] = []
    problems: list[Problem] = []
    for entry in _walk(folder, folder, problems):
        path = SeedPath(entry.relative_to(folder).as_posix())
        if path == CORRECTIONS:
            continue
        reason = _refusal(entry, path)
        if reason:
            problems.append(_refused(path.encode("utf-8", "replace").decode(), *reason))
        else:
            paths.append(path)
    return sorted(paths), problems


def read_seed(folder: Path, path: SeedPath) -> Seed | Problem:
    """Read one seed, or say why it cannot be read."""
    try:
        return Seed(path, (folder / path).read_bytes())
    except OSError as error:
        return _refused(
            path,
            f"the file cannot be read ({error.strerror})",
            "Give yourself the right to read it",
        )


def read_corrections(folder: Path) -> str:
    """Read what people decided; no file is an empty one.

    Raises SeedbedError when there is a file that cannot be read: something may be withdrawn.
    """
    path = folder / CORRECTIONS
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        hint = "Give yourself the right to read it, or remove it"
        raise SeedbedError(f"{path} cannot be read ({error.strerror})", hint) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SeedbedError(f"{path}:{line} is not in UTF-8", "Save the file as UTF-8") from error


def read_addresses(root: Path) -> str:
    """Read the table of addresses of a project; no file is an empty one."""
    path = root / ADDRESSES
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        hint = "Save it as UTF-8, or take it from your last commit"
        raise SeedbedError(f"{path} is not in UTF-8", hint) from error


def write_addresses(root: Path, table: bytes) -> None:
    """Write the table of addresses, if it has changed."""
    write_file(root / ADDRESSES, table)


def write_tree(docs: Path, files: Iterable[OutputFile]) -> Changes:
    """Write the generated files, only where bytes differ, and remove those no longer made.

    A folder that we write into is ours as a whole: what else lies in it goes. A single file
    beside hand-written pages (`index.md`) is ours until a person edits it; then it is theirs.
    Raises SeedbedError when such a folder holds files and no marker of ours says it is ours.
    """
    docs.mkdir(parents=True, exist_ok=True)
    owned = _read_marker(docs)
    made: set[PagePath] = set()
    written = unchanged = 0
    kept: list[PagePath] = []
    for file in files:
        top, _, rest = file.path.partition("/")
        if not rest and _is_theirs(docs / top, owned.files.get(top, [])):
            kept.append(file.path)
            continue
        owned = _claim(docs, owned, file)
        made.add(file.path)
        changed = write_file(docs / file.path, file.data)
        written, unchanged = written + changed, unchanged + (not changed)
    removed = sum(remove_others(docs / name, docs, made) for name in sorted(owned.folders))
    _forget_old_versions(docs, owned)
    return Changes(written, unchanged, removed, tuple(kept))


def owned_paths(docs: Path) -> list[Path]:
    """List the folders and files in the docs folder that the generator writes."""
    owned = _read_marker(docs)
    return [docs / name for name in sorted(owned.folders | owned.files.keys())]


def hand_written(docs: Path) -> Iterator[OutputFile]:
    """Give the Markdown pages in the docs folder that are not the generator's, in order."""
    owned = _read_marker(docs)
    for path in files_below(docs, "*.md"):
        name = PagePath(path.relative_to(docs).as_posix())
        top = name.partition("/")[0]
        ours = top in owned.folders or (
            top in owned.files and not _is_theirs(path, owned.files[top])
        )
        if not ours and not any(part.startswith(".") for part in name.split("/")):
            yield OutputFile(name, path.read_bytes())


def remove_generated(docs: Path, others: Iterable[Path]) -> int:
    """Remove everything that a build makes, and count the places; hand-written files stay."""
    owned = _read_marker(docs)
    ours = [docs / name for name in owned.folders]
    ours += [
        docs / name for name, digests in owned.files.items() if not _is_theirs(docs / name, digests)
    ]
    gone = [path for path in (*ours, docs / MARKER, *others) if path.exists()]
    for path in gone:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return len(gone)


def write_file(target: Path, data: bytes) -> bool:
    """Write a file so that it is the old one or the new one at every moment; tell if it changed."""
    try:
        if target.read_bytes() == data:
            return False
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.write_bytes(data)
    part.replace(target)
    return True


def read_file(path: Path) -> bytes:
    """Read a whole file."""
    return path.read_bytes()


def digest(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files_below(folder: Path, name: str) -> Iterator[Path]:
    """Find the files of a name (or pattern) below a folder, in a stable order."""
    yield from sorted(path for path in folder.rglob(name) if path.is_file())


def copy_tree(source: Traversable, target: Path) -> None:
    """Copy a folder that came with the program; files that are there already stay."""
    for entry in source.iterdir():
        if entry.is_dir():
            copy_tree(entry, target / entry.name)
        elif not (target / entry.name).exists() and entry.name != "__init__.py":
            write_file(target / entry.name, entry.read_bytes())


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold a project for one run; the lock goes with the process, however it ends.

    Raises SeedbedError, naming the owner, when another run holds it.
    """
    state = root / ".seedbed"
    state.mkdir(parents=True, exist_ok=True)
    owner = state / "owner"
    try:
        with FileLock(state / "lock", timeout=0):
            write_file(owner, f"process {os.getpid()}".encode())
            yield
    except Timeout as error:
        who = owner.read_text("utf-8") if owner.exists() else "another process"
        message = f"another run of Seedbed works on {root} ({who})"
        raise SeedbedError(message, "Wait until it has ended") from error


def _walk(folder: Path, root: Path, problems: list[Problem]) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        path = folder.relative_to(root).as_posix()
        problems.append(
            _refused(
                path,
                f"the folder cannot be read ({error.strerror})",
                "Give yourself the right to read it",
            )
        )
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, root, problems)
        elif entry.name not in _NOT_SEEDS:
            yield folder / entry.name


def _refusal(entry: Path, path: SeedPath) -> tuple[str, str] | None:
    status = entry.lstat()
    if stat.S_ISLNK(status.st_mode):
        return "a link is not followed", "Put the file itself into the seeds folder"
    if not stat.S_ISREG(status.st_mode):
        return "this is no ordinary file", "Move it out of the seeds folder"
    if status.st_size > _LARGEST:
        return f"the file has more than {_LARGEST // 1_000_000} MB", "Split it into documents"
    if not path.isprintable() and any("\ud800" <= c <= "\udfff" for c in path):
        return "the file's name is no valid Unicode", "Rename it"
    return None


def _refused(path: str, message: str, hint: str) -> Problem:
    return Problem("E004", path, message, hint)


def _read_marker(docs: Path) -> _Owned:
    try:
        record = json.loads((docs / MARKER).read_bytes())
        return _Owned(frozenset(record["folders"]), record["files"])
    except FileNotFoundError:
        return _Owned()
    except (ValueError, KeyError, TypeError) as error:
        raise SeedbedError(
            f"{docs / MARKER} is damaged", "Remove it and the generated folders beside it"
        ) from error


def _write_marker(docs: Path, owned: _Owned) -> None:
    record = {
        "note": "Written by Seedbed. These folders are generated: anything else in them goes.",
        "folders": sorted(owned.folders),
        "files": owned.files,
    }
    write_file(docs / MARKER, f"{json.dumps(record, indent=1, sort_keys=True)}\n".encode())


def _claim(docs: Path, owned: _Owned, file: OutputFile) -> _Owned:
    """Note in the marker that a place is ours, before anything is written there."""
    top, _, rest = file.path.partition("/")
    if rest and top in owned.folders:
        return owned
    if rest:
        if (docs / top).is_dir() and any((docs / top).iterdir()):
            raise SeedbedError(
                f"{docs / top} holds files that Seedbed did not write",
                "Move them: this folder is for generated pages",
            )
        owned = _Owned(owned.folders | {top}, owned.files)
    else:
        digest = hashlib.sha256(file.data).hexdigest()
        before = [old for old in owned.files.get(top, []) if old != digest][-1:]
        owned = _Owned(owned.folders, {**owned.files, top: [*before, digest]})
    _write_marker(docs, owned)
    return owned


def _forget_old_versions(docs: Path, owned: _Owned) -> None:
    """Once everything is written, only what lies there is ours."""
    latest = {name: digests[-1:] for name, digests in owned.files.items()}
    there = frozenset(name for name in owned.folders if (docs / name).is_dir())
    _write_marker(docs, _Owned(there, latest))


def _is_theirs(path: Path, our_digests: list[str]) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() not in our_digests


def remove_others(folder: Path, root: Path, made: Collection[str]) -> int:
    """Remove what is not made any more, by its path below the root, and folders left empty."""
    removed = 0
    for place, folders, names in os.walk(folder, topdown=False):
        for name in names:
            path = Path(place, name)
            if path.relative_to(root).as_posix() not in made:
                path.unlink()
                removed += 1
        if (not names and not folders) or not any(Path(place).iterdir()):
            Path(place).rmdir()
    return removed
