"""Addresses of the documents of a run, and the tables that make addresses permanent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import cast

import msgspec
from msgspec import structs

from generator.engine.database import RUN_VALUES
from generator.engine.derived_values import ValueTable, derive
from generator.engine.encoding import encode, get_value
from generator.engine.incremental import Build
from generator.engine.item_states import StateChanges, find_changes, save_states
from generator.files import ENTITY_ADDRESSES, build_date, write_addresses
from generator.linking.corpus import assemble_corpus
from generator.model import (
    Address,
    Corpus,
    DocumentAddress,
    DocumentRecord,
    PagePath,
    PublishedDocuments,
    SeedPath,
    WithdrawnDocument,
)
from generator.model.edtf import latest_plain
from generator.pipeline.address_table import AddressTable, save_address_table
from generator.pipeline.build_tasks import RECORD_STATES
from generator.pipeline.document_selection import SelectedDocuments
from generator.pipeline.options import Options
from generator.settings import Settings
from generator.writing.addresses import document_permalinks, entity_permalinks, urls
from generator.writing.addresses.document_permalinks import AddressRequest
from generator.writing.addresses.entity_permalinks import EntityAddress

_WANTED = ValueTable("addresses of titles", str)
"""The address of each document if no other document had it."""


_IN_TIME = "order of time"
"""Key of the documents in the order of time, in the table of runs; saved with their states."""


class AddressedCorpus(msgspec.Struct, frozen=True):
    """A corpus whose documents have addresses."""

    corpus: Corpus
    addresses: tuple[DocumentAddress, ...]
    """All addresses, also of documents that are no longer there."""
    before: AddressTable
    """The table when the run began."""
    unsaved: Mapping[str, bytes]
    """The states of all records, to be saved with the table; empty if they are saved."""

    @property
    def are_drafts(self) -> bool:
        """Whether titles and dates still decide the addresses."""
        return document_permalinks.are_drafts(self.addresses)


def assign_addresses(
    build: Build,
    shown: Sequence[DocumentRecord],
    fingerprints: Mapping[SeedPath, bytes],
    selected: SelectedDocuments,
    options: Options,
) -> AddressedCorpus:
    """Give every document its address; a document that is withdrawn keeps the one that it had.

    `fingerprints` are those of the documents, in the same order.
    """
    hidden = selected.hidden
    previous = {entry.seed for entry in selected.addresses if entry.seed in hidden.copies}
    copies = (copy for copy in hidden.copies.values() if copy.source in previous)
    withdrawn = (
        *hidden.withdrawn,
        *(structs.replace(copy.original, source=copy.source) for copy in copies),
    )
    states = cast("Mapping[str, bytes]", fingerprints)
    changes = find_changes(build.database, RECORD_STATES, build.program, states)
    addresses = None if withdrawn else _assign_changed(shown, selected, options, changes)
    if addresses is None:
        requests = _requests(build, shown, states)
        requests += [
            _withdrawn_request(document, hidden.hidden_digests.get(document.source, frozenset()))
            for document in withdrawn
        ]
        is_draft = document_permalinks.are_drafts(selected.addresses) and not options.release
        assign = document_permalinks.assign_drafts if is_draft else document_permalinks.assign
        addresses = assign(selected.addresses, requests, build_date())
    not_shown = {document.source for document in withdrawn}
    used = [row for row in addresses if row.seed in fingerprints or row.seed in not_shown]
    current = {address.seed: address.address for address in used}
    first = {
        address.seed: address.published[0]
        for address in used
        if address.published and address.published[0] != address.address
    }
    ordered = _unchanged_in_time(build, changes) if changes else ()
    corpus = assemble_corpus(shown, current, urls.author_addresses, ordered)
    added = {address.seed: address.added for address in used if address.added}
    corpus = replace(corpus, withdrawn=withdrawn, first_addresses=first, added=added)
    is_saved = changes and not changes.changed and _are_the_same(changes, shown)
    return AddressedCorpus(corpus, addresses, selected.table, {} if is_saved else states)


def _assign_changed(
    shown: Sequence[DocumentRecord],
    selected: SelectedDocuments,
    options: Options,
    changes: StateChanges | None,
) -> tuple[DocumentAddress, ...] | None:
    """Return all addresses if only texts changed since they were saved, else None."""
    rows, is_saved = selected.table
    if not (is_saved and changes and _are_the_same(changes, shown)):
        return None
    if options.release and document_permalinks.are_drafts(rows):
        return None
    changed = {*changes.changed}
    requests = (_request(document) for document in shown if document.source in changed)
    return document_permalinks.assign_changed(rows, requests, build_date())


def _are_the_same(changes: StateChanges, documents: Sequence[DocumentRecord]) -> bool:
    """Whether no document was added or removed since states were saved."""
    return not changes.removed and len(changes.before) == len(documents)


def _unchanged_in_time(build: Build, changes: StateChanges) -> list[SeedPath]:
    """Return the documents whose records are as they were saved, in the order of time."""
    ordered = get_value(build.database, RUN_VALUES, _IN_TIME, list[SeedPath])
    others = changes.removed.union(changes.changed)
    return [source for source in ordered if source not in others]


def published_documents(corpus: Corpus, addresses: Iterable[DocumentAddress]) -> PublishedDocuments:
    """Return what those who publish the site ask about its documents."""
    changed = {entry.seed: entry.changed for entry in addresses if entry.changed}
    days: dict[PagePath, str] = {}
    latest = cache(latest_plain)  # a corpus has few days
    for source, document in corpus.by_source.items():
        date = document.metadata.date
        if day := latest(date.value if date else None, changed.get(source)):
            days[urls.page_path(corpus.addresses[source])] = day
    digests = {source: document.digest for source, document in corpus.by_source.items()}
    return PublishedDocuments(digests, days)


def save_addresses(
    build: Build,
    settings: Settings,
    addressed: AddressedCorpus,
    entity_addresses: Iterable[EntityAddress],
) -> None:
    """Write the addresses into the project's tables, which makes them permanent.

    While they are drafts, only the table of documents is written: it has what is hidden.
    """
    save_address_table(build, settings, addressed.before, addressed.addresses)
    if addressed.unsaved:
        save_states(build.database, RECORD_STATES, build.program, addressed.unsaved)
        in_time = [document.source for document in addressed.corpus.documents]
        build.database.put(RUN_VALUES, [(_IN_TIME, encode(in_time))])
    if addressed.are_drafts:
        return
    write_addresses(settings.root, ENTITY_ADDRESSES, entity_permalinks.dump(entity_addresses))


def _requests(
    build: Build, shown: Sequence[DocumentRecord], fingerprints: Mapping[str, bytes]
) -> list[AddressRequest]:
    """Return the requests of documents; to make a slug of a title takes long."""

    def make(sources: Iterable[str]) -> Iterator[str]:
        by_source = {str(document.source): document for document in shown}
        return (urls.document_address(by_source[source]) for source in sources)

    wanted = derive(build.database, _WANTED, build.program, fingerprints, make)
    return [_request(document, wanted[document.source]) for document in shown]


def _request(document: DocumentRecord, address: str | None = None) -> AddressRequest:
    wanted = Address(address or urls.document_address(document))
    return AddressRequest(document.source, document.digest, wanted, document.wording)


def _withdrawn_request(document: WithdrawnDocument, hidden: Collection[str]) -> AddressRequest:
    """Request the address of a document that is withdrawn, which may have one already."""
    address = urls.withdrawn_address(document)
    return AddressRequest(
        document.source, document.digest, address, document.wording, tuple(sorted(hidden))
    )
