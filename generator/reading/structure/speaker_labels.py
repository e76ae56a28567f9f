"""The label of a speaker with which one row could begin, and how it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

import msgspec

from generator.text.dates import is_month

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

_SIGNS = re.compile(r"[.:—(\[-](?:(?<!-)|(?=-))")
"""A sign, or two hyphens; a set of characters first is what `re` searches fastest."""
_MAX_ALONE = 33
"""Characters of a label that stands alone, without a remark in brackets."""

_ALONE = re.compile(rf"(?P<name>[^:()\[\]]{{1,30}}[^:()\[\].]){_REMARK}?[.:]?$")
_QUESTION = re.compile(r"(?P<name>[QA])(?:[.:](?=\s|$)|(?=\s{2}))")

_NOBODY = frozenset(
    "mr mrs ms dr prof st no yes oh ah o well so and but the a i ja nein ach sí non oui si chapter"
    " note notes ps p.s nb n.b etc viz scene act szene akt auftritt sr sra mme mlle"
    " a.d anno item"
    " curtain vorhang rideau telón sipario exeunt exit fin finis ende".split()
)
_NO_FIRST_WORD = _NOBODY - {"mr", "mrs", "ms", "dr", "prof", "the", "st", "a", "sr"}
_NEVER_IN_NAME = frozenset('!?;“”"«»')
_NO_INITIALS = frozenset(["PS", "NB", "NO", "NR", "ETC"])

_MORE_NAME = re.compile(r"\s?(?:[A-Z]\.|(?<=[A-Z]\w\s[A-Z]\.\s)[A-Z]{3,}\.)")
"""After an initial another one, or a surname in capitals after names in capitals."""


ACTION = re.compile(r"(?P<name>[^.,:()\[\]]{1,48}), [^\W\d_A-Z][^—\n]{1,80}?[.:]? ?(?:—|--)")
"""A name, what the speaker does, and a dash: "LA BONNE, entrant. — Madame"."""


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


QUESTIONS = Style("question", None, is_alone=False)
ALONE_IN_MIXED_LETTERS = Style("mixed", None, is_alone=True)
_CAPITALS_WITH_STOP = Style("capitals", ".", is_alone=False)
CAPITALS_WITH_COLON = Style("capitals", ":", is_alone=False)


class Label(msgspec.Struct, frozen=True, gc=False):
    """The beginning of a row that could be the label of a speaker."""

    name: str
    style: Style
    length: int
    """Characters with the sign after it and a remark in brackets."""
    key: str
    """Its name in small letters, equal for the labels of one speaker."""

    def after(self, length: int) -> Label:
        """Return the label with so many characters of a time code before it."""
        return msgspec.structs.replace(self, length=length + self.length)


_TIME_CODE = re.compile(r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?\s+(?=\S)")


TIME_CODE_STARTS = frozenset("[(0123456789")
"""The characters with which a time code can begin."""


def time_code_length(text: str) -> int:
    """Return the characters of the time code before a label: "[00:01:12] ANA: Yes."."""
    match = _TIME_CODE.match(text)
    return match.end() if match else 0


def label_of_question(text: str) -> list[Label]:
    """Return the label of a question or an answer, if a row begins with one."""
    match = _QUESTION.match(text) if text[0] in "QA" else None
    return [_label(match["name"], QUESTIONS, match.end())] if match else []


def row_as_label(text: str) -> list[Label]:
    """Return the whole row as a label, if it can be one."""
    has_remark = "(" in text or "[" in text
    can_be_alone = len(text) <= _MAX_ALONE or (has_remark and len(text) < _MAX_REMARK)
    match = _ALONE.match(text) if can_be_alone else None
    if match is None or not _is_name(match["name"].rstrip()):
        return []
    style = _style(match["name"], None, is_alone=True)
    return [_label(match["name"].strip(), style, len(text))]


_BEFORE_REMARK = re.compile(r"(?P<name>[^.,:()\[\]]{2,30}), [^\W\d_A-Z][^.!?\n]{1,60}$")
"""A name, and what its speaker does, alone on a row: "LA BONNE, entrant"."""


def label_beside_remark(text: str) -> list[Label]:
    """Return the name in capitals at the beginning of a row that says what its speaker does."""
    match = _BEFORE_REMARK.match(text) if text[:2].isupper() and "," in text[:_MAX_NAME] else None
    if match is None or not (match["name"].isupper() and _is_name(match["name"])):
        return []
    style = _style(match["name"], None, is_alone=True)
    return [_label(match["name"], style, match.end("name"))]


def labels_before_sign(text: str) -> list[Label]:
    """Return the labels with a sign after them that a row could begin with, the shortest first."""
    sign = _SIGNS.search(text, 0, _MAX_NAME + 2)
    if sign is None or not _can_begin_with(text[: sign.start()].strip(" _")):
        return []
    labels: list[Label] = []
    for match in islice(_ends(text), _MAX_READINGS):
        name = text[: match.start()].strip(" _")
        if text[match.end() : match.end() + 2].strip()[:1].isdigit() and is_month(name):
            continue  # a day: "Jan. 7. Robert, son of"
        if _ends_with_initial(name) and _MORE_NAME.match(text, match.end()):
            continue
        if _is_name(name) or (match["end"].strip() == ":" and _are_initials(name)):
            style = _style(name, match["end"].strip(), is_alone=match.end() >= len(text))
            labels.append(_label(name, style, match.end()))
    return labels


def _ends(text: str) -> Iterator[re.Match[str]]:
    """Yield the places where a name at the beginning of a row could end."""
    position = 0
    while sign := _SIGNS.search(text, position, _MAX_NAME + 2):
        # Before the sign an end has nothing but spaces and the mark of emphasis.
        start = max(position, len(text[: sign.start()].rstrip().rstrip("_").rstrip()))
        match = _END.search(text, start, _MAX_NAME + _MAX_REMARK + 10)
        if match is None or match.start() > _MAX_NAME:
            return
        yield match
        position = match.end()


def _ends_with_initial(name: str) -> bool:
    """Whether the last word of a name is a capital."""
    return "A" <= name[-1:] <= "Z" and (len(name) == 1 or name[-2].isspace())


def _can_begin_with(start: str) -> bool:
    """Whether a name can have these words before its first sign: a first look at verse."""
    words = start.split()
    if len(words) > _MAX_WORDS or not _NEVER_IN_NAME.isdisjoint(start):
        return False
    return len(words) < 2 or words[0].rstrip(".,").casefold() not in _NO_FIRST_WORD


def label_before_action(text: str) -> list[Label]:
    """Return the name in capitals before what its speaker does: "ANA, rising. — Yes."."""
    match = ACTION.match(text) if text[:2].isupper() and "," in text[:_MAX_NAME] else None
    if match is None or not (match["name"].isupper() and _is_name(match["name"])):
        return []
    return [_label(match["name"], _CAPITALS_WITH_STOP, match.end("name"))]


def _label(name: str, style: Style, length: int) -> Label:
    return Label(name, style, length, name.casefold())


def _is_name(name: str) -> bool:
    words = name.split()
    if name[-1:] in "0123456789IVXLC" and _NUMBERED_PART.fullmatch(name):
        return False
    return (
        0 < len(words) <= _MAX_WORDS
        and name[0].isupper()
        and name.casefold() not in _NOBODY
        and words[0].rstrip(".,").casefold() not in _NO_FIRST_WORD
        and _NEVER_IN_NAME.isdisjoint(name)
    )


_NUMBERED_PART = re.compile(
    r"(?:section|sect?|article|art|rule|clause|chapter|chap|schedule|lot|no|nr|item|page|fig(?:ure)?"
    r"|table|plate|exhibit|hymn|psalm|verse|step|day|week|part|vol(?:ume)?|appendix|note|act|scene"
    r"|akt|auftritt|aufzug|acte|scène|atto|scena|acto|escena|cena"
    r"|abschnitt|artikel|kapitel|titel|teil|titre|chapitre|capítulo|artículo|título)"
    r"\.? (?:\d+|[IVXLC]+)",
    re.IGNORECASE,
)
"""A numbered part of a document, which nobody is called: "Section 1"."""


def _are_initials(name: str) -> bool:
    """Whether a name is two or three capitals, even if these spell a word: "JA:" of an interview.

    They are no label of a note.
    """
    return 2 <= len(name) <= 3 and name.isalpha() and name.isupper() and name not in _NO_INITIALS


def _style(name: str, sign: str | None, *, is_alone: bool) -> Style:
    words = [word for word in name.split() if word not in _BETWEEN_NAMES]
    is_capital = all(word == word.upper() for word in words)
    return Style("capitals" if is_capital else "mixed", sign, is_alone)


_BETWEEN_NAMES = frozenset("and e et i och og und y".split())
"""What stands between two who speak together: "ANNA e NINA"."""
