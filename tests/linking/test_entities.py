"""Entity resolution: names become entities, and stay apart if ambiguous."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from generator.corrections import NameCorrections, NameEntry, SplitTarget, parse_corrections
from generator.linking.entities.forms import PersonName, fold_name
from generator.linking.entities.people import ALLOWED_DIFFERENCES, same_person_rules
from generator.linking.entities.resolve import (
    CorrectedUsages,
    DocumentUsages,
    count_usages,
    resolve_entities,
)
from generator.linking.entities.variants import SAME_KEY_RULES, SHORTER_NAME_RULES
from generator.model import Entity, EntityId, EntityRegistry, Mention, SeedPath
from generator.writing.addresses.entity_permalinks import assign, old_addresses
from generator.writing.addresses.urls import entity_addresses
from tests.support import CASES, Case, cases, load_cases


def mention(name: str, kind: str = "person", text: str = "", *, strong: bool = True) -> Mention:
    """Return a mention of a name."""
    return Mention(0, 0, 0, text or name, kind, 1.0, strong, (), name)


def parse_mention(line: str) -> Mention:
    """Return a mention from a line of a case: `kind: name = words`."""
    kind, _, rest = line.partition(": ")
    name, _, text = rest.partition(" = ")
    return mention(name.strip(), kind.removeprefix("~"), text, strong=kind[0] != "~")


def usages_of(documents: list[list[Mention]]) -> list[DocumentUsages]:
    """Return the names in each document."""
    return [(SeedPath(f"{n}.txt"), count_usages(names)) for n, names in enumerate(documents)]


def resolve(documents: list[list[Mention]], size: int = 0) -> EntityRegistry:
    """Return the entities of a corpus with these mentions in its documents."""
    return resolve_entities(
        CorrectedUsages(usages_of(documents)), size or len(documents), entity_addresses
    )


def entity(registry: EntityRegistry, address: str) -> Entity:
    """Return the entity with an id."""
    return registry.entities[EntityId(address)]


def groups(registry: EntityRegistry) -> list[list[str]]:
    """Return the names of each entity, the canonical name first."""
    names: dict[str, list[str]] = {entity_id: [] for entity_id in registry.entities}
    for (_, name), entity_id in registry.by_name.items():
        names[entity_id].append(name)
    return sorted(
        [entity.name, *sorted(set(names[entity.id]) - {entity.name})]
        for entity in registry.entities.values()
    )


@cases("same_person")
def test_names_of_people_are_compared_part_by_part(case: Case) -> None:
    """In either order."""
    person, other = (PersonName.parse(name) for name in case.given)
    for rules in (same_person_rules(person, other), same_person_rules(other, person)):
        assert (None if rules is None else [rule.name for rule in rules]) == case.expect


@cases("questions")
def test_open_questions_offer_the_line_that_most_likely_answers_them(case: Case) -> None:
    """Those whose answer changes most first."""
    documents = [[parse_mention(line) for line in lines] for lines in case.given]
    questions = resolve(documents, size=30).open_questions
    lines = [f"{question.name}: {question.kind}: {question.remedy}" for question in questions]
    assert lines == case.expect


@cases("questions")
def test_every_offered_line_is_valid(case: Case) -> None:
    """As it would be pasted into corrections.yml."""
    for line in case.expect:
        remedy = line.split(": ", 2)[2]
        assert parse_corrections(f"names:\n  {remedy}\n").problems == ()


@cases("entities")
def test_names_become_entities(case: Case) -> None:
    """Across documents, whatever their order."""
    documents = [[parse_mention(line) for line in lines] for lines in case.given]
    assert groups(resolve(documents)) == case.expect
    assert groups(resolve(documents[::-1])) == case.expect


def test_a_page_needs_two_documents() -> None:
    """Or one, in a corpus of fewer than twenty."""
    once = [[mention("Ana Ruiz")]]
    assert entity(resolve(once, 19), "people/ana-ruiz").address == "people/ana-ruiz/"
    assert entity(resolve(once, 20), "people/ana-ruiz").address is None
    assert entity(resolve(once * 2, 20), "people/ana-ruiz").address


def test_names_without_strong_evidence_get_no_page() -> None:
    """Strong evidence in one document of many does not make a mention in another one count."""
    weak = mention("Ana Ruiz", strong=False)
    assert resolve([[weak], [weak]]).entities == {}
    registry = resolve([[mention("Ana Ruiz")], [weak]], 20)
    assert registry.entity_of(weak) is None
    assert entity(registry, "people/ana-ruiz").documents == 1


def test_plain_mentions_of_a_name_with_a_page_count() -> None:
    """The town in which everything happens has all its mentions, but not the club of its name."""
    weak = mention("Zubizar", "place", strong=False)
    club = structs.replace(weak, contested=True)
    registry = resolve([[mention("Zubizar", "place")], [mention("Zubizar", "place")], [weak, club]])
    assert registry.entity_of(weak) is not None
    assert registry.entity_of(club) is None
    assert entity(registry, "places/zubizar").documents == 3
    assert entity(registry, "places/zubizar").mentions == 3


def test_an_ambiguous_surname_is_no_entity() -> None:
    """Keiko and Alberto Fujimori in one document: a bare "Fujimori" has an empty name."""
    undecided = mention("", text="Fujimori")
    registry = resolve([[mention("Keiko Fujimori"), mention("Alberto Fujimori"), undecided]])
    assert registry.entity_of(undecided) is None
    assert len(registry.entities) == 2


def test_a_misclassified_name_gets_no_page() -> None:
    """A name that is an organization in six documents is no place in the seventh."""
    documents = [[mention("Bloomberg News", "organization")]] * 6
    registry = resolve([*documents, [mention("Bloomberg News", "place")]])
    assert entity(registry, "places/bloomberg-news").address is None
    assert entity(registry, "organizations/bloomberg-news").address


def test_a_country_is_no_organization() -> None:
    """Whatever the finder says; it is an open question for people."""
    registry = resolve([[mention("United States of America", "organization")]] * 3)
    assert entity(registry, "organizations/united-states-of-america").address is None
    assert [question.remedy for question in registry.open_questions] == [
        'kind: {"United States of America": place}'
    ]


def test_every_rule_has_a_case_that_needs_it() -> None:
    """A rule that no case names is not needed."""
    reasons = " ".join(
        reason
        for case in load_cases("entities")
        for entity in resolve(
            [[parse_mention(line) for line in lines] for lines in case["given"]]
        ).entities.values()
        for reason in entity.reasons
    )
    reasons += (CASES / "same_person.yml").read_text("utf-8")
    rules = [rule.name for rule in SAME_KEY_RULES] + [rule.name for rule in SHORTER_NAME_RULES]
    rules += [rule.name for part in ALLOWED_DIFFERENCES.values() for rule in part]
    assert [rule for rule in rules if rule not in reasons] == []


_NAMES = st.builds(
    " ".join,
    st.lists(
        st.sampled_from(
            "Ana Bill William J. K. Luis Jr. van Arce Córdova Peru US of Bank ABC".split()
        ),
        min_size=1,
        max_size=4,
    ),
)
_MENTIONS = st.builds(
    mention, _NAMES, st.sampled_from(["person", "organization", "place"]), strong=st.booleans()
)


@given(st.lists(st.lists(_MENTIONS, max_size=5), max_size=6), st.randoms())
def test_the_order_of_documents_and_names_changes_nothing(
    documents: list[list[Mention]], order: random.Random
) -> None:
    """Promise 8. Every strong name is in exactly one entity."""
    registry = resolve(documents)
    usages = usages_of(documents)
    order.shuffle(usages)
    shuffled = resolve_entities(CorrectedUsages(usages), len(documents), entity_addresses)
    assert shuffled == registry
    strong = {(name.kind, name.name) for names in documents for name in names if name.strong}
    assert registry.by_name.keys() >= strong  # and weak ones of which other documents are sure
    assert {registry.entities[entity].id for entity in registry.by_name.values()} == set(
        registry.entities
    )


_NAME = st.sampled_from(
    ["Ana Ruiz", "Ana Arce", "Luis Arce", "Bank of Peru", "ABC", "Bill J. Arce"]
)


def _entries(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[NameEntry[Any], ...]]:
    entries = st.dictionaries(_NAME, values, max_size=2)
    return entries.map(
        lambda values: tuple(NameEntry(name, value, 1) for name, value in values.items())
    )


_CORRECTIONS = st.builds(
    NameCorrections,
    merge=_entries(st.lists(_NAME, min_size=1, max_size=2).map(tuple)),
    split=_entries(st.just((SplitTarget("Ana Ruiz (senator)", (SeedPath("0.txt"),), 1),))),
    rename=_entries(_NAME),
    kind=_entries(st.sampled_from(["person", "organization", "place"])),
    suppress=_entries(st.none()),
    same_as=_entries(st.just(("https://example.org/",))),
)
_CORRECTED_MENTIONS = st.builds(
    mention, _NAME, st.sampled_from(["person", "organization", "place"]), strong=st.booleans()
)


@given(st.lists(st.lists(_CORRECTED_MENTIONS, max_size=4), max_size=4), _CORRECTIONS)
def test_with_any_corrections_every_name_has_at_most_one_entity(
    documents: list[list[Mention]], corrections: NameCorrections
) -> None:
    """Counts add up, no name is lost, and every old address leads to a page."""
    corrected = CorrectedUsages(usages_of(documents), corrections)
    registry = resolve_entities(corrected, len(documents), entity_addresses)
    assert set(registry.by_name.values()) == set(registry.entities)
    counts: Counter[EntityId] = Counter()
    for name in (name for _, names in corrected for name in names):
        if entity := registry.entity_of(name):
            counts[entity.id] += name.count
    assert counts == {entity.id: entity.mentions for entity in registry.entities.values()}
    addresses = {entity.address for entity in registry.entities.values()}
    assert addresses >= set(registry.moved.values())
    moved = old_addresses(assign((), registry), registry)
    assert addresses.isdisjoint(moved)
    assert addresses >= set(moved.values())


@given(st.text())
def test_a_folded_name_folds_to_itself(name: str) -> None:
    """So that keys can be compared."""
    assert fold_name(fold_name(name)) == fold_name(name)
