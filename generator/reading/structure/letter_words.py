"""The words by which the parts of a letter are known, in six languages."""

from __future__ import annotations

import re

from generator.reading import letter_lines
from generator.text.dates import is_month

_MAX_SALUTATION = 9
_MAX_DATE = 12
"""Words of a salutation and of a line with place and date."""

_MAX_LENGTH = 120
"""Characters of a line that can be part of a letter's head."""

_GREETED = re.compile(
    r"\b(?:dear|dearest|esteemed|beloved|worthy|valued|much-valued|respected|revered|honou?red"
    r"|lieb(?:er|e|es|ster|ste|stes|en)|th?euer\w*|th?eure\w*"
    r"|(?:hoch)?(?:ver|ge)ehrt\w*"
    r"|cher|chère|chers|querid[oa]s?|estimad[oa]s?|prezad[oa]s?|car[oa]s?"
    r"|(?:excelent|ilustr)ísim[oa]|muy señor|gentil(?:e|i|issim[oa])|egregi[oa]"
    r"|(?:hoog)?geachte|waarde|lieve|beste(?! gr))\b"
)
"""For words in small letters, as some patterns below: a search that ignores case is slow."""
_GREETING = frozenset("my and & most very mein meine und mon ma et mi meu minha sehr innig".split())
"""Small words of a salutation."""

_TITLED = re.compile(
    r"(?:sirs?|madam|gentlemen|ladies and gentlemen|monsieur|madame|messieurs|mademoiselle"
    r"|señor(?:es|a)?|senhor(?:es|a)?|excellenz|meine (?:herren|damen)|mein herr)\b",
    re.IGNORECASE,
)
_SALUTATION_END = re.compile(r"(?:[,:!;]|[^\W\d_])(?:[-–—\s]*|\*?\d{0,2}|[(\[]\d{1,2}[)\]])$")

_MONTH = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|jän|märz|mai|juni|juli|okt|dez"
    r"|jany|feby|septr|octr|novr|decr|ene|abr|ago|dic|fév|fev|avr|juin|juil|août|aout|déc|set|out|mayo|junho|julho|maio"
    r"|january|february|march|april|august|september|october|november|december"
    r"|(?:jan|feb)['’]?r?y|mch|ap['’]?r?l|aug['’]?t|(?:sep|oct|nov|dec)(?:['’]|t|b|tb)?r"
    r"|(?:[789]|10|x)b(?:er|re)"
    r"|januar|jänner|februar|oktober|dezember"
    r"|enero|febrero|marzo|abril|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    r"|janvier|février|mars|avril|juillet|septembre|octobre|novembre|décembre"
    r"|janeiro|fevereiro|março|setembro|outubro|novembro|dezembro"
    r"|januari|februari|maart|mei|augustus"
    r"|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
    r"|vendémiaire|brumaire|frimaire|nivôse|pluviôse|ventôse|germinal|floréal|prairial|messidor"
    r"|thermidor|fructidor)\b\.?"
)
_WEEKDAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|lord.s day"
    r"|(?:mon|diens|donners|frei|sams|sonn?)tags?|mittwochs?|sonnabends?"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|d|\.|,|te|ten|er|de|ste|sten)?\s*(?:of\s+|de\s+)?{_MONTH}"
    rf"|\b{_MONTH}\s*(?:the\s+)?\d{{1,2}}|\b{_WEEKDAY}\b|\b{_MONTH},?\s+1\d{{3}}\b"
    r"|\b\d{1,2}\.\s?(?:\d{1,2}|[ivx]{1,4})\.\s?(?:1\d)?\d\d\b|^1[5-9]\d\d\.?$|,\s+1[5-9]\d\d\.?$"
    r"|,\s+undated\b|(?<!\d)[٠-٩۰-۹]{1,2} [^\W\d_]+ [٠-٩۰-۹]{4}\b"
)
_DATE_WITHOUT_DIGITS = re.compile(rf"\b{_WEEKDAY}\b|,\s+undated\b")
"""The only forms that a line without digits can have."""
_DIGIT = re.compile(r"\d")
_IN_DATE = re.compile(rf"(?:{_MONTH}|{_WEEKDAY})[.,]*", re.IGNORECASE)
"""A word of a date, which some languages write with a small letter."""
_DIARY_DATE = re.compile(
    rf"(?:{_MONTH}\s+)?\d{{1,2}}(?:st|nd|rd|th|d)\b\.?(?:\s*\(.{{1,40}}\)\.?)?", re.IGNORECASE
)
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d\d)? ?[AP]\.? ?M\.?(?: [A-Z]{2,4})?", re.IGNORECASE)
_SMALL = frozenset(
    "de le den ce of am p.m a.m p.m. a.m. d d. à the la du au und et y in at on no nr von dem"
    " undated den dnia dne r. roku addì addi lì li an".split()
)

_VALEDICTION = re.compile(
    r"\b(?:sincerely|yours|respectfully|faithfully|affectionately|affectionate|obedient|attached"
    r"|devoted|servant|regards|ergebenst\w*|ergebene\w*|hochachtungsvoll|hochachtung|verehrung"
    r"|grüsse\w?|gruss|dein(?:e[nr]?)?|ihr(?:e[nr]?)?|euer|treuer|treuen|treuester"
    r"|herzlich\w*|dankbar\w*|verbleibe|habe die ehre"
    r"|have the hono\w+(?! to (?!be\b|remain|subscribe|sign))"
    r"|votre|serviteur|dévoué|agréez|veuillez (?:agréer|recevoir|croire)"
    r"|cordialement|atentamente|afectísimo|servidor|seu|vosso"
    r"|dios guarde a|(?:distinti|cordiali) saluti|affezionatissim[oa]|affettuos\w+|devotissim[oa]"
    r"|met (?:vriendelijke|hartelijke|beste) groet\w*|hoogachtend"
    r"|your (?:\w+ ){0,3}friend)\b"
)
_POSTSCRIPT = re.compile(
    r"(?:\d\w{1,2}\s)?(?:P\.\s?S|PS|N\.\s?B|NB|P\.\s?D)\b[.:—-]?|(?:Nachschrift|Postscriptum)\b"
)
_ADDRESS = re.compile(
    r"aan\s+(?:de\s+|den\s+|het\s+|mevr|mej)|to\s+(?:the\s+|mr\.?\s|mrs\.?\s|sir\s|baron\s|miss\s)?[A-Z]|an\s+(?:den|die|das|herrn|frau)\b|à\s+(?:m|l)|a\s+mr"
    r"|herrn?\b|frau\b|fräulein\b|seiner\b|sr\b|monsieur\b|madame\b|mr\.?\s|mrs\.?\s",
    re.IGNORECASE,
)
_NOTE_SIGN = re.compile(r"[(\[*]\d{1,3}[)\]]?|\d{1,2}$|(?<!\*)\*++$")
_NOTE_BEFORE = re.compile(r"^(?:\[\W*\d{0,3}\]\s*|\*\d{1,2}\s*)(?=[^\W\d_])")
"""A reference to a note, or a mark of what an editor left out, before the words of a line."""
_PARTICLES = frozenset("von van de der d v du la of zu y e & di da del geb geborene née".split())
_NO_NAMES = frozenset(
    "encl enc amen enclosure enclosures anlage anlagen copy cc end finis fin ende fine"
    " the and our we you to in for with this that is are it und das ref réf reference"
    " zeichen".split()
)
"""Words of short lines at the end of a text that are no names."""


def is_salutation_row(text: str) -> bool:
    """Whether a line is a salutation: "Dear Sir,", "Lieber Paul!", "MY DEAR SON,--"."""
    text = _NOTE_BEFORE.sub("", text) if len(text) <= _MAX_LENGTH else ""
    words = text.split()
    if not 0 < len(words) <= _MAX_SALUTATION or not text[0].isupper():
        return False
    if letter_lines.is_salutation(text):
        return True
    if text.endswith((".", "?")):
        return len(words) == 1 and _TITLED.fullmatch(text[:-1]) is not None
    is_titled = _TITLED.match(text) is not None
    greets = is_titled or _GREETED.search(" ".join(words[:4]).casefold()) is not None
    if not greets or not _SALUTATION_END.search(text):
        return False
    if is_titled:
        # "Sir Thomas Poe" is a name.
        return not text[-1].isalnum() or _TITLED.fullmatch(text) is not None
    return not text[-1].isalnum() or _names_somebody(words)


def _names_somebody(words: list[str]) -> bool:
    """Whether all words but those of a greeting could belong to a name."""
    rest = (word for word in words if not _GREETED.fullmatch(word.casefold()))
    return all(word[0].isupper() or word in _GREETING for word in rest)


_LONGEST_SMALL = 3
"""Letters of a small word beside a date; a longer one before a full stop can be a verb."""


def is_date_row(text: str, *, strict: bool) -> bool:
    """Whether a line says a date and perhaps a place, and no more.

    If `strict`, it must begin with a capital, a figure, or the preposition before a place, and be
    no sentence: "It rained on 3 May 2020."
    """
    words = text.split() if len(text) <= _MAX_LENGTH else []
    small_letters = text.casefold() if 0 < len(words) <= _MAX_DATE and text[-1] != ":" else ""
    date = _find_date(small_letters)
    if date is None or not (_DIGIT.search(text) or _is_weekday_row(small_letters, date)):
        return False
    begins = text[0].isdigit() or (text[0].isalpha() and not text[0].islower())
    begins = begins or text.startswith(_SHORT_ARTICLES)
    if strict and not (begins or words[0] in {"à", "le", "ce"}):
        return False
    small = [word for word in words if word[:1].islower() and not _belongs_to_date(word)]
    if strict and small and ". " in small_letters[: date.start()]:
        return False  # the words before the stop are a title
    if strict and (_LABEL_END.search(text) or _has_text_after(small_letters[date.end() :])):
        return False
    is_sentence = (
        words[0] != "à" and text.endswith(".") and any(len(word) > _LONGEST_SMALL for word in small)
    )
    return len(small) <= (2 if strict else 4) and not (strict and is_sentence)


def _is_weekday_row(text: str, date: re.Match[str]) -> bool:
    """Whether a line without a number says no more than a place, a day of the week, and when."""
    place, time = text[: date.start()].split(), _WORD.findall(text[date.end() :])
    return len(place) <= _MAX_PLACE and _TIMES_OF_DAY.issuperset(time)


_LABEL_END = re.compile(r"[.:] ?(?:--|[—–])")
"""What stands between a heading on a row and the words after it: "ARRIVED.--May 4."."""


def _has_text_after(rest: str) -> bool:
    """Whether a day without a year begins an entry: "9 May. Rain. Went to the mill with Ann."."""
    if not _ENTRY_BEGINS.match(rest):
        return False
    return sum(not _belongs_to_date(word) for word in rest.split()) >= _LEAST_OF_ENTRY


_ENTRY_BEGINS = re.compile(r"[.:]? [^\d]*$")
_LEAST_OF_ENTRY = 4
"""Words after a day, besides those of a date."""

_SHORT_ARTICLES = ("'s-", "’s-", "'s ", "’s ")
"""What the names of some Dutch places begin with."""

_WORD = re.compile(r"[^\W\d_]+")
_MAX_PLACE = 4
"""Words before a day of the week."""

_TIMES_OF_DAY = frozenset(
    "morning forenoon noon afternoon evening night midnight undated early late at o clock"
    " morgen morgens vormittag vormittags mittag mittags nachmittag nachmittags abend abends nacht"
    " früh matin midi soir nuit après mañana tarde noche por la manhã noite de"
    " haste eilig eiligst pressé mattina sera notte ochtend middag avond am pm st saint".split()
)


def _find_date(text: str) -> re.Match[str] | None:
    """Return the date in a text in small letters."""
    if not _DIGIT.search(text):
        return _DATE_WITHOUT_DIGITS.search(text)
    return _DATE.search(text) or _find_day_and_year(text)


def _find_day_and_year(text: str) -> re.Match[str] | None:
    """Return a day with month and year in one of the languages whose months `_MONTH` has not."""
    day = _DAY_AND_YEAR.search(text)
    return day if day and is_month(day[1]) else None


_DAY_AND_YEAR = re.compile(r"\b\d{1,2}(?:\.|de|dje)?\s+([^\W\d_]{3,})\s+1\d{3}\b")


def _belongs_to_date(word: str) -> bool:
    return word.strip(".,") in _SMALL or _IN_DATE.fullmatch(word) is not None or is_month(word)


def is_diary_date(text: str) -> bool:
    """Whether a line is the day of an entry: "18th", "May 2nd (Lord's day)"."""
    return _DIARY_DATE.fullmatch(text) is not None


def is_date_in_arabic(text: str) -> bool:
    """Whether a line has a day in Arabic figures, whose months no list has."""
    return _ARABIC_DATE.search(text) is not None


_ARABIC_DATE = re.compile(r"[٠-٩۰-۹]{1,2} [^\W\d_]+ [٠-٩۰-۹]{4}\b")


def is_hour(text: str) -> bool:
    """Whether a line is the hour when a speech or an entry begins: "10:35 A.M. EDT"."""
    return _HOUR.fullmatch(text) is not None


def is_valediction_row(text: str) -> bool:
    """Whether a line has a word with which letters end."""
    if text.endswith("?"):
        return False
    return _VALEDICTION.search(text.casefold()) is not None or letter_lines.is_valediction(text)


def names_signer(text: str) -> bool:
    """Whether a line ends with a name, after the words of a valediction."""
    words = _NOTE_SIGN.sub("", text).rstrip(". ").split()
    if not words or text.endswith((",", "!", ";", ":")) or _TO_WHOM.search(text):
        return False
    last = words[-1].casefold()
    if _VALEDICTION.fullmatch(last) or last in _RELATIVES:
        return False
    return words[-1].isupper() or (words[-1][:1].isupper() and len(words) >= 2)


_TO_WHOM = re.compile(
    r"\bV\. ?(?:Ex|E|S|M)\S*$|^(?:[A-Z]\. ?){3,}$|^(?:Ew|Eure?|Euer)\b.*[Ww]ohlgeb"
)
"""The abbreviated title of whom closing words are for, or these words as their first letters."""

_RELATIVES = frozenset(
    "sohn tochter vater mutter bruder schwester neffe nichte vetter onkel tante freund freundin"
    " mann frau enkel diener schüler papa mama".split()
)
"""Whom a German letter may end with before the name, with a capital as all nouns."""


def is_name(text: str) -> bool:
    """Whether all words of a line could belong to a name."""
    if text.endswith(":") or "/" in text:
        return False
    words = _NOTE_SIGN.sub("", text).replace(".", " ").split()
    named = [word for word in words if word.lower() not in _PARTICLES]
    if any(word.lower().strip(",:") in _NO_NAMES for word in words):
        return False
    return 0 < len(words) <= 6 and bool(named) and all(word[:1].isupper() for word in named)


def is_postscript(text: str) -> bool:
    """Whether a line begins with the label of a postscript."""
    return _POSTSCRIPT.match(text) is not None


def is_address(text: str) -> bool:
    """Whether a line begins like an address."""
    return _ADDRESS.match(text) is not None
