"""From regions to blocks: the ledger undoes every change, and no word is lost or added."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model import Block, Change, Mark, Span
from generator.model.ledger import Draft, apply, undo
from generator.reading.structure.cells import CellGap
from generator.reading.structure.change_blocks import change_blocks
from generator.reading.structure.compose import compose
from generator.reading.structure.find_structure import find_structure
from generator.reading.structure.lines import split_lines
from generator.reading.structure.regions import Furniture, Join, Region, Structure
from generator.writing.labels import labels_for
from tests.support import hostile_text

text_with_layout = st.lists(
    st.sampled_from(["\n", "\n\n", "   ", "\t", "\f", "two  words", "re-", "line", "Head", "1", ""])
).map("".join)


def blocks_of(text: str, structure: Structure) -> list[str]:
    """Return the texts of the blocks, after checking the ledger."""
    composed = compose(Draft(text), structure)
    texts = [block.text for block in composed.blocks]
    assert composed.draft.text == "\n\n".join(texts)
    assert undo(composed.draft.text, composed.draft.ledger) == text
    return texts


@st.composite
def structures(draw: st.DrawFn) -> tuple[str, Structure]:
    """Return a text and any structure of it, with furniture and notes in mid-paragraph."""
    text = draw(text_with_layout)
    lines = split_lines(text)
    owners = draw(st.lists(st.integers(0, 4), min_size=len(lines), max_size=len(lines)))
    furniture = [line for line, owner in zip(lines, owners, strict=True) if owner == 0]
    regions = []
    for owner in range(1, 5):
        own = tuple(line for line, mine in zip(lines, owners, strict=True) if mine == owner)
        if own:
            joins: list[Join] = [draw(st.sampled_from(["line", "space", "none"])) for _ in own[1:]]
            regions.append(Region("paragraph", own, "drawn", tuple(joins)))
    regions.sort(key=lambda region: region.lines[0].number)
    return text, Structure(
        tuple(_without_overlap(regions)), tuple(Furniture(line, "drawn") for line in furniture)
    )


def _without_overlap(regions: list[Region]) -> list[Region]:
    """Return regions of which only a moved one may lie inside another."""
    flow = 0
    result: list[Region] = []
    for region in regions:
        if region.lines[0].number < flow and result:
            result.append(region)
            continue
        result.append(region)
        flow = region.lines[-1].number
    return result


@given(structures())
def test_the_ledger_undoes_every_structure(drawn: tuple[str, Structure]) -> None:
    """Whatever the regions are, and wherever notes and furniture lie."""
    text, structure = drawn
    shown = blocks_of(text, structure)
    furniture = [item.line.text for item in structure.furniture]
    assert sorted(_letters(shown, furniture)) == sorted(
        character for character in text if not character.isspace()
    )


def _letters(shown: list[str], furniture: list[str]) -> list[str]:
    return [c for words in (*shown, *furniture) for c in words if not c.isspace()]


RULE_IN_A_NOTE = (
    'Page 3 of 9\n#\n;-&"\n^]"\n> quoted\n>> twice\n* * *\n1. one\n1) one\n+ plus\n    \n??????\n'
    "   \n--- # Council: !!python/object votes\n???\n     \n"
    "<![CDATA[<img src=x onerror=window.PWN=1>]]>\n\\^\n*so*"
)
"""A line of signs inside a note was taken for the rule above notes, too."""


@example(RULE_IN_A_NOTE)
@given(st.one_of(text_with_layout, hostile_text))
def test_the_structure_that_is_found_can_be_undone(text: str) -> None:
    """For any text with layout."""
    text = text.replace("\r", "\n")
    blocks_of(text, find_structure(text))


def test_a_note_is_moved_after_the_paragraph_that_it_interrupts() -> None:
    """Its lines are joined as its own, and those of the paragraph as before."""
    text = "The mayor spoke of the\n1 A note of\n  two lines.\n\f\nbridge and its toll.\n\nHe left."
    first, note, more, second, last = split_lines(text)
    structure = Structure(
        (
            Region("paragraph", (first, second), "drawn", ("space",)),
            Region("note", (note, more), "drawn", ("space",)),
            Region("paragraph", (last,), "drawn"),
        )
    )
    assert blocks_of(text, structure) == [
        "The mayor spoke of the bridge and its toll.",
        "1 A note of two lines.",
        "He left.",
    ]


def test_marks_and_pages_stand_where_they_stood() -> None:
    """Also after lines that were joined."""
    text = "HORN.  I saw the\n    12\n   ship at\nsea, twice."
    first, number, second, third = split_lines(text)
    region = Region(
        "speech",
        (first, second, third),
        "drawn",
        ("space", "line"),
        marks=(Mark("speaker", 0, 5),),
    )
    pages = (Mark("page", second.start, second.start, "13"),)
    structure = Structure((region,), (Furniture(number, "drawn", "12"),), pages)
    (block,) = compose(Draft(text), structure).blocks
    assert block.text == "HORN. I saw the ship at\nsea, twice."
    assert [(m.kind, block.text[m.start : m.end], m.start) for m in block.marks] == [
        ("speaker", "HORN.", 0),
        ("page", "", block.text.index("ship")),
    ]


def test_cells_are_apart_by_tabs_and_verse_keeps_its_indents() -> None:
    """Spaces are structure."""
    text = "  1896   14,210  men\n  1901    9,002  men\n\nOne line\n   another\n     a third"
    rows, verse = split_lines(text)[:2], split_lines(text)[2:]
    gaps = tuple(CellGap(s, e, 1) for s, e in ((6, 9), (15, 17), (27, 31), (36, 38)))
    structure = Structure(
        (Region("table", rows, "drawn", gaps=gaps), Region("stanza", verse, "drawn"))
    )
    table, stanza = compose(Draft(text), structure).blocks
    assert table.text == "1896\t14,210\tmen\n1901\t9,002\tmen"
    assert (stanza.text, stanza.indents) == ("One line\nanother\na third", (0, 2, 3))


@given(st.data())
def test_blocks_follow_the_changes_of_their_text(data: st.DataObject) -> None:
    """Joined again, they are the text after the changes; pages of removed ones begin the next."""
    texts = data.draw(st.lists(st.text("ab", min_size=1, max_size=6), min_size=1, max_size=5))
    blocks = [
        Block("paragraph", words, (Span(0, 1),), (Mark("page", 0, 0, str(number)),))
        for number, words in enumerate(texts)
    ]
    removed_blocks = data.draw(st.sets(st.integers(0, len(texts) - 1), max_size=len(texts) - 1))
    left = [words for index, words in enumerate(texts) if index not in removed_blocks]
    changes = list(_removals(texts, removed_blocks))
    changed = change_blocks(blocks, changes)
    assert [block.text for block in changed] == left
    assert "\n\n".join(left) == apply("\n\n".join(texts), changes)
    assert all(block.emphasis == (Span(0, 1),) for block in changed)
    last = max(set(range(len(texts))) - removed_blocks)
    assert [mark.value for block in changed for mark in block.marks] == [
        str(number) for number in range(last + 1)
    ]


def _removals(texts: list[str], removed_blocks: set[int]) -> list[Change]:
    """Return the changes that remove whole blocks, each run of them as one."""
    starts = [sum(len(words) + 2 for words in texts[:index]) for index in range(len(texts))]
    whole = "\n\n".join(texts)
    changes = []
    for removed, run in groupby(range(len(texts)), key=lambda index: index in removed_blocks):
        members = list(run)
        if removed:
            start = max(starts[members[0]] - 2, 0)
            end = min(starts[members[-1]] + len(texts[members[-1]]) + 2, len(whole))
            gap = "\n\n" if start and end < len(whole) else ""
            changes.append(Change(start, whole[start:end], gap))
    return changes


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "pt"])
@pytest.mark.parametrize("rule", ["block limits", "notes at the foot", "running heads", "spaces"])
def test_every_rule_has_a_label(language: str, rule: str) -> None:
    """The page says what was changed."""
    assert rule in labels_for(language).repairs


def test_emphasis_stays_at_its_words() -> None:
    """Across a line that is joined, and in each of two blocks."""
    text = (
        "The ferry was old when the editor of the Gazette   of\n"
        "Northport crossed the river in it.\n\nNobody else did so in that winter."
    )
    start, end = text.index("Gazette"), text.index("Nobody") + len("Nobody")
    blocks = compose(Draft(text), find_structure(text), [Span(start, end)]).blocks
    words = [[block.text[span.start : span.end] for span in block.emphasis] for block in blocks]
    assert words == [["Gazette of Northport crossed the river in it."], ["Nobody"]]
