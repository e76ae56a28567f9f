"""Addresses of the documents of a run, and the tables that make addresses permanent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import msgspec
from msgspec import structs

from generator.files import DOCUMENT_ADDRESSES, ENTITY_ADDRESSES, build_date, write_addresses
from generator.linking.corpus import assemble_corpus
from generator.model import Corpus, DocumentAddress, DocumentRecord, WithdrawnDocument
from generator.pipeline.document_selection import SelectedDocuments
from generator.pipeline.options import Options
from generator.settings import Settings
from generator.writing.addresses import document_permalinks, entity_permalinks, urls
from generator.writing.addresses.document_permalinks import AddressRequest
from generator.writing.addresses.entity_permalinks import EntityAddress


class AddressedCorpus(msgspec.Struct, frozen=True):
    """A corpus whose documents have addresses."""

    corpus: Corpus
    addresses: tuple[DocumentAddress, ...]
    """All addresses, also of documents that are no longer there."""


def assign_addresses(
    shown: Sequence[DocumentRecord], selected: SelectedDocuments, options: Options
) -> AddressedCorpus:
    """Give every document its address; a document that is withdrawn keeps the one that it had."""
    hidden = selected.hidden
    previous = {address.seed: address.address for address in selected.addresses}
    copies = (copy for copy in hidden.copies.values() if copy.source in previous)
    withdrawn = (
        *hidden.withdrawn,
        *(structs.replace(copy.original, source=copy.source) for copy in copies),
    )
    requests = [
        AddressRequest(
            document.source, document.digest, urls.document_address(document), document.wording
        )
        for document in shown
    ]
    requests += [
        _withdrawn_request(document, hidden.hidden_digests.get(document.source, frozenset()))
        for document in withdrawn
    ]
    is_draft = document_permalinks.are_drafts(selected.addresses) and not options.release
    assign = document_permalinks.assign_drafts if is_draft else document_permalinks.assign
    addresses = assign(selected.addresses, requests, build_date())
    requested = {request.seed for request in requests}
    used = [address for address in addresses if address.seed in requested]
    current = {address.seed: address.address for address in used}
    first = {
        address.seed: address.published[0]
        for address in used
        if address.published and address.published[0] != address.address
    }
    corpus = assemble_corpus(shown, current, urls.author_addresses)
    added = {address.seed: address.added for address in used if address.added}
    corpus = replace(corpus, withdrawn=withdrawn, first_addresses=first, added=added)
    return AddressedCorpus(corpus, addresses)


def save_addresses(
    settings: Settings,
    document_addresses: Sequence[DocumentAddress],
    entity_addresses: Iterable[EntityAddress],
) -> None:
    """Write the addresses into the project's tables, which makes them permanent.

    While they are drafts, only the table of documents is written: it has what is hidden.
    """
    write_addresses(settings.root, DOCUMENT_ADDRESSES, document_permalinks.dump(document_addresses))
    if document_permalinks.are_drafts(document_addresses):
        return
    write_addresses(settings.root, ENTITY_ADDRESSES, entity_permalinks.dump(entity_addresses))


def _withdrawn_request(document: WithdrawnDocument, hidden: Collection[str]) -> AddressRequest:
    """Request the address of a document that is withdrawn, which may have one already."""
    address = urls.withdrawn_address(document)
    return AddressRequest(
        document.source, document.digest, address, document.wording, tuple(sorted(hidden))
    )
