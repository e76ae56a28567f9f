"""Every decision about one name, and the rules that spoke: what `seedbed explain NAME` tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from generator import corrections
from generator.corrections.near_copies import near_originals
from generator.linking.entities.open_questions import yaml_quoted
from generator.linking.entities.resolve import count_usages, same_spelling, without_footer
from generator.linking.names.in_corpus import find_names_in_corpus
from generator.model import Corpus, Entity, Mention, SeedbedError, SeedPath
from generator.pipeline.admission import rulings
from generator.pipeline.document_stages import read_seed_document
from generator.pipeline.entities import link_entities, load_entity_addresses
from generator.pipeline.load_corrections import load_name_corrections
from generator.settings import Settings
from generator.writing.pages.review import describe as doubt_in_words

_SHOWN = 20
"""Mentions that are told one by one; all are counted."""

Decisions = dict[str, Any]
"""Plain values, ready for JSON."""

Sighting = tuple[SeedPath, Mention]


def explain_name(settings: Settings, name: str) -> Decisions:
    """Tell whom a name means, and why; reads the whole corpus.

    Raises SeedbedError, with the nearest name, when no document has it.
    """
    corpus, sightings = _corpus(settings)
    asked = [one for one in sightings if _is_asked(one[1], name, corpus)]
    if not asked:
        known = (mention.name or mention.text for _, mention in sightings)
        near = corrections.closest_names((name,), dict.fromkeys(known)).get(name)
        hint = f'Did you mean "{near}"?' if near else "It may be no name for the finder"
        raise SeedbedError(f'there is no seed and no name "{name}"', hint)
    who = corpus.entities
    ids = sorted({entity.id for _, mention in asked if (entity := who.entity_of(mention))})
    unsure = [sentence for sentence in asked if who.entity_of(sentence[1]) is None]
    return {
        "schema": 1,
        "name": name,
        "entities": [_entity(who.entities[id_], sightings, corpus) for id_ in ids],
        "unsure": _mentions(unsure),
        "doubts": [
            {"question": doubt_in_words(question), "remedy": question.remedy}
            for question in who.doubts
            if same_spelling(question.name, name)
        ],
        "corrections": list(_corrections(name)),
    }


def as_text(decisions: Decisions) -> str:
    """Write the decisions for people, one a line."""
    lines = [decisions["name"]]
    for entity in decisions["entities"]:
        lines.append(f"  {entity['kind']} {entity['name']} ({entity['id']})")
        lines += [f"    {reason}" for reason in entity["reasons"]]
        forms = ", ".join(f"{text} ({count:,})" for text, count in entity["forms"])
        lines.append(f"    forms: {forms}")
        lines += [f"    {line}" for line in _mentions_in_words(entity["mentions"])]
    if decisions["unsure"]["count"]:
        lines.append("  not linked, because nobody can tell")
        lines += [f"    {line}" for line in _mentions_in_words(decisions["unsure"])]
    lines += [f"  open: {one['question']}: {one['remedy']}" for one in decisions["doubts"]]
    lines.append("  to correct it, put one of these below `names:` in seeds/corrections.yml")
    return "\n".join([*lines, *(f"    {line}" for line in decisions["corrections"])])


def _corpus(settings: Settings) -> tuple[Corpus, list[Sighting]]:
    """The documents that are published, and the names in them."""
    ruled = rulings(settings)
    read = (read_seed_document(settings, path)[0] for path in ruled.readable)
    documents = [document for document in read if document]
    near = {one.source: near_originals(one, ruled.originals) for one in documents}
    held = ruled.withheld(documents, near).copies
    documents = [
        corrections.apply_to(document, ruled.decided.get(document.source))
        for document in documents
        if document.source not in held
    ]
    found = {
        document.source: without_footer(document, mentions)
        for document, mentions in zip(
            documents, find_names_in_corpus(documents, settings.names), strict=True
        )
    }
    namings = [(source, count_usages(mentions)) for source, mentions in found.items()]
    records = tuple(document.record for document in documents)
    said, published = load_name_corrections(settings), load_entity_addresses(settings)
    linked = link_entities(Corpus(records, {}), namings, said, published)
    mentions = (
        (source, linked.corrected.correct_mentions(source, those))
        for source, those in found.items()
    )
    return linked.corpus, [(source, mention) for source, those in mentions for mention in those]


def _is_asked(mention: Mention, name: str, corpus: Corpus) -> bool:
    entity = corpus.entities.entity_of(mention)
    forms = (mention.text, mention.name, entity.name if entity else "")
    return any(same_spelling(form, name) for form in forms)


def _entity(entity: Entity, sightings: Iterable[Sighting], corpus: Corpus) -> Decisions:
    own = [sentence for sentence in sightings if corpus.entities.entity_of(sentence[1]) == entity]
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
    """Count mentions and the rules that spoke for them, and tell the first of them in full."""
    found = list(sightings)
    rules = Counter(reason for _, mention in found for reason in mention.reasons)
    return {
        "count": len(found),
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
            for source, mention in found[:_SHOWN]
        ],
    }


def _mentions_in_words(mentions: Decisions) -> Iterator[str]:
    yield from (f"{count:,} × {rule}" for rule, count in mentions["rules"])
    for one in mentions["first"]:
        evidence = "strong" if one["strong"] else "weak"
        said = f' as "{one["name"]}"' if one["name"] != one["text"] else ""
        reasons = "; ".join(one["reasons"]) or "no rule"
        where = f"{one['document']}, paragraph {one['paragraph']}"
        yield f'{where}: {one["kind"]} "{one["text"]}"{said}, {evidence}: {reasons}'
    left = mentions["count"] - len(mentions["first"])
    if left:
        yield f"and {left:,} more"


def _corrections(name: str) -> Iterator[str]:
    own = yaml_quoted(name)
    yield f'merge: {{"THE RIGHT NAME": [{own}]}}'
    yield f'split: {{{own}: {{"SOMEBODY ELSE": [PATH]}}}}'
    yield f'rename: {{{own}: "THE RIGHT NAME"}}'
    yield f"kind: {{{own}: person}}"
    yield f"suppress: [{own}]"
    yield f"same-as: {{{own}: [Q1]}}"
