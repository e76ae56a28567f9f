"""Generate generator/text/tables/places.txt from Babel's locale data (Unicode CLDR).

It has countries in five languages, the cities that time zones are named after, and other cities
that are common in datelines. The table confirms the place of a dateline, and helps to tell places
from authors. The list of places for names is another one: it has thousands of towns that are
surnames too, and of 1,850 names here it lacks 1,050, those in other languages above all.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).parents[1] / "generator" / "text" / "tables" / "places.txt"
LOCALES = ("en", "es", "fr", "de", "pt")
REGIONS = {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
OTHER_CITIES = """
Abuja, Aden, Ankara, Auckland, Bandung, Barcelona, Beijing, Benghazi, Bern, Bilbao, Birmingham,
Bombay, Bonn, Boston, Brasília, Brasilia, Calcutta, Canberra, Cape Town, Cartagena,
Christchurch, Cochabamba, Cologne, Córdoba, Cusco, Dallas, Donetsk, Durban, Düsseldorf,
Edinburgh, El Alto, Florence, Frankfurt, Gaza, Gaza City, Geneva, Genoa, Glasgow, Guadalajara,
Hamburg, Haifa, Hanoi, Houston, Hyderabad, Islamabad, Jeddah, Jerusalem, Kharkiv, Köln, Lahore,
Leipzig, Liverpool, Los Angeles, Lyon, Manchester, Marseille, Mecca, Medellín, Mexico City,
Miami, Milan, Montréal, Mosul, Mumbai, München, Munich, Naples, New Delhi, New York, Osaka,
Oxford, Paraguay, Philadelphia, Porto, Porto Alegre, Pretoria, Quebec City, Rabat, Rafah, Rio
de Janeiro, Rosario, Rotterdam, Salvador, San Francisco, San José, Santa Cruz, São Paulo, Sao
Paulo, Seattle, Seville, Shenzhen, St. Petersburg, Strasbourg, Stuttgart, Tel Aviv, The Hague,
Turin, Valencia, Valparaíso, Venice, Washington, Washington D.C., Wellington, Wuhan
"""

CODES = re.compile(r"[A-Z]{2}")


def places() -> Iterator[str]:
    """Yield names of countries, of cities with a time zone, and of other cities."""
    for name in LOCALES:
        locale = Locale(name)
        yield from (word for code, word in locale.territories.items() if CODES.fullmatch(code))
        for zone, words in locale.time_zones.items():
            yield words.get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
    for zone in zoneinfo.available_timezones():
        if zone.partition("/")[0] in REGIONS:
            yield zone.rsplit("/", 1)[-1].replace("_", " ")
    yield from re.split(r",\s+", OTHER_CITIES.strip())


if __name__ == "__main__":
    names = sorted(
        {" ".join(re.sub(r"\s*\(.*\)", "", name).casefold().split()) for name in places()}
    )
    TARGET.write_text("\n".join(name for name in names if len(name) > 2) + "\n", "utf-8")
    print(f"{TARGET}: {len(names):,} places")
