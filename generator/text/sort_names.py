"""Names as an index has them: "Storr, John", and the words by which they are sorted.

In an index a doubtful order is better than none, so here a rule decides where `split_name`
abstains. The customs are those of library catalogues (IFLA, "Names of persons"): two family names
of Spanish are sorted by the first, particles in lower case are not sorted by, and names that begin
with the family name, or have none, stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import msgspec

from generator.text.alphabets import Alphabet
from generator.text.person_names import split_name
from generator.text.person_tables import (
    FAMILY_FIRST,
    POPES,
    ROMANCE_PARTICLES,
    SUFFIXES,
)
from generator.text.tables import load_text
from generator.text.tokenizer import fold

_QUALIFIER = re.compile(r"\A(?P<name>.*\S)\s*(?P<qualifier>\([^()]*\))")
_INSIDE_WORDS = re.compile(r"(?<=\w)(?:['’]|\.(?=\w\b))(?=\w)")
_NUMBER = re.compile(r"[IVX]+\.?")
_ARABIC_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az)[-‐‑’']", re.IGNORECASE)
_ARTICLES = {
    "en": ("the",),
    "de": ("der", "die", "das"),
    "fr": ("le", "la", "les"),
    "es": ("el", "la", "los", "las"),
    "pt": ("o", "a", "os", "as"),
}
_PARTICLES = ROMANCE_PARTICLES | frozenset(
    "van von vom vande der den ter ten tot zu zum zur af d' bin ben ibn bint y e".split()
)


PLAIN = Alphabet()
"""All letters with marks stand with those without."""

NO_LETTER = "0–9"
"""What names stand below that begin with no letter."""


class IndexHeading(msgspec.Struct, frozen=True):
    """The heading of an entry in an index."""

    shown: str
    """The name with its family name first, if it has one."""
    words: str
    """The words by which it is sorted, as they are written: without particles."""

    @property
    def key(self) -> str:
        """The words by which it is compared: without accents and capitals."""
        return self.key_in(PLAIN)

    def key_in(self, alphabet: Alphabet) -> str:
        """Return the words by which it is sorted: O'Brien is one word, and so is R.N.L.I."""
        words = _INSIDE_WORDS.sub("", fold(alphabet.marked(self.words)))
        return " ".join(re.findall(r"\w+", words))

    def letter_in(self, alphabet: Alphabet) -> str:
        """Return the letter below which it stands."""
        return letter_of(self.key_in(alphabet), alphabet)


def letter_of(key: str, alphabet: Alphabet) -> str:
    """Return the letter below which a name with this key stands."""
    first = alphabet.first_letter(key)
    return first if first.isalpha() else NO_LETTER


def person_in_index(name: str, language: str) -> IndexHeading:
    """Return the heading of a person; `language` is that of the documents that mention them."""
    match = _QUALIFIER.fullmatch(name)
    base, qualifier = (match["name"], match["qualifier"]) if match else (name, "")
    words = base.split()
    suffix = ""
    if len(words) > 2 and words[-1].lower().strip(".,") in SUFFIXES:
        *words, suffix = words
    language = language.split("-", maxsplit=1)[0].lower()
    start = next((start for rule in RULES if (start := rule.start(words, language)) is not None), 0)
    return _index_heading(words, start, suffix, qualifier)


def thing_in_index(name: str, language: str = "", *, is_place: bool = False) -> IndexHeading:
    """Return the heading of anything else; an article at its beginning is not sorted by.

    Places keep those of other languages than English: Los Angeles, La Paz.
    """
    codes = {"en"} if is_place else {"en", language.split("-", maxsplit=1)[0].lower()}
    first, _, rest = name.partition(" ")
    articles = {article for code in codes for article in _ARTICLES.get(code, ())}
    if rest and first.lower() in articles:
        return IndexHeading(f"{rest}, {first}", rest)
    return IndexHeading(name, name)


def _index_heading(words: list[str], start: int, suffix: str, qualifier: str) -> IndexHeading:
    """Return a heading whose family name begins at a word; 0 for a name that stays as it is."""
    given, family = words[:start], words[start:]
    particles: list[str] = []
    while len(family) > 1 and family[0].islower() and family[0] in _PARTICLES:
        particles.append(family.pop(0))
    after = " ".join(filter(None, (*given, *particles)))
    shown = ", ".join(filter(None, (" ".join(family), after, suffix)))
    shown = " ".join(filter(None, (shown, qualifier)))
    plain = _ARABIC_ARTICLE.sub("", " ".join(family))
    return IndexHeading(shown, " ".join(filter(None, (plain, after, suffix, qualifier))))


class SortRule(msgspec.Struct, frozen=True):
    """A custom: at which word the family name begins."""

    name: str
    start: Callable[[list[str], str], int | None]
    """Takes the words of a name and its language; 0: it stays as it is; None: no such name."""


def _whole(words: list[str], _language: str) -> int | None:
    """Keep a name of one word, with a number or with "of", or one that begins with a family."""
    is_number = len(words) > 1 and _NUMBER.fullmatch(words[-1]) is not None
    has_of = any(word in {"of", "the"} for word in words)
    is_pope = " ".join(words[:2]).lower() in POPES and len(words) == 2
    return 0 if len(words) < 2 or is_number or has_of or is_pope else None


def _family_first(words: list[str], language: str) -> int | None:
    by_language = language in {"hu", "vi", "zh", "ja", "ko"}
    is_family = words[0].lower() in FAMILY_FIRST and not words[-1].endswith(".")
    return 0 if by_language or is_family else None


def _split(words: list[str], language: str) -> int | None:
    """Take the family name that citations have, where it is certain."""
    name = split_name(" ".join(words), language)
    if not name.family or not " ".join(words).endswith(name.family):
        return None
    return len(words) - len(name.family.split())


def _spanish(words: list[str], language: str) -> int | None:
    """Find the first of two Spanish family names: all given names stand before it."""
    given, family = _spanish_names()
    folded = [fold(word) for word in words]
    is_spanish = language == "es" or folded[0] in given
    if len(words) < 3 or not is_spanish or language == "pt":
        return None
    if language != "es" and family.isdisjoint(folded[1:]):
        return None
    last = len(words) - 1
    start = 1
    while start < last and (folded[start] in given - family or folded[start].endswith(".")):
        start += 1
    return min(start, last)


def _particle(words: list[str], language: str) -> int | None:
    """Take what follows the last particle in lower case, if it is not the first word.

    Of two Portuguese names after one, the last is the family name.
    """
    if language == "pt":
        return None
    inner = [n for n in range(1, len(words) - 1) if words[n].islower() and words[n] in _PARTICLES]
    if not inner:
        return None
    start = inner[-1]
    while start > 1 and words[start - 1].islower() and words[start - 1] in _PARTICLES:
        start -= 1
    return start


def _initials_last(words: list[str], _language: str) -> int | None:
    is_initial = len(words[-1].strip(".")) == 1 or re.fullmatch(r"(?:\w\.)+", words[-1])
    return 0 if is_initial else None


def _last_word(words: list[str], _language: str) -> int | None:
    return len(words) - 1


RULES = (
    SortRule("one word, a number, or of", _whole),
    SortRule("the family name comes first", _family_first),
    SortRule("initials last", _initials_last),
    SortRule("certain for citations too", _split),
    SortRule("two Spanish family names", _spanish),
    SortRule("a particle", _particle),
    SortRule("the last word", _last_word),
)
"""The first that applies decides."""


@cache
def _spanish_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return folded given names and folded family names."""
    given, _, family = load_text("spanish_names.txt").partition("[family]")
    return frozenset(map(fold, given.split())), frozenset(map(fold, family.split()))
