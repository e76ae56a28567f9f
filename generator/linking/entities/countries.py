"""Countries: their names in five languages, and the adjectives in names of their institutions."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources


def country_code(folded: str) -> str | None:
    """Return the ISO 3166 code of the country with this name; None if it is not certainly one."""
    return _tables()["names"].get(folded)


def country_code_of_adjective(folded: str) -> str | None:
    """Return the code of the country that a word before an institution means: `peruvian`, `us`."""
    return _tables()["adjectives"].get(folded)


@cache
def _tables() -> dict[str, dict[str, str]]:
    data = resources.files("generator.linking").joinpath("tables/countries.json").read_bytes()
    tables: dict[str, dict[str, str]] = json.loads(data)
    return tables
