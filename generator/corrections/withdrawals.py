"""Documents that people took back: what is left of them, and copies that must go with them.

A withdrawal is remembered by digests alone: of the bytes and of the wording of every text that
it has hidden, and of the names of the files that held them. While the withdrawal holds, digests
are only added, so that no edit, copy or new name brings a text back.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from generator.corrections import DocumentCorrection
from generator.model import AnyDocument, DocumentAddress, Problem, SeedPath, WithdrawnDocument

CopyKind = Literal["bytes", "words", "near"]


@dataclass(frozen=True, slots=True)
class TextDigests:
    """The digests by which a text is known: of its bytes, and of its letters and digits."""

    digest: str
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A document that is not shown because of a withdrawn one, and how the two are alike."""

    source: SeedPath
    original: WithdrawnDocument
    kind: CopyKind


@dataclass(frozen=True, slots=True)
class HiddenDocuments:
    """What may not be shown, and by which digests each withdrawal is remembered."""

    withdrawn: tuple[WithdrawnDocument, ...] = ()
    copies: Mapping[SeedPath, Copy] = field(default_factory=dict)
    hidden_digests: Mapping[SeedPath, frozenset[str]] = field(default_factory=dict)


def find_withdrawn(
    corrections: Mapping[SeedPath, DocumentCorrection], digests: Mapping[SeedPath, TextDigests]
) -> tuple[WithdrawnDocument, ...]:
    """Give what is left of each withdrawn document whose bytes are or were known."""
    return tuple(
        WithdrawnDocument(
            path,
            correction.withdrawn,
            digests[path].digest,
            correction.title.value if correction.title else "",
            digests[path].wording,
        )
        for path, correction in sorted(corrections.items())
        if correction.withdrawn and path in digests
    )


def find_hidden(
    documents: Sequence[AnyDocument],
    withdrawn: tuple[WithdrawnDocument, ...],
    addresses: Iterable[DocumentAddress],
    near_copies: Mapping[SeedPath, Sequence[SeedPath]],
) -> HiddenDocuments:
    """Find the documents that may not be shown, and all digests that must be remembered.

    These are documents with bytes or words that a withdrawal has hidden, those under the name of
    a file that it has hidden, and near copies. What is found is hidden in its turn, until nothing
    new is found; so a second run with the digests of the first finds the same.
    """
    if not withdrawn:
        return HiddenDocuments()
    originals = {one.source: one for one in withdrawn}
    links = {link.seed: link for link in addresses if link.seed in originals}
    memory = _Memory()
    for one in withdrawn:
        memory.add(one.source, (one.digest, one.wording))
        if link := links.get(one.source):
            memory.add(one.source, (link.digest, link.wording, *link.withdrawn))
    hidden: dict[SeedPath, set[SeedPath]] = defaultdict(set)
    while sum(_hide(one, memory, near_copies.get(one.source, ()), hidden) for one in documents):
        continue
    by_source = {document.source: document for document in documents}
    copies = {
        source: _copy(by_source[source], originals[min(found)], links.get(min(found)))
        for source, found in sorted(hidden.items())
        if found
    }
    return HiddenDocuments(withdrawn, copies, memory.frozen)


@dataclass(frozen=True, slots=True)
class _Memory:
    """The digests of each withdrawal, and the withdrawals by their digests."""

    of: dict[SeedPath, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_digest: dict[str, set[SeedPath]] = field(default_factory=lambda: defaultdict(set))

    def add(self, source: SeedPath, digests: Iterable[str]) -> None:
        """Remember digests of what a withdrawal has hidden."""
        for digest in filter(None, digests):
            self.of[source].add(digest)
            self.by_digest[digest].add(source)

    @property
    def frozen(self) -> dict[SeedPath, frozenset[str]]:
        """Return the digests of each withdrawal."""
        return {source: frozenset(digests) for source, digests in self.of.items()}


def _hide(
    document: AnyDocument,
    memory: _Memory,
    near: Iterable[SeedPath],
    hidden: dict[SeedPath, set[SeedPath]],
) -> bool:
    """Hide a document by every withdrawal that it falls under; tell whether that is new."""
    marks = (document.digest, document.wording, _name_mark(document.source))
    found = {source for mark in marks for source in memory.by_digest.get(mark, ())}
    new = found.union(near) - hidden.get(document.source, set())
    for source in new:
        hidden[document.source].add(source)
        memory.add(source, marks)
    return bool(new)


def _name_mark(source: SeedPath) -> str:
    """Return a digest by which a file's name is known, in any Unicode form."""
    return hashlib.sha256(f"name\0{unicodedata.normalize('NFC', source)}".encode()).hexdigest()


def _copy(document: AnyDocument, original: WithdrawnDocument, link: DocumentAddress | None) -> Copy:
    """Tell how a hidden document is like the text that was withdrawn, or published before."""
    digests = {original.digest, link.digest if link else ""}
    wordings = {original.wording, link.wording if link else ""} - {""}
    same: CopyKind = "words" if document.wording in wordings else "near"
    return Copy(document.source, original, "bytes" if document.digest in digests else same)


def copy_problem(copy: Copy) -> Problem:
    """Say that a copy is withdrawn with its original, and how a person releases it."""
    name = json.dumps(copy.source, ensure_ascii=False)
    release = f"release it below `documents:` in corrections.yml: `{name}: {{withdrawn: false}}`"
    if copy.kind == "near":
        told = f"this seed has, or had, words of {copy.original.source}, which is withdrawn"
        return _problem("W034", copy, f"{told}; it is held back", f"Remove it, or {release}")
    message = f"this seed has the {copy.kind} of {copy.original.source}, which is withdrawn"
    return _problem("W033", copy, f"{message}; it is not shown", f"Remove it, or {release}")


def _problem(code: str, copy: Copy, message: str, hint: str) -> Problem:
    return Problem(code, copy.source, message, hint, severity="warning")
