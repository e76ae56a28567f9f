"""Word lists and cues: read once from the small files beside this module, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

_SECTION = re.compile(r"^\[(.+)\]\n", re.MULTILINE)

_SCALES = {"lands": 5, "states": 4, "million": 3, "city": 2, "town": 1}


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What the world calls people and places, and how common a word is."""

    given: Mapping[str, int]
    """Given names: 2 for a frequent one, 1 for a rare one."""
    surnames: Mapping[str, int]
    """Surnames, likewise."""
    places: Mapping[str, int]
    """5 a land, 4 a state, 3 over a million people or a capital, 2 over 100,000, 1 over 15,000."""
    everyday: Mapping[str, Mapping[str, float]]
    """How often a word is used, for each language: 3.5 to 7.5 on the Zipf scale."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of one language that tell where a name ends and what it names.

    Each field is a section of the files in `data/cues/`.
    """

    language: str
    titles: frozenset[str]
    """They stand before a person's name and are no part of it."""
    sure_titles: frozenset[str]
    """Titles that nothing but a person follows."""
    before_titles: frozenset[str]
    """They belong to the title that follows: Prime, Deputy."""
    portfolios: frozenset[str]
    """What a minister is a minister of."""
    trailing: frozenset[str]
    """They end no name, and titles do not either."""
    roles: frozenset[str]
    """Words for people in lower case: lawyer, striker."""
    speech: frozenset[str]
    """What only people do: said."""
    verbs: frozenset[str]
    """Common verbs in the past that do not end in -ed."""
    organization_heads: frozenset[str]
    company_forms: frozenset[str]
    place_heads: frozenset[str]
    buildings: frozenset[str]
    """Places that are often called as an organization is: Hotel."""
    place_beginnings: frozenset[str]
    other_heads: frozenset[str]
    """What makes a name that of a thing: Act, Prize, War."""
    competitions: frozenset[str]
    """Two words that end the name of one: Premier League."""
    bodies: frozenset[str]
    """Organizations whose names go on: Ministry of Labour and Pensions."""
    takes_and: frozenset[str]
    takes_of: frozenset[str]
    takes_for: frozenset[str]
    takes_on: frozenset[str]
    takes_to: frozenset[str]
    """As in "Committee to Protect Journalists"."""
    owners: frozenset[str]
    """Words that may own something inside a name: People's Party."""
    tails: frozenset[str]
    """Lower-case words that end a name after a head: Parti socialiste."""
    tail_nouns: frozenset[str]
    """Lower-case words that may end one after "de": Conseil de sécurité."""
    lower_heads: frozenset[str]
    """Heads that begin a name in lower case: musée d'Orsay."""
    teams: frozenset[str]
    """What teams are called behind their town: Hornets."""
    clubs: frozenset[str]
    """What the name of a sports club begins with: FC, Real."""
    club_endings: frozenset[str]
    """What it ends with: AC, FK."""
    organization_words: frozenset[str]
    """Words in lower case beside the name of an organization: newspaper, airline."""
    sports: frozenset[str]
    """What teams do to teams: beat."""
    players: frozenset[str]
    """Whom teams have: goalkeeper."""
    plays: frozenset[str]
    """What one does for a club: played for."""
    works: frozenset[str]
    """Words for what has a title: album, ship."""
    club_words: frozenset[str]
    """What clubs are: side, holders."""
    articles_of_clubs: frozenset[str]
    """They stand before a town that is a club, and not before a town: el Valencia."""
    takes_article: frozenset[str]
    """Towns that have an article of their own: el Callao."""
    holdings: frozenset[str]
    """What one has in a company: shares."""
    offices: frozenset[str]
    """What a company has, or who works for one: founder of, subsidiary of."""
    staff: frozenset[str]
    """Who works at one: analyst at."""
    company_verbs: frozenset[str]
    """What companies do: acquired."""
    place_words: frozenset[str]
    """Words in lower case beside the name of a place: village, province of."""
    place_offices: frozenset[str]
    """What a place has, before "of": mayor, outskirts."""
    person_verbs: frozenset[str]
    """What people alone do: died."""
    surnames_first: frozenset[str]
    """Surnames that stand before the given name: Nguyen, Zhang."""
    compound_heads: frozenset[str]
    """Ends of compounds that are heads: -gericht."""
    place_prepositions: frozenset[str]
    ways: frozenset[str]
    """Prepositions that stand before places, and often before others: to, from."""
    articles: frozenset[str]
    directions: frozenset[str]
    function: frozenset[str]
    function_in_names: frozenset[str]
    articles_in_names: frozenset[str]
    """With a capital, they may be a part of a name: La Coruña, Bruno Le Maire."""
    demonyms: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]
    particles: frozenset[str]
    second_particles: frozenset[str]
    """They stand behind a particle only: von der, de la."""
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


_SPOKEN = ("en", "es", "fr", "de", "pt")


@cache
def _endings(language: str) -> frozenset[str]:
    return load_cues(language).titles | load_cues(language).trailing


@cache
def _heads(language: str) -> frozenset[str]:
    spoken = load_cues(language)
    places = spoken.place_heads | spoken.buildings
    return spoken.organization_heads | places | spoken.other_heads


@cache
def load_gazetteer() -> Gazetteer:
    """Read the lists of names, places and everyday words."""
    given = _ranked("given.txt", {"frequent": 2, "rare": 1})
    places = _ranked("places.txt", _SCALES)
    everyday: dict[str, dict[str, float]] = {}
    for section, entries in _sections("words.txt"):
        language, scale = section.split()
        everyday.setdefault(language, {}).update(dict.fromkeys(entries, float(scale)))
    return Gazetteer(given, _ranked("surnames.txt", {"frequent": 2, "rare": 1}), places, everyday)


@cache
def load_cues(language: str | None) -> Cues:
    """Give the cues of a language (a BCP 47 tag); for others, those that hold everywhere."""
    spoken = (language or "").split("-")[0]
    files = ["cues/any.txt"] + ([f"cues/{spoken}.txt"] if spoken in _SPOKEN else [])
    found: dict[str, set[str]] = {field.name: set() for field in fields(Cues)[1:]}
    for file in files:
        for section, entries in _sections(file):
            found[section.replace(" ", "_")].update(entries)
    if spoken == "en":
        found["demonyms"].update([f"{word}s" for word in found["demonyms"]])
    return Cues(spoken, **{name: frozenset(entries) for name, entries in found.items()})


def _ranked(file: str, ranks: Mapping[str, int]) -> dict[str, int]:
    return {entry: ranks[section] for section, entries in _sections(file) for entry in entries}


def _sections(file: str) -> Iterator[tuple[str, list[str]]]:
    text = resources.files("generator.text").joinpath(f"tables/names/{file}").read_text("utf-8")
    parts = _SECTION.split(text)[1:]
    for section, body in zip(parts[::2], parts[1::2], strict=True):
        entries = " ".join(body.split()).split(",")
        yield section, [entry.strip() for entry in entries if entry.strip()]
