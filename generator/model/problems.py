"""Messages of a run for its users."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

T = TypeVar("T")


class SeedbedError(Exception):
    """An error that stops the run: what is wrong, where, and what to do now."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        # Some messages of MkDocs end with a full stop, others do not.
        message = self.message.removesuffix(".")
        return f"{message}. {self.hint}".rstrip(". ") if self.hint else self.message


Severity = Literal["error", "warning"]


def did_you_mean(word: str, choices: Collection[str], default: str) -> str:
    """Return a hint with the most similar of the choices; `default` if none is similar."""
    similar = difflib.get_close_matches(word[:100], choices, n=1)
    return f"Did you mean `{similar[0]}`?" if similar else default


class Problem(msgspec.Struct, frozen=True):
    """A message for users: a stable code, where, what is wrong, and what to do now."""

    code: str
    source: str
    message: str
    hint: str
    line: int | None = None
    severity: Severity = "error"
    """A seed with an error has no page; one with a warning has."""

    def __str__(self) -> str:
        where = f"{self.source}:{self.line}" if self.line else self.source
        message = f"{where}: {self.code} {self.message}. {self.hint}"
        return "".join(
            character if character.isprintable() else ascii(character)[1:-1]
            for character in message
        )


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 seed", "2,000 seeds"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


class Parsed(NamedTuple, Generic[T]):
    """What was read, and what is wrong in it."""

    value: T
    problems: tuple[Problem, ...] = ()


def coded_error(code: str, where: object, message: str, hint: str) -> SeedbedError:
    """Return an error that stops the run and is printed like a problem, with its code."""
    return SeedbedError(str(Problem(code, str(where), message, hint)))


class LeftOut(msgspec.Struct, frozen=True):
    """An ignored entry of the seeds folder that a user may expect to be a seed."""

    path: str
    """The path below the seeds folder; that of a folder ends with a slash."""
    rule: str
    """The name of the rule that ignores it."""


class Tally(msgspec.Struct, frozen=True):
    """How many there are of one kind."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run."""

    documents: int = 0
    words: int = 0
    names: int = 0
    """People, organizations and places that have a page."""
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    left_out: tuple[LeftOut, ...] = ()
    """Ignored entries of the seeds folder, without hidden and system files."""
    formats: tuple[Tally, ...] = ()
    """The documents by their format, most first; empty if all are plain text."""
    omissions: tuple[Tally, ...] = ()
    """What is in files and not in their texts, by kind."""
    without_rights: int = 0
    """Documents of which nobody has said who may use them."""
    has_draft_addresses: bool = False
    """Whether titles and dates still decide the addresses of documents."""
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> int:
        """The number of seeds without a page."""
        return sum(problem.severity == "error" for problem in self.problems)


def with_project_path(problem: Problem, seeds_folder: str) -> Problem:
    """Return the problem with the path of its seed relative to the project, as editors need it."""
    return replace(problem, source=f"{seeds_folder}/{problem.source}")
