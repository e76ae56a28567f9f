"""The seeds folder: which of its files are seeds. No other module walks it."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from generator.files import ignore_files
from generator.files.editor_note_files import is_editor_file
from generator.files.file_stats import FileStat, convert_stat
from generator.files.ignore_files import IgnoreFile, read_ignore_files
from generator.files.project_files import AUTHORITY, CORRECTIONS, METADATA
from generator.files.snapshot import Snapshot
from generator.model import LeftOut, Problem, SeedbedError, SeedPath, counted
from generator.model.ignore_rules import GITIGNORE, SAVED_PAGE, SEEDBEDIGNORE, Kind, Rule, rule_for
from generator.model.pictures import SUFFIXES

_MAX_SIZE = 100_000_000
"""Bytes. A larger file is an archive or a video, not an article."""

LINK_MESSAGE = "a link is not followed"
"""The message about a link; other packages look for it."""

_ANNEX = ".git/annex/objects/"
"""The folder to which the links of git-annex lead."""


class Seeds(msgspec.Struct, frozen=True):
    """The content of a seeds folder."""

    paths: tuple[SeedPath, ...]
    """The seeds, in a stable order."""
    problems: tuple[Problem, ...]
    """Files that look like seeds but cannot be read as such, and how many files are ignored."""
    left_out: tuple[LeftOut, ...]
    """The ignored files, without those that no message mentions."""
    page_pictures: frozenset[SeedPath] = frozenset()
    """The pictures in the folders that browsers save beside a page, and those in archives."""


class _Walked(msgspec.Struct, frozen=True):
    """The entries of a seeds folder, collected while it is walked."""

    files: dict[str, FileStat] = msgspec.field(default_factory=dict)
    """The files that no rule ignores."""
    ignore_files: dict[str, FileStat] = msgspec.field(default_factory=dict)
    folders: set[str] = msgspec.field(default_factory=set)
    inaccessible: dict[str, Problem] = msgspec.field(default_factory=dict)
    """Files and folders that cannot be accessed."""
    left_out: dict[str, Rule] = msgspec.field(default_factory=dict)
    """Entries that a rule ignores with a message; the path of a folder ends with a slash."""
    page_pictures: dict[str, FileStat] = msgspec.field(default_factory=dict)


class WalkedSeeds(msgspec.Struct, frozen=True):
    """A seeds folder as it was when it was walked, once for all that is asked of it."""

    folder: Path
    snapshot: Snapshot
    """Empty for a missing folder. A run also depends on the ignore files and on the names of
    ignored files that a message mentions, so they are in it too. A folder that cannot be accessed
    is listed as an unreadable file."""
    _walked: _Walked

    @property
    def files(self) -> Mapping[str, FileStat]:
        """The files that no rule ignores; those of the snapshot would be decoded one by one."""
        return self._walked.files

    def listed(self) -> Seeds:
        """Return the seeds, and the files of their folder that are not seeds.

        Links are not followed: their targets are not part of the corpus.
        Raises SeedbedError if there is no such folder.
        """
        if not self.folder.is_dir():
            raise SeedbedError(
                f"there is no seeds folder at {self.folder}", "Create it and put text files into it"
            )
        return _listed(self.folder, self._walked)


def walk_seeds(folder: Path) -> WalkedSeeds:
    """Walk a seeds folder."""
    walked = _Walked()
    _walk_folder(folder, "", (), walked)
    names_only = dict.fromkeys((*walked.inaccessible, *walked.left_out), FileStat(0, 0, 0))
    files = {**walked.files, **walked.ignore_files, **walked.page_pictures, **names_only}
    return WalkedSeeds(folder, Snapshot.of(files, walked.folders, str(folder)), walked)


def list_seeds(folder: Path) -> Seeds:
    """Return `WalkedSeeds.listed` of a folder now."""
    return walk_seeds(folder).listed()


def take_seeds_snapshot(folder: Path) -> Snapshot:
    """Return `WalkedSeeds.snapshot` of a folder now."""
    return walk_seeds(folder).snapshot


def _listed(folder: Path, walked: _Walked) -> Seeds:
    paths: list[SeedPath] = []
    problems = [problem for _, problem in sorted(walked.inaccessible.items())]
    for path, status in sorted(walked.files.items()):
        if path in {AUTHORITY, CORRECTIONS, METADATA} or is_editor_file(path):
            continue
        problem = _refusal(folder, path, status)
        if problem:
            problems.append(problem)
        else:
            paths.append(SeedPath(path))
    problems += _ignored_summary(walked.left_out)
    ignored = sorted(walked.left_out.items())
    left_out = tuple(LeftOut(_printable(path), rule.name) for path, rule in ignored)
    pictures = frozenset(map(SeedPath, walked.page_pictures))
    return Seeds(tuple(paths), tuple(problems), left_out, pictures)


def ignoring_rule(folder: Path, path: str) -> Rule | None:
    """Return the rule that ignores a path below the seeds folder or a folder above it, or None.

    A path that does not exist is treated as a file.
    """
    own_files: list[IgnoreFile] = []
    parent = ""
    for part in path.split("/"):
        siblings = _names(folder / parent)
        own_files += read_ignore_files(folder, parent, _ignore_file_names(folder / parent))
        kind = Kind.FOLDER if len(parent + part) < len(path) else _kind(folder / path)
        rule = _matching_rule(parent + part, kind, siblings, own_files)
        if rule:
            return rule
        parent += f"{part}/"
    return None


def seed_exists(folder: Path, path: str) -> bool:
    """Whether a file or folder has exactly this path below the seeds folder.

    A path such as `a.txt/`, or with an empty part, leads to a file that has another one.
    """
    return not {"", ".", ".."} & {*path.split("/")} and os.path.lexists(folder / path)


def is_ignore_file(path: str) -> bool:
    """Whether a path has the name of an ignore file."""
    return path.rpartition("/")[2] in ignore_files.NAMES


def _matching_rule(
    path: str, kind: Kind, siblings: Set[str], own_files: Sequence[IgnoreFile]
) -> Rule | None:
    """Return the rule that ignores a path, if no folder above it is ignored."""
    rule = rule_for(path.rpartition("/")[2], kind, siblings)
    if not own_files or (rule and rule.is_silent):
        return rule
    name = f"{path}/" if kind is Kind.FOLDER else path
    deepest_first = tuple(own_files)[::-1]
    is_ignored = _is_ignored(ignore_files.SEEDBED, name, deepest_first)
    if is_ignored:
        return SEEDBEDIGNORE
    if is_ignored is False and not (rule and rule.firm):
        return None
    if rule is None and _is_ignored(ignore_files.GIT, name, deepest_first):
        return GITIGNORE
    return rule


def _is_ignored(name: str, path: str, files: Iterable[IgnoreFile]) -> bool | None:
    """Whether the ignore files of a name ignore a path; None if none of them decides."""
    decisions = (file.decides(path) for file in files if file.name == name)
    return next((decision for decision in decisions if decision is not None), None)


def _walk_folder(
    root: Path, below: str, inherited: tuple[IgnoreFile, ...], walked: _Walked
) -> None:
    """Walk a folder and the folders in it; the path `below` the root ends with a slash."""
    try:
        entries = list(os.scandir(root / below))
    except FileNotFoundError:  # it was removed meanwhile
        return
    except OSError as error:
        path = below.rstrip("/")
        walked.inaccessible[path] = _unreadable(path or ".", "folder", error)
        return
    siblings = frozenset(entry.name for entry in entries)
    kinds = [_entry_kind(entry) for entry in entries]
    pairs = list(zip(entries, kinds, strict=True))
    names = (entry.name for entry, kind in pairs if kind is not Kind.FOLDER)
    own_files = (*inherited, *read_ignore_files(root, below, names))
    for entry, kind in pairs:
        path, is_folder = below + entry.name, kind is Kind.FOLDER
        rule = _matching_rule(path, kind, siblings, own_files)
        if entry.name in ignore_files.NAMES and not is_folder:
            _add(entry, path, walked.ignore_files, walked)
        elif rule and not rule.is_silent:
            walked.left_out[f"{path}/" if is_folder else path] = rule
            if rule is SAVED_PAGE:
                _add_pictures(root, f"{path}/", walked)
        elif rule is None and is_folder:
            walked.folders.add(path)
            _walk_folder(root, f"{path}/", own_files, walked)
        elif rule is None:
            _add(entry, path, walked.files, walked)


def _add_pictures(root: Path, below: str, walked: _Walked) -> None:
    """Add the pictures of a saved page; browsers save them in one folder without others."""
    with suppress(OSError):
        for entry in os.scandir(root / below):
            is_picture = PurePosixPath(entry.name).suffix.lower() in SUFFIXES
            is_hidden = entry.name.startswith(".") or not entry.name.isprintable()
            if is_picture and not is_hidden and _entry_kind(entry) is Kind.FILE:
                _add(entry, below + entry.name, walked.page_pictures, walked)


def _add(entry: os.DirEntry[str], path: str, files: dict[str, FileStat], walked: _Walked) -> None:
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # it was removed meanwhile
        return
    except OSError as error:
        walked.inaccessible[path] = _unreadable(path, "file", error)
        return
    files[path] = convert_stat(status)


def _entry_kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_file(follow_symlinks=False):
        return Kind.FILE
    return Kind.FOLDER if entry.is_dir(follow_symlinks=False) else Kind.OTHER


def _kind(path: Path) -> Kind:
    try:
        mode = os.lstat(path).st_mode
    except OSError:  # it does not exist or cannot be accessed
        return Kind.FILE
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    return Kind.FILE if stat.S_ISREG(mode) else Kind.OTHER


def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208  (names alone)
    except OSError:
        return frozenset()


def _ignore_file_names(folder: Path) -> Iterator[str]:
    yield from (name for name in ignore_files.NAMES if (folder / name).is_file())


def _refusal(folder: Path, path: str, status: FileStat) -> Problem | None:
    """Return the problem of a file that cannot be a seed, as far as its stat tells."""
    mode, size = status.mode, status.size
    if stat.S_ISLNK(mode) and _ANNEX in _target(folder / path):
        message = "this is a link of git-annex, and the text is stored elsewhere"
        hint = "Run `git annex get` and then `git annex unlock` on it"
        return Problem("E005", _printable(path), message, hint)
    if stat.S_ISLNK(mode):
        return _refused(path, LINK_MESSAGE, "Replace it with the file itself")
    if not stat.S_ISREG(mode):
        return _refused(path, "this is not a regular file", "Move it out of the seeds folder")
    if size > _MAX_SIZE:
        message = f"the file is larger than {_MAX_SIZE // 1_000_000} MB"
        return _refused(path, message, "Split it into documents")
    if not path.isprintable() and any("\ud800" <= character <= "\udfff" for character in path):
        return _refused(path, "the file name is not valid Unicode", "Rename the file")
    return None


def _target(link: Path) -> str:
    try:
        return os.readlink(link).replace("\\", "/")  # noqa: PTH115  (of any text)
    except OSError:
        return ""


def _ignored_summary(left_out: Mapping[str, Rule]) -> Iterator[Problem]:
    """Yield a message with the number of ignored files and an example for each rule.

    There is no message if only the user's own `.seedbedignore` files ignore something.
    """
    ignored = sorted(left_out.items())
    counts = Counter(rule for _, rule in ignored)
    if counts.keys() <= {SEEDBEDIGNORE}:
        return
    examples = {rule: _printable(path) for path, rule in reversed(ignored)}
    parts = (f"{count:,} {rule.noun(count)} ({examples[rule]})" for rule, count in counts.items())
    message = f"{_files_and_folders(ignored)} left out: {', '.join(parts)}"
    hint = "`seedbed explain PATH` says why; a line in seeds/.seedbedignore turns this message off"
    yield Problem("W019", "", message, hint, severity="warning")


def _files_and_folders(ignored: Iterable[tuple[str, Rule]]) -> str:
    counts = Counter("folder" if path.endswith("/") else "file" for path, _ in ignored)
    return " and ".join(counted(counts[word], word) for word in ("file", "folder") if counts[word])


def _unreadable(path: str, what: str, error: OSError) -> Problem:
    message = f"the {what} cannot be read ({error.strerror})"
    return _refused(path, message, "Make it readable")


def _refused(path: str, message: str, hint: str) -> Problem:
    return Problem("E004", _printable(path), message, hint)


def _printable(path: str) -> str:
    return path.encode("utf-8", "replace").decode()
