"""Words that only the caption of a picture, a table or a listing has."""

from __future__ import annotations

import re

CUE = "caption: cue"
"""The rule of a caption that says with its first words what it is."""

_MAX_SENTENCE = 25
_MAX_CREDIT = 8
"""Words of a caption that is a sentence, and after the cue that names who took the picture."""

_CUE = re.compile(
    r"(?:fig(?:ure|\.)?|table|listing|tabelle|abb(?:ildung|\.)?|plate|map|photo)\s*\d+[:.]"
    r"|\[illustration|(?:an? )?(?:map|photo|photograph|view|portrait|picture|bust|statue"
    r"|engraving|drawing|interior) of\b"
    r"|artist's (?:rendering|impression)",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"[^\W\d_a-z]\S*(?: (?:[^\W\d_a-z]\S*|of|or|and|the|de|la)){0,5}"
    r"(?:, (?:in|with|near|seen from|interior of|view of) [^.!?;:,]{5,80}"
    r"| \((?:left|right|centre|center)\) [^.!?;:]{5,80}\.?)"
)
"""A name, and how or where it is seen: "Carrow, with the mill in the distance"."""

_CREDIT = re.compile(
    r"(?:^|\s)(?:Image|Images|Photo|Photograph|Picture|Foto|Bild|Credit|Graphic|Imagen|Imagem):\s"
)


def caption_rule(text: str) -> str | None:
    """Return the name of the rule by which the words of a text show a caption, None for none."""
    credit = _CREDIT.search(text) if ":" in text else None
    if credit and len(text[credit.end() :].split()) <= _MAX_CREDIT:
        return "caption: credit"
    if has_cue(text) and not (len(text.split()) > _MAX_SENTENCE and text.endswith(".")):
        return CUE
    return "caption: view" if is_view(text) else None


def has_cue(text: str) -> bool:
    """Whether a line begins as a caption does: "Fig. 3:", "View of"."""
    return _CUE.match(text) is not None


def is_view(text: str) -> bool:
    """Whether a line names something, and says how or where it is seen."""
    return (", " in text or " (" in text) and _VIEW.fullmatch(text) is not None


_QUOTED = re.compile(r"[\"“”'‘’]{1,3}[^\"“”]{8,120}[\"“”'‘’]{1,3}")
_MIN_QUOTED = 4
"""Words in quotation marks; fewer may be a title."""


def is_quoted_line(text: str) -> bool:
    """Whether a line in quotation marks says words of the story, as below a picture of it."""
    return _QUOTED.fullmatch(text) is not None and len(text.split()) >= _MIN_QUOTED
