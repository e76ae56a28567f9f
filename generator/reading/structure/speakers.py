"""Labels of speakers, as plays, interviews, hearings and transcripts print them.

A label is one only if its style recurs in the text: several names, most of them more than once,
at the beginning of a good part of the paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import msgspec

from generator.reading.head.bylines import has_known_given_name
from generator.reading.structure.geometry import Geometry, ends_sentence
from generator.reading.structure.letter_words import is_name
from generator.reading.structure.rows import Row
from generator.reading.structure.speaker_labels import (
    ACTION,
    ALONE_IN_MIXED_LETTERS,
    CAPITALS_WITH_COLON,
    QUESTIONS,
    TIME_CODE_STARTS,
    Label,
    Style,
    label_before_action,
    label_beside_remark,
    label_of_question,
    labels_before_sign,
    row_as_label,
    time_code_length,
)

_HEADING_INDENT = 10
"""Columns from which a centred row in mixed letters is a heading and no label."""

_ENTERS = re.compile(r"[(\[]?(?:enter|entra|entre|sale|auftritt)\b", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[^\W\d_a-z]{3,}\b")

_OPEN_REMARK = re.compile(r"(?P<name>[^.:()\[\]]{1,48}?)\s+[(\[][^()\[\]]*$")

_OPEN_SIGN = re.compile("[([—]|--")
"""A sign that every text has which either pattern matches; most lines have none."""

_FEWEST, _FEWEST_WITH_COLON = 4, 3
"""Labels that are enough, and in capitals with a colon, which headings and notes seldom have."""

_MOST_SPEECHES, _MOST_ROWS = 12, 25
"""Rows that can begin a speech to one label; rows of a text to one label without a sign.

In plays of the development set the labels are more frequent than that.
"""

_FIRST_ROWS = 6
"""Rows among which an act or a scene is named."""

_SCENE = re.compile(
    r"(?:\w+\W+)?(?:act|akt|aufzug|auftritt|szene|scene|scène|acte|acto|escena|jornada|atto|scena|ato|cena"
    r"|bedrijf|tooneel|toneel)(?:\W+\w+)?\W*",
    re.IGNORECASE,
)
"""The heading of a part of a play."""

_MIXED_WITH_COLON = Style("mixed", ":", is_alone=False)
_CAPITALS_ALONE = Style("capitals", None, is_alone=True)

_MOST_UNSURE = 5
"""Rows that can begin a speech to one label in mixed letters without a colon."""


def label_lengths(rows: Sequence[Row], geometry: Geometry, stops: Sequence[int]) -> list[int]:
    """Return for each row the length of the speaker's label that it begins with, 0 for none.

    Where no style recurs, a label may still name who entered on the row above.
    """
    begins = [_begins_speech(rows, index, geometry, stops) for index in range(len(rows))]
    readings = [
        _possible(rows[index], geometry, is_last=stops[index] == index + 1, begins=begins[index])
        for index in range(len(rows))
    ]
    is_scene = any(_SCENE.fullmatch(row.text) for row in rows[:_FIRST_ROWS])
    used = _used_styles(readings, begins, is_scene=is_scene)
    if not used.styles:
        apart = _names_apart(rows, stops)
        return [
            len(row.text) if index in apart else _length_below_entrance(rows, index, readings)
            for index, row in enumerate(rows)
        ]
    return [
        (_length(labels, used, hangs=_hangs(rows, index, stops)) if labels else 0)
        or _length_of_open(rows[index].text, used.names)
        for index, labels in enumerate(readings)
    ]


class _Used(NamedTuple):
    """The styles of a text, and who speaks in them."""

    styles: frozenset[Style]
    counts: dict[Style, Counter[str]]
    """The speakers of each style that occurs, by their keys."""
    names: frozenset[str]
    """The keys of speakers who speak more than once."""


def _used_styles(readings: list[list[Label]], begins: Sequence[bool], *, is_scene: bool) -> _Used:
    """Return the styles that recur; a title in capitals on the first row leaves the readings."""
    keys = _keys_by_style(readings)
    counts = {style: Counter(chain.from_iterable(keys[style])) for style in keys}
    if readings:  # capitals alone on the first row are the title, unless they speak again
        readings[0] = [
            label
            for label in readings[0]
            if not label.style.is_bare or counts[label.style][label.key] >= 2
        ]
    below = _sizes_below(readings, begins)
    styles = frozenset(
        style
        for style in counts
        if _is_used(
            style,
            counts[style],
            keys[style],
            _Sizes(len(begins), sum(begins), below.get(style, len(begins)), is_scene=is_scene),
        )
    )
    if styles & {QUESTIONS, _MIXED_WITH_COLON} and CAPITALS_WITH_COLON in counts:
        styles |= {CAPITALS_WITH_COLON}  # who speaks between the questions, or several at once
    names = (name for style in styles for name, count in counts[style].items() if count >= 2)
    return _Used(styles, counts, frozenset(names))


def _length_of_variant(labels: list[Label], used: _Used) -> int:
    """Return the length of a label alone on its row whose speaker has others before words."""
    for label in labels:
        beside = label.style._replace(is_alone=False)
        if label.style.is_alone and beside in used.styles and used.counts[beside][label.key]:
            return label.length
    return 0


def _length_below_entrance(rows: Sequence[Row], index: int, readings: Sequence[list[Label]]) -> int:
    """Return the length of a label that names somebody who enters on the row above."""
    if not (index and readings[index]) or not _ENTERS.match(rows[index - 1].text):
        return 0
    names = [name.casefold() for name in _CAPITALS.findall(rows[index - 1].text)]
    for label in readings[index]:
        is_beside = label.style.is_in_capitals and not label.style.is_alone
        if is_beside and any(name.startswith(label.key) for name in names):
            return label.length
    return 0


def _length_of_open(text: str, names: frozenset[str]) -> int:
    """Return the length of a known name before a remark, which no bracket closes on the row."""
    if not names or not _OPEN_SIGN.search(text):
        return 0
    match = (_OPEN_REMARK if "(" in text or "[" in text else ACTION).match(text)
    return match.end("name") if match and match["name"].casefold() in names else 0


def _names_apart(rows: Sequence[Row], stops: Sequence[int]) -> frozenset[int]:
    """Return the rows with the name of who speaks in the next paragraph, after an empty line.

    They are names of two persons or more who speak in turn, most of them more than once.
    """
    apart = [
        index
        for index in range(1, len(rows) - 1)
        if stops[index - 1] == index and stops[index] == index + 1 and _is_person(rows[index].text)
    ]
    if len(apart) < _FEWEST_WITH_COLON:
        return frozenset()
    counts = Counter(rows[index].text for index in apart)
    known = sum(count for count in counts.values() if count >= 2)
    chunks = sum(stops[index] == index + 1 for index in range(apart[0], len(rows)))
    is_in_turn = all(rows[index].text != rows[other].text for index, other in pairwise(apart))
    is_beside = any(other == index + 1 for index, other in pairwise(apart))
    is_used = 4 * len(apart) >= chunks and len(counts) >= 2 and 3 * known >= 2 * len(apart)
    return frozenset(apart if is_used and is_in_turn and not is_beside else ())


def _is_person(text: str) -> bool:
    """Whether a row is a given name and a surname and nothing else."""
    words = text.split() if len(text) <= _LONGEST_PERSON and text[-1].isalpha() else []
    return 2 <= len(words) <= _MOST_NAMES and is_name(text) and has_known_given_name(text)


_LONGEST_PERSON, _MOST_NAMES = 40, 4


def _hangs(rows: Sequence[Row], index: int, stops: Sequence[int]) -> bool:
    """Whether the row below a row is indented more, as words below a label."""
    return stops[index] > index + 1 and rows[index + 1].indent > rows[index].indent


def _begins_speech(
    rows: Sequence[Row], index: int, geometry: Geometry, stops: Sequence[int]
) -> bool:
    """Whether a row can begin a speech: no sentence goes on from the row before."""
    if index == 0 or stops[index - 1] == index:
        return True
    before, row = rows[index - 1], rows[index]
    if row.indent != before.indent or before.text[-1] in ")]_" or ends_sentence(before.text):
        return True
    return not geometry.is_full(before, row) or geometry.begins_paragraph(before, row)


def _possible(row: Row, geometry: Geometry, *, is_last: bool, begins: bool) -> list[Label]:
    """Return the readings of a row as one that begins with a label.

    None stands alone where nothing follows it; inside running text only capitals are one.
    """
    start = time_code_length(row.text) if row.text[0] in TIME_CODE_STARTS else 0
    text = row.text[start:]
    if not (text[0].isupper() or (text[0] == "_" and text.lstrip(" _")[:1].isupper())):
        return []
    if start:
        return [label.after(start) for label in labels_before_sign(text)]
    if not begins:
        labels = [] if text[1:2].islower() else labels_before_sign(text)
        labels = [label for label in labels if label.style.is_in_capitals]
    else:
        labels = label_before_action(text) or [
            *label_of_question(text),
            *([] if is_last else label_beside_remark(text) or row_as_label(text)),
            *labels_before_sign(text),
        ]
    if not labels:
        return labels
    is_heading = row.indent >= _HEADING_INDENT and geometry.is_centred(row)
    return [
        label
        for label in labels
        if not (is_last and label.style.is_alone)
        and not (is_heading and label.style == ALONE_IN_MIXED_LETTERS)
    ]


def _keys_by_style(readings: Sequence[list[Label]]) -> dict[Style, list[list[str]]]:
    """Return for each style the keys of the labels of each row that has any."""
    keys: dict[Style, list[list[str]]] = defaultdict(list)
    for labels in filter(None, readings):
        for style in dict.fromkeys(label.style for label in labels):
            keys[style].append([label.key for label in labels if label.style == style])
    return keys


_MOST_OF_SCENE = 6
"""Rows of a scene to one name in capitals that stands alone above what is said."""


class _Sizes(msgspec.Struct, frozen=True):
    """The size of a text."""

    rows: int
    speeches: int
    """Rows that can begin a speech."""
    below: int
    """Of these, the rows from the first label of a style on."""
    is_scene: bool
    """Whether an act or a scene is named at its top."""


def _sizes_below(readings: Sequence[list[Label]], begins: Sequence[bool]) -> dict[Style, int]:
    """Return for each style the rows that can begin a speech, from its first label on."""
    below: dict[Style, int] = {}
    count = 0
    for labels, is_beginning in zip(reversed(readings), reversed(begins), strict=True):
        count += is_beginning
        for label in labels:
            below[label.style] = count
    return below


def _is_used(style: Style, counts: Counter[str], keys: Sequence[list[str]], sizes: _Sizes) -> bool:
    """Whether labels of a style are so frequent, and repeated so often, that they are speakers."""
    recurring = sum(count >= 2 for count in counts.values())
    total, known = len(keys), sum(any(counts[key] >= 2 for key in row) for row in keys)
    least = _FEWEST_WITH_COLON if style == CAPITALS_WITH_COLON else _FEWEST
    if total < least or len(counts) < 2 or not recurring:
        return False
    is_beside_all = style.has_colon and not style.is_alone and 10 * total >= 9 * sizes.below
    is_of_scene = sizes.is_scene and style == _CAPITALS_ALONE
    if is_beside_all or (is_of_scene and _MOST_OF_SCENE * total >= sizes.rows):
        return True  # some may speak once
    if 2 * known < total:
        return False
    if style.is_bare:
        return recurring >= 2 and 3 * known >= 2 * total and _MOST_ROWS * total >= sizes.rows
    if style.is_in_capitals:
        return _MOST_SPEECHES * total >= sizes.speeches
    most = _MOST_SPEECHES if style.has_colon else _MOST_UNSURE
    return recurring >= 2 and most * total >= sizes.speeches


def _length(labels: list[Label], used: _Used, *, hangs: bool) -> int:
    """Return the length of a row's best label, 0 for none.

    That is one of a name that recurs, the first sure one, or one whose speaker has others.
    """
    own = [label for label in labels if label.style in used.styles]
    known = [label for label in own if used.counts[label.style][label.key] >= 2]
    if known:
        return _best(known, used.counts).length
    sure = [label for label in own if _is_sure(label, hangs=hangs)]
    return sure[0].length if sure else _length_of_variant(labels, used)


def _best(known: list[Label], counts: dict[Style, Counter[str]]) -> Label:
    """Return the longest of several names that recur.

    A longer name must be a third as frequent, unless the shorter one is an initial: "K." before
    "K. RICH.".
    """
    best = known[0]
    if best.style.is_bare:
        return best
    for label in known[1:]:
        often = 3 * counts[label.style][label.key] >= counts[best.style][best.key]
        if often or len(best.name) <= 3:
            best = label
    return best


def _is_sure(label: Label, *, hangs: bool) -> bool:
    """Whether a label is one even if its name occurs once, because of how it is printed."""
    style = label.style
    if style.is_alone and style.sign and label.length > len(label.name) + _LEAST_REMARK:
        return True
    if style.is_bare:
        return style.is_in_capitals and (hangs or len(label.name) < 20)
    return style.is_in_capitals or style.has_colon


_LEAST_REMARK = 4
"""Characters after a name that are more than a sign: what its speaker does, in brackets."""
