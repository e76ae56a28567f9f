"""Withdrawn documents: what remains of them, and the copies that are hidden with them.

A withdrawal is remembered by digests alone: of the bytes and of the wording of every text that
it has hidden, and of the names of the files that had them. While the withdrawal holds, digests are
only added, so that no edit, copy or new name makes a text visible again.
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
    """The digests by which a text is recognised: of its bytes, and of its letters and digits."""

    digest: str
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A document that is hidden as a copy of a withdrawn one, and what is the same in both."""

    source: SeedPath
    original: WithdrawnDocument
    kind: CopyKind


@dataclass(frozen=True, slots=True)
class HiddenDocuments:
    """The documents that may not be shown, and the digests that each withdrawal remembers."""

    withdrawn: tuple[WithdrawnDocument, ...] = ()
    copies: Mapping[SeedPath, Copy] = field(default_factory=dict)
    hidden_digests: Mapping[SeedPath, frozenset[str]] = field(default_factory=dict)


def find_withdrawn(
    corrections: Mapping[SeedPath, DocumentCorrection], digests: Mapping[SeedPath, TextDigests]
) -> tuple[WithdrawnDocument, ...]:
    """Return what remains of each withdrawn document, if its digests are known."""
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
    """Return the documents that may not be shown, and all digests that must be remembered.

    A document is hidden if its bytes, its words or the name of its file were hidden by a
    withdrawal, or if it is a near copy. What is hidden hides further documents in the same way,
    until there are no more; so a second run with the digests of the first finds the same.
    """
    if not withdrawn:
        return HiddenDocuments()
    originals = {original.source: original for original in withdrawn}
    links = {link.seed: link for link in addresses if link.seed in originals}
    memory = _Memory()
    for original in withdrawn:
        memory.add(original.source, (original.digest, original.wording))
        if link := links.get(original.source):
            memory.add(original.source, (link.digest, link.wording, *link.withdrawn))
    hidden = _hide_all(documents, memory, near_copies)
    copies = {
        document.source: _copy(document, originals[source], links.get(source))
        for document in sorted(documents, key=lambda document: document.source)
        if (source := min(hidden.get(document.source, ()), default=None))
    }
    return HiddenDocuments(withdrawn, copies, memory.frozen)


@dataclass(frozen=True, slots=True)
class _Memory:
    """The digests of each withdrawal, and the withdrawals by their digests."""

    by_source: dict[SeedPath, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_digest: dict[str, set[SeedPath]] = field(default_factory=lambda: defaultdict(set))

    def add(self, source: SeedPath, digests: Iterable[str]) -> None:
        """Remember digests of what a withdrawal has hidden."""
        for digest in filter(None, digests):
            self.by_source[source].add(digest)
            self.by_digest[digest].add(source)

    @property
    def frozen(self) -> dict[SeedPath, frozenset[str]]:
        """The digests of each withdrawal."""
        return {source: frozenset(digests) for source, digests in self.by_source.items()}


def certain_copies(
    hidden: HiddenDocuments, addresses: Iterable[DocumentAddress]
) -> frozenset[SeedPath]:
    """Return the hidden documents about which the user need not be asked.

    Their words or bytes are withdrawn, or an earlier run has hidden them before. All others only
    resemble a withdrawn text.
    """
    earlier = {
        digest
        for address in addresses
        if address.seed in hidden.hidden_digests
        for digest in address.withdrawn
    }
    return frozenset(
        path
        for path, copy in hidden.copies.items()
        if copy.kind != "near" or _name_digest(path) in earlier
    )


def _hide_all(
    documents: Sequence[AnyDocument],
    memory: _Memory,
    near_copies: Mapping[SeedPath, Sequence[SeedPath]],
) -> Mapping[SeedPath, set[SeedPath]]:
    """Return the withdrawals that hide each document; add their digests until nothing changes."""
    hidden: dict[SeedPath, set[SeedPath]] = defaultdict(set)
    has_changed = True
    while has_changed:
        has_changed = False
        for document in documents:
            digests = (document.digest, document.wording, _name_digest(document.source))
            sources = set(near_copies.get(document.source, ()))
            sources.update(*(memory.by_digest.get(digest, ()) for digest in digests))
            for source in sources - hidden[document.source]:
                hidden[document.source].add(source)
                memory.add(source, digests)
                has_changed = True
    return hidden


def _name_digest(source: SeedPath) -> str:
    """Return a digest by which the name of a file is recognised, in any Unicode form."""
    return hashlib.sha256(f"name\0{unicodedata.normalize('NFC', source)}".encode()).hexdigest()


def _copy(document: AnyDocument, original: WithdrawnDocument, link: DocumentAddress | None) -> Copy:
    """Return how a hidden document is the same as the text that was withdrawn or published."""
    digests = {original.digest, link.digest if link else ""}
    wordings = {original.wording, link.wording if link else ""} - {""}
    kind: CopyKind = "words" if document.wording in wordings else "near"
    return Copy(document.source, original, "bytes" if document.digest in digests else kind)


def copy_problem(copy: Copy) -> Problem:
    """Return the warning about a copy that is hidden, with the entry that would release it."""
    if copy.kind == "near":
        code, reason = "W034", "contains, or contained, much of the text"
    else:
        code, reason = "W033", f"has the {copy.kind}"
    message = f"this seed {reason} of {copy.original.source}, which is withdrawn; it is not shown"
    name = json.dumps(copy.source, ensure_ascii=False)
    entry = f"`{name}: {{withdrawn: false}}`"
    hint = f"Remove it, or release it below `documents:` in corrections.yml: {entry}"
    return Problem(code, copy.source, message, hint, severity="warning")
