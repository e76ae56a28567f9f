"""The desk of one project: it writes decisions into the seeds folder, and takes them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

import msgspec

from generator.corrections import (
    FILE,
    NAMES_FILE,
    parse_authority,
    parse_corrections,
    parse_editor_note,
)
from generator.desk.csv_edits import apply_row
from generator.desk.edits import DecisionError, Edit, NoteEdit, RowEdit, describe
from generator.desk.history import (
    PastDecision,
    describe_change,
    digest,
    load_history,
    save_history,
    text_before,
)
from generator.desk.known_names import KnownNames
from generator.desk.parse_decision import read_decision
from generator.desk.yaml_edits import apply_edit
from generator.files import build_date
from generator.files.editable_files import read_editable, write_editable
from generator.model import Problem, SeedbedError

HISTORY = Path(".seedbed") / "decisions.json"


class ChangedError(Exception):
    """A file was changed since the person saw it; the text is its name."""


class Desk(msgspec.Struct, frozen=True):
    """Writes the corrections of a project; its methods may be called by several threads."""

    root: Path
    known_names: KnownNames
    lock: Lock

    @property
    def seeds(self) -> Path:
        """The folder whose files it writes."""
        return self.known_names.seeds

    @property
    def version(self) -> str:
        """The digest of both files as they are now, which a decision must name."""
        return digest("\0".join(self._text(path) or "" for path in (FILE, NAMES_FILE)))

    @property
    def history(self) -> tuple[PastDecision, ...]:
        """The decisions that can be undone, oldest first."""
        return load_history(self.root / HISTORY)

    def read(self, bodies: Iterable[object]) -> tuple[Edit, ...]:
        """Return the edits that decisions ask for; raise DecisionError if one is not valid."""
        return tuple(edit for body in bodies for edit in read_decision(body, self.known_names))

    def decide(self, bodies: Sequence[object], version: str) -> tuple[Path, ...]:
        """Write decisions into their files, all or none; return the files.

        Raises DecisionError with the reason if a decision is not valid, in the words of the parser
        of the build; ChangedError if a file is not that of `version`; OSError or SeedbedError if
        one cannot be written.
        """
        edits = self.read(bodies)
        with self.lock:
            self._require_version(version)
            before = {path: self._text(path) for path in map(_file_of, edits)}
            texts = self._edited(edits, before)
            for path, text in texts.items():
                _require_valid(path, before[path] or "", text)
            changes = tuple(
                describe_change(path, before[path], text) for path, text in texts.items()
            )
            past = PastDecision("; ".join(map(describe, edits)), build_date(), changes)
            return self._write(before, texts, (*self.history, past))

    def undo(self, version: str) -> tuple[Path, ...]:
        """Take the last decision back, and return its files.

        Raises ChangedError if a file was edited since, and the other errors of `decide`.
        """
        with self.lock:
            self._require_version(version)
            history = self.history
            if not history:
                raise DecisionError("there is no decision to undo")
            before = {change.path: self._text(change.path) for change in history[-1].changes}
            texts: dict[str, str | None] = {}
            for change in history[-1].changes:
                after = before[change.path] or ""
                if digest(after) != change.after:
                    raise ChangedError(change.path)
                texts[change.path] = text_before(change, after)
            return self._write(before, texts, history[:-1])

    def _edited(self, edits: Iterable[Edit], before: Mapping[str, str | None]) -> dict[str, str]:
        """Return the texts of the files after edits, by path."""
        texts: dict[str, str] = {}
        for edit in edits:
            path = _file_of(edit)
            texts[path] = self._apply(texts.get(path, before[path] or ""), edit)
        return texts

    def _apply(self, before: str, edit: Edit) -> str:
        if isinstance(edit, NoteEdit):
            if digest(before) != edit.version:
                raise ChangedError(edit.path)
            return edit.text
        return apply_row(before, edit) if isinstance(edit, RowEdit) else apply_edit(before, edit)

    def _require_version(self, version: str) -> None:
        if self.version != version:
            raise ChangedError(f"{FILE} or {NAMES_FILE}")

    def _text(self, path: str) -> str | None:
        return read_editable(self.seeds, path)

    def _write(
        self,
        before: Mapping[str, str | None],
        texts: Mapping[str, str | None],
        history: Sequence[PastDecision],
    ) -> tuple[Path, ...]:
        """Write files and the history, all or none; return the files.

        Raises ChangedError if an editor saved one of them since it was read.
        """
        for path in texts:
            if self._text(path) != before[path]:
                raise ChangedError(path)
        try:
            for path, text in texts.items():
                write_editable(self.seeds, path, text)
            save_history(self.root / HISTORY, history)
        except (OSError, SeedbedError):
            with suppress(OSError, SeedbedError):
                for path in texts:
                    write_editable(self.seeds, path, before[path])
            raise
        return tuple(self.seeds / path for path in texts)


def _file_of(edit: Edit) -> str:
    if isinstance(edit, NoteEdit):
        return edit.path
    return NAMES_FILE if isinstance(edit, RowEdit) else FILE


def _require_valid(path: str, before: str, after: str) -> None:
    """Raise DecisionError if an edit makes a problem that was not there before."""
    problems = _problems(path, after)
    known = {_without_line(problem) for problem in _problems(path, before)} if problems else set()
    for problem in problems:
        if _without_line(problem) not in known:
            raise DecisionError(f"{problem.message}. {problem.hint}")


def _problems(path: str, text: str) -> tuple[Problem, ...]:
    text = text.removeprefix("\ufeff")
    if path == FILE:
        return parse_corrections(text).problems
    if path == NAMES_FILE:
        return parse_authority(text).problems
    return parse_editor_note(path, text).problems


def _without_line(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message
