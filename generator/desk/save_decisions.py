"""The desk of one project: it writes decisions into the seeds folder, and takes them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

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
from generator.model import Problem

HISTORY = Path(".seedbed") / "decisions.json"


class ChangedError(Exception):
    """A file is not as the person saw it; the text is its name."""


@dataclass(frozen=True, slots=True)
class Desk:
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
        of the build; ChangedError if a file is not that of `version`.
        """
        edits = self.read(bodies)
        with self.lock:
            self._require(version)
            texts = self._edited(edits)
            for path, text in texts.items():
                _require_valid(path, self._text(path) or "", text)
            changes = tuple(
                describe_change(path, self._text(path), text) for path, text in texts.items()
            )
            self._require(version)  # an editor may have saved the file while this was computed
            self._write(texts)
            words = "; ".join(map(describe, edits))
            past = PastDecision(words, build_date(), changes)
            save_history(self.root / HISTORY, (*self.history, past))
            return tuple(self.seeds / path for path in texts)

    def undo(self, version: str) -> tuple[Path, ...]:
        """Take the last decision back, and return its files.

        Raises ChangedError if a file was edited since.
        """
        with self.lock:
            self._require(version)
            history = self.history
            if not history:
                raise DecisionError("there is no decision to undo")
            texts: dict[str, str | None] = {}
            for change in history[-1].changes:
                after = self._text(change.path) or ""
                if digest(after) != change.after:
                    raise ChangedError(change.path)
                texts[change.path] = text_before(change, after)
            self._write(texts)
            save_history(self.root / HISTORY, history[:-1])
            return tuple(self.seeds / path for path in texts)

    def _edited(self, edits: Iterable[Edit]) -> dict[str, str]:
        """Return the texts of the files after edits, by path."""
        texts: dict[str, str] = {}
        for edit in edits:
            path = _file_of(edit)
            before = texts.get(path, self._text(path) or "")
            texts[path] = self._apply(before, edit)
        return texts

    def _apply(self, before: str, edit: Edit) -> str:
        if isinstance(edit, NoteEdit):
            if digest(before) != edit.version:
                raise ChangedError(edit.path)
            return edit.text
        return apply_row(before, edit) if isinstance(edit, RowEdit) else apply_edit(before, edit)

    def _require(self, version: str) -> None:
        if self.version != version:
            raise ChangedError(f"{FILE} or {NAMES_FILE}")

    def _text(self, path: str) -> str | None:
        return read_editable(self.seeds, path)

    def _write(self, texts: Mapping[str, str | None]) -> None:
        for path, text in texts.items():
            write_editable(self.seeds, path, text)


def _file_of(edit: Edit) -> str:
    if isinstance(edit, NoteEdit):
        return edit.path
    return NAMES_FILE if isinstance(edit, RowEdit) else FILE


def _require_valid(path: str, before: str, after: str) -> None:
    """Raise DecisionError if an edit makes a problem that was not there before."""
    problems = _problems(path, after)
    known = {_words(problem) for problem in _problems(path, before)} if problems else set()
    for problem in problems:
        if _words(problem) not in known:
            raise DecisionError(f"{problem.message}. {problem.hint}")


def _problems(path: str, text: str) -> tuple[Problem, ...]:
    text = text.removeprefix("\ufeff")
    if path == FILE:
        return parse_corrections(text).problems
    if path == NAMES_FILE:
        return parse_authority(text).problems
    return parse_editor_note(path, text).problems


def _words(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message
