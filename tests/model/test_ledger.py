"""The ledger: undoing all steps gives the source again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Block, Change, Document, Mark, Metadata, SeedbedError, SeedPath, Step
from generator.model.documents import Extracted
from generator.model.ledger import Draft, apply, source_pages, source_position, undo


@st.composite
def drafts(draw: st.DrawFn) -> tuple[str, Draft]:
    """Return a text and a draft of it after a few random steps."""
    source = draw(st.text(max_size=40))
    draft = Draft(source)
    for number in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.sets(st.integers(0, len(draft.text)), max_size=6)))
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        changes = [Change(a, draft.text[a:b], draw(st.text(max_size=4))) for a, b in pairs]
        draft = draft.with_step(f"step {number}", changes)
    return source, draft


@given(drafts())
def test_undo_rebuilds_the_source(source_and_draft: tuple[str, Draft]) -> None:
    """Promise 1: text and ledger rebuild the source, character by character."""
    source, draft = source_and_draft
    assert undo(draft.text, draft.ledger) == source


@given(drafts())
def test_the_source_position_of_an_unchanged_character(source_and_draft: tuple[str, Draft]) -> None:
    """A character that no step inserted is in the source at its `source_position`."""
    source, draft = source_and_draft
    inserted = {c for step in draft.ledger for change in step.changes for c in change.after}
    for position, character in enumerate(draft.text):
        if character not in inserted:
            assert source[source_position(draft.ledger, position)] == character


def test_a_ledger_that_does_not_fit_is_refused() -> None:
    """A lost word or a lost entry raises an error."""
    ledger = (Step("joins", (Change(3, "\n\n", " "),)),)
    assert undo("One two", ledger) == "One\n\ntwo"
    with pytest.raises(SeedbedError, match='step "joins" of the ledger does not match'):
        undo("Onetwo", ledger)


def test_all_changes_of_a_step_are_applied_together() -> None:
    """Positions are those of the text before the step."""
    assert apply("a-b-c", [Change(1, "-", ""), Change(3, "-", "+")]) == "ab+c"


PAGES = (
    Block("paragraph", "One\ntwo", marks=(Mark("page", 0, 0, "iii", 1),)),
    Block("paragraph", "three four", marks=(Mark("page", 6, 6, "iv", 2),)),
    Block("paragraph", "five", marks=(Mark("page", 0, 0, "v", 3),)),
)


def document(*blocks: Block, head: str = "") -> Document:
    """Return a document from whose text a head was removed."""
    ledger = Draft(head).with_step("head", [Change(0, head, "")]).ledger if head else ()
    metadata = Metadata(Extracted("One", "head"))
    return Document(SeedPath("a.pdf"), "", "utf-8", None, blocks, ledger, metadata)


def test_a_line_is_on_the_page_on_which_it_begins() -> None:
    """Also where a page begins in the middle of it; the head is on the first page of a PDF."""
    pages = source_pages(document(*PAGES, head="Title\r\nDate\n"))
    assert [pages.label(line) for line in range(1, 9)] == ["iii"] * 6 + ["iv", "v"]


def test_a_page_that_no_mark_names_is_unknown() -> None:
    """Not guessed from the marks after it; nor is that of a value without a line."""
    assert source_pages(document(*PAGES)).label(None) is None
    assert source_pages(document(*PAGES[1:], head="Title\n")).label(1) is None
    assert source_pages(document(Block("paragraph", "One"))).label(1) is None
    unnumbered = Block("paragraph", "One", marks=(Mark("page", 0, 0),))
    assert source_pages(document(unnumbered)).label(1) is None
