"""The ordered table of repairs of characters; the ledger records changes under their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from generator.model import Change
from generator.model.ledger import Draft
from generator.reading import characters, mojibake

_MAX_LOST = 0.1
"""The share of a text's letters and digits that a repair may remove; more is a mistake of it."""


class Repair(msgspec.Struct, frozen=True):
    """One repair of the table."""

    name: str
    """The key of its changes in the ledger, and of its description in the tables of labels."""
    find: Callable[[str], Iterable[Change]]
    of_printable: bool = True
    """Whether it can change a text that has only printable characters, as most texts have."""


REPAIRS = (
    # The parts of a broken character can look like line ends and controls: encodings come first.
    Repair("mojibake", mojibake.mojibake),
    # Every later repair expects line feeds as line ends.
    Repair("line ends", characters.line_ends, of_printable=False),
    Repair("control characters", characters.control_characters, of_printable=False),
    Repair("ligatures", characters.ligatures),
    Repair("soft hyphens", characters.soft_hyphens, of_printable=False),
)


class Cleaned(msgspec.Struct, frozen=True):
    """A text after the repairs, and which repairs were not applied."""

    draft: Draft
    refused: tuple[str, ...] = ()
    """Repairs that would have removed more than a tenth of the letters and digits."""


def clean(draft: Draft) -> Cleaned:
    """Apply the repairs in order; the ledger of the result can undo every change."""
    refused: list[str] = []
    is_printable = characters.is_printable(draft.text)
    for repair in REPAIRS:
        if is_printable and not repair.of_printable:
            continue
        changes = tuple(repair.find(draft.text))
        lost = _count_lost(changes)
        if lost > 0 and lost > _MAX_LOST * characters.count_letters(draft.text):
            refused.append(repair.name)
        elif changes:
            draft = draft.with_step(repair.name, changes)
            is_printable = characters.is_printable(draft.text)
    return Cleaned(draft, tuple(refused))


def _count_lost(changes: Iterable[Change]) -> int:
    """Return the number of letters and digits in changes that leave none; others only rewrite.

    Those of terminal sequences do not count, because no page can show them.
    """
    removed = (change.before for change in changes if not characters.count_letters(change.after))
    return sum(characters.count_letters(characters.without_controls(words)) for words in removed)
