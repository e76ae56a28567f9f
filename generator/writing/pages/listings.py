"""Listings: pages that list documents, in parts that are made again each for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from generator.model import OutputFile, SeedPath


class Listing(msgspec.Struct, frozen=True):
    """Pages that list the same documents."""

    name: str
    """Tells it from all others of a site."""
    documents: Sequence[SeedPath]
    """Those of which it shows more than their number and their dates."""
    others: object
    """All else that it depends on."""
    make: Callable[[], Iterable[OutputFile]]
