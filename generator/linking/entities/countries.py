"""Countries: their names in five languages, and the adjectives before their institutions."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources


def country_code(folded: str) -> str:
    """Give the ISO 3166 code of a country by its name; empty for what names none for sure."""
    return _tables()["names"].get(folded, "")


def country_code_of_adjective(folded: str) -> str:
    """Give the code of the country that a word before an institution means: `peruvian`, `us`."""
    return _tables()["adjectives"].get(folded, "")


@cache
def _tables() -> dict[str, dict[str, str]]:
    data = resources.files("generator.linking").joinpath("tables/countries.json").read_bytes()
    tables: dict[str, dict[str, str]] = json.loads(data)
    return tables
