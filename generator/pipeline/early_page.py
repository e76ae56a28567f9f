"""An early page: the page on which a decision was made, shown before the next run.

A run takes longer the larger the corpus is; this makes one page, by the functions of a run. What
needs a whole run stays as the last run left it: the order of documents, related documents, names
in other documents. Nothing is saved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

import msgspec
from msgspec import structs

from generator import corrections
from generator.corrections import DocumentCorrection, NameCorrections
from generator.engine.database import open_readonly
from generator.engine.encoding import get_value
from generator.engine.entry_rows import find_entry
from generator.engine.incremental import Build
from generator.engine.overlay import Overlay
from generator.engine.workers import no_progress
from generator.linking.corpus import assemble_corpus, join_people
from generator.linking.corrected_mentions import by_document
from generator.linking.date_order import resolve_date_order
from generator.linking.entities.resolve import CorrectedUsages, with_split_heads
from generator.model import (
    Corpus,
    DocumentRecord,
    EntityId,
    Mention,
    OutputFile,
    PagePath,
    SeedPath,
    Withdrawal,
    WithdrawnDocument,
)
from generator.model.ledger import dump_ledger
from generator.pipeline.background_tasks import DOCUMENTS
from generator.pipeline.build_tasks import MENTIONS, QUOTES, READ, load_document
from generator.pipeline.corpus_state import CorpusState
from generator.pipeline.entities import link_entities, load_entity_addresses, match_names
from generator.pipeline.last_run import DATABASE_FILE
from generator.pipeline.load_corrections import load_correction, load_name_corrections
from generator.pipeline.load_structure import load_structure_rules
from generator.pipeline.mention_fingerprints import NameLookup
from generator.pipeline.name_usages import NameUsages
from generator.pipeline.page_stages import site_info
from generator.pipeline.reread_documents import (
    current_document,
    have_same_names,
    overlay_with_names,
)
from generator.writing.addresses import urls
from generator.writing.citations import cited_work
from generator.writing.entity_views import build_entity_index
from generator.writing.pages.document import document_page
from generator.writing.pages.entities import entity_pages
from generator.writing.pages.quotes import Quote, quotes_by_entity
from generator.writing.pages.withdrawn import withdrawn_page
from generator.writing.views import ContextIndex, DocumentView, build_context_index, document_view

_ENTITY_FOLDERS = tuple(f"{folder}/" for folder in (*urls.HUBS.values(), urls.NAMES))


class EarlyPage(msgspec.Struct, frozen=True):
    """A page in Markdown, as it will be after a decision."""

    page: OutputFile | None
    """None if there is no such page any more."""
    ledger: bytes | None = None
    """The bytes of the `ledger.json` of its document."""
    entity_pages: tuple[PagePath, ...] = ()
    """The pages to which it may link, also those that no run has made yet."""


def early_page(state: CorpusState, address: str) -> EarlyPage | None:
    """Return the page at an address, as the files of the seeds folder decide now.

    None if it needs a whole run. Raises LookupError if a run is writing at this moment what the
    page needs, SeedbedError if the decisions cannot be read.
    """
    corpus = state.corpus
    source = next((path for path, known in corpus.addresses.items() if known == address), None)
    entity_id = EntityId(address.strip("/"))
    with open_readonly(state.settings.root / DATABASE_FILE) as database:
        if source in corpus.by_source and source is not None:
            return _early_document_page(state, Overlay(database, {}), source)
        if entity_id.startswith(_ENTITY_FOLDERS):
            return _early_entity_page(state, Overlay(database, {}), entity_id)
    return None


def _early_document_page(
    state: CorpusState, database: Overlay, source: SeedPath
) -> EarlyPage | None:
    settings = state.settings
    entry = find_entry(database, READ.name, source)
    correction = load_correction(settings, source)
    if correction and correction.withdrawn:
        return _early_withdrawn_page(state, correction, correction.withdrawn)
    saved = READ.decode(entry).record if entry else None
    if saved is None or "spacy" in settings.names:
        return None
    rules = load_structure_rules(settings, (source,)).get(source)
    current = current_document(settings, database, saved, rules)
    if current is None:
        return None
    record = corrections.apply_to(current.record, correction)
    corpus_now = _CorpusNow.build(state, current.database, source, record)
    view, site = corpus_now.view_of(corpus_now.corpus.by_source[source]), site_info(settings)
    page = document_page(view, site, cited_work(view.document, view.address, site))
    return EarlyPage(page, dump_ledger(view.document), corpus_now.entity_pages)


def _early_withdrawn_page(
    state: CorpusState, correction: DocumentCorrection, withdrawal: Withdrawal
) -> EarlyPage:
    """Return the page of a withdrawn document; it has one where it was published before."""
    source, corpus = correction.source, state.corpus
    if source not in corpus.added:
        return EarlyPage(None)
    title = correction.title.value if correction.title else None
    withdrawn = WithdrawnDocument(source, withdrawal, corpus.by_source[source].digest, title)
    return EarlyPage(withdrawn_page(withdrawn, corpus, site_info(state.settings)))


def _changed_documents(
    state: CorpusState, decided: NameCorrections, record: DocumentRecord | None
) -> dict[SeedPath, DocumentRecord]:
    """Return the documents as they are now, with what the corpus and the notes say about them.

    Only `record` is returned, or all documents if a decision about splitting names changed.
    """
    documents = [
        record if record and record.source == each.source else each for each in state.selected
    ]
    has_other_splits = decided.split != state.names.split
    if not record and not has_other_splits:
        return {}
    dated = resolve_date_order(documents).value
    settled = with_split_heads(state.notes.settle(dated, state.settings.rights), decided)
    known = state.corpus.by_source
    return {
        each.source: each
        for each in settled
        if each.source in known and (has_other_splits or (record and each.source == record.source))
    }


def _with_documents(corpus: Corpus, new: Mapping[SeedPath, DocumentRecord]) -> Corpus:
    """Return a corpus with other records of some of its documents.

    Its authors are not linked to entities yet.
    """
    documents = [new.get(each.source, each) for each in corpus.documents]
    made = assemble_corpus(documents, corpus.addresses, urls.author_addresses)
    return replace(
        corpus,
        documents=made.documents,
        by_source=made.by_source,
        authors=made.authors,
        author_pages=made.author_pages,
    )


def _early_entity_page(
    state: CorpusState, database: Overlay, entity_id: EntityId
) -> EarlyPage | None:
    """Return the page of an entity, or of the one that its names mean now.

    None if no run and no decision knows an entity of this id.
    """
    if "spacy" in state.settings.names:
        return None
    corpus_now = _CorpusNow.build(state, database, entity_id, None)
    before, registry = state.corpus.entities, corpus_now.corpus.entities
    names = [name for name, former in before.by_name.items() if former == entity_id]
    meant = Counter(registry.by_name[name] for name in names if name in registry.by_name)
    if entity_id not in registry.entities and entity_id not in before.entities:
        return None
    shown = (
        entity_id
        if entity_id in registry.entities
        else max(meant, key=meant.__getitem__, default=None)
    )
    if shown is None or not registry.entities[shown].address:
        return EarlyPage(None)
    view = build_entity_index(corpus_now.index).view_of(shown)
    pages = entity_pages(view, corpus_now.quotes_of(shown), site_info(state.settings))
    return EarlyPage(next(pages), None, corpus_now.entity_pages)


class _CorpusNow(msgspec.Struct, frozen=True):
    """The corpus of the last run, with the current decisions."""

    before: Corpus
    database: Overlay
    decided: NameCorrections
    index: ContextIndex
    names: NameLookup

    @classmethod
    def build(
        cls,
        state: CorpusState,
        saved: Overlay,
        subject: SeedPath | EntityId,
        record: DocumentRecord | None,
    ) -> _CorpusNow:
        """Link names again if those in documents changed, or the decisions about them.

        `record` is the document that is the subject, as it is now.
        """
        decided = match_names(load_name_corrections(state.settings), state.corpus).corrections
        corpus = _with_documents(state.corpus, _changed_documents(state, decided, record))
        corpus = replace(corpus, notes=state.notes.with_current(state.settings, subject).notes)
        changed = _with_other_corrections(state.names, decided)
        if record and (decided != state.names or saved.replaces(DOCUMENTS, record.source)):
            changed |= {record.source}
        database = overlay_with_names(saved, corpus, decided, changed)
        build = Build(database, 1, no_progress, state.program, 0)
        usages = NameUsages(build, frozenset(corpus.by_source))
        corrected = CorrectedUsages.build(usages, decided)
        if decided != state.names or not have_same_names(saved, database, changed):
            addresses = load_entity_addresses(state.settings)
            corpus = link_entities(corpus, usages, decided, addresses).corpus
        else:
            corpus = join_people(corpus)
        lookup = NameLookup(usages, corrected)
        return cls(state.corpus, database, decided, build_context_index(corpus), lookup)

    @property
    def corpus(self) -> Corpus:
        """The corpus."""
        return self.index.corpus

    @property
    def entity_pages(self) -> tuple[PagePath, ...]:
        """The page of each entity that has one."""
        entities = self.corpus.entities.entities.values()
        return tuple(urls.entity_page(entity.id) for entity in entities if entity.address)

    def view_of(self, record: DocumentRecord) -> DocumentView:
        """Return a document with all that its page shows."""
        found = get_value(self.database, MENTIONS, record.source, tuple[Mention, ...])
        context = self.index.context_of(record, *self.names.for_document(record.source))
        return document_view(context, load_document(self.database, record), found)

    def quotes_of(self, entity_id: EntityId) -> Callable[[SeedPath, EntityId], Sequence[Quote]]:
        """Return a function that returns the sentences of a document that mention an entity."""
        before, now = self.before.entities.by_name, self.corpus.entities.by_name
        names = (name for name, meant in now.items() if meant == entity_id)
        return partial(self._quotes, {before[name] for name in names if name in before})

    def _quotes(
        self, former: Collection[EntityId], source: SeedPath, entity_id: EntityId
    ) -> Sequence[Quote]:
        """Return the sentences as the last run saved them, or from the text if it meant others.

        `former` are the entities that the names of this one meant then.
        """
        counts = _counts(self.before, source)
        mentioned = [former_id for former_id in former if former_id in counts]
        now = _counts(self.corpus, source)[entity_id]
        if [counts[former_id] for former_id in mentioned] == [now]:
            saved: dict[EntityId, list[Quote]]
            saved = get_value(self.database, QUOTES, source, dict[EntityId, list[Quote]])
            return saved.get(mentioned[0], [])
        return quotes_by_entity(self.view_of(self.corpus.by_source[source])).get(entity_id, [])


def _with_other_corrections(before: NameCorrections, now: NameCorrections) -> frozenset[SeedPath]:
    """Return the documents whose corrections of single mentions changed."""
    old, new = (
        by_document(structs.replace(mention, line=0) for mention in decided.mentions)
        for decided in (before, now)
    )
    return frozenset(source for source in old | new if old.get(source) != new.get(source))


def _counts(corpus: Corpus, source: SeedPath) -> dict[EntityId, int]:
    mentions = corpus.mentions[source]
    return dict(zip(mentions.entities, mentions.counts, strict=True))
