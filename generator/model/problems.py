"""What a run has to say to people."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Literal


class SeedbedError(Exception):
    """A reason to stop at once: what is wrong, where, and what to do now."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        # MkDocs ends some of its sentences with a full stop, and others not.
        message = self.message.removesuffix(".")
        return f"{message}. {self.hint}".rstrip(". ") if self.hint else self.message


Severity = Literal["error", "warning"]


def did_you_mean(word: str, choices: Collection[str], default: str) -> str:
    """Give the hint that names the known word nearest to another; `otherwise` if none is near."""
    near = difflib.get_close_matches(word[:100], choices, n=1)
    return f"Did you mean `{near[0]}`?" if near else default


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know: a stable code, where, what, and what to do now."""

    code: str
    source: str
    message: str
    hint: str
    line: int | None = None
    severity: Severity = "error"
    """An error costs the seed its page; a warning leaves one thing open."""

    def __str__(self) -> str:
        where = f"{self.source}:{self.line}" if self.line else self.source
        message = f"{where}: {self.code} {self.message}. {self.hint}"
        return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in message)


def coded_error(code: str, place: object, message: str, hint: str) -> SeedbedError:
    """Return a reason to stop that is told as other messages are, with its code."""
    return SeedbedError(str(Problem(code, str(place), message, hint)))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in the seeds folder that is no seed, though somebody may think so."""

    path: str
    """Below the seeds folder; that of a folder ends with a slash."""
    rule: str
    """The name of the rule that leaves it out."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one run made of the corpus."""

    documents: int = 0
    words: int = 0
    names: int = 0
    """People, organizations and places that have a page."""
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    left_out: tuple[LeftOut, ...] = ()
    """What in the seeds folder is no seed; what everybody leaves out is not in it."""
    problems: tuple[Problem, ...] = field(default=())

    @property
    def errors(self) -> int:
        """How many seeds got no page."""
        return sum(problem.severity == "error" for problem in self.problems)


def with_project_path(problem: Problem, seeds_folder: str) -> Problem:
    """Name a problem's seed as people and editors find it: from the project's folder on."""
    return replace(problem, source=f"{seeds_folder}/{problem.source}")
