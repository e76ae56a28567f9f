"""The words of headings that many texts have: numbers, names and numbers of parts."""

from __future__ import annotations

import re

from generator.reading.structure.rows import Row

_NUMERAL = r"(?:\d{1,4}|[IVXLC]+|[ivxlc]+)"
_ROMAN_OR_NUMBER = re.compile(
    r"(?:§\s*)?(?:\d{1,4}|[IVXLC]+)(?:[.:)]|\.º)?[-–—]*|§\s*\d{1,4} ?[a-z]?\.?"
)
_PART = (
    r"(?:chapter|chap|article|artikel|artículo|articolo|artigo|book|part|canto|act|scene|section|letter|appendix|psalm|stave|volume"
    r"|kapitel|buch|teil|theil|akt|aufzug|auftritt|auftrit|scene|szene|abschnitt|numero|nummer"
    r"|chapitre|livre|partie|acte|scène|lettre"
    r"|capítulo|capitulo|libro|parte|acto|escena|jornada|cuadro|carta|livro|ato|cena"
    r"|titolo|titre|título|titel|capo|atto|scena|quadro|capitolo|bedrijf|tooneel|toneel|hoofdstuk|kapitlet|rozdział)"
)
_ORDINAL = (
    r"(?:the\s+)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last"
    r"|erste|zweite|dritte|vierte|fünfte|funfte|sechste|siebente|siebte|achte|neunte|zehnte|elfte|eilfte"
    r"|zwölfte|dreizehnte|vierzehnte|funfzehnte|fünfzehnte|sechzehnte|siebzehnte|achtzehnte|letzte"
    r"|premier|première|deuxième|second|seconde|troisième|quatrième|cinquième|dernier|dernière"
    r"|primer|primera|primero|segunda|segundo|tercera|tercero|tercer|cuarta|cuarto|quinta|quinto"
    r"|última|último|primeiro|primeira|terceiro|terceira"
    r"|primo|prima|secondo|seconda|terzo|terza|quarto|quarta|quinto|ultimo|ultima"
    r"|eerste|tweede|derde|vierde|vijfde|laatste|första|andra|tredje|fjärde)(?:r|s|n)?"
)
_NUMBERED = re.compile(
    rf"(?:{_PART}\.?\s+(?:the\s+)?(?:{_NUMERAL}|{_ORDINAL})\b|{_ORDINAL}\s+{_PART}\b"
    rf"|\d{{1,2}}\.\s+{_PART}\b).{{0,120}}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:notes?|preface|foreword|introduction|prologue|epilogue|conclusion|contents|appendix"
    r"|vorwort|einleitung|nachwort|anmerkungen|préface|avant-propos|prólogo|epílogo|prefácio"
    r"|prefacio|introducción|introdução|notas?|conclusión)[.:]?",
    re.IGNORECASE,
)


_FIRST_WORDS = frozenset(re.findall(r"[^\W\d_]+", f"{_PART} {_ORDINAL}"))
"""Words with which numbered headings begin, some of them with another letter after them."""


def is_numbered(row: Row) -> bool:
    """Whether a row has the form of a numbered heading, with a first look at its first word."""
    word = row.line.words[0].lower().rstrip(".")
    can_be = word in _FIRST_WORDS or word[:-1] in _FIRST_WORDS or word[:1].isdigit()
    return can_be and _NUMBERED.fullmatch(row.text) is not None


def is_name_of_part(text: str) -> bool:
    """Whether a line is the name of a part that many texts have: "Notes", "Vorwort"."""
    return _NAMED.fullmatch(text) is not None


def is_number_alone(text: str) -> bool:
    """Whether a line is nothing but a number: "IV.", "264", "§ 3"."""
    return _ROMAN_OR_NUMBER.fullmatch(text) is not None
