"""What the desk answers to its requests, as values for JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from generator.desk.edits import DecisionError
from generator.desk.effects import count_effect
from generator.desk.known_names import KnownNames
from generator.desk.missing_values import list_unsettled, read_source
from generator.desk.questions import describe_question, list_questions, load_questions
from generator.desk.records import find_address, find_record
from generator.desk.save_decisions import Desk
from generator.desk.sentences import deciding_words, first_mentions, quote_mentions
from generator.desk.source_lines import find_lines
from generator.desk.tables import entity_mentions

Query = Mapping[str, str]
"""The fields of a request that changes nothing."""


class Answers(msgspec.Struct, frozen=True):
    """Answers the requests for a desk."""

    desk: Desk
    on_write: Callable[[tuple[Path, ...], str], object]
    """Called with the files that a decision changed, and the address where it was made."""
    new_ledger: Callable[[str], bytes | None]
    """Returns the ledger of the page at an address, if it is newer than that of the last run."""
    opened: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)
    """The documents and names whose desk was opened, by their addresses at that time."""

    @property
    def known_names(self) -> KnownNames:
        """The names of the corpus."""
        return self.desk.known_names

    def state(self, query: Query) -> dict[str, Any]:
        """Return what the desk shows on a page."""
        page = query.get("page", "")
        record = find_record(self.known_names, page, self.new_ledger(page))
        if record:
            self.opened[page] = record
        return {
            "version": self.desk.version,
            "record": record,
            "is_gone": record is None and page in self.opened,
            "history": [past.edit for past in reversed(self.desk.history)],
            "questions": len(load_questions(self.desk.root)),
        }

    def names(self, query: Query) -> list[dict[str, object]]:
        """Return the names that contain what a person has typed, each with a sentence."""
        records = self.known_names.suggest(query.get("q", ""))
        quotes = first_mentions(self.known_names.docs, [record.id for record in records])
        return [
            {
                **record.as_json,
                "quote": msgspec.to_builtins(quotes[record.id]) if record.id in quotes else None,
            }
            for record in records
        ]

    def mentions(self, query: Query) -> list[dict[str, object]]:
        """Return the mentions of an entity in their sentences, with the words for a decision."""
        docs = self.known_names.docs
        rows = [*entity_mentions(docs, [query.get("entity", "")])]
        quoted = zip(quote_mentions(docs, rows), deciding_words(docs, rows), strict=True)
        return [{**msgspec.to_builtins(quote), "key": words} for quote, words in quoted]

    def questions(self, query: Query) -> list[dict[str, object]]:
        """Return the open questions, or those about names in one document."""
        return list_questions(self.desk.root, self.known_names.docs, query.get("document", ""))

    def question(self, query: Query) -> dict[str, object] | None:
        """Return one question with its sentences and answers."""
        return describe_question(self.desk.root, self.known_names, query.get("id", ""))

    def unsettled(self, query: Query) -> list[dict[str, str]]:
        """Return the documents that lack a date or a title."""
        return list_unsettled(self.known_names.docs, self.desk.seeds, query.get("field", ""))

    def source(self, query: Query) -> list[str]:
        """Return the beginning and the end of a document's source."""
        return list(read_source(self.known_names.docs, query.get("seed", "")))

    def lines(self, body: Mapping[str, Any]) -> str | None:
        """Return the lines of a source that have the words of a paragraph."""
        return find_lines(self.known_names.docs, str(body.get("seed")), str(body.get("words")))

    def decide(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Write decisions, and return what the desk shows now."""
        files = self.desk.decide(_decisions(body), str(body.get("version")))
        return self._written(files, str(body.get("page", "")))

    def undo(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Take the last decision back, and return what the desk shows now."""
        files = self.desk.undo(str(body.get("version")))
        return self._written(files, str(body.get("page", "")))

    def _written(self, files: tuple[Path, ...], page: str) -> dict[str, Any]:
        self.on_write(files, page)
        return self.state({"page": page})

    def effect(self, body: Mapping[str, Any]) -> dict[str, int]:
        """Return how many mentions and documents decisions would change; nothing is changed."""
        edits = self.desk.read(_decisions(body))
        effect: dict[str, int] = msgspec.to_builtins(count_effect(edits, self.known_names))
        return effect

    def moved_to(self, address: str) -> str | None:
        """Return the new address of a document or name whose desk was opened at `address`.

        None if it has no page any more: it was withdrawn, or is no longer a name.
        """
        record = self.opened.get(address, {})
        found = None
        if "seed" in record:
            found = find_address(self.known_names.docs, str(record["seed"]))
        elif record:
            bearer = self.known_names.bearer_with_page(record["forms"])
            found = f"{bearer.id}/" if bearer else None
        # Its last known address may be this one: it was removed since the last run.
        return None if found == address else found


def _decisions(body: Mapping[str, Any]) -> list[object]:
    value = body.get("decisions")
    if not isinstance(value, list) or not value:
        raise DecisionError("the request has no decision")
    return value
