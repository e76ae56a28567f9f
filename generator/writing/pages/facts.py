"""What people wrote down about a name, in a line and a sentence of its page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import NameFacts
from generator.writing import markup
from generator.writing.labels import Labels
from generator.writing.markup import Meta


def fact_lines(facts: NameFacts, labels: Labels) -> Iterator[str]:
    """Yield the note about a name, and a line with its dates and its position on the earth."""
    if facts.note:
        yield markup.escape_line(facts.note)
    parts = [*_dates(facts, labels), *_position(facts, labels)]
    if parts:
        yield " · ".join(map(markup.escape, parts))


def fact_meta(facts: NameFacts) -> Meta:
    """Return what people wrote down about a name, for the front matter of its page."""
    has_position = facts.latitude is not None
    return {
        "born": facts.born,
        "died": facts.died,
        "latitude": str(facts.latitude) if has_position else "",
        "longitude": str(facts.longitude) if has_position else "",
        "note": markup.html_safe(facts.note),
    }


def _dates(facts: NameFacts, labels: Labels) -> Iterator[str]:
    dates = {"born": facts.born, "died": facts.died}
    if facts.first and facts.last:
        first, last = labels.date(facts.first), labels.date(facts.last)
        yield labels("range", first=first, last=last)
    else:
        dates |= {"first": facts.first, "last": facts.last}
    for key, date in dates.items():
        if date:
            yield labels(f"fact_{key}", date=labels.date(date))


def _position(facts: NameFacts, labels: Labels) -> Iterator[str]:
    if facts.latitude is not None and facts.longitude is not None:
        latitude = _degrees(facts.latitude, ("north", "south"), labels)
        longitude = _degrees(facts.longitude, ("east", "west"), labels)
        yield labels("fact_where", latitude=latitude, longitude=longitude)


def _degrees(degrees: float, directions: tuple[str, str], labels: Labels) -> str:
    number = f"{abs(degrees):.4f}".rstrip("0").rstrip(".").replace(".", labels("decimal"))
    return labels(directions[degrees < 0], n=number)
