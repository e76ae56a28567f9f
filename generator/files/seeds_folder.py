"""The seeds folder: which of its files are seeds. Whoever walks it, walks it here."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from generator.files import ignore_files
from generator.files.ignore_files import IgnoreFile, read_ignore_files
from generator.files.ignore_rules import GITIGNORE, SEEDBEDIGNORE, Kind, Rule, rule_for
from generator.files.project_files import CORRECTIONS
from generator.files.snapshot import FileStat, Snapshot
from generator.model import LeftOut, Problem, SeedbedError, SeedPath

_LARGEST = 100_000_000
"""Bytes; a larger file is an archive or a film, not an article."""

LINK_MESSAGE = "a link is not followed"
"""What the message about a link says."""

_ANNEX = ".git/annex/objects/"
"""Where git-annex keeps the files to which its links lead."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """What a seeds folder holds."""

    paths: tuple[SeedPath, ...]
    """The seeds, in a stable order."""
    problems: tuple[Problem, ...]
    """What cannot be a seed, though it looks like one, and how much is left out."""
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class _Walked:
    """A seeds folder as it was walked; filled on the way."""

    files: dict[str, FileStat] = field(default_factory=dict)
    """What no rule leaves out."""
    deciding: dict[str, FileStat] = field(default_factory=dict)
    """The ignore files."""
    folders: set[str] = field(default_factory=set)
    closed: dict[str, Problem] = field(default_factory=dict)
    """What nobody may look at."""
    left_out: dict[str, Rule] = field(default_factory=dict)
    """What a rule leaves out that is not silent; a folder's path ends with a slash."""


def list_seeds(folder: Path) -> Seeds:
    """List the seeds, and what in their folder is none.

    Links are not followed: what they lead to is not part of the corpus.
    Raises SeedbedError when there is no such folder.
    """
    if not folder.is_dir():
        raise SeedbedError(
            f"there is no seeds folder at {folder}", "Make it, and put text files in"
        )
    walked = _walk(folder)
    paths: list[SeedPath] = []
    problems = [problem for _, problem in sorted(walked.closed.items())]
    for path, status in sorted(walked.files.items()):
        if path == CORRECTIONS:
            continue
        problem = _refusal(folder, path, status)
        if problem:
            problems.append(problem)
        else:
            paths.append(SeedPath(path))
    problems += _counted(walked.left_out)
    found = sorted(walked.left_out.items())
    left_out = tuple(LeftOut(_printable(path), rule.name) for path, rule in found)
    return Seeds(tuple(paths), tuple(problems), left_out)


def take_seeds_snapshot(folder: Path) -> Snapshot:
    """Look at every seed, without reading any; no folder is an empty one.

    What decides about seeds is in it, too, and the names of what is left out, unless everybody
    leaves it out: a run depends on them. A folder into which nobody may look is as a file that
    nobody may read.
    """
    walked = _walk(folder)
    named = dict.fromkeys((*walked.closed, *walked.left_out), FileStat(0, 0, 0))
    files = {**walked.files, **walked.deciding, **named}
    return Snapshot(files, frozenset(walked.folders), str(folder))


def ignoring_rule(folder: Path, path: str) -> Rule | None:
    """Return the rule that leaves out one path below the seeds folder, or a folder above it.

    What is no longer there is judged as a file.
    """
    ignoring: list[IgnoreFile] = []
    above = ""
    for part in path.split("/"):
        beside = _names(folder / above)
        ignoring += read_ignore_files(folder, above, _no_folders(folder / above))
        kind = Kind.FOLDER if len(above + part) < len(path) else _kind(folder / path)
        rule = _judge(above + part, kind, beside, ignoring)
        if rule:
            return rule
        above += f"{part}/"
    return None


def seed_exists(folder: Path, path: str) -> bool:
    """Whether there is anything at a path below the seeds folder."""
    return ".." not in path.split("/") and os.path.lexists(folder / path)


def is_ignore_file(path: str) -> bool:
    """Whether a path below the seeds folder is that of an ignore file."""
    return path.rpartition("/")[2] in ignore_files.NAMES


def _judge(path: str, kind: Kind, beside: Set[str], ignoring: Sequence[IgnoreFile]) -> Rule | None:
    """Return what leaves out a path, where nothing leaves out the folders above it."""
    rule = rule_for(path.rpartition("/")[2], kind, beside)
    if not ignoring or (rule and rule.silent):
        return rule
    asked = f"{path}/" if kind is Kind.FOLDER else path
    deepest_first = tuple(ignoring)[::-1]
    said = _says(ignore_files.SEEDBED, asked, deepest_first)
    if said:
        return SEEDBEDIGNORE
    if said is False and not (rule and rule.firm):
        return None
    if rule is None and _says(ignore_files.GIT, asked, deepest_first):
        return GITIGNORE
    return rule


def _says(name: str, path: str, ignoring: Iterable[IgnoreFile]) -> bool | None:
    said = (one.decides(path) for one in ignoring if one.name == name)
    return next((decided for decided in said if decided is not None), None)


def _walk(folder: Path) -> _Walked:
    walked = _Walked()
    _look(folder, "", (), walked)
    return walked


def _look(root: Path, below: str, above: tuple[IgnoreFile, ...], walked: _Walked) -> None:
    """Walk one folder, whose path ends with a slash, and those below it."""
    try:
        entries = list(os.scandir(root / below))
    except FileNotFoundError:  # it went while we walked
        return
    except OSError as error:
        path = below.rstrip("/")
        walked.closed[path] = _closed(path or ".", "folder", error)
        return
    beside = frozenset(entry.name for entry in entries)
    kinds = [_entry_kind(entry) for entry in entries]
    pairs = list(zip(entries, kinds, strict=True))
    names = (entry.name for entry, kind in pairs if kind is not Kind.FOLDER)
    ignoring = (*above, *read_ignore_files(root, below, names))
    for entry, kind in pairs:
        path, folder = below + entry.name, kind is Kind.FOLDER
        rule = _judge(path, kind, beside, ignoring)
        if entry.name in ignore_files.NAMES and not folder:
            _add(entry, path, walked.deciding, walked)
        elif rule and not rule.silent:
            walked.left_out[f"{path}/" if folder else path] = rule
        elif rule is None and folder:
            walked.folders.add(path)
            _look(root, f"{path}/", ignoring, walked)
        elif rule is None:
            _add(entry, path, walked.files, walked)


def _add(entry: os.DirEntry[str], path: str, files: dict[str, FileStat], walked: _Walked) -> None:
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # it went while we walked
        return
    except OSError as error:
        walked.closed[path] = _closed(path, "file", error)
        return
    files[path] = FileStat(status.st_mtime_ns, status.st_size, status.st_mode)


def _entry_kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_file(follow_symlinks=False):
        return Kind.FILE
    return Kind.FOLDER if entry.is_dir(follow_symlinks=False) else Kind.OTHER


def _kind(path: Path) -> Kind:
    try:
        mode = os.lstat(path).st_mode
    except OSError:  # it is no longer there, or nobody may look
        return Kind.FILE
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    return Kind.FILE if stat.S_ISREG(mode) else Kind.OTHER


def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208  (names alone)
    except OSError:
        return frozenset()


def _no_folders(folder: Path) -> Iterator[str]:
    yield from (name for name in ignore_files.NAMES if (folder / name).is_file())


def _refusal(folder: Path, path: str, status: FileStat) -> Problem | None:
    """Say why a file cannot be a seed, as far as that can be seen without reading it."""
    mode, size = status.mode, status.size
    if stat.S_ISLNK(mode) and _ANNEX in _target(folder / path):
        message = "this is a link of git-annex, which keeps the text elsewhere"
        hint = "Run `git annex get` and then `git annex unlock` on it"
        return Problem("E005", _printable(path), message, hint)
    if stat.S_ISLNK(mode):
        return _refused(path, LINK_MESSAGE, "Put the file itself into the seeds folder")
    if not stat.S_ISREG(mode):
        return _refused(path, "this is no ordinary file", "Move it out of the seeds folder")
    if size > _LARGEST:
        message = f"the file has more than {_LARGEST // 1_000_000} MB"
        return _refused(path, message, "Split it into documents")
    if not path.isprintable() and any("\ud800" <= c <= "\udfff" for c in path):
        return _refused(path, "the file's name is no valid Unicode", "Rename it")
    return None


def _target(link: Path) -> str:
    try:
        return os.readlink(link).replace("\\", "/")  # noqa: PTH115  (of any text)
    except OSError:
        return ""


def _counted(left_out: Mapping[str, Rule]) -> Iterator[Problem]:
    """Say how much is left out, with an example of each rule, unless the person asked for it."""
    found = sorted(left_out.items())
    counts = Counter(rule for _, rule in found)
    if counts.keys() <= {SEEDBEDIGNORE}:
        return
    examples = {rule: _printable(path) for path, rule in reversed(found)}
    named = (f"{count:,} {rule.noun(count)} ({examples[rule]})" for rule, count in counts.items())
    message = f"{_how_many(found)} left out: {', '.join(named)}"
    hint = "`seedbed explain PATH` says why; a line in seeds/.seedbedignore ends this message"
    yield Problem("W019", "", message, hint, severity="warning")


def _how_many(found: Iterable[tuple[str, Rule]]) -> str:
    folders = Counter(path.endswith("/") for path, _ in found)
    words = {False: "file", True: "folder"}
    return " and ".join(
        f"{folders[kind]:,} {word}{'s' * (folders[kind] != 1)}"
        for kind, word in words.items()
        if folders[kind]
    )


def _closed(path: str, what: str, error: OSError) -> Problem:
    message = f"the {what} cannot be read ({error.strerror})"
    return _refused(path, message, "Give yourself the right to read it")


def _refused(path: str, message: str, hint: str) -> Problem:
    return Problem("E004", _printable(path), message, hint)


def _printable(path: str) -> str:
    return path.encode("utf-8", "replace").decode()
