"""What an RTF file states about itself."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from generator.model.readings import Statement

FIELDS = frozenset({"title", "author"})
"""Destinations with words about the file."""

CREATED = "creatim"
"""The destination with the day on which the file was made."""

_DAY = ("yr", "mo", "dy")


class RtfInfo(msgspec.Struct):
    """Collects the title, the author and the day."""

    _words: dict[str, str] = msgspec.field(default_factory=dict)
    _created: dict[str, int] = msgspec.field(default_factory=dict)

    def begins(self, name: str) -> bool:
        """Whether a control word begins a destination; a second author only edited the file."""
        return (name in FIELDS or name == CREATED) and name not in self._words

    def add_words(self, name: str, words: str) -> None:
        """Add to the title or the author."""
        self._words[name] = self._words.get(name, "") + words

    def set_created(self, name: str, number: int | None) -> None:
        """Set the year, the month or the day; other control words change nothing."""
        if name in _DAY and number:
            self._created[name] = number

    def statements(self) -> Iterator[Statement]:
        """Yield what was found."""
        if title := " ".join(self._words.get("title", "").split()):
            yield Statement("title", title, "RTF info title", "confirmed")
        if author := " ".join(self._words.get("author", "").split()):
            yield Statement("authors", author, "RTF info author", "fallback")
        if self._created.keys() == set(_DAY):
            year, month, day = (self._created[part] for part in _DAY)
            yield Statement(
                "date", f"{year:04}-{month:02}-{day:02}", "RTF info creatim", "fallback"
            )
