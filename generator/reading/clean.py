"""The ordered table of repairs: every one has a name, a reason in words, and ledger entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.model import Change
from generator.reading import characters, mojibake, paragraphs, running_heads
from generator.reading.ledger import Draft

_MOST_LOST = 0.1
"""The share of a text's letters and digits that a rule may take; more is the rule's mistake."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One rule of the table."""

    name: str
    in_words: str
    """What readers of a page are told about it."""
    find: Callable[[str], Iterable[Change]]


REPAIRS = (
    # Encodings first: the pieces of a broken character can look like line ends and controls.
    Repair("mojibake", "characters restored that a wrong encoding had broken", mojibake.mojibake),
    # Line ends next: every later rule takes a line feed for the end of a line.
    Repair("line ends", "line ends made alike", characters.line_ends),
    Repair(
        "control characters", "invisible control characters removed", characters.control_characters
    ),
    Repair("ligatures", "ligatures written as letters", characters.ligatures),
    Repair("soft hyphens", "invisible hyphens removed", characters.soft_hyphens),
    Repair("spaces", "superfluous spaces removed", characters.spaces),
    Repair("page breaks", "page breaks set apart", characters.page_breaks),
    Repair("empty lines", "superfluous empty lines removed", characters.empty_lines),
    # Pages before lines: what stands between them is no line of a paragraph.
    Repair("running heads", "page numbers and running heads removed", running_heads.running_heads),
    # Lines before paragraphs: a paragraph is judged by its whole last sentence.
    Repair("hard wraps", "lines joined that a narrow column had broken", paragraphs.hard_wraps),
    Repair(
        "cut paragraphs", "paragraphs joined that a page break had cut", paragraphs.cut_paragraphs
    ),
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
            draft = draft.after(repair.name, changes)
    return Cleaned(draft, tuple(refused))


def _lost(changes: Iterable[Change]) -> int:
    """How many letters and digits go where a change leaves none; other changes only rewrite."""
    return sum(_visible(change.before) for change in changes if not _visible(change.after))


def _visible(words: str) -> int:
    return sum(map(str.isalnum, words))
