"""Every decision about one name and the rules that led to it: `seedbed explain NAME`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from generator import corrections
from generator.corrections import yaml_quoted
from generator.explain.loaded_corpus import LoadedCorpus, Sighting, load_corpus
from generator.linking.entities.resolve import same_spelling
from generator.model import Corpus, Entity, SeedbedError
from generator.pipeline.load_corrections import load_name_corrections
from generator.settings import Settings
from generator.writing.labels import labels_for
from generator.writing.pages.review import describe as question_in_words

_SHOWN = 20
"""Mentions that are listed in full; all are counted."""

Decisions = dict[str, Any]
"""Plain values for JSON."""


def explain_name(settings: Settings, name: str) -> Decisions:
    """Return which entities a name means, and why; reads the whole corpus.

    Raises SeedbedError, with the most similar name, if no document has the name.
    """
    loaded = load_corpus(settings)
    corpus, sightings = loaded.corpus, loaded.sightings
    matching = [sighting for sighting in sightings if _is_called(sighting, name, corpus)]
    if not matching:
        names = (mention.name or mention.text for _, mention in sightings)
        similar = corrections.closest_names((name,), dict.fromkeys(names)).get(name)
        hint = f'Did you mean "{similar}"?' if similar else "The rules may not detect it as a name"
        raise SeedbedError(f'there is no seed and no name "{name}"', hint)
    registry = corpus.entities
    meant = [registry.entity_of(mention, source) for source, mention in matching]
    ids = sorted({entity.id for entity in meant if entity})
    unsure = [sighting for sighting, entity in zip(matching, meant, strict=True) if entity is None]
    return {
        "schema": 1,
        "name": name,
        "entities": [_entity(registry.entities[entity_id], loaded) for entity_id in ids],
        "unsure": _mentions(unsure, loaded),
        "suppressed": _suppressing_line(settings, name),
        "open_questions": [
            {"question": question_in_words(question, labels_for("en")), "remedy": question.remedy}
            for question in registry.open_questions
            if same_spelling(question.name, name)
        ],
        "corrections": list(_corrections(name, (unsure or matching)[0], loaded)),
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
        line = decisions["suppressed"]
        reason = (
            f"suppressed (corrections.yml, line {line})" if line else "not certain, or ambiguous"
        )
        lines.append(f"  not linked: {reason}")
        lines += [f"    {line}" for line in _mentions_in_words(decisions["unsure"])]
    lines += [f"  open: {it['question']}: {it['remedy']}" for it in decisions["open_questions"]]
    lines.append("  to correct it, put one of these below `names:` in seeds/corrections.yml")
    return "\n".join([*lines, *(f"    {line}" for line in decisions["corrections"])])


def _suppressing_line(settings: Settings, name: str) -> int | None:
    """Return the line of corrections.yml that says that a text is no name."""
    entries = load_name_corrections(settings).suppress
    return next((entry.line for entry in entries if same_spelling(entry.name, name)), None)


def _is_called(sighting: Sighting, name: str, corpus: Corpus) -> bool:
    source, mention = sighting
    entity = corpus.entities.entity_of(mention, source)
    forms = (mention.text, mention.name, entity.name if entity else None)
    return any(same_spelling(form, name) for form in forms if form)


def _entity(entity: Entity, loaded: LoadedCorpus) -> Decisions:
    own = [
        (source, mention)
        for source, mention in loaded.sightings
        if loaded.corpus.entities.entity_of(mention, source) == entity
    ]
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "address": entity.address,
        "reasons": list(entity.reasons),
        "forms": [(alias.text, alias.mentions) for alias in entity.aliases],
        "mentions": _mentions(own, loaded),
    }


def _mentions(sightings: Iterable[Sighting], loaded: LoadedCorpus) -> Decisions:
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
                "paragraph_id": loaded.paragraphs[source][mention.block],
                "text": mention.text,
                "kind": mention.kind,
                "name": mention.name or "",
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
        paragraph = f"{mention['paragraph']} ({mention['paragraph_id']})"
        where = f"{mention['document']}, paragraph {paragraph}"
        yield f'{where}: {mention["kind"]} "{mention["text"]}"{full_name}, {evidence}: {reasons}'
    more = mentions["count"] - len(mentions["first"])
    if more:
        yield f"and {more:,} more"


def _corrections(name: str, example: Sighting, loaded: LoadedCorpus) -> Iterator[str]:
    quoted = yaml_quoted(name)
    source, mention = example
    paragraph = loaded.paragraphs[source][mention.block]
    meaning = f'{{{yaml_quoted(mention.text)}: "ANOTHER NAME or nobody"}}'
    part = yaml_quoted(f"{source}#{paragraph}")
    yield f'merge: {{"THE RIGHT NAME": [{quoted}]}}'
    yield f'split: {{{quoted}: {{"ANOTHER NAME": [PATH or {part}]}}}}'
    yield f"mentions: {{{yaml_quoted(source)}: {{{paragraph}: {meaning}}}}}"
    yield f'rename: {{{quoted}: "THE RIGHT NAME"}}'
    yield f"kind: {{{quoted}: KIND}}"
    yield f"suppress: [{quoted}]"
    yield f"same-as: {{{quoted}: [Q1]}}"
