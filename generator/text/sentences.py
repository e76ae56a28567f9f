"""Ends of sentences, abbreviations with a full stop, and what reads like prose.

Callers differ in which characters end a sentence for them, so these are parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.model import Span

STOPS = ".!?…。！？"
"""Characters that end a sentence."""

CLOSING = "\"'”’»)]"
"""Quotation marks and brackets that can follow the stop and belong to its sentence."""

ABBREVIATIONS = frozenset(
    """
    Mr Mrs Ms Messrs Dr Prof Gen Col Maj Lt Sgt Capt Sen Rep Gov Hon Rev St Jr Sr Inc Co Ltd Sra Dra
    Mme Mlle
    """.split()
)
"""Titles and forms of companies: a full stop after one of them does not end a sentence."""

MONTH_ABBREVIATIONS = frozenset("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split())

NAME_ABBREVIATIONS = (
    ABBREVIATIONS
    | MONTH_ABBREVIATIONS
    | frozenset(
        """
        Adm Mt Ft Corp Bros Dept Univ Brig Cpl Pres Insp Fr Mgr Msgr Cía Sta Sto Av
        Ave Supt Const Atty Amb Cmdr Eng Ing Lic
        Ala Ariz Ark Calif Colo Conn Del Fla Ga Kan Ky Md Mass Mich Minn Mont Neb Nev Okla Ore Pa
        Tenn Tex Va Vt Wash Wis Wyo Ont Que
        """.split()
    )
)
"""Abbreviations in or beside names, such as those of states: the stop is part of the name."""

_SUMMARY_ABBREVIATIONS = (
    ABBREVIATIONS
    | MONTH_ABBREVIATIONS
    | frozenset("No vs etc al approx dept z.B d.h bzw Nr".split())
)
_QUOTE_ABBREVIATIONS = ABBREVIATIONS | frozenset("No vs U.S Hr Fr Corp".split())


def sentence_end(stops: str = STOPS, closing: str = CLOSING, following: str = "$") -> str:
    """Return a regular expression for a stop, what closes the sentence, and `following`."""
    return f"[{re.escape(stops)}][{re.escape(closing)}]*{following}"


def looks_like_prose(text: str, end: re.Pattern[str]) -> bool:
    """Whether a text is so long, or ends like a sentence and has at least eight words."""
    word_count = len(text.split(maxsplit=25))
    return word_count >= 25 or (word_count >= 8 and end.search(text) is not None)


def whole_sentences(text: str, limit: int) -> str | None:
    """Return as many of the first sentences as fit into `limit` characters; None if none fits."""
    ends = [match.end() for match in _END_IN_SUMMARY.finditer(text, 0, limit + 1)]
    complete = [end for end in ends if not _SUMMARY_ABBREVIATION.search(text[:end])]
    return text[: complete[-1]] if complete else None


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a paragraph; together they cover the text without gaps.

    A stop ends a sentence only if the next word does not begin in lower case.
    """
    boundaries = (match for match in _BOUNDARY.finditer(text) if not _is_abbreviated(text, match))
    starts = [0, *(match.end() for match in boundaries)]
    ends = [*starts[1:], len(text)]
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))


def _is_abbreviated(text: str, stop: re.Match[str]) -> bool:
    before = text[max(0, stop.start() - 8) : stop.start() + 1]  # no abbreviation is longer
    return _QUOTE_ABBREVIATION.search(before) is not None


def _abbreviation(start: str, letter: str, words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a text that ends with a letter or one of the words, and a full stop."""
    return re.compile(rf"{start}(?:{letter}|{'|'.join(map(re.escape, sorted(words)))})\.$")


_END_IN_SUMMARY = re.compile(sentence_end(following=r"(?=\s|$)"))
_SUMMARY_ABBREVIATION = _abbreviation(r"\b", "[A-Z]", _SUMMARY_ABBREVIATIONS)
_BOUNDARY = re.compile(
    sentence_end(".!?…", following=r"\s+(?=['\"“‘«(\[¿¡]*[^\W\d_a-zß-öø-ÿ])") + r"|\n"
)
_QUOTE_ABBREVIATION = _abbreviation(r"(?:^|[\s(])", r"[^\W\d_]", _QUOTE_ABBREVIATIONS)
