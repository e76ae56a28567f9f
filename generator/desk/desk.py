"""The desk of one project: it writes decisions into `corrections.yml`, and takes them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from generator.corrections import FILE, parse_corrections
from generator.desk.decisions import DecisionError, Edit, read_decision
from generator.desk.history import PastDecision, digest, load_history, save_history
from generator.desk.yaml_edits import apply_edit
from generator.files import build_date, read_corrections, write_file
from generator.model import Problem

HISTORY = Path(".seedbed") / "decisions.json"


class ChangedError(Exception):
    """The file is not as the person saw it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Writes the corrections of a project; its methods may be called by several threads."""

    root: Path
    seeds: Path
    lock: Lock

    @property
    def version(self) -> str:
        """The digest of the file as it is now, which a decision must name."""
        return digest(read_corrections(self.seeds))

    @property
    def history(self) -> tuple[PastDecision, ...]:
        """The decisions that can be undone, oldest first."""
        return load_history(self.root / HISTORY)

    def decide(self, bodies: Sequence[object], version: str) -> None:
        """Write decisions into the file, all or none.

        Raises DecisionError with the reason if the decision is not valid, in the words of the
        parser of the build; ChangedError if the file is not that of `version`.
        """
        edits = tuple(map(read_decision, bodies))
        with self.lock:
            before = after = self._text(version)
            for edit in edits:
                after = apply_edit(after, edit)
            _require_valid(before, after)
            self._write(after)
            words = "; ".join(map(_describe, edits))
            past = PastDecision(words, build_date(), before, digest(after))
            save_history(self.root / HISTORY, (*self.history, past))

    def undo(self, version: str) -> None:
        """Take the last decision back; raise ChangedError if the file was edited since."""
        with self.lock:
            before = self._text(version)
            history = self.history
            if not history or history[-1].after != digest(before):
                raise ChangedError
            self._write(history[-1].before)
            save_history(self.root / HISTORY, history[:-1])

    def _text(self, version: str) -> str:
        text = read_corrections(self.seeds)
        if digest(text) != version:
            raise ChangedError
        return text

    def _write(self, text: str) -> None:
        write_file(self.seeds / FILE, text.encode())


def _require_valid(before: str, after: str) -> None:
    """Raise DecisionError if an edit makes a problem that was not there before."""
    known = {_words(problem) for problem in parse_corrections(before)[1]}
    for problem in parse_corrections(after)[1]:
        if _words(problem) not in known:
            raise DecisionError(f"{problem.message}. {problem.hint}")


def _words(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message


def _describe(edit: Edit) -> str:
    value = edit.value
    if isinstance(value, tuple):
        words = ", ".join(value)
    elif value is None:
        words = ""
    else:
        words = value if isinstance(value, str) else "; ".join(value.values())
    return f"{' › '.join(edit.path[1:])}: {words}"
