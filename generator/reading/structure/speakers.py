"""Labels of speakers, as plays, interviews, hearings and transcripts print them.

A label is one only if its style recurs: several names, most of them more than once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.reading.structure.geometry import Geometry
from generator.reading.structure.rows import Row

_MAX_NAME = 45
"""Characters of a speaker's name."""

_NAME = r"[^\W\d_](?:[^\W_]|[ .'’ªº,&\-](?=[^\W_.(\[])|[.'’ªº](?=\s))*?"
_ASIDE = r"(?:\s*[(\[][^()\[\]]{1,200}[)\]])"
_LABEL = re.compile(
    rf"(?P<name>{_NAME}){_ASIDE}?(?P<end>\s?:—?|\.[-–—]\.?|\.?—(?=\S)|\.:?|(?=$))"
    rf"(?P<aside>{_ASIDE})?(?P<rest>[.:]?$|[.:]?\s+\S|(?<=—)\S)"
)
_QUESTION = re.compile(r"(?P<name>[QA])(?P<end>[.:])(?P<rest>\s+\S|$)")
_NOBODY = frozenset(
    "mr mrs ms dr prof st no yes oh ah o well so and but the a i ja nein ach sí non oui si ah! chapter"
    " note notes ps p.s nb n.b etc viz scene act szene akt auftritt".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """The beginning of a row that could be the label of a speaker."""

    name: str
    style: str
    """Its capitals and signs, equal for the labels of one text."""
    length: int
    """Characters with the sign after it and a remark in brackets."""


def read_label(text: str) -> Label | None:
    """Return the label that a row could begin with, None if it cannot be one."""
    match = _QUESTION.match(text) or _LABEL.match(text[: 2 * _MAX_NAME + 200])
    if match is None or len(match["name"]) > _MAX_NAME:
        return None
    name = match["name"].strip()
    words = name.split()
    if len(words) > 6 or name.casefold() in _NOBODY or not name[0].isupper():
        return None
    end = match["end"].strip()
    alone = match["rest"].strip(" .:") == ""
    if not alone and not end:
        return None
    case = "capitals" if name == name.upper() else "mixed"
    if case == "mixed" and sum(not word[0].isupper() for word in words) > 0.5 * len(words) + 1:
        return None
    place = "alone" if alone else "beside"
    length = match.end() if alone else match.start("rest")
    length += 1 if not alone and text[length : length + 1] in ".:" else 0
    return Label(name, f"{case} {end or 'bare'} {place}", len(text[:length].rstrip()))


def find_labels(rows: Sequence[Row], geometry: Geometry, stops: Sequence[int]) -> list[int]:
    """Return for each row the length of the speaker's label that it begins with, 0 for none."""
    labels = [_possible(rows, index, geometry, stops) for index in range(len(rows))]
    names = _names_by_style(labels)
    styles = {style for style in names if _is_used(names[style], style, rows, stops)}
    known = {name for style in styles for name, count in names[style].items() if count >= 2}
    return [
        label.length if label and label.style in styles and _is_certain(label, known) else 0
        for label in labels
    ]


def _possible(
    rows: Sequence[Row], index: int, geometry: Geometry, stops: Sequence[int]
) -> Label | None:
    """Return the label of a row, if the row can begin a speech."""
    label = read_label(rows[index].text)
    if label is None:
        return None
    is_first = index == 0 or stops[index - 1] == index
    if not is_first and rows[index].indent == rows[index - 1].indent:
        if geometry.is_full(rows[index - 1], rows[index]):
            return None
    if label.style.endswith("alone") and stops[index] == index + 1:
        return None
    return label


def _names_by_style(labels: Sequence[Label | None]) -> dict[str, Counter[str]]:
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for label in labels:
        if label:
            names[label.style][label.name.casefold()] += 1
    return names


def _is_used(names: Counter[str], style: str, rows: Sequence[Row], stops: Sequence[int]) -> bool:
    """Whether labels of a style are so frequent, and repeated so often, that they are speakers."""
    total = sum(names.values())
    recurring = [count for count in names.values() if count >= 2]
    chunks = len({*stops})
    units = max(chunks, 1)
    if len(names) < 2 or total < 4 or not recurring:
        return False
    if "bare" in style:
        return len(recurring) >= 2 and 2 * sum(recurring) >= total and 4 * total >= min(units, len(rows) / 4)
    if style.startswith("capitals"):
        return 3 * sum(recurring) >= total and 8 * total >= min(units, len(rows) / 6)
    return len(recurring) >= 2 and 2 * sum(recurring) >= total and 4 * total >= min(units, len(rows) / 4)


def _is_certain(label: Label, known: set[str]) -> bool:
    """Whether a label is one even if its name occurs once, because of how it is printed."""
    if label.style.startswith("capitals") and "bare" not in label.style:
        return True
    return label.name.casefold() in known or ":" in label.style
