"""The ordered table of repairs: every one has a name and its entries in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.model import Change
from generator.model.ledger import Draft
from generator.reading import characters, mojibake, paragraphs, running_heads

_MOST_LOST = 0.1
"""The share of a text's letters and digits that a rule may take; more is the rule's mistake."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One rule of the table."""

    name: str
    """Under it the ledger has its changes, and the tables of labels what readers are told."""
    find: Callable[[str], Iterable[Change]]


REPAIRS = (
    # Encodings first: the pieces of a broken character can look like line ends and controls.
    Repair("mojibake", mojibake.mojibake),
    # Line ends next: every later rule takes a line feed for the end of a line.
    Repair("line ends", characters.line_ends),
    Repair("control characters", characters.control_characters),
    Repair("ligatures", characters.ligatures),
    Repair("soft hyphens", characters.soft_hyphens),
    Repair("spaces", characters.spaces),
    Repair("page breaks", characters.page_breaks),
    Repair("empty lines", characters.empty_lines),
    # Pages before lines: what stands between them is no line of a paragraph.
    Repair("running heads", running_heads.running_heads),
    # Lines before paragraphs: a paragraph is judged by its whole last sentence.
    Repair("hard wraps", paragraphs.hard_wraps),
    Repair("cut paragraphs", paragraphs.cut_paragraphs),
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What the table made of a text, and which rules were not let."""

    draft: Draft
    refused: tuple[str, ...] = ()
    """Rules that would have taken more than a tenth of the words; they changed nothing."""


def clean(draft: Draft) -> Cleaned:
    """Run the table over a text; the ledger of the result takes every change back."""
    refused: list[str] = []
    for repair in REPAIRS:
        changes = tuple(repair.find(draft.text))
        lost = _lost(changes)
        if lost > 0 and lost > _MOST_LOST * _visible(draft.text):
            refused.append(repair.name)
        else:
            draft = draft.with_step(repair.name, changes)
    return Cleaned(draft, tuple(refused))


def _lost(changes: Iterable[Change]) -> int:
    """How many letters and digits go where a change leaves none; other changes only rewrite.

    Those of a terminal's commands are no letters of the text, and must go: no page can show them.
    """
    gone = (change.before for change in changes if not _visible(change.after))
    return sum(_visible(characters.without_controls(words)) for words in gone)


def _visible(words: str) -> int:
    return sum(map(str.isalnum, words))
