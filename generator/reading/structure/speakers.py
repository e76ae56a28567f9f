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

import msgspec

from generator.reading.structure.geometry import Geometry, ends_sentence
from generator.reading.structure.rows import Row

_MAX_NAME = 48
"""Characters of a speaker's name."""

_MAX_WORDS = 6

_MAX_READINGS = 4
"""Places where a label could end, as after "K. RICH." and "K."."""

_ASIDE = r"(?:\s*_?[(\[][^()\[\]]{1,200}[)\]]_?)"
_END = re.compile(
    rf"(?=[\s_(\[.:—-]){_ASIDE}?(?P<end>\s?:—?|\.?\s?-{{2}}|\.[-–—]\.?|\.?—(?=\S)|\.:?){_ASIDE}?[.:]?(?=\s|$|(?<=—)\S)"
)
_FAR = 10
"""Columns from which a centred row in mixed letters is a heading and no label."""

_LONG = 200
"""Characters of a line that cannot be a label alone."""

_SIGNS = re.compile(r"[.:—(\[-](?:(?<!-)|(?=-))")
"""A sign, or two hyphens; a set of characters first is what `re` searches fastest."""
_MAX_ALONE = 33
"""Characters of a label that stands alone, without a remark in brackets."""

_ALONE = re.compile(rf"(?P<name>[^:()\[\]]{{1,30}}[^:()\[\].]){_ASIDE}?[.:]?$")
_QUESTION = re.compile(r"(?P<name>[QA])[.:](?=\s|$)")

_NOBODY = frozenset(
    "mr mrs ms dr prof st no yes oh ah o well so and but the a i ja nein ach sí non oui si chapter"
    " note notes ps p.s nb n.b etc viz scene act szene akt auftritt sr sra mme mlle"
    " curtain vorhang rideau telón sipario exeunt exit fin finis ende".split()
)
_NO_FIRST_WORD = _NOBODY - {"mr", "mrs", "ms", "dr", "prof", "the", "st", "a", "sr"}


_INITIAL = re.compile(r"(?:^|\s)[A-Z]$")
_MORE_NAME = re.compile(r"\s?(?:[A-Z]\.|(?<=[A-Z]\w\s[A-Z]\.\s)[A-Z]{3,}\.)")
"""After an initial another one, or a surname in capitals after names in capitals."""


class Label(msgspec.Struct, frozen=True, gc=False):
    """The beginning of a row that could be the label of a speaker."""

    name: str
    style: str
    """Its capitals and signs, equal for the labels of one text."""
    length: int
    """Characters with the sign after it and a remark in brackets."""
    key: str
    """Its name in small letters, equal for the labels of one speaker."""


def _question(text: str) -> list[Label]:
    """Return the label of a question or an answer, if a row begins with one."""
    match = _QUESTION.match(text) if text[0] in "QA" else None
    return [_label(match["name"], "question", match.end())] if match else []


def _alone(text: str) -> list[Label]:
    """Return the whole row as a label, if it can be one."""
    can_be_alone = len(text) <= _MAX_ALONE or (len(text) < _LONG and ("(" in text or "[" in text))
    match = _ALONE.match(text) if can_be_alone else None
    if match is None or not _is_name(match["name"].rstrip()):
        return []
    return [_label(match["name"].strip(), f"{_case(match['name'])} bare alone", len(text))]


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
            place = "alone" if match.end() >= len(text) else "beside"
            style = f"{_case(name)} {match['end'].strip()} {place}"
            labels.append(_label(name, style, match.end()))
    return labels


def _ends(text: str) -> Iterator[re.Match[str]]:
    """Yield the places where a name at the beginning of a row could end."""
    position = 0
    while _SIGNS.search(text, position, _MAX_NAME + 2):
        match = _END.search(text, position, _MAX_NAME + 210)
        if match is None or match.start() > _MAX_NAME:
            return
        yield match
        position = match.end()


def _can_begin_with(start: str) -> bool:
    """Whether a name can have these words before its first sign: a first look at verse."""
    words = start.split()
    if len(words) > _MAX_WORDS or not _NO_NAME.isdisjoint(start):
        return False
    return len(words) < 2 or words[0].rstrip(".,").casefold() not in _NO_FIRST_WORD


def _label(name: str, style: str, length: int) -> Label:
    return Label(name, style, length, name.casefold())


def _is_name(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= _MAX_WORDS
        and name[0].isupper()
        and name.casefold() not in _NOBODY
        and words[0].rstrip(".,").casefold() not in _NO_FIRST_WORD
        and _NO_NAME.isdisjoint(name)
    )


_NO_NAME = frozenset('!?;“”"«»')


def _are_initials(name: str) -> bool:
    """Whether a name is two or three capitals, even if these spell a word: "JA:" of an interview.

    They are no label of a note.
    """
    return 2 <= len(name) <= 3 and name.isalpha() and name.isupper() and name not in _NO_INITIALS


_NO_INITIALS = frozenset(["PS", "NB", "NO", "NR", "ETC"])


def _case(name: str) -> str:
    return "capitals" if name == name.upper() else "mixed"


def find_labels(rows: Sequence[Row], geometry: Geometry, stops: Sequence[int]) -> list[int]:
    """Return for each row the length of the speaker's label that it begins with, 0 for none."""
    begins = [_begins_unit(rows, index, geometry, stops) for index in range(len(rows))]
    readings = [
        _possible(rows[index], geometry, is_last=stops[index] == index + 1, begins=begins[index])
        for index in range(len(rows))
    ]
    keys = _keys_by_style(readings)
    counts = {style: Counter(chain.from_iterable(keys[style])) for style in keys}
    sizes = _Sizes(rows=len(rows), units=sum(begins))
    if readings:  # capitals alone on the first row are the title, unless they speak again
        readings[0] = [
            label
            for label in readings[0]
            if "bare" not in label.style or counts[label.style][label.key] >= 2
        ]
    styles = {style for style in counts if _is_used(style, counts[style], keys[style], sizes)}
    if not styles:
        return [_length_below_entrance(rows, index, readings) for index in range(len(rows))]
    names = {name for style in styles for name, count in counts[style].items() if count >= 2}
    return [
        (
            labels
            and (
                _length(labels, styles, counts, _hangs(rows, index, stops))
                or _length_of_variant(labels, styles, counts)
            )
        )
        or (_length_of_open(rows[index].text, names) if names else 0)
        for index, labels in enumerate(readings)
    ]


def _length_of_variant(
    labels: list[Label], styles: set[str], counts: dict[str, Counter[str]]
) -> int:
    """Return the length of a label that stands alone, of somebody with others beside words."""
    for label in labels:
        form, _, place = label.style.rpartition(" ")
        beside = f"{form} beside"
        if place == "alone" and beside in styles and counts[beside][label.key]:
            return label.length
    return 0


def _length_below_entrance(rows: Sequence[Row], index: int, readings: Sequence[list[Label]]) -> int:
    """Return the length of the label of who has entered on the row above, as a chorus does."""
    if not (index and readings[index]) or not _ENTERS.match(rows[index - 1].text):
        return 0
    names = [name.casefold() for name in _CAPITALS.findall(rows[index - 1].text)]
    for label in readings[index]:
        is_beside = label.style.startswith("capitals") and label.style.endswith("beside")
        if is_beside and any(name.startswith(label.key) for name in names):
            return label.length
    return 0


_ENTERS = re.compile(r"[(\[]?(?:enter|entra|entre|sale|auftritt)\b", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[^\W\d_a-z]{3,}\b")

_OPEN = re.compile(r"(?P<name>[^.:()\[\]]{1,48}?)\s+[(\[][^()\[\]]*$")


_ACTS = re.compile(r"(?P<name>[^.,:()\[\]]{1,48}), [^\W\d_A-Z][^—\n]{1,80}?[.:]? ?(?:—|--)")
"""A name, what the speaker does, and a dash: "LA BONNE, entrant. — Madame"."""


def _length_of_open(text: str, names: set[str]) -> int:
    """Return the length of a known name before a remark, which no bracket closes on the row."""
    match = (_OPEN if "(" in text or "[" in text else _ACTS).match(text)
    return match.end("name") if match and match["name"].casefold() in names else 0


def _hangs(rows: Sequence[Row], index: int, stops: Sequence[int]) -> bool:
    """Whether the row below a row is indented more, as words below a label."""
    return stops[index] > index + 1 and rows[index + 1].indent > rows[index].indent


def _begins_unit(rows: Sequence[Row], index: int, geometry: Geometry, stops: Sequence[int]) -> bool:
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
        labels = [label for label in labels if label.style.startswith("capitals")]
    else:
        labels = [*_question(text), *([] if is_last else _alone(text)), *_before_sign(text)]
    if not labels:
        return labels
    is_heading = row.indent >= _FAR and geometry.is_centred(row)
    return [
        label
        for label in labels
        if not (is_last and label.style.endswith("alone"))
        and not (is_heading and label.style == "mixed bare alone")
    ]


def _keys_by_style(readings: Sequence[list[Label]]) -> dict[str, list[list[str]]]:
    """Return for each style the keys of the labels of each row that has any."""
    keys: dict[str, list[list[str]]] = defaultdict(list)
    for labels in readings:
        for style in dict.fromkeys(label.style for label in labels):
            keys[style].append([label.key for label in labels if label.style == style])
    return keys


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The size of a text."""

    rows: int
    units: int
    """Rows that can begin a speech."""


def _is_used(style: str, counts: Counter[str], keys: Sequence[list[str]], sizes: _Sizes) -> bool:
    """Whether labels of a style are so frequent, and repeated so often, that they are speakers."""
    recurring = sum(count >= 2 for count in counts.values())
    total, known = len(keys), sum(any(counts[key] >= 2 for key in row) for row in keys)
    least = _FEWEST if style == "capitals : beside" else 4
    if total < least or len(counts) < 2 or not recurring or 2 * known < total:
        return False
    if style.startswith("capitals") and "bare" not in style:
        return 12 * total >= sizes.units
    if "bare" in style:
        return recurring >= 2 and 3 * known >= 2 * total and 25 * total >= sizes.rows
    return recurring >= 2 and (12 if ":" in style else 5) * total >= sizes.units


_FEWEST = 3
"""Labels in capitals with a colon that are enough: headings and notes hardly have this form."""


def _length(
    labels: list[Label], styles: set[str], counts: dict[str, Counter[str]], hangs: bool
) -> int:
    """Return the length of the best label of a row: the longest name that recurs, or the first."""
    used = [label for label in labels if label.style in styles]
    known = [label for label in used if counts[label.style][label.key] >= 2]
    if known:
        return _best(known, counts).length
    sure = [label for label in used if _is_sure(label, hangs)]
    return sure[0].length if sure else 0


def _best(known: list[Label], counts: dict[str, Counter[str]]) -> Label:
    """Return the longest of several names that recur, unless it adds more than an initial does."""
    best = known[0]
    if "bare" in best.style:
        return best
    for label in known[1:]:
        often = 3 * counts[label.style][label.key] >= counts[best.style][best.key]
        if often or len(best.name) <= 3:
            best = label
    return best


def _is_sure(label: Label, hangs: bool) -> bool:
    """Whether a label is one even if its name occurs once, because of how it is printed."""
    if "bare" in label.style:
        return label.style.startswith("capitals") and (hangs or len(label.name) < 20)
    return label.style.startswith("capitals") or ":" in label.style
