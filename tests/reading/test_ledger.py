"""The ledger: whatever a step does, taking it back gives the text as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Change, SeedbedError, Step
from generator.model.ledger import Draft, apply, source_position, undo


@st.composite
def drafts(draw: st.DrawFn) -> tuple[str, Draft]:
    """A text and a draft of it after a few random steps."""
    source = draw(st.text(max_size=40))
    draft = Draft(source)
    for number in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.sets(st.integers(0, len(draft.text)), max_size=6)))
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        changes = [Change(a, draft.text[a:b], draw(st.text(max_size=4))) for a, b in pairs]
        draft = draft.with_step(f"step {number}", changes)
    return source, draft


@given(drafts())
def test_undo_takes_every_step_back(made: tuple[str, Draft]) -> None:
    """Promise 1: text and ledger rebuild the source to the letter."""
    source, draft = made
    assert undo(draft.text, draft.ledger) == source


@given(drafts())
def test_origin_tells_where_an_untouched_character_stood(made: tuple[str, Draft]) -> None:
    """A character that no step made stands in the source where `origin` says."""
    source, draft = made
    written = {c for step in draft.ledger for change in step.changes for c in change.after}
    for position, character in enumerate(draft.text):
        if character not in written:
            assert source[source_position(draft.ledger, position)] == character


def test_a_ledger_that_does_not_fit_is_refused() -> None:
    """A lost word or a lost entry is noticed, not papered over."""
    ledger = (Step("joins", (Change(3, "\n\n", " "),)),)
    assert undo("One two", ledger) == "One\n\ntwo"
    with pytest.raises(SeedbedError, match='step "joins" does not fit'):
        undo("Onetwo", ledger)


def test_changes_are_made_in_one_go() -> None:
    """Places are those of the text before the step."""
    assert apply("a-b-c", [Change(1, "-", ""), Change(3, "-", "+")]) == "ab+c"
