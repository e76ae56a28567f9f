"""Letters that an alphabet counts as its own: ñ stands after n in Spanish, å after z in Swedish.

Lists are in the order of the site's language, whatever the language of a name is, as in the index
of a book. Other letters with marks stand with those without. Source: the tailorings of the Unicode
CLDR (https://cldr.unicode.org/, common/collation).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

import msgspec

_OWN_LETTERS: Mapping[str, str] = {
    "cs": "cč rř sš zž",
    "da": "zæøå",
    "es": "nñ",
    "et": "sš zž wõäöü",
    "fi": "zåäö",
    "gl": "nñ",
    "hr": "cčć dđ sš zž",
    "hu": "oö uü",
    "is": "aá dð eé ií oó uú yý zþæö",
    "lt": "cč sš zž",
    "lv": "cč gģ kķ lļ nņ sš zž",
    "nb": "zæøå",
    "nn": "zæøå",
    "no": "zæøå",
    "pl": "aą cć eę lł nń oó sś zźż",
    "ro": "aăâ iî sș tț",
    "sk": "aä cč oô sš zž",
    "sl": "cč sš zž",
    "sq": "cç eë",
    "sv": "zåäö",
    "tr": "cç gğ oö sş uü",
}
"""By language: a letter, and those that stand after it."""

_BEHIND = 0x20000
"""A Han character that stands after the letters of all alphabets, and that no rule folds."""


class Alphabet(msgspec.Struct, frozen=True):
    """The order of the letters of a language."""

    places: Mapping[str, str] = msgspec.field(default_factory=dict)
    """What stands in keys for each letter of its own."""

    def marked(self, words: str) -> str:
        """Return words in which each letter of its own is replaced by its place."""
        if not self.places:
            return words
        composed = unicodedata.normalize("NFC", words).lower()
        return "".join(self.places.get(letter, letter) for letter in composed)

    def first_letter(self, key: str) -> str:
        """Return the letter with which a key begins, in upper case."""
        own = {place: letter for letter, place in self.places.items()}
        return own.get(key[:2], key[:1]).upper()


@cache
def alphabet_of(language: str) -> Alphabet:
    """Return the alphabet of a language, a BCP 47 tag; for most languages it has no own letters."""
    groups = _OWN_LETTERS.get(language.split("-", maxsplit=1)[0].lower(), "").split()
    return Alphabet(
        {
            letter: f"{group[0]}{chr(_BEHIND + number)}"
            for group in groups
            for number, letter in enumerate(group[1:])
        }
    )
