"""Decisions of people about the lines of a text, from corrections.yml to blocks."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from generator.checking.joins import unproven_joins
from generator.checking.lossless_steps import vanished_words
from generator.checking.structure import lost_indents
from generator.corrections import parse_corrections
from generator.model import Document
from generator.model.furniture import furniture_lines
from generator.model.ledger import undo
from generator.model.structure_rules import KindOfLines, StructureRules
from generator.reading.decode import decode
from generator.reading.read import read_document
from generator.reading.structure.corrected_structure import DECIDED
from generator.text.page_furniture import unproven_lines
from tests.support import Case, cases, hostile_text, seed

SENTENCE = "The river rose in the night and by the morning the meadow was a lake"
FILLED = ", and ".join([SENTENCE] * 10)
"""The text of a page that stops in mid-sentence."""
PAGES = "\n\f\n".join(
    f"The Harbour Gazette of Carrow and of the Mill {number}\n\n{FILLED}" for number in range(1, 5)
)
TEXTS = {
    "WRAPPED": f"{SENTENCE}\n{SENTENCE}\n{SENTENCE}.",
    "PAGES": f"{PAGES}.",
    "CUT": f"{FILLED} upon which\n\f\nthe hens sat, {FILLED.lower()}.",
}
TITLE = "---\ntitle: A day\n---\n"


def rules_of(structure: object) -> StructureRules:
    """Return the decisions that a corrections.yml has about a text."""
    # Lines are counted from the first of the file, so those of the title come first.
    shown = json.dumps({"structure": {"a.txt": structure}})
    parsed, problems = parse_corrections(shown)
    assert problems == ()
    rules = parsed.structure[0].rules
    kinds = tuple(
        KindOfLines(item.kind, item.first + 3, item.last and item.last + 3) for item in rules.kinds
    )
    return StructureRules(kinds, rules.keeps_lines, rules.joins_paragraphs, rules.furniture)


def test_lines_of_a_decided_kind_still_refer_to_their_note() -> None:
    """What a person says of the lines says nothing of the signs in them."""
    text = f"{TITLE}{SENTENCE}[1].\n\n[1] So the ledger of the parish has it."
    rules = StructureRules((KindOfLines("stanza", 4, 4),))
    document = read_document(seed(text), rules).value
    assert document
    assert [block.kind for block in document.blocks] == ["stanza", "note"]
    assert [(mark.kind, mark.value) for mark in document.blocks[0].marks] == [("noteref", "1")]


@cases("side_by_side")
def test_columns_side_by_side_are_reported_once(case: Case) -> None:
    """With their first line and a line for corrections.yml that silences the message."""
    shown = json.dumps({"structure": {"a.txt": case.given.get("structure", {})}})
    rules = parse_corrections(shown).value.structure[0].rules
    _, problems = read_document(seed(case.given["text"]), rules)
    found = [problem for problem in problems if problem.code == "W105"]
    if case.expect is None:
        assert not found
    else:
        assert [problem.line for problem in found] == [case.expect["line"]]
        assert found[0].hint.endswith(case.expect["entry"])


@cases("structure_decisions")
def test_decisions_win(case: Case) -> None:
    """Over every rule, for the lines that they are about and no others."""
    text = TEXTS.get(case.given["text"], case.given["text"])
    document, problems = read_document(seed(f"{TITLE}{text}"), rules_of(case.given["structure"]))
    assert document
    blocks, expect = document.blocks, case.expect
    if "blocks" in expect:
        assert [[block.kind, block.text] for block in blocks] == expect["blocks"]
    if "decided" in expect:
        decided = [[block.kind, block.text] for block in blocks if block.rule == DECIDED]
        assert decided == expect["decided"]
    if "count" in expect:
        assert len(blocks) == expect["count"]
    if "indents" in expect:
        assert [list(block.indents) for block in blocks] == expect["indents"]
    if "lines" in expect:
        assert blocks[0].text.split("\n") == text.split("\n")
    if "furniture" in expect:
        assert list(furniture_lines(document.ledger)) == expect["furniture"]
    assert [problem.code for problem in problems] == expect.get("codes", [])


def assert_proven(document: Document, source: str) -> None:
    """Fail if the check would find anything in a document."""
    ledger = document.ledger
    assert undo(document.text, ledger) == source
    versions = [undo(document.text, ledger[index:]) for index in range(len(ledger))]
    assert [*vanished_words(ledger)] == []
    assert [*unproven_joins(document.blocks, ledger, versions)] == []
    assert [*unproven_lines(furniture_lines(ledger), source)] == []
    assert [*lost_indents(document.blocks, ledger, source)] == []


lines = st.sampled_from(
    [
        *(f"Page {number}" for number in range(1, 4)),
        *("1", "2", "3", "4", "xii", "Chapter 3", "June 4, 1842", "June 5, 1842", "* * *", "\f"),
        *("THE HARBOUR GAZETTE", "THE HARB0UR GAZETTE.", "  The sun is up,", "    the moon", "a b"),
        *(
            "",
            "",
            "",
            SENTENCE,
            f"{SENTENCE}.",
            f"{SENTENCE} {SENTENCE}",
            "and so it rained.",
            "co-",
        ),
        *("          Of the char-", "          acter of mills", "My dear Sir,", "Yours ever,"),
        *("HAMLET. To be", "1. Bread", "Year    Tons", "1896    14,210", "[1] A note."),
    ]
)
printed = st.lists(st.one_of(lines, lines, hostile_text), max_size=40).map("\n".join)
decisions = st.builds(
    StructureRules,
    st.lists(
        st.builds(
            KindOfLines,
            st.sampled_from(["stanza", "table", "lines"]),
            st.integers(1, 20),
            st.one_of(st.none(), st.integers(1, 40)),
        ),
        max_size=3,
    ).map(tuple),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["unless much", "leave out", "keep"]),
)


@given(printed, decisions)
def test_what_is_read_can_be_proved(text: str, rules: StructureRules) -> None:
    """Whatever a text looks like, and whatever people decide about it."""
    document = read_document(seed(text), rules).value
    if document:
        decoding = decode(seed(text).data)
        assert decoding
        assert_proven(document, decoding.text)
