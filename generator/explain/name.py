"""Every decision about one name, and the rules behind it: the output of `seedbed explain NAME`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from generator import corrections
from generator.corrections.near_copies import find_copied_texts
from generator.linking.entities.open_questions import yaml_quoted
from generator.linking.entities.resolve import count_usages, same_spelling, without_footer
from generator.linking.names.in_corpus import find_names_in_corpus
from generator.model import Corpus, Entity, Mention, SeedbedError, SeedPath
from generator.pipeline.document_selection import load_inventory
from generator.pipeline.document_stages import read_seed_document
from generator.pipeline.entities import link_entities, load_entity_addresses
from generator.pipeline.load_corrections import load_name_corrections
from generator.pipeline.load_structure import load_structure_rules
from generator.pipeline.sources import expand_with, seed_source
from generator.settings import Settings
from generator.writing.pages.review import describe as doubt_in_words

_SHOWN = 20
"""Mentions that are listed in full; all are counted."""

Decisions = dict[str, Any]
"""Plain values for JSON."""

Sighting = tuple[SeedPath, Mention]


def explain_name(settings: Settings, name: str) -> Decisions:
    """Return which entities a name means, and why; reads the whole corpus.

    Raises SeedbedError, with the most similar name, if no document has the name.
    """
    corpus, sightings = _corpus(settings)
    matching = [sighting for sighting in sightings if _is_called(sighting[1], name, corpus)]
    if not matching:
        names = (mention.name or mention.text for _, mention in sightings)
        similar = corrections.closest_names((name,), dict.fromkeys(names)).get(name)
        hint = f'Did you mean "{similar}"?' if similar else "The rules may not detect it as a name"
        raise SeedbedError(f'there is no seed and no name "{name}"', hint)
    registry = corpus.entities
    ids = sorted({entity.id for _, mention in matching if (entity := registry.entity_of(mention))})
    unsure = [sighting for sighting in matching if registry.entity_of(sighting[1]) is None]
    return {
        "schema": 1,
        "name": name,
        "entities": [_entity(registry.entities[entity_id], sightings, corpus) for entity_id in ids],
        "unsure": _mentions(unsure),
        "doubts": [
            {"question": doubt_in_words(question), "remedy": question.remedy}
            for question in registry.open_questions
            if same_spelling(question.name, name)
        ],
        "corrections": list(_corrections(name)),
    }


def as_text(decisions: Decisions) -> str:
    """Return the decisions as text for users, one per line."""
    lines = [decisions["name"]]
    for entity in decisions["entities"]:
        lines.append(f"  {entity['kind']} {entity['name']} ({entity['id']})")
        lines += [f"    {reason}" for reason in entity["reasons"]]
        forms = ", ".join(f"{text} ({count:,})" for text, count in entity["forms"])
        lines.append(f"    forms: {forms}")
        lines += [f"    {line}" for line in _mentions_in_words(entity["mentions"])]
    if decisions["unsure"]["count"]:
        lines.append("  not linked: ambiguous")
        lines += [f"    {line}" for line in _mentions_in_words(decisions["unsure"])]
    lines += [f"  open: {doubt['question']}: {doubt['remedy']}" for doubt in decisions["doubts"]]
    lines.append("  to correct it, put one of these below `names:` in seeds/corrections.yml")
    return "\n".join([*lines, *(f"    {line}" for line in decisions["corrections"])])


def _corpus(settings: Settings) -> tuple[Corpus, list[Sighting]]:
    """Return the corpus of published documents, and the names in them."""
    source = seed_source(settings.seeds)
    inventory = load_inventory(settings, expand_with(source))
    rules = load_structure_rules(settings, inventory.readable)
    read = (read_seed_document(source, path, rules)[0] for path in inventory.readable)
    documents = [document for document in read if document]
    near = {
        document.source: find_copied_texts(document, inventory.originals) for document in documents
    }
    withheld = inventory.find_hidden(documents, near).copies
    documents = [
        corrections.apply_to(document, inventory.corrections.get(document.source))
        for document in documents
        if document.source not in withheld
    ]
    mentions_of = {
        document.source: without_footer(document, mentions)
        for document, mentions in zip(
            documents, find_names_in_corpus(documents, settings.names), strict=True
        )
    }
    usages = [(source, count_usages(mentions)) for source, mentions in mentions_of.items()]
    records = tuple(document.record for document in documents)
    decisions, addresses = load_name_corrections(settings), load_entity_addresses(settings)
    linked = link_entities(Corpus(records, {}), usages, decisions, addresses)
    return linked.corpus, [
        (source, mention)
        for source, mentions in mentions_of.items()
        for mention in linked.corrected.correct_mentions(source, mentions)
    ]


def _is_called(mention: Mention, name: str, corpus: Corpus) -> bool:
    entity = corpus.entities.entity_of(mention)
    forms = (mention.text, mention.name, entity.name if entity else "")
    return any(same_spelling(form, name) for form in forms)


def _entity(entity: Entity, sightings: Iterable[Sighting], corpus: Corpus) -> Decisions:
    own = [
        (source, mention)
        for source, mention in sightings
        if corpus.entities.entity_of(mention) == entity
    ]
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "address": entity.address,
        "reasons": list(entity.reasons),
        "forms": [(alias.text, alias.mentions) for alias in entity.aliases],
        "mentions": _mentions(own),
    }


def _mentions(sightings: Iterable[Sighting]) -> Decisions:
    """Return the number of mentions, the rules that matched, and the first mentions in full."""
    shown = list(sightings)
    rules = Counter(reason for _, mention in shown for reason in mention.reasons)
    return {
        "count": len(shown),
        "rules": sorted(rules.items(), key=lambda pair: (-pair[1], pair[0])),
        "first": [
            {
                "document": source,
                "paragraph": mention.block + 1,
                "text": mention.text,
                "kind": mention.kind,
                "name": mention.name,
                "strong": mention.strong,
                "reasons": list(mention.reasons),
            }
            for source, mention in shown[:_SHOWN]
        ],
    }


def _mentions_in_words(mentions: Decisions) -> Iterator[str]:
    yield from (f"{count:,} × {rule}" for rule, count in mentions["rules"])
    for mention in mentions["first"]:
        evidence = "strong" if mention["strong"] else "weak"
        full_name = f' as "{mention["name"]}"' if mention["name"] != mention["text"] else ""
        reasons = "; ".join(mention["reasons"]) or "no rule"
        where = f"{mention['document']}, paragraph {mention['paragraph']}"
        yield f'{where}: {mention["kind"]} "{mention["text"]}"{full_name}, {evidence}: {reasons}'
    more = mentions["count"] - len(mentions["first"])
    if more:
        yield f"and {more:,} more"


def _corrections(name: str) -> Iterator[str]:
    quoted = yaml_quoted(name)
    yield f'merge: {{"THE RIGHT NAME": [{quoted}]}}'
    yield f'split: {{{quoted}: {{"ANOTHER NAME": [PATH]}}}}'
    yield f'rename: {{{quoted}: "THE RIGHT NAME"}}'
    yield f"kind: {{{quoted}: person}}"
    yield f"suppress: [{quoted}]"
    yield f"same-as: {{{quoted}: [Q1]}}"
