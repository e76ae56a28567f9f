"""Generate generator/text/tables/given_names.txt from Faker's lists and the US census.

Both are MIT: `pip install faker names`, then `python tools/make_given_names.py`. The table helps to
tell a line with two names from a line with two other words, so it need not be complete.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

TARGET = Path(__file__).parents[1] / "generator" / "text" / "tables" / "given_names.txt"

CENSUS = 1_200
"""The number of names from each list of the census; among rarer ones are too many other words."""

LISTS = ("first_names", "first_names_male", "first_names_female")
NAME = re.compile(r"[^\W\d_]{3,}")


def faker() -> Iterator[str]:
    """Yield the given names of all locales of Faker."""
    package = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"{package.__name__}.{module.name}").Provider
        for name in LISTS:
            values = getattr(provider, name, ())
            yield from () if isinstance(values, property) else values


def census() -> Iterator[str]:
    """Yield the most common names of the US census of 1990."""
    for name in ("male", "female"):
        rows = resources.files("names").joinpath(f"dist.{name}.first").read_text("ascii")
        yield from (row.split()[0] for row in rows.splitlines()[:CENSUS])


def is_latin(name: str) -> bool:
    """Whether a name is one word in Latin letters."""
    return NAME.fullmatch(name) is not None and max(name) < "\u0250"


if __name__ == "__main__":
    names = sorted({name.casefold() for name in (*faker(), *census()) if is_latin(name)})
    TARGET.write_text("\n".join(names) + "\n", "utf-8")
    print(f"{TARGET}: {len(names):,} given names")
