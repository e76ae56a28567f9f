"""What people decided, as frozen values, each with its line in corrections.yml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.model import EntityKind, Extracted, SeedPath, Withdrawal

T = TypeVar("T")

FILE = "corrections.yml"
"""The file's name in the seeds folder, and the rule that a corrected value names."""


@dataclass(frozen=True, slots=True)
class DocumentCorrection:
    """What people say of one document; None where they say nothing.

    A value that is empty (`Found("")`, `()`) says that it is unknown and stays so.
    """

    source: SeedPath
    line: int
    title: Extracted[str] | None = None
    authors: tuple[Extracted[str], ...] | None = None
    date: Extracted[str] | None = None
    language: Extracted[str] | None = None
    section: Extracted[str] | None = None
    withdrawn: Withdrawal | None = None
    release_line: int | None = None
    """The line that says that it is no copy of a withdrawn one, or may be shown though it is."""


@dataclass(frozen=True, slots=True)
class NameEntry(Generic[T]):
    """What people say of one name."""

    name: str
    value: T
    line: int


@dataclass(frozen=True, slots=True)
class SplitTarget:
    """One of the entities into which a name is split, and the documents that mean it."""

    name: str
    documents: tuple[SeedPath, ...]
    line: int


@dataclass(frozen=True, slots=True)
class NameCorrections:
    """What people say of names, each map in the order of the file.

    No name is merged into two others and none into itself, also not in a circle; no document of
    a split name is given to two of its parts.
    """

    merge: tuple[NameEntry[tuple[str, ...]], ...] = ()
    """The name that stays, and the names that become its aliases."""
    split: tuple[NameEntry[tuple[SplitTarget, ...]], ...] = ()
    """The name that means several, and its parts; other documents keep the name as it is."""
    rename: tuple[NameEntry[str], ...] = ()
    """The name as it is found, and the name that its page shall have."""
    kind: tuple[NameEntry[EntityKind], ...] = ()
    suppress: tuple[NameEntry[None], ...] = ()
    """Names that are none: no page, no link, no mention."""
    same_as: tuple[NameEntry[tuple[str, ...]], ...] = ()
    """The name, and addresses of the same entity elsewhere, as http or https URLs."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that corrections.yml says."""

    documents: tuple[DocumentCorrection, ...] = ()
    names: NameCorrections = NameCorrections()
    unclear_lines: tuple[int, ...] = ()
    """Lines that withdraw something, nobody can tell what: nothing may be published meanwhile."""
