"""Word lists of the world and cues of each language, read once from generator/text/tables/names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import repeat

import msgspec

from generator.text.tables import load_sections

_PLACE_SIZES = {"countries": 5, "states": 4, "million": 3, "city": 2, "town": 1}


class Gazetteer(msgspec.Struct, frozen=True):
    """Names of people and places, and how common words are."""

    given: Mapping[str, int]
    """Given names: 2 frequent, 1 rare."""
    surnames: Mapping[str, int]
    """Surnames: 2 frequent, 1 rare."""
    places: Mapping[str, int]
    """Sizes: 5 a country, 4 a state, 3 over a million people or a capital, 2 over 100,000, 1 over
    15,000."""
    everyday: Mapping[str, Mapping[str, float]]
    """For each language, how often words are used: 3.5 to 7.5 on the Zipf scale."""

    def frequency(self, word: str) -> float:
        """Return how often a word is used in the language that uses it most; 0 if it is rare."""
        folded = word.lower()
        return max([words.get(folded, 0.0) for words in self.everyday.values()])


class Cues(msgspec.Struct, frozen=True, eq=False):
    """The words of one language that show where a name ends and of what kind it is.

    Each field is a section of the files in generator/text/tables/names/cues/. A "head" is the word
    of a name that says what kind of thing it names: Bank, Valley, Cup.
    """

    language: str
    titles: frozenset[str]
    """Words before a person's name that are no part of it."""
    sure_titles: frozenset[str]
    """Titles that only a person follows."""
    before_titles: frozenset[str]
    """Words that belong to the title after them: Prime, Deputy."""
    portfolios: frozenset[str]
    """What ministers are responsible for: Health."""
    trailing: frozenset[str]
    """Words that do not end a name; titles do not either."""
    roles: frozenset[str]
    """Words for people in lower case: lawyer, striker."""
    speech: frozenset[str]
    """Verbs of what only people say: said."""
    verbs: frozenset[str]
    """Common past forms of verbs that do not end in -ed."""
    organization_heads: frozenset[str]
    company_forms: frozenset[str]
    place_heads: frozenset[str]
    buildings: frozenset[str]
    """Places that are often named like an organization: Hotel."""
    place_beginnings: frozenset[str]
    other_heads: frozenset[str]
    """Heads of names of other things: Act, Prize, War."""
    competitions: frozenset[str]
    """Pairs of words that end the name of a competition: Premier League."""
    bodies: frozenset[str]
    """Heads of organizations with long names: Ministry of Labour and Pensions."""
    takes_and: frozenset[str]
    takes_of: frozenset[str]
    takes_for: frozenset[str]
    takes_on: frozenset[str]
    takes_to: frozenset[str]
    """As in "Committee to Protect Journalists"."""
    owners: frozenset[str]
    """Words that may be possessive inside a name: People's Party."""
    tails: frozenset[str]
    """Words in lower case that may end a name after a head: Parti socialiste."""
    tail_nouns: frozenset[str]
    """Words in lower case that may end a name after "de": Conseil de sécurité."""
    lower_heads: frozenset[str]
    """Heads that begin a name in lower case: musée d'Orsay."""
    teams: frozenset[str]
    """What teams are called after their town: Hornets."""
    clubs: frozenset[str]
    """First words of names of sports clubs: FC, Real."""
    club_endings: frozenset[str]
    """Last words of names of sports clubs: AC, FK."""
    organization_words: frozenset[str]
    """Words in lower case next to the name of an organization: newspaper, airline."""
    sports: frozenset[str]
    """Verbs of what teams do to teams: beat."""
    players: frozenset[str]
    """Members of teams: goalkeeper."""
    plays: frozenset[str]
    """What players do for a club: played for."""
    famous_works: frozenset[str]
    """Titles and heroes of works that look like names of people: Jane Eyre."""
    works: frozenset[str]
    """Words for things that have a title or a name: album, ship."""
    ships: frozenset[str]
    """Words for kinds of ships: barque, trawler."""
    ship_prefixes: frozenset[str]
    """Abbreviations before the name of a ship: HMS."""
    ship_verbs: frozenset[str]
    """Verbs of what ships do: foundered."""
    done_to_ships: frozenset[str]
    """Participles of what is done to ships: torpedoed."""
    club_words: frozenset[str]
    """What clubs are: side, holders."""
    articles_of_clubs: frozenset[str]
    """Articles before a club that has the name of a town, but not before the town: el Valencia."""
    takes_article: frozenset[str]
    """Towns that have an article themselves: el Callao."""
    holdings: frozenset[str]
    """What people own of a company: shares."""
    offices: frozenset[str]
    """Nouns before "of" and a company: founder, subsidiary."""
    staff: frozenset[str]
    """Nouns before "at" and a company: analyst."""
    company_verbs: frozenset[str]
    """Verbs of what companies do: acquired."""
    place_words: frozenset[str]
    """Words in lower case next to the name of a place: village, province of."""
    place_offices: frozenset[str]
    """Nouns before "of" and a place: mayor, outskirts."""
    person_verbs: frozenset[str]
    """Verbs of what only people do: died."""
    surnames_first: frozenset[str]
    """Surnames that come before the given name: Nguyen, Zhang."""
    compound_heads: frozenset[str]
    """Ends of compounds that are heads: -gericht."""
    place_prepositions: frozenset[str]
    ways: frozenset[str]
    """Prepositions before places, but often before other names too: to, from."""
    articles: frozenset[str]
    directions: frozenset[str]
    function: frozenset[str]
    function_in_names: frozenset[str]
    articles_in_names: frozenset[str]
    """Articles that, capitalized, may be part of a name: La Coruña, Bruno Le Maire."""
    demonyms: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]
    particles: frozenset[str]
    second_particles: frozenset[str]
    """Words that follow a particle only: von der, de la."""
    acronyms_of_places: frozenset[str]
    not_names: frozenset[str]
    organizations: frozenset[str]
    places: frozenset[str]

    @property
    def nouns_have_capitals(self) -> bool:
        """Whether a capital says nothing of a name, as in German."""
        return self.language == "de"

    @property
    def elides(self) -> bool:
        """Whether an article may lose its vowel: L'Union."""
        return self.language == "fr"

    @property
    def heads_come_first(self) -> bool:
        """Whether the word that tells the kind begins the name: Tribunal Supremo."""
        return self.language in {"es", "fr", "pt", "it"}

    @property
    def ends_no_name(self) -> frozenset[str]:
        """Words that are cut off at the end."""
        return _endings(self.language)

    @property
    def heads(self) -> frozenset[str]:
        """Words that say what kind of thing a name names."""
        return _heads(self.language)


_LANGUAGES = ("en", "es", "fr", "de", "pt", "it")


@cache
def _endings(language: str) -> frozenset[str]:
    cues = load_cues(language)
    return cues.titles | cues.trailing


@cache
def _heads(language: str) -> frozenset[str]:
    cues = load_cues(language)
    return cues.organization_heads | cues.place_heads | cues.buildings | cues.other_heads


@cache
def load_gazetteer() -> Gazetteer:
    """Load the lists of names, places and everyday words."""
    ranks = {"frequent": 2, "rare": 1}
    everyday: dict[str, dict[str, float]] = {}
    for section, entries in load_sections("words.txt"):
        language, frequency = section.split()
        everyday.setdefault(language, {}).update(zip(entries, repeat(float(frequency))))
    return Gazetteer(
        given=_ranked("given.txt", ranks),
        surnames=_ranked("surnames.txt", ranks),
        places=_ranked("places.txt", _PLACE_SIZES),
        everyday=everyday,
    )


def is_everyday_name(name: str) -> bool:
    """Whether a name has everyday words only, or capitals only: God, World War II.

    Among several words, a given name or a surname is no everyday word: Port Isaac.
    """
    lists = load_gazetteer()
    words = [word for word in name.split() if word[0].isupper()]
    if name.isupper() or len(words) == 1:
        return name.isupper() or lists.frequency(name) >= (4.5 if name in lists.places else 3.5)
    return name not in lists.places and all(
        word not in lists.given
        and word not in lists.surnames
        and (word.isupper() or lists.frequency(word) > 0)
        for word in words
    )


@cache
def load_cues(tag: str | None) -> Cues:
    """Load the cues of a language by its BCP 47 tag; without own cues, those of all languages."""
    language = (tag or "").split("-")[0]
    files = ["cues/any.txt"] + ([f"cues/{language}.txt"] if language in _LANGUAGES else [])
    words: dict[str, set[str]] = {name: set() for name in Cues.__struct_fields__[1:]}
    for file in files:
        for section, entries in load_sections(file):
            words[section.replace(" ", "_")].update(entries)
    if language == "en":
        words["demonyms"].update([f"{word}s" for word in words["demonyms"]])
    return Cues(language, **{name: frozenset(entries) for name, entries in words.items()})


def _ranked(file: str, ranks: Mapping[str, int]) -> dict[str, int]:
    """Return the entries of a file with the rank of their section."""
    ranked: dict[str, int] = {}
    for section, entries in load_sections(file):
        ranked.update(zip(entries, repeat(ranks[section])))
    return ranked
