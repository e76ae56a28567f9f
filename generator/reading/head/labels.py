"""Lines above a text that name its title, its section or its source.

A line counts only with a label, as a path of sections, or as the name of an agency.
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
"""Words that newspapers print above a headline, in English, Spanish, French, German, Portuguese."""

_SECTION_SEPARATOR = re.compile(r"\s*(?:[»>›/|·•:,&-]|\band\b|\by\b|\bund\b|\bet\b|\be\b)\s*|\s+")

_TITLE_LABEL = re.compile(
    r"^(?:title|headline|título|titular|titre|titel|überschrift|titolo"
    r"|subject|betreff|betr\.?|asunto|assunto|objet|oggetto)\s*:\s*(\S.*)$",
    re.IGNORECASE,
)
_MAIL_HEADER = re.compile(
    r"(?:from|to|cc|bcc|sent|date|von|an|gesendet|datum|de|para|fecha|data|à)\s*:", re.IGNORECASE
)
_TEXT_TYPE = re.compile(
    r"^\W*(?:(?:press|news|media) release|for immediate release|pressemitteilung|presseinformation"
    r"|medienmitteilung|nota de prensa|comunicado de prensa|communiqué de presse|comunicato stampa"
    r"|(?:nota|comunicado) (?:de|à) imprensa|obituar(?:y|ies)|obituary notices?"
    r"|nachrufe?|nécrologie|necrolog(?:ía|ia)|obituario|telegraphic|memorandum)(?:\s+n[ro°º]?\.?\s*\d[\d/.-]*)?\W*$",
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
"""A sentence, an address, a year, "London, UK": such words after a label are not a publication."""

AGENCIES = frozenset(
    """
    AFP|Agence France-Presse|AP|Associated Press|The Associated Press|ANSA|APA|ATS|Belga|Bloomberg
    |Bloomberg News|CNA|dpa|DPA|EFE|Agencia EFE|IANS|Interfax|IPS|Inter Press Service|IRNA|ITAR-TASS
    |TASS|Jiji Press|Kyodo|Kyodo News|Lusa|MENA|NTB|PA|Press Association|PTI|Press Trust of India
    |Prensa Latina|Reuters|RIA Novosti|Ritzau|TT|UPI|United Press International|Wikinews|Xinhua
    |Xinhua News Agency|Yonhap|Yonhap News Agency
    """.replace("\n    ", "").split("|")
)
"""News agencies, with the names and initials that they use in bylines."""

_LONGEST = 80
"""Characters of a publication or a section; a longer line is a sentence about one."""


def parse_title_label(line: str) -> str | None:
    """Return the title in a line such as "Title: Bridge reopens", else None."""
    label = _TITLE_LABEL.match(line)
    return label[1] if label else None


def is_text_type(line: str) -> bool:
    """Whether a line names the type of a text, as press releases do above their title."""
    return _TEXT_TYPE.match(line) is not None


def is_mail_header(line: str) -> bool:
    """Whether a line belongs to the header of an email: sender, recipients or date."""
    return _MAIL_HEADER.match(line) is not None


def parse_section(line: str) -> str | None:
    """Return the section in a line such as "World » Americas" or "Section: Politics", else None."""
    label = _SECTION_LABEL.match(line)
    if label and len(label[1]) <= _LONGEST:
        return label[1]
    words = [word.casefold() for word in _SECTION_SEPARATOR.split(line) if word]
    return line if 0 < len(words) <= 6 and _SECTIONS.issuperset(words) else None


def parse_publication(line: str) -> str | None:
    """Return the publication in a line such as "Source: The Guardian" or "Reuters", else None."""
    label = _SOURCE_LABEL.match(line)
    if label and len(label[1]) <= _LONGEST and not _NO_SOURCE.search(label[1]):
        return label[1]
    name = line.strip("()[] ")
    return name if name in AGENCIES else None
