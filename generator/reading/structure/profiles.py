"""What a text as a whole looks like: play, transcript, letter, poem, diary."""

from __future__ import annotations

from collections.abc import Sequence

from generator.reading.structure.context import Profile, Style
from generator.reading.structure.rows import Row


def make_profile(rows: Sequence[Row], styles: Sequence[Style], labels: Sequence[int]) -> Profile:
    """Return the profile of a text."""
    broken = styles.count("broken")
    filled = styles.count("filled")
    is_verse = broken > 2 * filled and broken >= 4
    speeches = sum(map(bool, labels))
    genre = "play" if speeches >= 3 else "poem" if is_verse else ""
    is_letter = not speeches and _looks_like_letter(rows)
    return Profile(frozenset(), is_verse, is_letter, "letter" if is_letter else genre)


def _looks_like_letter(rows: Sequence[Row]) -> bool:
    from generator.reading.structure.letters import _SALUTATION, _is_valediction

    head = any(
        _SALUTATION.fullmatch(row.text) and len(row.line.words) <= 9 and not row.text.endswith(".") for row in rows[:16]
    )
    tail = any(
        len(row.text) < 75 and _is_valediction(row.text) and not row.text.endswith("?") for row in rows[-25:]
    )
    right = any(row.indent >= 18 and len(row.line.words) <= 8 for row in rows[-14:])
    return head or (tail and right)
