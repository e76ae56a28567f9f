"""The ordered table of repairs: every one has a name, a reason in words, and ledger entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.model import Change
from generator.reading import characters, paragraphs
from generator.reading.ledger import Draft


@dataclass(frozen=True, slots=True)
class Repair:
    """One rule of the table."""

    name: str
    in_words: str
    """What readers of a page are told about it."""
    find: Callable[[str], Iterable[Change]]


REPAIRS = (
    # Line ends first: every later rule takes a line feed for the end of a line.
    Repair("line ends", "line ends made alike", characters.line_ends),
    Repair(
        "control characters", "invisible control characters removed", characters.control_characters
    ),
    Repair("spaces", "superfluous spaces removed", characters.spaces),
    Repair("page breaks", "page breaks set apart", characters.page_breaks),
    Repair("empty lines", "superfluous empty lines removed", characters.empty_lines),
    # Lines before paragraphs: a paragraph is judged by its whole last sentence.
    Repair("hard wraps", "lines joined that a narrow column had broken", paragraphs.hard_wraps),
    Repair(
        "cut paragraphs", "paragraphs joined that a page break had cut", paragraphs.cut_paragraphs
    ),
)


def clean(draft: Draft) -> Draft:
    """Run the table over a text; the ledger of the result takes every change back."""
    for repair in REPAIRS:
        draft = draft.after(repair.name, repair.find(draft.text))
    return draft
