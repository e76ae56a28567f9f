"""The words of a line that a page would lose if it showed only the values found in the line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from generator.reading.head.lines_with_dates import date_cues
from generator.text.dates import find_dates

_TOKEN = re.compile(r"[^\W_]+")

_CUES = frozenset(
    """
    first à atualizado
    by par por von di door af av written words text story report reported reporting analysis author
    authors autor autore autori autores auteur auteurs autorin byline and und et y e
    title headline título titular titre titel überschrift titolo subject betreff betr asunto assunto
    objet oggetto
    section category filed under sección rubrique rubrik ressort seção secção
    source publication fuente quelle fonte originally appeared in en dans
    """.split()
)
"""Words before or between the values of a line that the rules read as cues; a page omits them."""


def word_set(text: str) -> frozenset[str]:
    """Return the words and numbers of `text`, without case and compatibility forms."""
    return frozenset(_TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))


def find_unshown_words(
    line: str, shown: Iterable[str], readings: Collection[str], language: str | None = None
) -> frozenset[str]:
    """Return the words of `line` that would be lost if a page showed only the texts in `shown`.

    `readings` are the possible meanings of the document's date in EDTF. The words of a date in the
    line with one of these meanings are not lost, nor is a year that is all of it.
    """
    rest = line
    for date in reversed(find_dates(line, language)):
        if set(date.readings) & set(readings):
            rest = f"{rest[: date.start]} {rest[date.end :]}"
    years = frozenset(reading for reading in readings if reading.isdecimal())
    shown_words = years.union(*map(word_set, shown))
    return word_set(rest) - _CUES - date_cues(line) - shown_words
