"""Withdrawn documents: what remains of them, and the copies that are hidden with them.

A withdrawal is remembered by digests alone: of the bytes and of the wording of every text that
it has hidden, and of the names of the files that had them. While the withdrawal holds, digests are
only added, so that no edit, copy or new name makes a text visible again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Literal

import msgspec

from generator.corrections import DocumentCorrection
from generator.corrections.fields import make_problem
from generator.corrections.patterns import suggest_pattern
from generator.corrections.yaml_tree import yaml_quoted
from generator.model import (
    AnyDocument,
    DocumentAddress,
    Problem,
    SeedPath,
    WithdrawnDocument,
    composed,
)

CopyKind = Literal["bytes", "words", "near"]

_MAX_SINGLE = 5
"""Most near copies of a text in a folder that are reported singly; more probably share a form."""

_EXAMPLES = 3
"""Names that the warning about many near copies lists."""


class TextDigests(msgspec.Struct, frozen=True):
    """The digests by which a text is recognised: of its bytes, and of its letters and digits."""

    digest: str
    wording: str | None = None


class Copy(msgspec.Struct, frozen=True):
    """A document that is hidden as a copy of a withdrawn one, and what is the same in both."""

    source: SeedPath
    original: WithdrawnDocument
    kind: CopyKind


class HiddenDocuments(msgspec.Struct, frozen=True):
    """The documents that may not be shown, and the digests that each withdrawal remembers."""

    withdrawn: tuple[WithdrawnDocument, ...] = ()
    copies: Mapping[SeedPath, Copy] = msgspec.field(default_factory=dict)
    hidden_digests: Mapping[SeedPath, frozenset[str]] = msgspec.field(default_factory=dict)

    @property
    def near_copies(self) -> frozenset[SeedPath]:
        """The documents that only resemble a withdrawn text, or were hidden with it before."""
        return frozenset(path for path, copy in self.copies.items() if copy.kind == "near")


def find_withdrawn(
    corrections: Mapping[SeedPath, DocumentCorrection], digests: Mapping[SeedPath, TextDigests]
) -> tuple[WithdrawnDocument, ...]:
    """Return what remains of each withdrawn document, if its digests are known."""
    return tuple(
        WithdrawnDocument(
            path,
            correction.withdrawn,
            digests[path].digest,
            correction.title.value if correction.title else None,
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
    released: Set[SeedPath] = frozenset(),
) -> HiddenDocuments:
    """Return the documents that may not be shown, and all digests that must be remembered.

    A document is hidden if its bytes, its words or the name of its file were hidden by a
    withdrawal, or if it is a near copy. What is hidden hides further documents in the same way,
    until there are no more; so a second run with the digests of the first finds the same.
    A document that a pattern has `released` is hidden only if the withdrawn document itself has,
    or had in any run, its bytes or words.
    """
    if not withdrawn:
        return HiddenDocuments()
    originals = {original.source: original for original in withdrawn}
    links = {link.seed: link for link in addresses if link.seed in originals}
    memory = _Memory()
    for original in withdrawn:
        memory.add_original(original, links.get(original.source))
    hidden = _hide_all(documents, memory, near_copies, released)
    copies = {
        document.source: _copy(document, originals[source], links.get(source))
        for document in sorted(documents, key=lambda document: document.source)
        if (source := min(hidden.get(document.source, ()), default=None))
    }
    return HiddenDocuments(withdrawn, copies, memory.frozen)


class _Memory(msgspec.Struct, frozen=True):
    """The digests of each withdrawal, and the withdrawals by their digests."""

    by_source: dict[SeedPath, set[str]] = msgspec.field(default_factory=lambda: defaultdict(set))
    by_digest: dict[str, set[SeedPath]] = msgspec.field(default_factory=lambda: defaultdict(set))
    by_own_digest: dict[str, set[SeedPath]] = msgspec.field(
        default_factory=lambda: defaultdict(set)
    )
    """The withdrawals by the digests of the withdrawn documents themselves, not of copies."""

    def add_original(self, original: WithdrawnDocument, link: DocumentAddress | None) -> None:
        """Remember the digests of a withdrawn document, now and in earlier runs."""
        own = _digests_of(original)
        published = _digests_of(link) if link else own
        self.add(original.source, (*own, *published, *(link.withdrawn if link else ())))
        self.add(original.source, map(_own_digest, own - published))
        for digest in own | published:
            self.by_own_digest[_own_digest(digest)].add(original.source)
        for digest in link.withdrawn if link else ():
            self.by_own_digest[digest].add(original.source)

    def sources(self, document: AnyDocument) -> set[SeedPath]:
        """Return the withdrawals that have hidden the bytes, words or file name of a document."""
        digests = (*_digests_of(document), _name_digest(document.source))
        return set().union(*(self.by_digest.get(digest, ()) for digest in digests))

    def original_sources(self, document: AnyDocument) -> set[SeedPath]:
        """Return the withdrawals whose own document has, or had, the bytes or words of another."""
        digests = map(_own_digest, _digests_of(document))
        return set().union(*(self.by_own_digest.get(digest, ()) for digest in digests))

    def add(self, source: SeedPath, digests: Iterable[str]) -> None:
        """Remember digests of what a withdrawal has hidden."""
        for digest in digests:
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
    released: Set[SeedPath],
) -> Mapping[SeedPath, set[SeedPath]]:
    """Return the withdrawals that hide each document; add their digests until nothing changes."""
    hidden: dict[SeedPath, set[SeedPath]] = defaultdict(set)
    has_changed = True
    while has_changed:
        has_changed = False
        for document in documents:
            if document.source in released:
                sources = memory.original_sources(document)
            else:
                sources = memory.sources(document).union(near_copies.get(document.source, ()))
            for source in sources - hidden[document.source]:
                hidden[document.source].add(source)
                name = _name_digest(document.source)
                memory.add(source, (*_digests_of(document), name))
                has_changed = True
    return hidden


def _digests_of(text: AnyDocument | WithdrawnDocument | DocumentAddress) -> frozenset[str]:
    """Return the digests of the bytes and of the words, as far as they are known."""
    return frozenset(filter(None, (text.digest, text.wording)))


def _own_digest(digest: str) -> str:
    """Return a digest by which one of the withdrawn document itself is recognised in the table."""
    return hashlib.sha256(f"own\0{digest}".encode()).hexdigest()


def _name_digest(source: SeedPath) -> str:
    """Return a digest by which the name of a file is recognised, in any Unicode form."""
    return hashlib.sha256(f"name\0{composed(source)}".encode()).hexdigest()


def _copy(document: AnyDocument, original: WithdrawnDocument, link: DocumentAddress | None) -> Copy:
    """Return how a hidden document is the same as the text that was withdrawn or published."""
    digests = _digests_of(original) | (_digests_of(link) if link else frozenset())
    kind: CopyKind = "words" if document.wording in digests else "near"
    return Copy(document.source, original, "bytes" if document.digest in digests else kind)


def copy_problems(copies: Iterable[Copy]) -> Iterator[Problem]:
    """Yield the warnings about hidden copies; many that resemble the same text share a warning."""
    groups: dict[tuple[SeedPath, str], list[Copy]] = defaultdict(list)
    for copy in copies:
        folder = copy.source.rpartition("/")[0] if copy.kind == "near" else copy.source
        groups[copy.original.source, folder].append(copy)
    for group in groups.values():
        if len(group) > _MAX_SINGLE:
            yield _form_problem(group)
        else:
            yield from map(_copy_problem, group)


def _form_problem(copies: Sequence[Copy]) -> Problem:
    """Return the warning about many near copies of a text, with a pattern that releases them."""
    paths = [copy.source for copy in copies]
    original = copies[0].original
    examples = ", ".join(paths[:_EXAMPLES])
    message = (
        f"{len(paths):,} seeds ({examples} and {len(paths) - _EXAMPLES:,} more) contain, or"
        f" contained, much of the text of {original.source}, which is withdrawn; they are not shown"
    )
    entry = f"`{yaml_quoted(suggest_pattern(paths))}: {{withdrawn: false}}`"
    hint = f"If they only come from the same form, release them below `documents:`: {entry}"
    return make_problem(original.withdrawal.line, message, hint, "W034")


def _copy_problem(copy: Copy) -> Problem:
    """Return the warning about a copy that is hidden, with the entry that would release it."""
    if copy.kind == "near":
        code, reason = "W034", "contains, or contained, much of the text"
    else:
        code, reason = "W033", f"has the {copy.kind}"
    message = f"this seed {reason} of {copy.original.source}, which is withdrawn; it is not shown"
    entry = f"`{yaml_quoted(copy.source)}: {{withdrawn: false}}`"
    hint = f"Remove it, or release it below `documents:` in corrections.yml: {entry}"
    return Problem(code, copy.source, message, hint, severity="warning")
