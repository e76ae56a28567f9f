"""Lines above a text that name its title, the section it stood in, or where it came from.

Only what is marked is taken: by a label, by a path of sections, or by the name of an agency.
"""

from __future__ import annotations

import re

_SECTIONS = frozenset(
    """
    africa américa américas americas analysis análisis analyse analyses arts asia breaking business
    ciencia comment commentary cultura culture deportes economía economia economics economy
    editorial environment europa europe exclusive feature features feuilleton health history
    international internacional interview interviews kultur latinoamérica letters lifestyle
    local magazine mundo monde money nacional national news noticias obituaries obituary opinion
    opinión opinião perspective philosophy política politica politics politik politique region
    reviews science sociedad société sport sports technology top travel uk us usa wirtschaft
    wissenschaft world
    """.split()
)
"""Words that papers set above a headline, in English, Spanish, French, German and Portuguese."""

_PATH = re.compile(r"\s*(?:[»>›/|·•:,&-]|\band\b|\by\b|\bund\b|\bet\b|\be\b)\s*|\s+")

_TITLE_LABEL = re.compile(
    r"^(?:title|headline|título|titular|titre|titel|überschrift|titolo"
    r"|subject|betreff|betr\.?|asunto|assunto|objet|oggetto)\s*:\s*(\S.*)$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:from|to|cc|bcc|sent|date|von|an|gesendet|datum|de|para|fecha|data|à)\s*:", re.IGNORECASE
)
_SORT = re.compile(
    r"^\W*(?:(?:press|news|media) release|for immediate release|pressemitteilung|presseinformation"
    r"|medienmitteilung|nota de prensa|comunicado de prensa|communiqué de presse|comunicato stampa"
    r"|(?:nota|comunicado) (?:de|à) imprensa)(?:\s+n[ro°º]?\.?\s*\d[\d/.-]*)?\W*$",
    re.IGNORECASE,
)
_SECTION_LABEL = re.compile(
    r"^(?:section|category|filed under|sección|rubrique|rubrik|ressort|seção|secção)\s*:\s*(\S.*)$",
    re.IGNORECASE,
)
_SOURCE_LABEL = re.compile(
    r"^(?:(?:source|publication|fuente|quelle|fonte)\s*:"
    r"|(?:(?:originally|first) )?(?:published|appeared) (?:in|by)\b:?"
    r"|publicado (?:en|por|em)\b:?|publié (?:dans|par)\b:?)\s*(\S.*)$",
    re.IGNORECASE,
)
_NO_SOURCE = re.compile(r"[.!?]$|https?:|www\.|\d|,")
"""A sentence, an address, a year, "London, UK": what is published there was not taken from it."""

AGENCIES = frozenset(
    """
    AFP|Agence France-Presse|AP|Associated Press|The Associated Press|ANSA|APA|ATS|Belga|Bloomberg
    |Bloomberg News|CNA|dpa|DPA|EFE|Agencia EFE|IANS|Interfax|IPS|Inter Press Service|IRNA|ITAR-TASS
    |TASS|Jiji Press|Kyodo|Kyodo News|Lusa|MENA|NTB|PA|Press Association|PTI|Press Trust of India
    |Prensa Latina|Reuters|RIA Novosti|Ritzau|TT|UPI|United Press International|Wikinews|Xinhua
    |Xinhua News Agency|Yonhap|Yonhap News Agency
    """.replace("\n    ", "").split("|")
)
"""News agencies, under the names and initials that they sign with."""

_LONGEST = 80
"""Characters of a source or a section; a longer line is a sentence about one."""


def parse_title_label(line: str) -> str | None:
    """Read a line such as "Title: Bridge reopens"."""
    label = _TITLE_LABEL.match(line)
    return label[1] if label else None


def is_text_type(line: str) -> bool:
    """Tell whether a line says of what sort a text is, as press releases do above their title."""
    return _SORT.match(line) is not None


def is_mail_header(line: str) -> bool:
    """Tell whether a line is of the head of a mail: who sent it to whom, and when."""
    return _FIELD.match(line) is not None


def parse_section(line: str) -> str | None:
    """Read a line such as "World » Americas" or "Section: Politics"."""
    label = _SECTION_LABEL.match(line)
    if label and len(label[1]) <= _LONGEST:
        return label[1]
    words = [word.casefold() for word in _PATH.split(line) if word]
    known = 0 < len(words) <= 6 and _SECTIONS.issuperset(words)
    return line if known else None


def parse_publication(line: str) -> str | None:
    """Read a line such as "Source: The Guardian", or one that is the name of an agency."""
    label = _SOURCE_LABEL.match(line)
    if label and len(label[1]) <= _LONGEST and not _NO_SOURCE.search(label[1]):
        return label[1]
    name = line.strip("()[] ")
    return name if name in AGENCIES else None
