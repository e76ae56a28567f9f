"""The lines that letters have and other texts do not: salutations, closings, places with dates."""

from __future__ import annotations

import re

from generator.reading.document_words import names_document
from generator.text.dates import DateMatch, find_dates, is_month, is_weekday
from generator.text.tables import load_given_names

_NOTE_MARK = re.compile(
    r"^(?:\[(?:\d+|…|\.\.\.)\]|\(\d+\)|\*\d*|\d(?=[^\W\d]))+\s*|\s*(?:\[\d+\]|\(\d+\)|\*\d*)+$"
)
"""A reference to a note before or after the words of a line."""

_ADDRESSED = (
    r"sirs?|madam|mesdames|gentlem[ae]n|ladies|messrs|mr|mrs|miss|ms|dr|prof(?:essor)?|doctor"
    r"|baron(?:ess)?|count(?:ess)?|lord|lady|duke|duchess|prince(?:ss)?|general|colonel|captain"
    r"|major|father|mother|brother|sister|son|daughter|uncle|aunt|cousin|nephew|niece|friends?"
    r"|colleagues?|fellow|comrades?|reverend|bishop|president|senator|governor|ambassador"
    r"|secretary|minister|editor|readers?|members|children|boy|girl|wife|husband|love|heart"
)
_BESIDE_DEAR = (
    r"(?:my|our|most|very|verie|much|ever|highly|right|and|&|own|good|old|kind|gracious|mein[er]?|sehr"
    r"|euer|eure|innig(?:st)?|hoch|bester?|mon|ma|mes|bien|très|bon|mi|mis|muy|meu|minha|mio|mia|o|the"
    r"|zeer|min|mitt|mina|mine|mój|moja|moi|můj|moje|мой|моя)"
)
_DEAR = (
    r"(?:d(?:ea|ee)re?(?:st)?|dere(?:st)?|beloved|darling|esteemed|honou?red|respected|(?:much-)?valued|venerable"
    r"|worthy"
    r"|lieb(?:e|er|es|ste[rs]?)|th?eu(?:e|r)r?(?:e[rs]?|ste[rs]?)|werthe?(?:r|ster)?"
    r"|(?:hoch)?(?:ge|ver)ehrt(?:e|er|es|este|ester|estes)|hochverehrtester|hochgeschätzte[rs]?"
    r"|geliebte[rs]?|geschätzte[rs]?|ch(?:er|ère)s?|vénérée?|querid[oa]s?|estimad[oa]s?|distinguid[oa]s?"
    r"|prezad[oa]s?|car[oaie]s?|carissim[oa]|caríssim[oa]|gentil(?:e|i|issim[oa])|egregi[oa]"
    r"|señor(?:es|a)? mí[oa]s?|respetad[oa]s?|(?:hoog)?geachte|waarde|lieve|beste(?! gr)"
    r"|(?:aller)?k(?:ä|æ|jæ)r[ae](?:st[ae])?|bäst[ae]|(?:hög(?:t|st)?|hø[ij](?:t|st)?)?[äæ]r[ae]de|högtaktade"
    r"|älskade|elskede|szanown[yaie]|drog(?:i|a|ie)|najdroższ[yaie]|kochan[yaie]|wielmożn[yaie]"
    r"|vážen[ýáíé]|mil[ýá]|drah[ýá]|дорог(?:ой|ая|ие)|мил(?:ый|ая)|милостив(?:ый|ая|ые)"
    r"|(?:много|глубоко)?уважаем(?:ый|ая|ые)|любезн(?:ый|ая))"
)
_NO_SALUTATION = (
    r"(?!\s+(?:to|is|was|in|of|for|at|auf|und|im|der|die|das|zu|ist|mit|ohne|am|an|für|de|du|des"
    r"|y|e|i|och|og|en|a|и|в)\b)"
)
_STOP = r"\s*(?:[,!:;]|[,.:!]?\s*(?:--+|—|–)|,\s*-)\s*"
_NAMES = r"(?:[\s,&]+[^\W\d_][\w.'’-]*){0,5}"
_TITLED = rf"(?:{_ADDRESSED})\b\.?(?:\s+[^\W\d_][\w.'’-]*){{0,3}}"

SALUTATIONS = {
    "dear": rf"(?:{_BESIDE_DEAR}\s+)*{_DEAR}{_NO_SALUTATION}{_NAMES}{_STOP}",
    "dear, without a stop": rf"(?:{_BESIDE_DEAR}\s+)*dear(?:est)?\s+(?:(?:{_BESIDE_DEAR}"
    rf"|{_DEAR})\s+)*"
    rf"{_TITLED}",
    "sir": r"(?:(?:my|our|most|very|right|good|gracious|dear|honou?red|reverend|and)\s+)*(?:sirs?"
    r"|sr|madam|gentlemen|ladies|fellow[ -]citizens|comrades|friends|my lords?"
    r"|your (?:(?:royal|imperial|serene) )?(?:majesty|highness"
    r"|excellency|grace|honou?r|lordship|eminence|holiness)|monsieur|madame|mademoiselle|messieurs"
    r"|mesdames|sire|monseigneur|(?:mein|gnädiger|werter) herr|meine (?:damen|herren)|señor(?:es"
    r"|a)?"
    rf"|senhor(?:es|a)?)(?:\s+(?:and|und|et|y|e)\s+(?:\w+\s+)?[^\W\d_]+)?(?:{_STOP}|\.)",
    "hello": r"(?:hi|hello|hallo|hey)(?: [^\W\d_]+){1,2}\s*[,!]",
    "to whom it may concern": r"to (?:whom it may concern|the editor)\b.{0,40}",
    "German, without a stop": r"(?:(?:sehr|innig(?:st)?|hoch)\s+)?(?:hoch)?(?:ge|ver)ehrt(?:e|er"
    r"|es|ester)"
    r"\s+(?:herr|frau|fräulein|freund|excellenz|gönner)\w*(?:\s+[^\W\d_][\w.'’-]*){0,3}",
    "your majesty, German": r"(?:ew\.?|euer|eure|eur\.?)\s+(?:\w+\s+)?(?:majestät|excellenz"
    r"|exzellenz"
    rf"|hoheit|durchlaucht|gnaden|hochwohlgeb\w+|wohlgeb\w+)(?:{_STOP}|\.)?",
    "noble, German": r"hoch(?:wohl|edel)?ge[bh]\w+\s+herr.{0,40}",
    "rank, French": r"(?:citoyen(?:ne)?s?|mon (?:général|commandant|colonel|capitaine"
    rf"|révérend père))(?: \w+){{0,2}}{_STOP}",
    "mine, Spanish": r"(?:muy )?(?:señor|sr|snr|señora|sra|amigo)(?:es|s)?\.?"
    rf" (?:mí[oa]|nuestr[oa])s?\b(?: y .{{3,40}})?{_STOP}",
    "excellent, Spanish and Portuguese": r"(?:(?:ex|il+)(?:c?el+ent[ií]ssim|ustr[ií]ssim|c?\.?m)"
    r"[oa]s?\.? (?:e )?){1,2}(?:sr|snr|senhor|señor)(?:es|as|a)?\b\.?"
    rf"(?:(?: [^\W\d_][\w.]*){{0,4}}{_STOP}| (?:conselheiro|ministro|presidente|governador"
    r"|gobernador|director|prefeito|alcalde)|(?<=r\.))",
    "rank, Italian": r"(?:illustrissim|ill\.?m|pregiatissim|preg\.?m|stimatissim)[oaie]\.?"
    rf" (?:signor[ei]?|sig\.?|professore|dottore|amico){_NAMES}{_STOP}",
    "noble, Dutch": r"(?:(?:zeer|hoog|wel)[ -]?)*(?:edel\w*|geleerde|gestrenge|achtbare)[ -]?"
    rf"(?:heer|heeren|heren|vrouwe?|mevrouw){_NAMES}{_STOP}",
    "sir, Dutch": rf"(?:mijne? ?heer(?:en)?|mevrouw|mejuffrouw|amice){_NAMES}{_STOP}",
    "French, without a stop": r"(?:(?:mon|ma)\s+(?:bien\s+|très\s+)?)?(?:cher|chère)\s+(?:monsieur"
    r"|madame|ami|amie|maître|collègue|confrère)(?:\s+[^\W\d_][\w.'’-]*){0,3}",
}
"""Forms of salutation, each a pattern for a whole line in lower case."""

_SALUTATION = re.compile("|".join(f"(?:{pattern})" for pattern in SALUTATIONS.values()))
_LONGEST_SALUTATION = 80

VALEDICTIONS = {
    "English": r"(?:i|we) (?:am(?! [a-z]+ed\b)|remain"
    r"|have the honou?r(?! to (?!be\b|remain|subscribe|sign)))\b"
    r"|(?:so )?i rest\b|believe me\b|(?:and |from )?(?:yours?|yo?r|ever|most|very)\b.*"
    r"\b(?:truly|faithfully|sincerely|obedient(?:ly)?|ob(?:ed)?t|servants?|servt|affectionate(?:ly)?"
    r"|respectfully|cordially|gratefully|devoted(?:ly)?|friend|attached|ever|humble|lo(?:v|u)inge?(?:ly)?"
    r"|brother|sister|son|daughter|father|mother|uncle|aunt|cousin|nephew|niece|wife|husband|kinsman)\b"
    r"|(?:and|&) (?:most |very )?(?:h(?:um)?ble|ob(?:ed)?t|obedient)\b"
    r"|(?:sincerely|faithfully|respectfully(?! submitted)|cordially|affectionately|gratefully)\b"
    r"|(?:with )?(?:kind|best|warm(?:est)?) (?:regards|wishes)|(?:with )?(?:love|regards)\b"
    r"|in (?:love|haste)\W*$",
    "German": r"mit\b.*\bgr(?:u|ü)(?:ß|ss)|(?:viele|herzliche|beste|tausend) gr(?:u|ü)(?:ß|ss)e"
    r"|hochachtungsvoll|herzlich(?:st)?\W*$|in (?:liebe|treue|freundschaft)\W*$"
    r"|ihr(?:e)? (?:sehr |ganz )?\w*(?:ergeben|treu|gehors)|dein(?:e)?\b"
    r"|(?:ew|euer|eure|eur)\.? (?:\w+ )?(?:majestät|e[xk]z?[cz]ellenz|hoheit|durchlaucht|gnaden"
    r"|(?:hoch)?wohlgeb\w+|hochw\w+)[,.]?$",
    "French": r"(?:veuillez )?(?:agréez|agréer|recevez|recevoir|croyez|croire)\b"
    r"|(?:votre|ton|ta) (?:très |tout |bien )?(?:dévoué|humble|obéissant|affectionné|ami|fr[èe]re"
    r"|fils|s(?:œ|oe)ur|fille|mari)|tout à vous|bien à (?:vous|toi)|cordialement|amitiés"
    r"|salut et (?:fraternité|respect|amitié)|j[’']ai l[’']honneur d[’']être",
    "Spanish": r"(?:su|seu) (?:más )?(?:seguro|atento|af+e?c?t?[mí]\w*|devoto|criado|amigo)"
    r"|de v(?:d|\.|uestra).{0,12}(?:af+mo|s\.|seguro|atento|amigo)|quedo de v\w*\b"
    r"|q\. ?[bes]\. ?s\. ?[mp]\b|s\. ?s\. ?s\b|b\. ?l\. ?m\b|dios guarde a\b"
    r"|(?:un )?abrazo|atentamente|saludos",
    "Portuguese": r"(?:um )?abraço|atenciosamente|deus guarde a v|de v\. ?(?:ex|s)|subscrevo-me"
    r"|(?:o )?(?:seu|teu) (?:amigo|criado|filho|irmão)"
    r"|com (?:\w+ ){0,3}(?:estima|consideração)\W*$",
    "Italian": r"suo (?:devoto|amico)|(?:il |la )?(?:tu[oa]|su[oa]|vostr[oa])\b.*\b(?:af\w*m[oa]"
    r"|dev[\w.]*m[oa]|obb[\w.]*m[oa]|affezionat\w+|amic[oa]|figli[oa]|fratello|sorella)\b"
    r"|con (?:\w+ ){0,2}(?:stima|osservanza|ossequio|affetto)\W*$",
    "Dutch": r"met (?:vriendelijke|hartelijke|beste) groet|hoogachtend"
    r"|met (?:\w+ ){0,2}(?:hoog)?achting\b|(?:met )?(?:vele|hartelijke) groeten"
    r"|uw?e?(?:\.? ?ed\w*\.?)? (?:dienst\w+|toegenegen|dw\.|dienaar|onderdanige|vriend)"
    r"|je (?:liefhebbende|toegenegen|vriend)",
    "Danish, Norwegian and Swedish": r"(?:din|deres|jeres|eders?)\b.*\b(?:tillgivn[ea]?"
    r"|hengivn[ea](?:ste)?|trogn[ea]|v[äe]n+|sønn?|son|datter|dotter|bror|søster|syster|ærbødige?)\b"
    r"|med (?:\w+ ){0,2}h[öø](?:g|i|j|y)?a[kg]t\w+|högaktningsfullt|ærbødigst|vänligen"
    r"|(?:med )?(?:venlige?|vennlige?|vänliga?|hjärtlig\w*|kærlig|hjertelig) h(?:il|äl)s\w+",
    "Polish and Czech": r"z (?:\w+ ){0,2}(?:poważani\w+|szacunki\w+|pozdrowieni\w+)"
    r"|łączę (?:wyrazy|pozdrowienia)|(?:twój|twoja|wasz|pański) (?:\w+ )?(?:oddan[ya]|przyjaciel"
    r"|syn|sługa|brat)|s (?:\w+ )?úctou|se srdečným pozdravem",
}
"""Words with which the closing of a letter begins, each a pattern."""

_VALEDICTION = re.compile(
    "|".join(f"(?:{pattern})" for pattern in VALEDICTIONS.values()), re.IGNORECASE
)
_SHORTEST_PLACE, _LONGEST_PLACE_LINE = 2, 90
_DAY_WITHOUT_YEAR = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th|d|er|s?ten?|de)?\.?\s*(?P<after>[^\W\d_]{3,})|(?P<before>[^\W\d_]{3,})\.?\s*\d{1,2}(?:st|nd|rd|th|d)?\b"
)
_SHORT_FIGURES = re.compile(r"\b\d{1,2}[./-]\s?(?:\d{1,2}|[IVX]{1,4})[./-]\s?\d{2}\b")
_FROM_ONE_TO_ANOTHER = re.compile(r"\w (?:an(?! [IVX]+\b)|aan|to|à|TO|AN|À) [^\W\d_a-z]")
_MOST_WORDS = 5
_DAY = 2
"""Hyphens in the ISO form of a day."""

_OFFICE = re.compile(
    r"(?:(?:vice|deputy|acting|assistant|hon(?:orary)?|general|town|parish|managing|joint)[. -]+)*"
    r"(?:director|secretary|treasurer|manager|chairman|chairwoman|president|clerk|registrar"
    r"|principal|headmaster|superintendent|commissioner|editor|mayor|warden|minister|consul|ambassador"
    r"|governor|librarian|curator|engineer|inspector|adjutant|commanding|rector|vicar|churchwarden"
    r"|direktor|(?:ober)?lehrer|pfarrer|geschäftsführer|vorsitzender|schriftführer|sekretär|bürgermeister|amtmann"
    r"|directeur|secrétaire|président|maire|préfet|trésorier"
    r"|secretario|presidente|alcalde|ingeniero|tesorero|escribano"
    r"|direttore|segretario|sindaco|secretário|diretor)\b",
    re.IGNORECASE,
)
_LONGEST_OFFICE = 6
"""Words of an office below or after a name."""


def is_office(words: str) -> bool:
    """Whether words are the office of somebody, and no name: "Hon. Secretary", "Director."."""
    tokens = words.strip(" .,").split()
    if not 0 < len(tokens) <= _LONGEST_OFFICE or tokens[0].casefold() == "to":
        return False
    named = all(
        token[0].isupper() or len(token) <= len("the") or _OFFICE.match(token) for token in tokens
    )
    return named and _OFFICE.match(_ARTICLE.sub("", " ".join(tokens))) is not None


_ARTICLE = re.compile(r"^(?:The|Der|Die|Le|La|El|Il|O) ")


def without_note_marks(line: str) -> str:
    """Return a line without references to notes at its ends: "[1]Dear Hannah!(2)"."""
    has_mark = "[" in line or "(" in line or "*" in line or line[:1].isdigit()  # few lines have
    return (_NOTE_MARK.sub("", line) if has_mark else line).strip()


def is_salutation(line: str) -> bool:
    """Whether a line addresses somebody: "My dear Ries,", "Sehr geehrter Herr Block!", "Sir."."""
    if len(line) > _LONGEST_SALUTATION:
        return False
    words = without_note_marks(line).strip("_*").lower()
    return _SALUTATION.fullmatch(words) is not None


_NAMED = re.compile(
    r"\b(?P<name>(?:(?:mr|mrs|miss|ms|dr|prof|professor|lord|lady|baron|count|general|colonel|captain"
    r"|major|herrn?|frau|fräulein|monsieur|madame|señora?|senhora?)\b\.?\s+)(?:[^\W\d_][\w.'’-]*\s*)+?)\W*$",
    re.IGNORECASE,
)


def find_addressee(line: str) -> str | None:
    """Return whom a salutation names with a title: "Miss Lowe" in "Dear Miss Lowe,"."""
    match = _NAMED.search(without_note_marks(line)) if is_salutation(line) else None
    return match["name"].strip() if match else None


_CALLED = re.compile(
    r"\b(?:dear(?:est)?|liebste[rs]?|liebe[rs]?|ch[eè]re?|querid[oa]|caríssim[oa]|car[oa]|prezad[oa])"
    r"\s+(?P<name>[^\W\d_]+)\W*$",
    re.IGNORECASE,
)


_NO_NAMES = frozenset("friend sister love son lady ami amie".split())
"""Words of salutations that are somebody's given name too."""


def find_given_name(line: str) -> str | None:
    """Return whom a salutation calls by the given name: "Ada" in "My dear Ada,"."""
    match = _CALLED.search(without_note_marks(line)) if is_salutation(line) else None
    if match is None:
        return None
    name = match["name"].casefold()
    is_name = name in load_given_names() and name not in _NO_NAMES
    return match["name"] if is_name else None


_AUDIENCE = re.compile(
    r"\b(?:ladies|gentlemen|citizens|comrades|friends|fellow|colleagues|delegates|members|damen"
    r"|herren|messieurs|mesdames|señoras|señores|senhoras|senhores|speaker|president|chairman)\b",
    re.IGNORECASE,
)


def is_to_audience(line: str) -> bool:
    """Whether a salutation is for many, as at the beginning of a speech."""
    return _AUDIENCE.search(line) is not None


def is_valediction(line: str) -> bool:
    """Whether a line begins with the closing words of a letter: "Your obedient servant,"."""
    return len(line) <= _LONGEST_PLACE_LINE and _VALEDICTION.match(line.lstrip("_* ")) is not None


def is_place_and_date(line: str) -> bool:
    """Whether a short line is a place and a day, as letters have it: "Carrow, 5th June"."""
    if not _SHORTEST_PLACE < len(line) <= _LONGEST_PLACE_LINE or names_correspondents(line):
        return False
    if not any(map(str.isdigit, line)) or names_document(line) or is_for_a_day(line):
        return False
    dates = find_dates(line)
    days = [date for date in dates if not date.readings or date.readings[0].count("-") == _DAY]
    if len(dates) > 1 or (not days and not _names_day(line)):
        return False
    words = re.findall(r"[^\W\d_]+", _without(line, days[0]) if days else line)
    return len(words) <= _MOST_WORDS and all(map(_can_be_of_place, words))


_FOR_A_DAY = re.compile(
    r"\b(?:for|until|till|since|before|after|für|bis|seit|pour|para|hasta)\W+(?:[^\W\d_]+\W+){0,3}\d",
    re.IGNORECASE,
)


def is_for_a_day(line: str) -> bool:
    """Whether a line is about a day to come or past: "Programme for Saturday, 3 May"."""
    return _FOR_A_DAY.search(line) is not None


def names_correspondents(line: str) -> bool:
    """Whether a line names two persons, one of whom wrote to the other: "Ana Ruiz to Tom Lee"."""
    return _FROM_ONE_TO_ANOTHER.search(line) is not None


def _can_be_of_place(word: str) -> bool:
    """Whether a word can stand in a place with a date: no long word in lower case."""
    return len(word) <= len("the ") or not word[0].islower() or _belongs_to_date(word)


def _without(line: str, date: DateMatch) -> str:
    return f"{line[: date.start]} {line[date.end :]}"


def _names_day(line: str) -> bool:
    days = _DAY_WITHOUT_YEAR.finditer(line)
    return _SHORT_FIGURES.search(line) is not None or any(
        _is_month(day["after"] or day["before"]) for day in days
    )


_OTHER_MONTHS = frozenset(
    "vendémiaire brumaire frimaire nivôse pluviôse ventôse germinal floréal prairial messidor"
    " thermidor fructidor jany feby septr octr novr decr".split()
)
"""The months of the French Republic, and old short forms of others."""


def _is_month(word: str) -> bool:
    return is_month(word) or word.casefold() in _OTHER_MONTHS


def _belongs_to_date(word: str) -> bool:
    return _is_month(word) or is_weekday(word)
