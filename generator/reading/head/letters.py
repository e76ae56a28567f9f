"""Who wrote a letter, to whom, and where: from its title, its first and its last lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from generator.reading.head.bylines import (
    Byline,
    has_known_given_name,
    looks_like_person,
    parse_bare_names,
    parse_byline,
)
from generator.reading.head.lines import Head, HeadField, HeadLine
from generator.reading.head.mail_headers import parse_mail_headers
from generator.reading.letter_lines import (
    find_addressee,
    find_given_name,
    is_office,
    is_place_and_date,
    is_salutation,
    is_to_audience,
    is_valediction,
    without_note_marks,
)
from generator.text.dates import find_dates, is_weekday

_LETTER = (
    r"(?:letters?|postcard|telegram|cable|note|e-?mail|brief|postkarte|ansichtskarte|karte|telegramm"
    r"|billet|lettre|carte(?: postale)?|télégramme|carta|tarjeta|telegrama|lettera|cartolina)"
)
_NAME = r"[^\W\d_][^\n]{1,80}?"
_END = (
    r"(?=\W*$|,? (?:vom|von|of|dated|du|del|de|on|le|am)? ?(?:\d|[^\W\d_]+ \d{4})"
    r"|(?<!\b[^\W\d_])(?<!\b[DMSJ]r)(?<!\bSt)(?<!\b(?:Col|Gen|Hon|Mrs|Rev))"
    r"(?<!\b(?:Capt|Prof))(?<!\bMessrs)"
    r"[.,;] |,--|--|\[)"
)
"""The end of a name: a date or a stop, but not that of "Dr.", "Rev." or an initial."""
LETTER_TITLES = {
    "letter from … to": rf"^\W*(?:\d+\.\s*)?(?:\w+ )?{_LETTER} (?:from"
    rf"|by) (?P<sender>{_NAME}) to (?P<recipient>{_NAME}){_END}",
    "letter to … from": rf"^\W*(?:\d+\.\s*)?(?:\w+ )?{_LETTER} to (?P<recipient>{_NAME}) (?:from"
    rf"|by) (?P<sender>{_NAME}){_END}",
    "letter to": rf"^\W*(?:\d+\.\s*)?{_LETTER} to (?P<recipient>{_NAME}){_END}",
    "Brief von … an": rf"^\W*{_LETTER} von (?P<sender>{_NAME}) an (?P<recipient>{_NAME}){_END}",
    "Brief an": rf"^\W*{_LETTER} an (?P<recipient>{_NAME}){_END}",
    "lettre de … à": rf"^\W*{_LETTER} (?:de |d['’])(?P<sender>{_NAME}) (?:à|au|a"
    rf"|al) (?P<recipient>{_NAME}){_END}",
    "lettre à": rf"^\W*{_LETTER} (?:à|a|al) (?P<recipient>{_NAME}){_END}",
    "… an …": rf"^\W*(?P<sender>{_NAME}) (?:an|à|to) (?P<recipient>{_NAME}){_END}",
    "to …": r"^\W*(?:\d+\.\s*)?(?:to|an|à) (?P<recipient>[^\n]{2,80}?)(?:,?--[^\n]*|\.)?\W*$",
}
"""Forms of titles of letters; the last two are ones only beside another sign of a letter."""

_TITLE_PATTERNS = {
    name: re.compile(pattern, re.IGNORECASE) for name, pattern in LETTER_TITLES.items()
}


_LONGEST_LINE = 250
"""Characters of a title or a signature; a longer line is neither."""


class LetterSigns(msgspec.Struct, frozen=True):
    """The lines of a text that only letters have."""

    salutation: HeadLine | None
    place_and_date: HeadLine | None
    valediction: HeadLine | None

    @property
    def count(self) -> int:
        """How many of the lines there are."""
        return sum(
            line is not None for line in (self.salutation, self.place_and_date, self.valediction)
        )


def with_genre(head: Head, lines: Sequence[HeadLine], signs: LetterSigns) -> Head:
    """Mark a head as that of a letter: two of salutation, place with date, and closing words."""
    titled = next((line for line in lines[:3] if _is_letter_title(line, signs)), None)
    addressed = (
        signs.salutation is not None
        and not is_to_audience(signs.salutation.words)
        and (_place(signs.place_and_date) or find_addressee(signs.salutation.words))
    )
    evidence = titled or signs.salutation or signs.place_and_date
    if evidence is None or not (titled or (signs.count >= 2 and (addressed or signs.valediction))):
        return head
    rule = "title of a letter" if titled else "salutation, place and date, or closing words"
    return replace(head, genre=HeadField(evidence, "letter", rule))


def find_signs(lines: Sequence[HeadLine], last: Sequence[HeadLine]) -> LetterSigns:
    """Return the lines among the first and the last ones that only letters have."""
    closings = (line for line in last if line.kind == "valediction" or is_valediction(line.text))
    greetings = (line for line in lines if line.kind == "salutation" or is_salutation(line.words))
    return LetterSigns(
        next(greetings, None),
        next((line for line in lines if is_place_and_date(line.words)), None),
        next(closings, None),
    )


def _is_letter_title(line: HeadLine, signs: LetterSigns) -> bool:
    return _parse_title(line.words, signs) is not None


class _TitleMatch(NamedTuple):
    pattern: str
    """A key of the table of patterns."""
    match: re.Match[str]


def _parse_title(title: str, signs: LetterSigns) -> _TitleMatch | None:
    for name, pattern in _TITLE_PATTERNS.items() if len(title) <= _LONGEST_LINE else ():
        match = pattern.match(title)
        if match and _is_sure(name, match, signs):
            return _TitleMatch(name, match)
    return None


def _is_sure(name: str, match: re.Match[str], signs: LetterSigns) -> bool:
    is_letter = signs.salutation is not None or signs.valediction is not None
    if name == "to …":
        return is_letter and not match["recipient"][0].islower()
    if name == "… an …":
        is_from_person = looks_like_person(match["sender"]) or match["sender"].count(".") > 0
        has_date = bool(find_dates(match.string))
        return is_from_person and match["recipient"][:1].isupper() and (is_letter or has_date)
    return True


def with_correspondents(
    head: Head, lines: Sequence[HeadLine], last: Sequence[HeadLine], signs: LetterSigns
) -> Head:
    """Add sender, recipient and place of a letter or a mail; who signs is its author."""
    mail = parse_mail_headers(lines)
    if mail is not None:
        head = replace(head, sender=mail.sender, recipient=mail.recipient)
        return _with_author(replace(head, genre=mail.genre))
    if head.genre is None and head.title and _parse_title(head.title.value, signs):
        head = replace(head, genre=HeadField(head.title.line, "letter", "title of a letter"))
    if head.genre is None or head.genre.value != "letter":
        return head
    head = _with_names_of_title(head, signs)
    if head.recipient is None:
        head = replace(head, recipient=_addressee(lines, signs))
    if head.sender is None:
        head = replace(head, sender=_signature(last))
    date = signs.place_and_date
    place = _place(date) or _place_above(lines, date)
    return _with_author(replace(head, place=place))


def _with_names_of_title(head: Head, signs: LetterSigns) -> Head:
    found = _parse_title(head.title.value, signs) if head.title else None
    if head.title is None or found is None:
        return head
    name, match = found
    fields = {
        role: HeadField(head.title.line, _as_printed(words), f"title of a letter ({name})")
        for role, words in match.groupdict().items()
        if words
    }
    return replace(head, sender=fields.get("sender"), recipient=fields.get("recipient"))


def _as_printed(words: str) -> str:
    """Return a name without what stands around it: stops, brackets, references to notes."""
    name = without_note_marks(words.strip(" .,;:[]"))
    return f'{name}"' if name.count('"') % 2 else name


def _addressee(lines: Sequence[HeadLine], signs: LetterSigns) -> HeadField | None:
    """Return who is addressed: the first line of the address above the salutation, or in it."""
    if signs.salutation is None:
        return None
    above = [line for line in lines if line.start < signs.salutation.start]
    date = signs.place_and_date
    below_date = [line for line in above if date is not None and line.start > date.start]
    found = next((line for line in below_date[:1] if _can_be_addressee(line)), None)
    # The sender's own address stands above the date as well, but has no such word before it.
    found = found or next((line for line in above if _begins_address(line)), None)
    if found is not None:
        following = above[above.index(found) + 1 :][:1]
        name = _ADDRESSED.sub("", found.words) or "".join(line.words for line in following)
        return HeadField(found, name.rstrip(","), "address above the salutation")
    salutation = signs.salutation.words
    name_in_salutation = find_addressee(salutation) or find_given_name(salutation)
    if name_in_salutation is None:
        return None
    return HeadField(signs.salutation, name_in_salutation, "salutation")


def _can_be_addressee(line: HeadLine) -> bool:
    is_named = line.names or _HONORIFIC.match(line.words)
    return line.kind == "address" or is_named is not None


def _begins_address(line: HeadLine) -> bool:
    is_addressed = _HONORIFIC.match(line.words) or _ADDRESSED.match(line.words)
    return line.kind == "address" and is_addressed is not None


_ADDRESSED = re.compile(
    r"(?:To|An|Aan|À|A|Al)(?: (?:the|den?|die|das|het|le|la|el|l[’'])(?= |$))?(?: |$)"
)
"""What stands before the recipient in an address."""


_HONORIFIC = re.compile(
    r"(?:Mr|Mrs|Miss|Ms|Dr|Prof(?:essor)?|Sir|Lord|Lady|Rev|Hon|Herrn?|Frau|Fräulein|M|Mme|Mlle|Sr|Sra|Señor|Señora|Seiner|Ihrer|Messrs)\b\.?\s"
)


def _place(line: HeadLine | None) -> HeadField | None:
    """Return the words before the date in a line of place and date; a byline is no place."""
    if line is None:
        return None
    dates = find_dates(line.text)
    before = line.text[: dates[0].start] if dates else ""
    words = [word for word in before.split() if not is_weekday(word)]
    while words and (words[-1].strip(".,") in _BEFORE_DAY or _DAY_OF_MONTH.fullmatch(words[-1])):
        words.pop()
    place = re.sub(r"^(?:à|in|at|zu|en|a) ", "", " ".join(words).strip(" ,.;:[]-–—"))
    if not re.search(r"[^\W\d_]{2}", place) or parse_byline(place):
        return None
    return HeadField(line, place, "place before the date")


def _place_above(lines: Sequence[HeadLine], date: HeadLine | None) -> HeadField | None:
    """Return the last line of the sender's address, right above the date, if it names a place."""
    if date is None or date not in lines:
        return None
    index = lines.index(date) - 1
    line = lines[index] if index >= 0 else None
    if line is None or line.kind != "address" or date.is_apart or _HONORIFIC.match(line.words):
        return None
    is_name = (line.names is not None and line.is_apart) or parse_byline(line.words)
    has_number = re.search(r"\d|[:@]", line.words)
    if is_name or has_number or not re.search(r"[^\W\d_]{3}", line.words):
        return None
    return HeadField(line, line.words.rstrip(" ,."), "place above the date")


_DAY_OF_MONTH = re.compile(r"\d{1,2}(?:s?ten?|de)")
"""A day in a form that only the month and the year after it are read from."""

_BEFORE_DAY = frozenset(
    " den d am le ce el em the on of dem a di addì addi lì li dnia dne".split(" ")
)


def _signature(last: Sequence[HeadLine]) -> HeadField | None:
    """Return the name that signs a letter: a signature by its kind, or below the closing words."""
    for line, below in pairwise((*last[::-1], None)):
        if line and below and _is_office_below(below, line):
            continue
        name = _name_of_signature(line) if line and line.kind == "signature" else None
        is_closing = line is not None and is_valediction(line.text)
        if name is None and is_closing and below and below.kind != "valediction":
            name = _name_of_signature(below)
        if name is not None:
            return name
    return None


def _is_office_below(name: HeadLine, line: HeadLine) -> bool:
    """Whether a signature goes on, after a name and a comma, with what the person is."""
    is_signature = name.kind == line.kind == "signature" and name.words.endswith(",")
    return is_signature and name.words.count(" ") <= 3 and name.words[1:2] == "."


def _name_of_signature(line: HeadLine) -> HeadField | None:
    """Return the words of a short line that can be a name: no day, no question, no greeting."""
    words = without_note_marks(line.words[:_LONGEST_LINE])
    words = _MAIDEN_NAME.sub("", _AROUND_NAME.sub("", words)).strip()
    words = _without_office(_POSSESSIVE.sub("", words), line)
    tokens = re.findall(r"[^\W\d_]+", words)
    is_other = (
        is_salutation(line.words)
        or is_valediction(words)
        or is_office(words)
        or is_place_and_date(line.words)
        or any(map(is_weekday, tokens))
        or re.search(r"[\d?!:;]|,$", words)
        or _RANK.search(words)
    )
    is_name = 0 < len(words.split()) <= _LONGEST_NAME and words[:1].isupper() and not is_other
    return HeadField(line, words, "signature") if is_name else None


def _without_office(words: str, line: HeadLine) -> str:
    """Return a name without the office after it or, in a signature, the comma before one below."""
    name, _, office = words.partition(", ")
    if office and is_office(office):
        return name
    return words.removesuffix(",") if line.kind == "signature" else words


_AROUND_NAME = re.compile(
    r"^\((?:signed|gez\.?|signé|firmado|Miss|Mrs\.?|Mr\.?|Ms\.?)\) |(?<=\w{3})\.$"
)
"""What stands before the name in a signature in brackets, and the full stop after it."""

_MAIDEN_NAME = re.compile(r",? (?:geb\.|geborene|née) [^\W\d_][\w'’-]+$")
"""What stands after the name of a woman: "Anna Klein, geb. Roth"."""

_POSSESSIVE = re.compile(
    r"^(?:your|ihre?|deine?|euer|eure|votre|ton|ta|su|tua?|seu|sua) ", re.IGNORECASE
)
"""What stands before the name in a signature: "Ihre Maria Klein"."""

_RANK = re.compile(
    r"\b(?:highness|majesty|excellency|grace|lordship|eminence|holiness|majestät|hoheit|excellenz"
    r"|exzellenz|durchlaucht|altesse|excellence|excelencia|alteza|majestad)\b",
    re.IGNORECASE,
)
"""How somebody is addressed, and not a name."""

_LONGEST_NAME = 5
"""Words of a signature."""


def _with_author(head: Head) -> Head:
    """Add as author who wrote a letter, if the name is whole."""
    if head.names is not None or head.sender is None:
        return head
    names = parse_bare_names(_BRACKET.sub("", head.sender.value))
    if names is None or len(names.names) != 1 or not has_known_given_name(names.names[0]):
        return head
    names = Byline(names.names, head.sender.rule, is_complete=False, has_known_names=True)
    return replace(head, names=names, byline=head.sender.line)


_BRACKET = re.compile(r"\s*\([^()]*\)$")
