"""The names of names.csv that each document has.

When a row of names.csv changes, names are found again only in documents that have one of its forms.
All documents are searched again only when a form was added or removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from pathlib import Path

import msgspec

from generator.corrections import AuthorityRecord
from generator.engine.batch_work import run_with_database
from generator.engine.database import Database
from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import Fingerprint
from generator.engine.incremental import Build
from generator.engine.tasks import Item, Items, Output, Work, WorkItem
from generator.linking.authority.lookup import AuthorityLookup, forms_in
from generator.linking.authority.matcher import NameMatcher
from generator.model import DocumentRecord, SeedPath
from generator.pipeline.build_tasks import FIND_AUTHORITY_FORMS, load_document


class AuthorityNames(msgspec.Struct, frozen=True):
    """The authority names that each document has a form of."""

    forms: Mapping[SeedPath, tuple[str, ...]]
    lookup: AuthorityLookup

    @property
    def documents(self) -> Set[SeedPath]:
        """The documents that have a form of any."""
        return {source for source, forms in self.forms.items() if forms}

    def for_document(self, source: SeedPath) -> tuple[AuthorityRecord, ...]:
        """Return the names that a document may mention, as far as its mentions depend on them."""
        return self.lookup.names_with(self.forms.get(source, ()))


def find_authority_names(
    build: Build, documents: Iterable[DocumentRecord], names: Sequence[AuthorityRecord]
) -> AuthorityNames:
    """Find the forms of authority names in documents that were read."""
    lookup = AuthorityLookup.build(names)
    forms = lookup.forms
    items = Items.of(_items(build.fingerprint(forms), documents if forms else ()))
    worker = partial(_forms_worker, build.database.path, forms)
    found = build.run_outdated(FIND_AUTHORITY_FORMS, worker, items)
    return AuthorityNames({SeedPath(item.key): item.result for item in found}, lookup)


def _items(common: Fingerprint, records: Iterable[DocumentRecord]) -> Iterator[Item]:
    for record in records:
        language = record.metadata.language
        inputs = common.extended(record.digest, language and language.value)
        yield Item(record.source, inputs, partial(encode, record))


def _forms_worker(path: Path, forms: Sequence[str]) -> Work:
    """Return the function that reads documents for forms."""
    matcher = NameMatcher.build(forms)

    def find(database: Database, item: WorkItem) -> Output:
        document = load_document(database, decoder(DocumentRecord).decode(item.extra))
        return Output(item.key, forms_in(document, matcher))

    return run_with_database(path, find)
