"""Every decision about one seed, with its reason: what `seedbed explain` tells."""

from __future__ import annotations

import difflib
from typing import Any

from generator import store
from generator.model import Document, Found, SeedbedError, SeedPath
from generator.pipeline import located, read_document
from generator.reading.ledger import undo
from generator.reading.metadata import line_in
from generator.settings import Settings

_SOMETIMES = ("standfirst", "section", "publication", "dateline")
"""Fields that most documents do not have."""

Decisions = dict[str, Any]
"""Plain values, ready for JSON: the encoding, each value with its evidence, each change."""


def explain(settings: Settings, name: str) -> Decisions:
    """Read one seed and tell what was decided; raises SeedbedError when there is no such seed."""
    path = _find(settings, name)
    document, problems = read_document(settings, path)
    decisions: Decisions = {
        "schema": 1,
        "source": path,
        "problems": [str(located(settings, problem)) for problem in problems],
    }
    return {**decisions, **_of_document(document)} if document else decisions


def in_words(decisions: Decisions) -> str:
    """Write the decisions for people, one a line."""
    lines = [decisions["source"]]
    if "encoding" in decisions:
        lines.append(f"  read as {decisions['encoding']}: {decisions['encoding_reason']}")
        lines += [_value_in_words(field, found) for field, found in decisions["values"]]
        lines += [_change_in_words(change) for change in decisions["changes"]]
    return "\n".join(lines + [f"  {problem}" for problem in decisions["problems"]])


def _find(settings: Settings, name: str) -> SeedPath:
    """A seed may be named by its path below the seeds folder, or as the shell completes it."""
    paths, _ = store.seed_paths(settings.seeds)
    wanted = name.removeprefix(f"{settings.seeds.name}/").removeprefix("./")
    for path in paths:
        if path in {name, wanted}:
            return path
    near = difflib.get_close_matches(wanted, paths, n=1)
    raise SeedbedError(
        f'there is no seed "{name}"',
        f"Did you mean {near[0]}?" if near else "Look into the seeds folder",
    )


def _of_document(document: Document) -> Decisions:
    return {
        "encoding": document.encoding,
        "encoding_reason": document.encoding_reason,
        "values": _values(document),
        "changes": _changes(document),
    }


def _values(document: Document) -> list[tuple[str, dict[str, Any]]]:
    said = document.metadata
    found: list[tuple[str, Found[str] | None]] = [("title", said.title)]
    found += [("author", author) for author in said.authors] or [("author", None)]
    found += [("date", said.date or _open_date(document)), ("language", said.language)]
    found += [(field, getattr(said, field)) for field in _SOMETIMES if getattr(said, field)]
    return [(field, _evidence(value)) for field, value in found]


def _open_date(document: Document) -> Found[str] | None:
    figures = document.metadata.figures
    if figures is None:
        return None
    words = f"{figures.value.day_first} or {figures.value.month_first}"
    return Found(
        words, "date in figures; the rest of the corpus decides", figures.line, figures.quote
    )


def _evidence(found: Found[str] | None) -> dict[str, Any]:
    if found is None:
        return {"value": None, "rule": "nothing in the text says so", "line": None, "quote": ""}
    return {"value": found.value, "rule": found.rule, "line": found.line, "quote": found.quote}


def _changes(document: Document) -> list[dict[str, Any]]:
    """Each change with the line of the source it stands in, by taking the later steps back."""
    changes: list[dict[str, Any]] = []
    source = undo(document.text, document.ledger)
    for at, step in enumerate(document.ledger):
        for change in step.changes:
            line = line_in(source, document.ledger[:at], change.start)
            changes.append(
                {"rule": step.rule, "line": line, "before": change.before, "after": change.after}
            )
    return changes


def _value_in_words(field: str, found: dict[str, Any]) -> str:
    if found["value"] is None:
        return f"  {field}: none; {found['rule']}"
    where = f", line {found['line']}" if found["line"] else ""
    return f"  {field}: {found['value']} ({found['rule']}{where})"


def _change_in_words(change: dict[str, Any]) -> str:
    what = f"{change['before']!r} became {change['after']!r}"
    return f"  line {change['line']}: {change['rule']}: {what}"
