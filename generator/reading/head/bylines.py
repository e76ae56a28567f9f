"""The authors of a text: names of persons in a line that marks them, never of organizations."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from generator.text import tables
from generator.text.person_tables import GIVEN_NAME_ABBREVIATIONS

_BY = re.compile(
    r"^(?:(?:written|words|text|story|report(?:ed|ing)?|analysis)\s+)?"
    r"(?:by|por|par|von|di|door|af|av|(?:authors?|autore?s?|auteurs?|autor(?:in|en)|text|byline)\s*:)"
    r"\s+(?=\S)",
    re.IGNORECASE,
)
_BESIDE_NAME = re.compile(
    r"^(?:the )?(?:(?:rt|right|very|most)\.? )?(?:hon(?:ourable)?|rev(?:erend)?|revd)\b\.? (?=\S)"
    r"|,? (?:author|autora?|auteur|verfasser(?:in)?) (?:of|de|von|d['’]).*",
    re.IGNORECASE,
)
"""A rank before a name and works after it: 'the Hon. Ana Ruiz, Author of "Two Mills"'."""

_DESCRIPTION = re.compile(
    r"(?:Esq|ESQ|esq)(?:uire)?\.?$|(?:[A-Z][A-Za-z]{0,2}\. ?){2,5}$|(?:[A-Z]\.? ?){1,4}[A-Z]\.$"
    r"|[a-zß-öø-ÿ]{3,30}$|[^\W\d_]{3,30} (?:of|de|für|at) (?:the )?[^\W\d_]"
)
"""A degree, a trade or an office after a name: "R.N.", "Examiner of needlework"."""

# "José Ortega y Gasset" is one name: a single word after "y" or "e" belongs to the name before it.
_AND = re.compile(
    r" ?(?:, ?(?:and|und|et)\b|,|;|\||/|&|\b(?:and|AND|und|UND|et|ET)\b"
    r"|\b[yYe]\b(?= [^\W\d_][^ .]+ [^ ])) ?"
)
_SUFFIX = re.compile(r",? ((?:Jr|JR|Sr|SR|II|III|IV|PhD|Ph\.D|MD|M\.D)\b\.?)")
# The author's place or employer after the name: "in Lima", "for the Guardian", "reporting from".
_AFTER_NAME = re.compile(
    r" (?:[–—-] |\(|(?:reporting|writing|special)\b"
    r"|(?:in|for|at|from|of|en|desde|para|à|pour|aus|für) ).*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[<(]")
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_.'’-]|[.'’-](?=[^\W_]|[.'’-]))*\.?", re.UNICODE)
_CAPITAL = re.compile(r"(?:[a-z]{1,3}[-'’])?[^\W\d_a-z]")
_SHORT = re.compile(r"(?:[^\W\d_]\.?){1,2}")
_INITIAL = re.compile(r"(?!(?:A|I|O|Y|E)$)(?:[^\W\d_a-zß-öø-ÿ]\.?){1,2}")

_PARTICLES = frozenset(
    """
    al bin ben da das de del della den der di do dos du el ibn la las le los of san santa st ter
    van vande vom von y zu zum zur
    """.split()
)

_NOT_IN_A_NAME = frozenset(
    # Words that make a line in capitals an office, a source or a heading, and not a person.
    """
    agence agencia agencies agency agentur alliance army asociación associated association
    authority bank board bulletin bureau center centre church city club college comité
    commission committee company congress contents corporation correspondent council country
    court daily department desk editor editorial edition embassy federal federation forces
    foundation general government group guardian herald institute international interview
    introduction journal league magazine ministry monde movement national news newspaper
    office official opinion organization part party police post press preface prize redacción
    redaktion report reporter reporters reuters review school section service society staff
    star state statement states street studies summary syndicate team telegraph the times
    today tribune union united university war week weekly workers world writer writers xinhua
    year years chapter chronicle by from for with in on at and our your about after before
    background conclusion monday tuesday wednesday thursday friday saturday sunday north south
    east west new associates bbc books borders bulletin campaign capital channel coalition
    collective column columnist contributor contributors democratic deutsche digital diario dpa
    editors english española español estado euro european express financial forum foundation free
    friends front fund getty global human image images initiative jazeera jones labor labour
    latina media network observer online people photo photos picture popular post prensa
    presidency project publishing radio republican rights socialist spanish special students
    television trust tv video voice watch welle wikinews wire women your
    agenzia agentura agência amnesty deutsch deutscher deutschland france presse français globo
    afp agencies ap correspondents freelance historian lecturer professor secretary senior
    nacional nachrichten notícias noticias país redação secretaría stampa zeitung journalist
    """.split()
)

_ALSO_SURNAMES = frozenset(
    "bank church day east english french guard north page park post press price south star street"
    " west".split()
)
"""Words of `_NOT_IN_A_NAME` that are surnames after a given name of the table."""


_SMALL = _PARTICLES | _ALSO_SURNAMES | frozenset("and und et y e".split())
"""The words in small letters that a list of names can have."""


class Byline(msgspec.Struct, frozen=True):
    """The persons that a line names, and what else it contains."""

    names: tuple[str, ...]
    rule: str
    is_complete: bool
    """Whether the line contains nothing but the names."""
    has_known_names: bool
    """Whether each name begins with a given name of the table, or with initials."""
    other_parts: tuple[str, ...] = ()
    """The other parts of the line: an office, an agency, a place."""


def parse_byline(line: str) -> Byline | None:
    """Return the authors in a line such as "By Ana Ruiz and Tom Lee, Jr."; None if there are none.

    The line must begin with a cue ("By", "Por", "Von", "Author:"), and at least one name must look
    like a person's. `is_complete` is false if words are left over, such as "in Lima". If a part is
    neither a person nor an office, an organization or a place, the result is None, because an
    incomplete list of authors is wrong.
    """
    cue = _BY.match(line)
    if cue is None:
        return None
    words = line[cue.end() :]
    only_names = _BESIDE_NAME.sub("", words)
    byline = _parse_names(only_names, "byline cue")
    is_shorter = only_names != words
    return replace(byline, is_complete=False) if byline and is_shorter else byline


def starts_like_byline(line: str) -> bool:
    """Whether a line begins with the cue of a byline."""
    return _BY.match(line) is not None


def is_byline_of_nobody(line: str) -> bool:
    """Whether a line says who wrote without a name: "Staff reporter", "From our correspondent"."""
    words = line.rstrip(".").casefold().split()
    is_short = 0 < len(words) <= _MOST_WORDS_OF_NOBODY and not line[0].islower()
    return is_short and (words[-1] in _REPORTERS or words[-2:] == ["staff", "writer"])


_MOST_WORDS_OF_NOBODY = 5
_REPORTERS = frozenset(
    """reporter reporters correspondent correspondents agencies newsroom redaktion korrespondent
    korrespondentin rédaction correspondant redacción corresponsal redação correspondente""".split()
)
"""The last words of such lines in newspapers."""


def parse_bare_names(line: str) -> Byline | None:
    """Return the names in a line of nothing but names, which is a byline only next to a date."""
    if any(map(_is_no_name, line.split())):
        return None
    byline = _parse_names(line, "names beside the date")
    return byline if byline and byline.is_complete else None


def _is_no_name(word: str) -> bool:
    """Whether a word in small letters is none of a list of names: a first look at most lines."""
    return "a" <= word[0] <= "z" and word.isalpha() and word.islower() and word not in _SMALL


def parse_author_field(value: str) -> tuple[str, ...]:
    """Return the persons in an author field of front matter: names or a pen name.

    The result is empty for an organization, an address or more than six words.
    """
    text = _BY.sub("", _ADDRESS.split(value, maxsplit=1)[0].rstrip())
    inverted = [part.strip() for part in re.split(r";|&|\band\b", text)]
    if all(map(_is_last_first, inverted)):
        return tuple(inverted)
    byline = _parse_names(text, "byline cue")
    if byline and all(map(looks_like_place, byline.other_parts)):
        return byline.names
    words = text.split()
    cannot_be_name = any(
        word.lower().strip(".,") in _NOT_IN_A_NAME or re.search(r"[\d@/]", word) for word in words
    )
    return () if cannot_be_name or not 1 <= len(words) <= 6 else (text,)


def _is_last_first(name: str) -> bool:
    """Whether a name has the form "Ruiz Gómez, Ana María" and is not a list of two persons."""
    family, comma, given = (part.strip() for part in name.partition(","))
    words = given.split()
    if not comma or not family or not 1 <= len(words) <= 4 or len(family.split()) > 4:
        return False
    if "," in given or _is_other_part(family) or _is_other_part(given):
        return False
    if not all(map(_TOKEN.fullmatch, (*family.split(), *words))):
        return False
    return not looks_like_person(family) or (
        not has_known_given_name(family) and all(map(has_known_given_name, words))
    )


def words_of_names(byline: Byline) -> frozenset[str]:
    """Return the words of all names, without particles and initials."""
    words = {word for name in byline.names for word in re.findall(r"[^\W\d_]{3,}", name)}
    return frozenset(word for word in words if word.lower() not in _PARTICLES)


def looks_like_person(name: str) -> bool:
    """Whether a name looks like a person's: two to four capitalised words, five with a particle.

    None of the words may be one of an office, a source or a heading.
    """
    words = _SUFFIX.sub("", name).split()
    capitals = [word for word in words if word.lower() not in _PARTICLES]
    return (
        2 <= len(words) <= 6
        and 2 <= len(capitals) <= (5 if len(capitals) < len(words) else 4)
        and words[-1] in capitals
        and all(map(_is_name_word, capitals[:-1]))
        and (_is_name_word(capitals[-1]) or _is_surname(capitals))
        and not all(map(_SHORT.fullmatch, capitals))
    )


def _is_other_part(part: str) -> bool:
    """Whether a part of a byline is an office, an organization or a place."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", part)}
    return bool(words & _NOT_IN_A_NAME) or looks_like_place(part)


def has_known_given_name(name: str) -> bool:
    """Whether a name begins with a given name of the table, its abbreviation, or initials."""
    first = re.split(r"[\s-]", name)[0]
    word = first.strip(".").casefold()
    is_short = _INITIAL.fullmatch(first) is not None or word in GIVEN_NAME_ABBREVIATIONS
    return is_short or word in tables.load_given_names()


def looks_like_place(words: str) -> bool:
    """Whether words are the name of a place of the table."""
    return words.casefold().strip(".") in tables.load_lines("places.txt")


@lru_cache(maxsize=64)  # the rules about the head of a document ask for each line again
def _parse_names(text: str, rule: str) -> Byline | None:
    """Return the names in a list of names; the patterns expect single spaces."""
    line = " ".join(text.split())
    parts = [part.strip(" *–—-") for part in _AND.split(_SUFFIX.sub(r" \1", line))]
    names: list[str] = []
    other_parts: list[str] = []
    for part in filter(None, parts):
        whole = _without_all_capitals(part if _SUFFIX.search(part) else part.rstrip("."))
        name = _AFTER_NAME.sub("", whole)
        if looks_like_person(name):
            names.append(name)
            other_parts += [whole[len(name) :].strip()] if whole != name else []
        elif _is_other_part(part) or (names and _DESCRIPTION.match(part)):
            other_parts.append(part)
        else:
            return None
    if not names or looks_like_place(" ".join(names)):
        return None
    has_known_names = all(map(has_known_given_name, names))
    return Byline(tuple(names), rule, not other_parts, has_known_names, tuple(other_parts))


def _is_name_word(word: str) -> bool:
    return (
        _CAPITAL.match(word) is not None
        and _TOKEN.fullmatch(word) is not None
        and word.lower() not in _NOT_IN_A_NAME
    )


def _is_surname(words: list[str]) -> bool:
    """Whether the last word, such as "West" or "Church", is a surname after a known given name."""
    return words[-1].lower() in _ALSO_SURNAMES and has_known_given_name(words[0])


def _without_all_capitals(name: str) -> str:
    """Return a name in the usual mixed case if it is all in capitals, as typewriters wrote it."""
    words = name.split()
    if not all(word.isupper() for word in words):
        return " ".join(words)
    return " ".join(word.lower() if word.lower() in _PARTICLES else word.title() for word in words)
