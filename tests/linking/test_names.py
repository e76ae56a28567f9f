"""Names are found where they stand, told apart, and tied to their fullest form."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.linking.names import corpus_hints_for_all, count_case, find_names
from generator.linking.names.connectors import CONNECTORS
from generator.linking.names.context_rules import CONTEXT_RULES
from generator.linking.names.short_forms import RULES
from generator.linking.names.team_rules import TEAMS
from generator.linking.names.trimming import TRIM_RULES
from generator.linking.names.word_rules import WORD_RULES
from generator.model import Block, Document, Extracted, Mention, Metadata, SeedPath
from generator.reading.read import read_document
from tests.support import CASES, THE_SEED, Case, cases, hostile_text, require, seed

MARK = re.compile(r"\[\[(person|organization|place):(.+?)\]\]")


def document(text: str, language: str = "en", name: str = "a.txt") -> Document:
    """Make a document of paragraphs without reading it as a seed."""
    blocks = tuple(Block("paragraph", part) for part in text.split("\n\n"))
    metadata = Metadata(Extracted("A title", "given"), language=Extracted(language, "given"))
    return Document(SeedPath(name), "", "utf-8", "", blocks, (), metadata)


def names(text: Document) -> tuple[Mention, ...]:
    """Find the names of a document that is a corpus of its own."""
    return find_names(text, *corpus_hints_for_all([count_case(text)]))


def marked(text: str) -> tuple[Document, list[tuple[str, str]]]:
    """Take the marks out of a case, and a language such as `es: ` in front of it."""
    language = text[:2] if text[2:4] == ": " else "en"
    text = text.removeprefix(f"{language}: ")
    return document(MARK.sub(r"\2", text), language), [(m[2], m[1]) for m in MARK.finditer(text)]


def found(text: Document) -> list[tuple[str, str]]:
    """Give the names of a document with their kinds, in the order of the text."""
    return [(mention.text, mention.kind) for mention in names(text)]


@cases("names/connectors")
def test_a_name_reaches_as_far_as_its_connectors(case: Case) -> None:
    """Words between capitals join them or do not."""
    text, expected = marked(case.given)
    assert found(text) == expected


@cases("names/cuts")
def test_what_is_no_part_of_a_name_is_cut_off(case: Case) -> None:
    """Titles, demonyms, dates and openings go."""
    text, expected = marked(case.given)
    assert found(text) == expected


@cases("names/headlines")
def test_where_all_words_have_capitals_only_known_names_are_names(case: Case) -> None:
    """Headlines, lines in capitals, titles of works."""
    text, expected = marked(case.given)
    assert found(text) == expected


@cases("names/inside")
def test_the_words_of_a_name_tell_its_kind(case: Case) -> None:
    """The rules of the inside, each in a sentence that says little else."""
    text, expected = marked(case.given)
    assert found(text) == expected
    if expected and ":" not in case.name:
        assert case.name in {reason for mention in names(text) for reason in mention.reasons}


@cases("names/around")
def test_the_words_around_a_name_tell_its_kind(case: Case) -> None:
    """The rules of the outside, mostly around a word that is in no list."""
    text, expected = marked(case.given)
    assert found(text) == expected
    if expected and ":" not in case.name:
        reasons = {reason.split(":")[0] for mention in names(text) for reason in mention.reasons}
        assert case.name in reasons


@cases("names/lowercase")
def test_names_begin_and_go_on_in_lower_case_beside_a_head(case: Case) -> None:
    """Museums, courts, banks of development."""
    text, expected = marked(case.given)
    assert found(text) == expected


@cases("names/teams")
def test_a_town_that_plays_is_a_club(case: Case) -> None:
    """Scores, wins, players; where they played stays a town."""
    text, expected = marked(case.given)
    assert found(text) == expected


@cases("names/kin")
def test_a_short_name_stands_for_the_fullest_of_its_document(case: Case) -> None:
    """A surname, an acronym, a first word; nothing where two share it."""
    text, expected = marked(case.given)
    mentions = names(text)
    assert [(mention.text, mention.kind) for mention in mentions] == expected
    fullest = {mention.text: mention.name for mention in mentions}
    assert {short: fullest[short] for short in case.expect} == case.expect


@pytest.mark.parametrize(
    ("file", "rules"),
    [
        ("connectors", [rule.name for rule in CONNECTORS]),
        ("cuts", [rule.name for rule in TRIM_RULES]),
        ("inside", [rule.name for rule in WORD_RULES]),
        ("around", [rule.name for rule in CONTEXT_RULES]),
        ("kin", [rule.name for rule in RULES]),
        ("teams", [rule.name for rule in TEAMS]),
    ],
)
def test_every_rule_has_a_case(file: str, rules: Iterable[str]) -> None:
    """A rule that nobody shows at work goes."""
    text = (CASES / "names" / f"{file}.yml").read_text("utf-8")
    shown = set(re.findall(r"^- name: ['\"]?([^:'\"\n]+)", text, re.MULTILINE))
    assert set(rules) <= shown


@given(st.lists(hostile_text, min_size=1, max_size=4), st.sampled_from(["en", "de", "fr", "xx"]))
def test_spans_hold_the_words_in_the_order_of_the_text(parts: list[str], language: str) -> None:
    """Whatever the text: spans are exact, in order, and never overlap."""
    text = document("\n\n".join(parts), language)
    mentions = names(text)
    for mention in mentions:
        words = text.blocks[mention.block].text[mention.start : mention.end]
        assert words == mention.text
        assert words
    for one, other in pairwise(mentions):
        assert (one.block, one.end) <= (other.block, other.start) or one.block < other.block


def test_the_same_corpus_gives_the_same_table_in_any_order() -> None:
    """Neither the order of the seeds nor anything outside of them shows."""
    texts = [document(f"The lawyer Peter Kamau met {name} in Lima.") for name in ("Ana", "Tom")]
    tables = [
        corpus_hints_for_all([count_case(text) for text in order]) for order in (texts, texts[::-1])
    ]
    assert tables[0] == tables[1][::-1]


def test_an_edit_elsewhere_leaves_a_document_alone() -> None:
    """What a document needs of the corpus is in a table of its own."""
    texts = ("The lawyer Peter Kamau left.", "A Zubizar saw a Zubizar.", "We saw Peter and Peter.")
    mine, other, near = (count_case(document(text)) for text in texts)
    alone, *_ = corpus_hints_for_all([mine])
    assert corpus_hints_for_all([mine, other])[0] == alone
    assert corpus_hints_for_all([mine, near])[0] != alone


@pytest.fixture(scope="module")
def peru() -> dict[str, set[str]]:
    """The names of the customer's seed: each as it stands, with what it stands for."""
    require(THE_SEED.exists(), "the customer's seed")
    read, _ = read_document(seed(THE_SEED.read_bytes()))
    assert read
    forms: dict[str, set[str]] = {}
    for mention in names(read):
        forms.setdefault(mention.text, set()).add(mention.name)
    return forms


def test_the_customers_people_are_all_found(peru: dict[str, set[str]]) -> None:
    """All fifteen, each surname tied to its full name."""
    people = """Pedro Castillo; Keiko Fujimori; Alberto Fujimori; Luis Arce Córdova;
        Víctor Raúl Rodríguez Monteza; Evo Morales; Vladimiro Montesinos; Fernando Olivera;
        Pedro Rejas Tataje; Guillermo Sendón; Juan Velasco Alvarado; Julio Velarde;
        Lourdes Flores; Lula"""
    assert {" ".join(name.split()) for name in people.split(";")} <= peru.keys()
    for surname, full in {
        "Castillo": "Pedro Castillo",
        "Arce": "Luis Arce Córdova",
        "Montesino": "Vladimiro Montesinos",
        "JNE": "National Electoral Tribunal",
        "OAS": "Organization of American States",
        "BCRP": "Central Reserve Bank of Peru",
        "CIA": "US Central Intelligence Agency",
        "Fujimori": "",
    }.items():
        assert peru[surname] == {full}


HOSTILE = {
    "capitals": "Aa " * 2_000,
    "one word": "A" * 6_000,
    "one name joined by particles": "Aa de la " * 700,
    "a ministry of everything": "Ministry of Aa, Bb and Cc, " * 220,
    "acronyms": "AAA (BBB) " * 600,
    "quotes": '"Aa" ' * 1_200,
    "open quotes": "“" * 6_000,
    "full stops": "A." * 3_000,
    "titles": "President Mr " * 460,
    "people of one surname": " ".join(f"Peter A{n:x}a Kamau met" for n in range(300)),
    "slips of one surname": " ".join(f"Ana Abcdefgh{'abcdefgh'[n % 8]}ij said" for n in range(300)),
    "organizations of one head": " ".join(f"the Zz{n} Bank and" for n in range(400)),
    "spaces": "A" + " " * 6_000 + "B",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_work_grows_no_faster_than_the_text(text: str) -> None:
    """Four times the text, at most six times the calls: counted, not timed."""
    small, large = (_work(document(text * times)) for times in (1, 4))
    assert large < 6 * small + 2_000


def _work(text: Document) -> int:
    """How many calls both passes make, of Python and of C; a slow regex shows in none of them."""
    calls = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    (table,) = corpus_hints_for_all([count_case(text)])
    names(document("Peter"))
    sys.setprofile(note)
    try:
        find_names(text, table)
    finally:
        sys.setprofile(None)
    return calls
