"""Labels of speakers, as plays, interviews, hearings and transcripts print them.

A label is one only if its style recurs in the text: several names, most of them more than once,
at the beginning of a good part of the paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal, NamedTuple

import msgspec

from generator.reading.structure.geometry import Geometry, ends_sentence
from generator.reading.structure.rows import Row

_MAX_NAME = 48
"""Characters of a speaker's name."""

_MAX_WORDS = 6

_MAX_READINGS = 4
"""Places where a label could end, as after "K. RICH." and "K."."""

_MAX_REMARK = 200
"""Characters of what a speaker does, in brackets."""

_REMARK = rf"(?:\s*_?[(\[][^()\[\]]{{1,{_MAX_REMARK}}}[)\]]_?)"
_END = re.compile(
    rf"(?=[\s_(\[.:—-]){_REMARK}?"
    r"(?P<end>\s?:—?|\.?\s?-{2}|\.[-–—]\.?|\.?—(?=\S)|\.:?)"
    rf"{_REMARK}?[.:]?(?=\s|$|(?<=—)\S)"
)
"""What can follow a name: a remark, the sign, a remark, and a space, or words after a dash."""

_HEADING_INDENT = 10
"""Columns from which a centred row in mixed letters is a heading and no label."""

_SIGNS = re.compile(r"[.:—(\[-](?:(?<!-)|(?=-))")
"""A sign, or two hyphens; a set of characters first is what `re` searches fastest."""
_MAX_ALONE = 33
"""Characters of a label that stands alone, without a remark in brackets."""

_ALONE = re.compile(rf"(?P<name>[^:()\[\]]{{1,30}}[^:()\[\].]){_REMARK}?[.:]?$")
_QUESTION = re.compile(r"(?P<name>[QA])[.:](?=\s|$)")

_NOBODY = frozenset(
    "mr mrs ms dr prof st no yes oh ah o well so and but the a i ja nein ach sí non oui si chapter"
    " note notes ps p.s nb n.b etc viz scene act szene akt auftritt sr sra mme mlle"
    " curtain vorhang rideau telón sipario exeunt exit fin finis ende".split()
)
_NO_FIRST_WORD = _NOBODY - {"mr", "mrs", "ms", "dr", "prof", "the", "st", "a", "sr"}
_NEVER_IN_NAME = frozenset('!?;“”"«»')
_NO_INITIALS = frozenset(["PS", "NB", "NO", "NR", "ETC"])

_INITIAL = re.compile(r"(?:^|\s)[A-Z]$")
_MORE_NAME = re.compile(r"\s?(?:[A-Z]\.|(?<=[A-Z]\w\s[A-Z]\.\s)[A-Z]{3,}\.)")
"""After an initial another one, or a surname in capitals after names in capitals."""


_ENTERS = re.compile(r"[(\[]?(?:enter|entra|entre|sale|auftritt)\b", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[^\W\d_a-z]{3,}\b")

_OPEN_REMARK = re.compile(r"(?P<name>[^.:()\[\]]{1,48}?)\s+[(\[][^()\[\]]*$")
_ACTION = re.compile(r"(?P<name>[^.,:()\[\]]{1,48}), [^\W\d_A-Z][^—\n]{1,80}?[.:]? ?(?:—|--)")
"""A name, what the speaker does, and a dash: "LA BONNE, entrant. — Madame"."""

_OPEN_SIGNS = ("(", "[", "—", "--")
"""Signs of which every text has one that either pattern matches; most lines have none."""

_FEWEST, _FEWEST_WITH_COLON = 4, 3
"""Labels that are enough, and in capitals with a colon, which headings and notes seldom have."""

_MOST_SPEECHES, _MOST_ROWS = 12, 25
"""Rows that can begin a speech to one label; rows of a text to one label without a sign.

In plays of the development set the labels are more frequent than that.
"""

_MOST_UNSURE = 5
"""Rows that can begin a speech to one label in mixed letters without a colon."""


class Style(NamedTuple):
    """How labels of a text are printed: all of a text are in one style, or in two."""

    case: Literal["capitals", "mixed", "question"]
    """Its letters; the Q and A of questions and answers are a style of their own."""
    sign: str | None
    """What stands after the name; None if nothing does."""
    is_alone: bool
    """Whether the speech begins on the next row."""

    @property
    def is_in_capitals(self) -> bool:
        """Whether its letters are capitals."""
        return self.case == "capitals"

    @property
    def is_bare(self) -> bool:
        """Whether it is a name alone on a row, without a sign."""
        return self.sign is None and self.is_alone

    @property
    def has_colon(self) -> bool:
        """Whether the sign is a colon, or has one."""
        return self.sign is not None and ":" in self.sign


_QUESTIONS = Style("question", None, is_alone=False)
_ALONE_IN_MIXED_LETTERS = Style("mixed", None, is_alone=True)
_CAPITALS_WITH_COLON = Style("capitals", ":", is_alone=False)


class Label(msgspec.Struct, frozen=True, gc=False):
    """The beginning of a row that could be the label of a speaker."""

    name: str
    style: Style
    length: int
    """Characters with the sign after it and a remark in brackets."""
    key: str
    """Its name in small letters, equal for the labels of one speaker."""


def _question(text: str) -> list[Label]:
    """Return the label of a question or an answer, if a row begins with one."""
    match = _QUESTION.match(text) if text[0] in "QA" else None
    return [_label(match["name"], _QUESTIONS, match.end())] if match else []


def _alone(text: str) -> list[Label]:
    """Return the whole row as a label, if it can be one."""
    has_remark = "(" in text or "[" in text
    can_be_alone = len(text) <= _MAX_ALONE or (has_remark and len(text) < _MAX_REMARK)
    match = _ALONE.match(text) if can_be_alone else None
    if match is None or not _is_name(match["name"].rstrip()):
        return []
    style = _style(match["name"], None, is_alone=True)
    return [_label(match["name"].strip(), style, len(text))]


def _before_sign(text: str) -> list[Label]:
    """Return the labels with a sign after them that a row could begin with, the shortest first."""
    sign = _SIGNS.search(text, 0, _MAX_NAME + 2)
    if sign is None or not _can_begin_with(text[: sign.start()].strip(" _")):
        return []
    labels: list[Label] = []
    for match in islice(_ends(text), _MAX_READINGS):
        name = text[: match.start()].strip(" _")
        if _INITIAL.search(name) and _MORE_NAME.match(text, match.end()):
            continue
        if _is_name(name) or (match["end"].strip() == ":" and _are_initials(name)):
            style = _style(name, match["end"].strip(), is_alone=match.end() >= len(text))
            labels.append(_label(name, style, match.end()))
    return labels


def _ends(text: str) -> Iterator[re.Match[str]]:
    """Yield the places where a name at the beginning of a row could end."""
    position = 0
    while _SIGNS.search(text, position, _MAX_NAME + 2):
        match = _END.search(text, position, _MAX_NAME + _MAX_REMARK + 10)
        if match is None or match.start() > _MAX_NAME:
            return
        yield match
        position = match.end()


def _can_begin_with(start: str) -> bool:
    """Whether a name can have these words before its first sign: a first look at verse."""
    words = start.split()
    if len(words) > _MAX_WORDS or not _NEVER_IN_NAME.isdisjoint(start):
        return False
    return len(words) < 2 or words[0].rstrip(".,").casefold() not in _NO_FIRST_WORD


def _label(name: str, style: Style, length: int) -> Label:
    return Label(name, style, length, name.casefold())


def _is_name(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= _MAX_WORDS
        and name[0].isupper()
        and name.casefold() not in _NOBODY
        and words[0].rstrip(".,").casefold() not in _NO_FIRST_WORD
        and _NEVER_IN_NAME.isdisjoint(name)
    )


def _are_initials(name: str) -> bool:
    """Whether a name is two or three capitals, even if these spell a word: "JA:" of an interview.

    They are no label of a note.
    """
    return 2 <= len(name) <= 3 and name.isalpha() and name.isupper() and name not in _NO_INITIALS


def _style(name: str, sign: str | None, *, is_alone: bool) -> Style:
    return Style("capitals" if name == name.upper() else "mixed", sign, is_alone)


def label_lengths(rows: Sequence[Row], geometry: Geometry, stops: Sequence[int]) -> list[int]:
    """Return for each row the length of the speaker's label that it begins with, 0 for none.

    Where no style recurs, a label may still name who entered on the row above.
    """
    begins = [_begins_speech(rows, index, geometry, stops) for index in range(len(rows))]
    readings = [
        _possible(rows[index], geometry, is_last=stops[index] == index + 1, begins=begins[index])
        for index in range(len(rows))
    ]
    used = _used_styles(readings, _Sizes(rows=len(rows), speeches=sum(begins)))
    if not used.styles:
        return [_length_below_entrance(rows, index, readings) for index in range(len(rows))]
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


def _used_styles(readings: list[list[Label]], sizes: _Sizes) -> _Used:
    """Return the styles that recur; a title in capitals on the first row leaves the readings."""
    keys = _keys_by_style(readings)
    counts = {style: Counter(chain.from_iterable(keys[style])) for style in keys}
    if readings:  # capitals alone on the first row are the title, unless they speak again
        readings[0] = [
            label
            for label in readings[0]
            if not label.style.is_bare or counts[label.style][label.key] >= 2
        ]
    styles = frozenset(
        style for style in counts if _is_used(style, counts[style], keys[style], sizes)
    )
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
    if not names or not any(sign in text for sign in _OPEN_SIGNS):
        return 0
    match = (_OPEN_REMARK if "(" in text or "[" in text else _ACTION).match(text)
    return match.end("name") if match and match["name"].casefold() in names else 0


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
    text = row.text
    if not (text[0].isupper() or (text[0] == "_" and text.lstrip(" _")[:1].isupper())):
        return []
    if not begins:
        labels = [] if text[1:2].islower() else _before_sign(text)
        labels = [label for label in labels if label.style.is_in_capitals]
    else:
        labels = [*_question(text), *([] if is_last else _alone(text)), *_before_sign(text)]
    if not labels:
        return labels
    is_heading = row.indent >= _HEADING_INDENT and geometry.is_centred(row)
    return [
        label
        for label in labels
        if not (is_last and label.style.is_alone)
        and not (is_heading and label.style == _ALONE_IN_MIXED_LETTERS)
    ]


def _keys_by_style(readings: Sequence[list[Label]]) -> dict[Style, list[list[str]]]:
    """Return for each style the keys of the labels of each row that has any."""
    keys: dict[Style, list[list[str]]] = defaultdict(list)
    for labels in filter(None, readings):
        for style in dict.fromkeys(label.style for label in labels):
            keys[style].append([label.key for label in labels if label.style == style])
    return keys


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The size of a text."""

    rows: int
    speeches: int
    """Rows that can begin a speech."""


def _is_used(style: Style, counts: Counter[str], keys: Sequence[list[str]], sizes: _Sizes) -> bool:
    """Whether labels of a style are so frequent, and repeated so often, that they are speakers."""
    recurring = sum(count >= 2 for count in counts.values())
    total, known = len(keys), sum(any(counts[key] >= 2 for key in row) for row in keys)
    least = _FEWEST_WITH_COLON if style == _CAPITALS_WITH_COLON else _FEWEST
    if total < least or len(counts) < 2 or not recurring or 2 * known < total:
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
    if style.is_bare:
        return style.is_in_capitals and (hangs or len(label.name) < 20)
    return style.is_in_capitals or style.has_colon
