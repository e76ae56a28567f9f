"""What is settled in the corpus is used, and namesakes stay apart."""

from __future__ import annotations

import random
import re
from collections import Counter

import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.corrections import AuthorityRecord, NameCorrections, NameEntry
from generator.linking.entities.corpus_evidence import JOIN_RULES
from generator.linking.entities.namesakes import NAMESAKE_RULES
from generator.linking.entities.origins import Origins
from generator.linking.entities.resolve import (
    CorrectedUsages,
    DocumentUsages,
    count_entities,
    count_usages,
    resolve_entities,
    unmatched_names,
)
from generator.linking.entities.years import YearsOfDocuments
from generator.model import EntityKind, EntityRegistry, Mention, NameFacts, SeedPath
from generator.writing.addresses.urls import entity_addresses
from tests.counting_calls import count_calls
from tests.support import CASES, Case, cases

_LINE = re.compile(r"([~!]?)([a-z ]+): (?:\(([^)]+)\) )?([^=]+?)(?: = (.+))?")


def parse_mention(line: str) -> Mention:
    """Return a mention from a line of a case."""
    match = _LINE.fullmatch(line)
    assert match, line
    weak, kind, title, name, text = match.groups()
    return Mention(
        0, 0, 0, text or name, kind, 1.0, not weak, (), name, title or None, contested=weak == "!"
    )


def resolve(
    documents: dict[int, list[str]],
    order: random.Random | None = None,
    corrections: NameCorrections | None = None,
    authors: dict[SeedPath, frozenset[str]] | None = None,
    interviews: frozenset[SeedPath] = frozenset(),
) -> tuple[EntityRegistry, list[DocumentUsages]]:
    """Return the entities of documents by year, and the names in each."""
    usages: list[DocumentUsages] = [
        (SeedPath(f"{year}.txt"), count_usages(map(parse_mention, lines)))
        for year, lines in documents.items()
    ]
    years = YearsOfDocuments({SeedPath(f"{year}.txt"): year for year in documents})
    if order is not None:
        order.shuffle(usages)
    corrections = corrections or NameCorrections()
    origins = Origins(years, authors or {}, interviews)
    registry = resolve_entities(
        CorrectedUsages(usages, corrections), len(documents), entity_addresses, origins
    )
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


def test_a_title_that_fits_is_evidence_in_another_document() -> None:
    """In a large corpus too, if it speaks for the person: by the sex, or with the full name."""
    others: dict[int, list[str]] = {year: [] for year in range(1900, 1920)}
    for name, titled in (
        ("(Dr.) Amelia Cholmley", "(Dr.) Dr. Cholmley = Cholmley"),
        ("Amelia Cholmley", "(Miss) Miss Cholmley = Cholmley"),
    ):
        registry, _ = resolve({1890: [f"person: {name}"], 1891: [f"~person: {titled}"], **others})
        (entity,) = registry.entities.values()
        assert (entity.address, entity.mentions) == ("people/amelia-cholmley/", 2)
    documents = {1890: ["person: Amelia Cholmley"], 1891: ["~person: (Dr.) Dr. Cholmley"]}
    registry, _ = resolve({**documents, **others})
    assert [entity.address for entity in registry.entities.values()] == [None]


@cases("open_mentions")
def test_mentions_that_are_left_open_are_counted(case: Case) -> None:
    """So that a page does not say that there are no others."""
    registry, _ = resolve(case.given)
    counts = {entity.name: entity.open_mentions for entity in registry.entities.values()}
    assert counts == case.expect


def test_a_surname_that_two_share_is_open_for_both() -> None:
    """In one document, without a title."""
    people = [*map(parse_mention, ["person: John Storr", "person: Isaac Storr"])]
    shared = Mention(0, 0, 0, "Storr", "person", 1.0, False, (), None)
    usages = [(SeedPath("a.txt"), count_usages([*people, shared]))]
    registry = resolve_entities(CorrectedUsages(usages), 1, entity_addresses)
    assert [entity.open_mentions for entity in registry.entities.values()] == [1, 1]


def test_an_interview_calls_the_dead_by_another_title() -> None:
    """Another document of that year means somebody else."""
    documents = {1890: ["person: (Captain) Isaac Storr"], 1940: ["person: (Mr.) Isaac Storr"]}
    interviews = frozenset({SeedPath("1940.txt")})
    registries = [resolve(documents)[0], resolve(documents, interviews=interviews)[0]]
    assert [len(registry.entities) for registry in registries] == [2, 1]


def test_a_given_name_means_the_one_whom_its_author_names_elsewhere() -> None:
    """If a document calls her so, and nobody else; in a document by another it stays open."""
    full, alone = "person: Anna Roe", "~person: Anna"
    called = "person: Anna Roe = Anna"
    cases: list[tuple[dict[int, list[str]], dict[int, str], int]] = [
        ({1901: [full, called], 1902: [alone]}, {1901: "clara", 1902: "clara"}, 3),
        ({1901: [full, called], 1902: [alone]}, {1901: "clara", 1902: "peter"}, 2),
        ({1901: [full], 1902: [alone]}, {1901: "clara", 1902: "clara"}, 1),
        ({1901: [full, called], 1950: [alone]}, {1901: "clara", 1950: "clara"}, 2),
        (
            {
                1901: [full, called],
                1902: [alone],
                1903: ["person: Anna Holt", "person: Anna Holt = Anna"],
            },
            {1901: "clara", 1902: "clara", 1903: "clara"},
            2,
        ),
    ]
    for documents, writers, mentions in cases:
        authors = {SeedPath(f"{year}.txt"): frozenset({name}) for year, name in writers.items()}
        registry, _ = resolve(documents, authors=authors)
        by_name = {entity.name: entity.mentions for entity in registry.entities.values()}
        assert by_name["Anna Roe"] == mentions, documents


def test_a_given_name_of_two_who_are_listed_with_brackets_stays_open() -> None:
    """What stands in the brackets is no surname: who is named beside the one is family."""
    captain, master = "person: Edward Roe (captain)", "person: Edward Roe (master)"
    documents = {
        1901: [captain, f"{captain} = Edward"],
        1902: [captain, "~person: Edward"],
        1903: [master, f"{master} = Edward"],
    }
    authors = {SeedPath(f"{year}.txt"): frozenset({"clara"}) for year in (1901, 1902)}
    registry, _ = resolve(documents, authors=authors)
    counts = {entity.name: entity.mentions for entity in registry.entities.values()}
    assert counts == {"Edward Roe (captain)": 3, "Edward Roe (master)": 2}
    registry, _ = resolve({1901: documents[1901], 1902: documents[1902]}, authors=authors)
    assert [entity.mentions for entity in registry.entities.values()] == [4]


def test_a_given_name_in_the_same_diary_suffices_for_a_page() -> None:
    """In a large corpus, too, where one document with the full name does not."""
    documents = {1901: ["person: Anna Roe", "person: Anna Roe = Anna"], 1902: ["~person: Anna"]}
    others: dict[int, list[str]] = {year: [] for year in range(1910, 1930)}
    authors = {SeedPath(f"{year}.txt"): frozenset({"clara"}) for year in documents}
    registry, _ = resolve({**documents, **others}, authors=authors)
    assert [entity.address for entity in registry.entities.values()] == ["people/anna-roe/"]


def test_a_ship_of_the_same_name_leaves_no_page_for_a_person() -> None:
    """If as many documents have the ship."""
    registry, _ = resolve({1890: ["person: Mary Roe"], 1891: ["~ship: Mary Roe"]})
    assert [entity.address for entity in registry.entities.values()] == [None]


def test_every_rule_has_a_case_in_which_the_page_says_so() -> None:
    """Why names joined, and why namesakes are apart."""
    reasons = " ".join(
        reason
        for case in yaml.safe_load((CASES / "settled.yml").read_text("utf-8"))
        for entity in resolve(case["given"])[0].entities.values()
        for reason in entity.reasons
    )
    rules = [*(rule.name for rule in NAMESAKE_RULES), *(rule.name for rule in JOIN_RULES)]
    assert [rule for rule in rules if rule not in reasons] == []


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
        "~place: Storr",
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


def corrected(documents: dict[int, list[str]], corrections: NameCorrections) -> dict[str, int]:
    """Return the mentions of each entity with a page, by kind and name."""
    registry, _ = resolve(documents, corrections=corrections)
    return {
        f"{entity.kind} {entity.name}": entity.mentions
        for entity in registry.entities.values()
        if entity.address
    }


def test_a_merge_of_a_name_in_capitals_makes_no_second_page() -> None:
    """A will has "WILLIAM HARLAND" without evidence; the person has one page."""
    documents = {
        1890: ["person: William Harland", "person: Alderman Harland"],
        1891: ["~person: WILLIAM HARLAND"],
    }
    merge: NameEntry[tuple[str, ...]] = NameEntry("William Harland", ("Alderman Harland",), 1)
    assert corrected(documents, NameCorrections(merge=(merge,))) == {"person William Harland": 3}


def test_a_merged_surname_is_merged_with_its_titles_too() -> None:
    """But not with a title that does not fit."""
    documents = {
        1890: ["person: John Storr", "person: Isaac Storr"],
        1891: ["~person: (Mr.) Mr. Storr = Storr", "~person: (Mrs.) Mrs. Storr = Storr"],
        1892: ["~person: Storr"],
    }
    merge: NameEntry[tuple[str, ...]] = NameEntry("John Storr", ("Storr",), 1)
    assert corrected(documents, NameCorrections(merge=(merge,))) == {
        "person John Storr": 3,
        "person Isaac Storr": 1,
    }


def test_namesakes_are_merged_by_the_name_that_they_were_given() -> None:
    """That name is in no text, and its correction matches all the same."""
    documents = {1894: ["person: J. Storr"], 1926: ["person: J. Storr"]}
    merge: NameEntry[tuple[str, ...]] = NameEntry("J. Storr", ("J. Storr (1926)",), 1)
    corrections = NameCorrections(merge=(merge,))
    assert corrected(documents, corrections) == {"person J. Storr": 2}
    _, usages = resolve(documents)
    origins = Origins(YearsOfDocuments({SeedPath(f"{year}.txt"): year for year in documents}))
    assert unmatched_names(usages, corrections, origins) == ()
    (problem,) = unmatched_names(usages, corrections, Origins())
    assert problem.code == "W032"


def test_a_surname_with_a_title_is_asked_of_those_who_may_have_it() -> None:
    """Not whether "Miss Oak" is the name of a person."""
    documents = {
        1890: ["person: Amelia Oak", "person: John Oak"],
        1891: ["person: Hannah Oak"],
        1892: ["~person: (Miss) Miss Oak = Oak"],
        1893: ["~person: (Miss) Miss Oak = Oak"],
    }
    registry, _ = resolve(documents)
    (question,) = registry.open_questions
    assert question.other_names == ("Amelia Oak", "Hannah Oak")
    assert question.remedy == 'split: {"Miss Oak": {"Amelia Oak": ["1892.txt", "1893.txt"]}}'


def test_documents_where_it_is_clear_whom_a_name_means_are_not_asked_about() -> None:
    """Two people in two times; the one between them is open."""
    documents = {
        1830: ["person: John Oak"],
        1930: ["person: Isaac Oak"],
        **{year: ["~person: (Mr.) Mr. Oak = Oak"] for year in (1831, 1832, 1931, 1932)},
    }
    assert resolve(documents)[0].open_questions == ()
    documents |= {year: ["~person: (Mr.) Mr. Oak = Oak"] for year in (1880, 1881)}
    (question,) = resolve(documents)[0].open_questions
    assert (question.mentions, question.remedy.count(".txt")) == (2, 2)


def test_an_authority_name_is_not_divided() -> None:
    """A person said that it is one."""
    documents = {1800: ["person: John Storr"], 1900: ["person: John Storr"]}
    corrections = NameCorrections(
        authority_records=(AuthorityRecord("John Storr", "person", ("John Storr",), 1),)
    )
    registries = [resolve(documents)[0], resolve(documents, corrections=corrections)[0]]
    assert [len(registry.entities) for registry in registries] == [2, 1]


def test_the_review_list_says_that_dates_exclude_an_authority_name() -> None:
    """Not that nothing says whose it is."""
    record = AuthorityRecord("Mary Roe", "ship", ("Mary Roe",), 1, NameFacts(last="1869"))
    mention = Mention(0, 0, 0, "Mary Roe", "ship", 1.0, False, (), "")
    usages = [(SeedPath("1926.txt"), count_usages([mention]))]
    corrections = NameCorrections(authority_records=(record,))
    registry = resolve_entities(CorrectedUsages(usages, corrections), 1, entity_addresses)
    assert [question.kind for question in registry.open_questions] == ["outside_dates"]


def test_a_name_without_evidence_has_the_kind_that_a_person_gives() -> None:
    """With all its mentions."""
    documents = {
        1890: ["~unknown: Sandsend"],
        1891: ["~place: Sandsend"],
        1892: ["~place: Sandsend", "!place: Sandsend"],
    }
    kind: NameEntry[EntityKind] = NameEntry("Sandsend", "place", 1)
    assert corrected(documents, NameCorrections(kind=(kind,))) == {"place Sandsend": 4}


def test_a_name_without_a_kind_is_no_entity() -> None:
    """Whatever else a person says of it."""
    documents = {1890: ["~unknown: Sandsend", "~unknown: Sandsend"]}
    rename = NameEntry("Sandsend", "Sands End", 1)
    assert corrected(documents, NameCorrections(rename=(rename,))) == {}


def test_a_merged_person_keeps_the_surnames_of_single_documents() -> None:
    """Two people of one surname and title in two times, one of whom is merged."""
    documents = {
        1860: ["person: John Storr", "person: Squire Roe"],
        1930: ["person: Isaac Storr"],
        1861: ["~person: (Mr.) Mr. Storr = Storr"],
        1931: ["~person: (Mr.) Mr. Storr = Storr"],
    }
    merge: NameEntry[tuple[str, ...]] = NameEntry("Squire Roe", ("John Storr",), 1)
    registry, usages = resolve(documents, corrections=NameCorrections(merge=(merge,)))
    assert corrected(documents, NameCorrections(merge=(merge,))) == {
        "person Squire Roe": 3,
        "person Isaac Storr": 2,
    }
    entities = [count_entities(*usage, registry).entities for usage in usages]
    assert entities[2:] == [("people/squire-roe",), ("people/isaac-storr",)]


def test_the_work_grows_with_the_number_of_names() -> None:
    """Also where many people share a surname, and many documents have it with a title."""
    small, large = (_count_calls(times) for times in (100, 400))
    assert large < 6 * small


def _count_calls(people: int) -> int:
    """Count the calls of functions for so many people of one surname in as many documents."""
    names = [f"{first}{second}ax Storr" for first in "BCDFGHJKLM" for second in "aeiou" * 8]
    documents = {
        1500 + index: [f"person: {name}", "~person: (Mr.) Mr. Storr = Storr"]
        for index, name in enumerate(names[:people])
    }
    return count_calls(lambda: resolve(documents))
