"""Check the links of a site again after some of its pages changed.

While all links lead somewhere, hashes are known of files and anchors that exist. A new link must
lead to one of these or to what is new; nothing that a link may lead to may be removed. Where this
does not tell, the links of all pages are compared (`dead_links`, `backlinks`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

import msgspec
import numpy as np

from generator.checking.backlinks import HashedLinks
from generator.checking.dead_links import PageLinks
from generator.checking.hashes import iterate
from generator.text.distinct_numbers import distinct_numbers, is_among


class KnownTargets(msgspec.Struct, frozen=True, array_like=True):
    """Hashes of files and of anchors that exist, in order; every link leads to some of them."""

    files: bytes
    anchors: bytes

    @classmethod
    def of(cls, rows: Iterable[bytes]) -> KnownTargets:
        """Return the targets of all links of a site without dead links.

        `rows` are the encoded `PageLinks` of every page.
        """
        pages = _pages(rows)
        return cls(
            _distinct(page.targets for page in pages), _distinct(page.anchors for page in pages)
        )


class ChangedPages(NamedTuple):
    """The encoded links of pages that were changed, added or removed."""

    before: Sequence[bytes]
    after: Sequence[bytes]


class ChangedFiles(NamedTuple):
    """Hashes of the canonical paths of files that were added or removed."""

    added: bytes
    removed: bytes


def update_targets(
    known: KnownTargets, rows: ChangedPages, files: ChangedFiles
) -> KnownTargets | None:
    """Return the known targets after a change; None if a link may be dead.

    `rows` are encoded `PageLinks`.
    """
    before, after = _pages(rows.before), _pages(rows.after)
    added = np.frombuffer(files.added, np.int64)
    if is_among(added, np.frombuffer(known.files, np.int64)).any():
        return None  # a link leads to it already: to a file of another kind, or to nothing
    targets = _update(known.files, (page.targets for page in after), files.added, files.removed)
    ids, old_ids = (b"".join(page.ids for page in pages) for pages in (after, before))
    anchors = _update(known.anchors, (page.anchors for page in after), ids, old_ids)
    return None if targets is None or anchors is None else KnownTargets(targets, anchors)


def stays_symmetric(rows: ChangedPages) -> bool:
    """Whether every link between documents and entities still has its counterpart.

    It must have had one before. False also if that depends on other pages. `rows` are
    encoded `HashedLinks`.
    """
    before, after = _all_links(rows.before), _all_links(rows.after)
    # Each of these links is on one page, a document's, which is among the changed ones or is not.
    return (
        _is_covered(before.linking, after.linking, before.quoted, after.quoted)
        and _is_covered(before.linked, after.linked, before.listed, after.listed)
        # Several pages of an entity may quote a document.
        and after.quoting - before.quoting <= after.linked
        and before.linked <= after.linked
    )


def _is_covered(
    wanted_before: Set[bytes],
    wanted: Set[bytes],
    existing_before: Set[bytes],
    existing: Set[bytes],
) -> bool:
    """Whether all new hashes that are wanted exist, and none that was removed is still wanted."""
    removed = existing_before - existing
    return wanted - wanted_before <= existing and removed <= wanted_before - wanted


class _Links(NamedTuple):
    """The links of some pages between documents and entities."""

    linked: Set[bytes]
    linking: Set[bytes]
    listed: Set[bytes]
    quoting: Set[bytes]
    quoted: Set[bytes]


def _all_links(rows: Iterable[bytes]) -> _Links:
    pages = [*map(msgspec.msgpack.Decoder(HashedLinks).decode, rows)]
    return _Links(
        frozenset(iterate(b"".join(page.linked_documents for page in pages))),
        frozenset(iterate(b"".join(page.linking_paragraphs for page in pages))),
        frozenset(iterate(b"".join(page.listed_documents for page in pages))),
        frozenset(iterate(b"".join(page.quoted_documents for page in pages))),
        frozenset(iterate(b"".join(page.quoted_paragraphs for page in pages))),
    )


def _pages(rows: Iterable[bytes]) -> list[PageLinks]:
    return [*map(msgspec.msgpack.Decoder(PageLinks).decode, rows)]


def _distinct(rows: Iterable[bytes]) -> bytes:
    return distinct_numbers(np.frombuffer(b"".join(rows), np.int64)).tobytes()


def _update(known: bytes, wanted: Iterable[bytes], added: bytes, removed: bytes) -> bytes | None:
    """Return hashes that exist, with all that are wanted; None if one may not exist."""
    hashes, found = np.frombuffer(known, np.int64), np.frombuffer(_distinct(wanted), np.int64)
    new = found[~is_among(found, hashes)]
    missing = frozenset(iterate(removed)) - frozenset(iterate(added))
    if not frozenset(iterate(new.tobytes())) <= frozenset(iterate(added)):
        return None
    if is_among(np.frombuffer(b"".join(missing), np.int64), hashes).any():
        return None
    return np.insert(hashes, np.searchsorted(hashes, new), new).tobytes() if len(new) else known
