"""The corpus as explanations need it: read again, with every mention and the reasons for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from generator import corrections
from generator.corrections import NameCorrections
from generator.corrections.withdrawn_near_duplicates import find_copied_texts
from generator.files import list_seeds
from generator.linking.authority.lookup import AuthorityLookup, forms_in
from generator.linking.authority.matcher import NameMatcher
from generator.linking.authority.replace_mentions import with_authority_names
from generator.linking.corrected_mentions import by_document, correct_mentions, match_documents
from generator.linking.date_order import resolve_date_order
from generator.linking.entities.resolve import count_usages, with_split_heads, without_footer
from generator.linking.names.find_in_corpus import find_names_in_corpus
from generator.model import Corpus, Document, Mention, SeedPath
from generator.pipeline.address_table import parse_address_table
from generator.pipeline.document_selection import load_inventory
from generator.pipeline.entities import link_entities, load_entity_addresses
from generator.pipeline.load_corrections import load_name_corrections
from generator.pipeline.load_structure import load_structure_rules
from generator.pipeline.seed_reading import read_seed_document
from generator.pipeline.sources import expand_with, seed_source
from generator.settings import Settings
from generator.text.paragraph_ids import paragraph_ids

Sighting = tuple[SeedPath, Mention]


class LoadedCorpus(msgspec.Struct, frozen=True):
    """The published documents, and the names in them."""

    corpus: Corpus
    sightings: list[Sighting]
    paragraphs: Mapping[SeedPath, list[str]]
    """The ids of the paragraphs of each document."""


def load_corpus(settings: Settings) -> LoadedCorpus:
    """Read all documents, without the database of a build."""
    decided, addresses = load_name_corrections(settings), load_entity_addresses(settings)
    documents = with_split_heads(resolve_date_order(_published(settings)).value, decided)
    decided = replace(decided, mentions=match_documents(decided.mentions, documents).corrections)
    mentions_of = dict(_mentions(settings, documents, decided))
    usages = [(source, count_usages(mentions)) for source, mentions in mentions_of.items()]
    records = tuple(document.record for document in documents)
    linked = link_entities(Corpus(records, {}), usages, decided, addresses)
    sightings = [
        (source, mention)
        for source, mentions in mentions_of.items()
        for mention in linked.corrected.correct_mentions(source, mentions)
    ]
    ids = {
        document.source: paragraph_ids(block.text for block in document.blocks)
        for document in documents
    }
    return LoadedCorpus(linked.corpus, sightings, ids)


def _published(settings: Settings) -> list[Document]:
    """Return the documents that are shown, with their corrections."""
    source = seed_source(settings.seeds, settings.ocr)
    addresses = parse_address_table(settings)
    seeds = list_seeds(settings.seeds)
    inventory = load_inventory(settings, seeds, addresses, expand_with(source))
    rules = load_structure_rules(settings, inventory.readable)
    read = (read_seed_document(source, path, rules).value for path in inventory.readable)
    documents = [document for document in read if document]
    near = {
        document.source: find_copied_texts(document, inventory.originals) for document in documents
    }
    withheld = inventory.find_hidden(documents, near, inventory.current_addresses(documents)).copies
    return [
        corrections.apply_to(document, inventory.corrections.get(document.source))
        for document in documents
        if document.source not in withheld
    ]


def _mentions(
    settings: Settings, documents: Sequence[Document], decided: NameCorrections
) -> Iterator[tuple[SeedPath, tuple[Mention, ...]]]:
    """Yield each document with its mentions, those of names.csv and corrected ones among them."""
    lookup = AuthorityLookup.build(decided.authority_records)
    matcher = NameMatcher.build(lookup.forms)
    corrected = by_document(decided.mentions)
    found = find_names_in_corpus(documents, settings.names)
    for document, own in zip(documents, found, strict=True):
        records = lookup.names_with(forms_in(document, matcher))
        mentions = with_authority_names(document, own, records)
        own_corrections = corrected.get(document.source, ())
        mentions = correct_mentions(document, mentions, own_corrections).mentions
        yield document.source, without_footer(document, mentions)
