"""Which lines of a head cannot be its title, and which are one only if there is no better."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from generator.reading.head.labels import is_mail_header, is_text_type
from generator.reading.letter_lines import is_place_and_date, is_salutation
from generator.text.dates import is_month


class TitleRule(msgspec.Struct, frozen=True):
    """A kind of line that is no title, or no good one."""

    name: str
    matches: Callable[[str], object]


_LONGEST = 600
"""Characters of a line that is looked at; a longer one is body text."""


def _pattern(expression: str) -> Callable[[str], object]:
    return re.compile(expression, re.IGNORECASE).search


_WEB_FURNITURE = _pattern(
    r"^\W*(?:(?:skip|jump|go|back) to (?:the )?(?:main |page )?(?:content|navigation|top|menu"
    r"|search)"
    r"|share(?: (?:this|on)\b.{0,30})?|tweet|e-?mail(?: this)?|print(?: this)?(?: page| article)?"
    r"|menu|main menu|navigation|search|home|home ?page|log ?in|log ?out|sign (?:in|up)|register"
    r"|subscribe(?: now)?|advertise?ments?|newsletters?|follow us|comments?|\d+ comments?|listen"
    r"|listen to this article|save|bookmark|close|accept(?: all)?(?: cookies)?|cookies?"
    r"|download(?: pdf)?"
    r"|read (?:more|later)|contents? warning|toggle navigation|breadcrumbs?"
    r"|\d+ min(?:ute)?s?(?: read)?"
    r"|zum inhalt(?: springen)?|teilen|drucken|anzeige|werbung|menü|suche|startseite|anmelden"
    r"|merken"
    r"|aller au contenu(?: principal)?|partager|imprimer|publicité|rechercher|accueil|s['’]abonner"
    r"|(?:ir|saltar) al contenido(?: principal)?|compartir|imprimir|publicidad|buscar|inicio|menú"
    r"|(?:ir|pular) para o conteúdo|partilhar|compartilhar|publicidade|pesquisar|início)\W*$"
)
_GREETING = _pattern(
    r"^\W*(?:good (?:morning|afternoon|evening|day)|hello|hi|welcome|thank you|thanks"
    r"|ladies and gentlemen|guten (?:morgen|tag|abend)|meine damen und herren|bonjour|bonsoir"
    r"|mesdames,? (?:et )?messieurs|buen[oa]s (?:días|tardes|noches)|señoras y señores|bom dia"
    r"|boa (?:tarde|noite)|senhoras e senhores|merci|gracias|danke|obrigad[oa])"
    r"(?:\W+(?:to |and |und |et |y |very |so )?(?:you |all|everybody|everyone|much|again|friends"
    r"|my friends|ladies and gentlemen|mr\.? \w+|madam \w+|sehr|schön|à tous|a todos"
    r"|muchas)\W*){0,4}\W*$"
)
_CONTACT = _pattern(
    r"^\W*(?:(?:media |press )?contacts?(?: us| person)?|for (?:more|further) information"
    r"|for media inquiries|telephone|tel|phone|fax|e-?mail|kontakt|pressekontakt|ansprechpartner"
    r"|contacto|contato|contatto)\s*[:.]|\S+@\S+\.\w|\b(?:tel|phone|fax)\.?:? *[+(\d]"
)
_APPARATUS = _pattern(
    r"^\W*(?:dramatis personae|the persons of the (?:play|drama)|(?:table of )?contents|persons"
    r"|personen"
    r"|personenverzeichnis|inhalt(?:sverzeichnis)?|personnages|table des matières|personajes|índice"
    r"|personagens|abstract|summary|footnotes?|themes|errata|unknown|untitled)\W*$"
)
_STATEMENT = re.compile(
    r"^(?=(?:\S+\s+){3}).*\s(?:will|would|shall|should|can|could|must|is|are|was|were|has|have|had|been"
    r"|am|do|did|does|ist|sind|war|waren|wird|werden|hat|haben|est|sont|était|sera|seront|a été|es"
    r"|son|fue|será|serán|ha|han|é|são|foi|foram)\s.*[^\W\d_A-Z][.]['\"”’)]*$"
)
_LETTERHEAD = _pattern(
    r"^(?:in the |the )?(?:(?:supreme|high|district|circuit|county|crown|appellate)? ?court"
    r"|office|department|ministry|embassy|bureau|secretariat|board|league|commission"
    r"|institute|university|college|archdiocese|diocese|ministerium|ministère|ministerio|ministério"
    r"|executive office|white house|press office|state of|city of|town of|county of|republic of"
    r"|(?:urban|rural) district(?: council)? of|borough of|parish of|village of|port of"
    r"|commonwealth of|kingdom of|province of)\b(?:[,\s]+(?:of|the|and|for|in|to|on|de|la|du|des"
    r"|del|der"
    r"|für|(?-i:[^\W\d_a-z])[\w.'’-]*)){0,7}[.,]?$"
)
_MASTHEAD = _pattern(
    r"^\W*(?:(?:vol(?:ume)?|no|nr|bd|band|jahrgang|tome|número|num|issue|edition|price|preis|prix|précio"
    r"|precio|preço)\b\.?[:\s]*(?:[\divxlcm]+\b|\w+ pence|one penny|\w+ cents?).{0,60}"
    r"|registered (?:at|as)\b.*|established (?:in )?\d{4}.*|gegründet \d{4}.*)$"
)
_NEWSPAPER = _pattern(
    r"^\W*(?:the )?(?:(?-i:[^\W\d_a-z])[\w.'’&-]* ){0,4}(?:mercury|gazette|advertiser|chronicle"
    r"|observer|herald|courier|echo|times|post|journal|standard|argus|telegraph|examiner|tribune"
    r"|express|mail|news|guardian|independent|intelligencer|dispatch|[\w-]*zeitung"
    r"|[\w-]*anzeiger|[\w-]*blatt|nachrichten|kurier)\W*$"
)
_CASE_NUMBER = _pattern(
    r"^\W*(?:(?:case|docket|file|order|report|document|reference|ref|our ref|your ref|bill|doc|az"
    r"|aktenzeichen|expediente|dossier)\b\.?\s*)?(?:no|nos|nr|number|n°|nº|#)?[.:]?\s*"
    r"(?=[\w./–-]*\d)[\w./–-]+(?:\s+\(?(?:rev|draft|final|part)\.?\)?)?\W*$"
)


_DIVISION = re.compile(
    r"^(?:chapter|chap\.?|book|part|act|scene|section|canto|letter|volume|vol\.?|kapitel|buch|teil|akt"
    r"|aufzug|auftritt|szene|scene|abschnitt|chapitre|livre|partie|acte|scène|capítulo|libro|parte"
    r"|acto|escena|jornada|livro|cena|canto)\b\.?\s*(?:[ivxlcdm]+|\d+|the |first|one\b)?"
    r"|\b(?:auftritt|aufzug|akt|scene|szene|act|kapitel)\W*$|^(?:prolog|epilog|introduction|preface)",
    re.IGNORECASE,
)


_LEGAL_CAPTION = re.compile(r"^[^\W\d_a-z].* (?:v|vs|V|VS|versus|VERSUS)\.? [^\W\d_a-z]")
_YEAR = re.compile(r"\W*(?:1\d|20)\d\d\W*")


def _is_numeral(line: str) -> bool:
    """Whether a line is a number or a letter: `IV`, `- 3 -`, `264.`, `T`.

    In other scripts than these, a letter with its signs can be a whole word.
    """
    return re.fullmatch(r"\W*(?:[IVXLCDM]+|[ivxlcdm]+|\d+|[A-Za-zÀ-ɏͰ-ӿ])\W*", line) is not None


def _is_entry_day(line: str) -> bool:
    """Whether a line is a day without a year, as above the entries of a diary: "18th"."""
    words = re.fullmatch(
        r"\W*(?:(?P<a>[^\W\d_]+)\.? )?(?:the )?\d{1,2}(?:st|nd|rd|th|d|er"
        r"|\.)?(?: (?P<b>[^\W\d_]+))?"
        r"(?:\s*\([^()]{1,40}\))?\W*",
        line,
    )
    return words is not None and all(is_month(word) for word in words.groups() if word)


FORMAL_RULES = (
    TitleRule("ends like a lead-in", _pattern(r"[,;:،؛]$")),
    TitleRule("page number", _pattern(r"^(?:page\s+)?\d+(?:\s*(?:of|/)\s*\d+)?$")),
    TitleRule("address on the web", _pattern(r"^(?:https?://|www\.)\S+$")),
    TitleRule("no word", _pattern(r"^[^\w]*$")),
)
"""Kinds of lines that are neither a title nor the words below one."""

NO_TITLE_RULES = (
    *FORMAL_RULES,
    TitleRule("number or single letter", _is_numeral),
    TitleRule("no letter", _pattern(r"^[\W\d_]+$")),
    TitleRule("header of a mail", is_mail_header),
    TitleRule("salutation", is_salutation),
    TitleRule("greeting", _GREETING),
    TitleRule("place and day", is_place_and_date),
    TitleRule("day of an entry", _is_entry_day),
    TitleRule("place and day in Arabic", _pattern(r"[٠-٩۰-۹]{1,2} \S+ [٠-٩۰-۹]{4}\W*$")),
    TitleRule(
        "in brackets", _pattern(r"^\[.*\]\W*$|^\(.*\)\W*$|^\[(?:footnote|note|illustration)\b")
    ),
    TitleRule("contact", _CONTACT),
    TitleRule(
        "reference of a letter",
        _pattern(
            r"^\W*(?:(?:our|your)\W+ref(?:erence)?|(?:unser|ihr)e?\W+zeichen|[nv]/\W?réf"
            r"|uw\W+kenmerk|nuestra\W+ref)\b"
        ),
    ),
    TitleRule(
        "party in a case",
        _pattern(
            r"^\W*(?:the )?(?:plaintiff|defendant|appellant|appellee|petitioner|respondent)s?\W*$"
            r"|^\W*(?:vs?|versus|against)\W*$"
        ),
    ),
    TitleRule("list or apparatus", _APPARATUS),
    TitleRule("furniture of a web page", _WEB_FURNITURE),
    TitleRule("identifier of a preprint", _pattern(r"^arxiv:|^doi:|^issn\b|^isbn\b")),
    TitleRule("confidential", _pattern(r"^\W*(?:strictly |private and )?confidential\b.{0,60}$")),
    TitleRule("release", _pattern(r"^\W*(?:embargo|sperrfrist|not for (?:release|publication))")),
    TitleRule(
        "about the copy",
        _pattern(
            r"^\W*(?:scanned|digiti[sz]ed|transcribed|printed|downloaded|retrieved)\b.*\d{4}\W*$"
        ),
    ),
)
"""Kinds of lines that are no title, unless a label says so."""

WEAK_TITLE_RULES = (
    TitleRule("type of text", is_text_type),
    TitleRule("letterhead", _LETTERHEAD),
    TitleRule("masthead", _MASTHEAD),
    TitleRule("number of a file", _CASE_NUMBER),
)
"""Kinds of lines that are a title only if no other line can be one."""


def is_no_heading(line: str) -> bool:
    """Whether a line is a lead-in, a number, an address on the web, or has no word."""
    return _is_one_of(FORMAL_RULES, line)


def cannot_be_title(line: str) -> bool:
    """Whether a line is of a kind that is no title."""
    return _is_one_of(NO_TITLE_RULES, line)


def is_weak_title(line: str) -> bool:
    """Whether a line is a title only if no other line can be one."""
    return _is_one_of(WEAK_TITLE_RULES, line)


def is_newspaper(line: str) -> bool:
    """Whether a line may be the name of a newspaper, which is no title above its date."""
    return len(line) <= _LONGEST and _NEWSPAPER(line) is not None


def is_web_furniture(line: str) -> bool:
    """Whether a line belongs to the page on which a text was found, and not to the text."""
    return len(line) <= _LONGEST and _WEB_FURNITURE(line) is not None


def is_division(line: str) -> bool:
    """Whether a line is the heading of a part: "Chapter 3", "ESCENA II", "Fünfter Auftritt"."""
    return len(line) <= _LONGEST and (_DIVISION.search(line) is not None or _is_numeral(line))


def is_legal_caption(line: str) -> bool:
    """Whether a line names the two parties of a case: "Barton v. Town of Carrow"."""
    return len(line) <= _LONGEST and _LEGAL_CAPTION.search(line) is not None


def is_year(line: str) -> bool:
    """Whether a line is a year and nothing else."""
    return len(line) <= _LONGEST and _YEAR.fullmatch(line) is not None


def is_statement(line: str) -> bool:
    """Whether a line is a sentence with a verb, which is a title only if it is signed."""
    return len(line) <= _LONGEST and _STATEMENT.match(line) is not None


def _is_one_of(rules: Iterable[TitleRule], line: str) -> bool:
    return len(line) <= _LONGEST and any(rule.matches(line) for rule in rules)
