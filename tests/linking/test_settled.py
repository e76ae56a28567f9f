"""What is settled in the corpus is used, and namesakes stay apart."""

from __future__ import annotations

import random
import re
from collections import Counter

import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.corrections import NameCorrections
from generator.linking.entities.namesakes import NAMESAKE_RULES
from generator.linking.entities.resolve import (
    DocumentUsages,
    count_entities,
    count_usages,
    resolve_entities,
)
from generator.linking.entities.years import YearsOfDocuments
from generator.model import EntityRegistry, Mention, SeedPath
from generator.writing.addresses.urls import entity_addresses
from tests.support import CASES, Case, cases

_LINE = re.compile(r"([~!]?)([a-z ]+): (?:\(([^)]+)\) )?([^=]+?)(?: = (.+))?")


def parse_mention(line: str) -> Mention:
    """Return a mention from a line of a case."""
    match = _LINE.fullmatch(line)
    assert match, line
    weak, kind, title, name, text = match.groups()
    return Mention(
        0, 0, 0, text or name, kind, 1.0, not weak, (), name, title or "", contested=weak == "!"
    )


def resolve(
    documents: dict[int, list[str]], order: random.Random | None = None
) -> tuple[EntityRegistry, list[DocumentUsages]]:
    """Return the entities of documents by year, and the names in each."""
    usages: list[DocumentUsages] = [
        (SeedPath(f"{year}.txt"), count_usages(map(parse_mention, lines)))
        for year, lines in documents.items()
    ]
    years = YearsOfDocuments({SeedPath(f"{year}.txt"): year for year in documents})
    if order is not None:
        order.shuffle(usages)
    registry = resolve_entities(usages, len(documents), entity_addresses, NameCorrections(), years)
    return registry, usages


@cases("settled")
def test_what_other_documents_settle_decides(case: Case) -> None:
    """The mentions that count are those that the entities say they have."""
    registry, usages = resolve(case.given)
    counts: Counter[str] = Counter()
    for entity in registry.entities.values():
        counts[entity.name] += entity.mentions
    assert counts == case.expect
    mentions: Counter[str] = Counter()
    for source, names in usages:
        counted = count_entities(source, names, registry)
        for entity_id, count in zip(counted.entities, counted.counts, strict=True):
            mentions[registry.entities[entity_id].name] += count
    assert mentions == case.expect


def test_a_ship_of_the_same_name_leaves_no_page_for_a_person() -> None:
    """If as many documents have the ship."""
    registry, _ = resolve({1890: ["person: Mary Roe"], 1891: ["~ship: Mary Roe"]})
    assert [entity.address for entity in registry.entities.values()] == [None]


def test_every_reason_for_namesakes_has_a_case() -> None:
    """And the page says why it is apart."""
    reasons = " ".join(
        reason
        for case in yaml.safe_load((CASES / "settled.yml").read_text("utf-8"))
        for entity in resolve(case["given"])[0].entities.values()
        for reason in entity.reasons
    )
    assert [rule.name for rule in NAMESAKE_RULES if rule.name not in reasons] == []


_LINES = st.sampled_from(
    [
        "person: John Storr",
        "~person: John Storr",
        "person: (Captain) John Storr",
        "person: (Rev.) John Storr",
        "person: J. Storr",
        "~person: (Mr.) Mr. Storr = Storr",
        "~person: (Mrs.) Mrs. Storr = Storr",
        "person: Hannah Storr",
        "~place: Storr",
        "~unknown: Storr",
        "~unknown place: Storr",
        "~ship: John Storr",
    ]
)


@given(
    st.dictionaries(st.integers(1800, 2000), st.lists(_LINES, max_size=4), max_size=8),
    st.randoms(),
)
def test_counts_add_up_in_any_order(documents: dict[int, list[str]], order: random.Random) -> None:
    """The mentions of all documents are those of the entities, whatever their order."""
    registry, usages = resolve(documents)
    assert resolve(documents, order)[0] == registry
    counts: dict[str, int] = dict.fromkeys(registry.entities, 0)
    for source, names in usages:
        counted = count_entities(source, names, registry)
        for entity, count in zip(counted.entities, counted.counts, strict=True):
            counts[entity] += count
    assert counts == {entity.id: entity.mentions for entity in registry.entities.values()}
