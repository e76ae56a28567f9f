"""Names are found with their exact spans, their kinds and their fullest forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from generator.linking.names import corpus_hints_for_all, count_case, find_names
from generator.linking.names.connectors import GAP_RULES
from generator.linking.names.context_rules import CONTEXT_RULES
from generator.linking.names.ship_rules import SHIP_RULES
from generator.linking.names.short_forms import SHORT_FORM_RULES
from generator.linking.names.team_rules import TEAM_RULES
from generator.linking.names.trimming import TRIM_RULES
from generator.linking.names.word_rules import WORD_RULES
from generator.model import Block, Document, Extracted, Mark, Mention, Metadata, SeedPath
from generator.reading.read import read_document
from tests.counting_calls import count_calls
from tests.support import THE_SEED, Case, cases, hostile_text, load_cases, require, seed

MARK = re.compile(r"\[\[(person|organization|place|ship):(.+?)\]\]")


def document(text: str, language: str = "en", name: str = "a.txt") -> Document:
    """Return a document of paragraphs that was not read from a seed."""
    blocks = tuple(Block("paragraph", part) for part in text.split("\n\n"))
    metadata = Metadata(Extracted("A title", "given"), language=Extracted(language, "given"))
    return Document(SeedPath(name), "", "utf-8", "", blocks, (), metadata)


def names(text: Document) -> tuple[Mention, ...]:
    """Find the names of a document that is the only one of its corpus, without unknown ones."""
    (hints,) = corpus_hints_for_all([count_case(text)])
    mentions = find_names(text, hints)
    return tuple(mention for mention in mentions if mention.has_kind)


def mark_names(text: str) -> tuple[Document, list[tuple[str, str]]]:
    """Return the document of a case and its marked names with their kinds.

    A language such as `es: ` may precede the text.
    """
    language = text[:2] if text[2:4] == ": " else "en"
    text = text.removeprefix(f"{language}: ")
    return document(MARK.sub(r"\2", text), language), [(m[2], m[1]) for m in MARK.finditer(text)]


def rule_of(name: str) -> str:
    """Return the rule that a case or a reason is about: `rule: what the case shows`."""
    return name.partition(":")[0]


def check_names(case: Case) -> tuple[Mention, ...]:
    """Check that the names of a case are found, and return their mentions."""
    text, expected = mark_names(case.given)
    mentions = names(text)
    assert [(mention.text, mention.kind) for mention in mentions] == expected
    return mentions


def check_reason(case: Case) -> None:
    """Check the names of a case, and the reason if the case is named like a rule."""
    mentions = check_names(case)
    if mentions and ":" not in case.name:
        assert case.name in {rule_of(reason) for m in mentions for reason in m.reasons}


@cases("names/connectors")
def test_a_name_includes_the_words_that_join_it(case: Case) -> None:
    """Words between capitalized words join them or do not."""
    check_names(case)


@cases("names/trimming")
def test_what_is_not_part_of_a_name_is_cut_off(case: Case) -> None:
    """Titles, demonyms, dates and first words of sentences are cut off."""
    check_names(case)


@cases("names/headlines")
def test_in_headlines_only_known_names_are_found(case: Case) -> None:
    """Headlines, lines in capitals and titles of works say nothing by their capitals."""
    check_names(case)


@cases("names/word_rules")
def test_the_words_of_a_name_decide_its_kind(case: Case) -> None:
    """Each rule about words decides in a sentence that says little else."""
    check_reason(case)


@cases("names/context_rules")
def test_the_words_around_a_name_decide_its_kind(case: Case) -> None:
    """Each rule about contexts decides, mostly for a word that is in no list."""
    check_reason(case)


@cases("names/ship_rules")
def test_the_words_around_a_name_make_it_a_ship(case: Case) -> None:
    """And speak against a person."""
    check_names(case)


@cases("names/lowercase")
def test_names_include_lower_case_words_next_to_a_head(case: Case) -> None:
    """Museums, courts and banks of development have words in lower case."""
    check_names(case)


@cases("names/team_rules")
def test_a_town_that_plays_is_a_club(case: Case) -> None:
    """Scores, wins and players make it a club; where they played stays a town."""
    check_names(case)


@cases("names/short_forms")
def test_a_short_name_stands_for_the_fullest_of_its_document(case: Case) -> None:
    """A surname, an acronym or a first word stands for the full name, unless two share it."""
    full_names = {mention.text: mention.name for mention in check_names(case)}
    assert {short: full_names[short] for short in case.expect} == case.expect


@cases("names/titled")
def test_a_title_decides_whose_surname_it_is(case: Case) -> None:
    """In five languages, and where no title stands before the surname."""
    assert [mention.name for mention in check_names(case)] == case.expect


@pytest.mark.parametrize(
    ("file", "rules"),
    [
        ("connectors", [rule.name for rule in GAP_RULES]),
        ("trimming", [rule.name for rule in TRIM_RULES]),
        ("word_rules", [rule.name for rule in WORD_RULES]),
        ("context_rules", [rule.name for rule in CONTEXT_RULES]),
        ("ship_rules", [rule.name for rule in SHIP_RULES]),
        ("short_forms", [rule.name for rule in SHORT_FORM_RULES]),
        ("team_rules", [rule.name for rule in TEAM_RULES]),
    ],
)
def test_every_rule_has_a_case(file: str, rules: Iterable[str]) -> None:
    """A rule without a case must go."""
    entries = load_cases(f"names/{file}")
    assert set(rules) <= {rule_of(entry["name"]) for entry in entries}


@given(st.lists(hostile_text, min_size=1, max_size=4), st.sampled_from(["en", "de", "fr", "xx"]))
def test_spans_hold_the_words_in_the_order_of_the_text(parts: list[str], language: str) -> None:
    """For any text, spans are exact, in order, and never overlap."""
    text = document("\n\n".join(parts), language)
    mentions = names(text)
    for mention in mentions:
        words = text.blocks[mention.block].text[mention.start : mention.end]
        assert words == mention.text
        assert words
    for left, right in pairwise(mentions):
        assert (left.block, left.end) <= (right.block, right.start) or left.block < right.block


def test_the_same_corpus_has_the_same_hints_in_any_order() -> None:
    """The hints depend on the documents only, not on their order."""
    texts = [document(f"The lawyer Peter Kamau met {name} in Lima.") for name in ("Ana", "Tom")]
    forwards, backwards = (
        corpus_hints_for_all([count_case(text) for text in order]) for order in (texts, texts[::-1])
    )
    assert forwards == backwards[::-1]


def test_an_edit_of_other_words_does_not_change_the_hints_of_a_document() -> None:
    """Hints are about the words of the document only."""
    texts = ("The lawyer Peter Kamau left.", "A Zubizar saw a Zubizar.", "We saw Peter and Peter.")
    counts, other_words, same_words = (count_case(document(text)) for text in texts)
    alone, *_ = corpus_hints_for_all([counts])
    assert corpus_hints_for_all([counts, other_words])[0] == alone
    assert corpus_hints_for_all([counts, same_words])[0] != alone


@given(st.text("abAB.,'-0 \n_"))
def test_words_are_counted_in_the_same_way_with_signs_beyond_ascii(text: str) -> None:
    """Texts without such signs are read faster."""
    assert count_case(document(text)) == count_case(document(f"{text}\n\n»"))


def test_each_word_is_counted_up_to_the_highest_number_of_a_byte() -> None:
    """In lower case, capitalized inside a sentence, and at its start."""
    counts = count_case(document("Ships saw a Ship and ships. " * 200 + "and " * 100))
    uses = zip(*[iter(counts.uses)] * 3, strict=True)
    expected = {"and": (255, 0, 0), "saw": (200, 0, 0), "ship": (0, 200, 0), "ships": (200, 0, 200)}
    assert dict(zip(counts.words, uses, strict=True)) == expected


@pytest.fixture(scope="module")
def peru() -> dict[str, set[str | None]]:
    """Map each name in the customer's seed to the full names it stands for."""
    require(THE_SEED.exists(), "the customer's seed")
    read, _ = read_document(seed(THE_SEED.read_bytes()))
    assert read
    full_names: dict[str, set[str | None]] = {}
    for mention in names(read):
        full_names.setdefault(mention.text, set()).add(mention.name)
    return full_names


def test_the_people_in_the_customers_seed_are_found(peru: dict[str, set[str | None]]) -> None:
    """All are found, and each surname stands for its full name."""
    people = """Pedro Castillo; Keiko Fujimori; Alberto Fujimori; Luis Arce Córdova;
        Víctor Raúl Rodríguez Monteza; Evo Morales; Vladimiro Montesinos; Fernando Olivera;
        Pedro Rejas Tataje; Guillermo Sendón; Juan Velasco Alvarado; Julio Velarde;
        Lourdes Flores; Lula"""
    assert {" ".join(name.split()) for name in people.split(";")} <= peru.keys()
    for short, full_name in {
        "Castillo": "Pedro Castillo",
        "Arce": "Luis Arce Córdova",
        "Montesino": "Vladimiro Montesinos",
        "JNE": "National Electoral Tribunal",
        "OAS": "Organization of American States",
        "BCRP": "Central Reserve Bank of Peru",
        "CIA": "US Central Intelligence Agency",
        "Fujimori": None,
    }.items():
        assert peru[short] == {full_name}


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
    "titled people of one surname": " ".join(
        f"Mr. A{n:x}a Kamau met Mr. Kamau and Mrs. Kamau." for n in range(150)
    ),
    "slips of one surname": " ".join(f"Ana Abcdefgh{'abcdefgh'[n % 8]}ij said" for n in range(300)),
    "organizations of one head": " ".join(f"the Zz{n} Bank and" for n in range(400)),
    "spaces": "A" + " " * 6_000 + "B",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_work_grows_no_faster_than_the_text(text: str) -> None:
    """Four times the text needs at most six times the calls; they are counted, not timed."""
    small, large = (_count_calls(document(text * times)) for times in (1, 4))
    assert large < 6 * small + 2_000


def _count_calls(text: Document) -> int:
    """Count the calls of Python and C functions in both passes; slow regexes do not show in it."""
    (hints,) = corpus_hints_for_all([count_case(text)])
    names(document("Peter"))
    return count_calls(lambda: find_names(text, hints))


def test_marks_of_speakers_and_notes_are_no_names() -> None:
    """A single word in capitals says who speaks; a label of two words may be a name."""
    text = "CLERK: They saw Ana Ruiz A here."
    marks = (Mark("speaker", 0, 6), Mark("noteref", 25, 26))
    plain = document(text)
    assert [mention.text for mention in names(plain)] == ["CLERK", "Ana Ruiz"]
    marked = structs.replace(plain, blocks=(structs.replace(plain.blocks[0], marks=marks),))
    assert [mention.text for mention in names(marked)] == ["Ana Ruiz"]
    label = document("ANA RUIZ: They left.")
    speaks = structs.replace(label.blocks[0], marks=(Mark("speaker", 0, 9),))
    assert len(names(structs.replace(label, blocks=(speaks,)))) == len(names(label))
