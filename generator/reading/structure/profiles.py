"""What a text as a whole looks like: play, transcript, letter, poem, diary."""

from __future__ import annotations

from collections.abc import Sequence

from itertools import pairwise

from generator.reading.structure.context import Profile, Style
from generator.reading.structure.geometry import Geometry
from generator.reading.structure.rows import Row


def make_profile(
    rows: Sequence[Row],
    styles: Sequence[Style],
    geometry: Geometry,
    stops: Sequence[int],
    labels: Sequence[int],
) -> Profile:
    """Return the profile of a text."""
    is_verse = _is_verse(rows, styles, geometry, stops, labels)
    speeches = sum(map(bool, labels))
    genre = "play" if speeches >= 3 else "poem" if is_verse else ""
    is_letter = not speeches and _looks_like_letter(rows)
    return Profile(frozenset(), is_verse, is_letter, "letter" if is_letter else genre)


def _is_verse(
    rows: Sequence[Row],
    styles: Sequence[Style],
    geometry: Geometry,
    stops: Sequence[int],
    labels: Sequence[int],
) -> bool:
    """Whether most breaks between neighbouring rows were not forced by the width."""
    free = forced = 0
    for index, (row, following) in enumerate(pairwise(rows)):
        if stops[index] == index + 1 or labels[index + 1] or geometry.begins_paragraph(row, following):
            continue
        if geometry.is_full(row, following) and styles[index] != "broken":
            forced += 1
        else:
            free += 1
    return free >= 5 and 3 * free >= free + forced and 2 * (free + forced) >= len(rows)


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
