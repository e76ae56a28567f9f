"""Every decision about one seed, with its reason: the output of `seedbed explain SEED`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from generator import corrections
from generator.corrections.withdrawn_near_duplicates import find_copied_texts
from generator.explain.blocks import block_in_words, explain_blocks
from generator.files import ignoring_rule, list_seeds, seed_exists
from generator.linking.entities.resolve import with_split_heads
from generator.model import Document, DocumentAddress, Extracted, Problem, SeedbedError, SeedPath
from generator.model.ledger import SourcePages, source_line, source_pages, undo
from generator.model.problems import with_project_path
from generator.pipeline.address_table import parse_address_table
from generator.pipeline.document_selection import SeedInventory, load_inventory
from generator.pipeline.load_corrections import load_name_corrections
from generator.pipeline.load_structure import load_structure_rules
from generator.pipeline.seed_reading import read_seed_document
from generator.pipeline.sources import expand_with, seed_source
from generator.settings import Settings
from generator.text.dates import find_dates
from generator.writing.addresses import document_permalinks as document_addresses
from generator.writing.addresses import urls
from generator.writing.addresses.document_permalinks import AddressRequest

_OPTIONAL_FIELDS = (
    *("printed_title", "standfirst", "section", "publication", "dateline"),
    *("genre", "sender", "recipient", "place", "collection", "rights"),
)
"""Fields that are listed only if the document has them."""

Decisions = dict[str, Any]
"""Plain values for JSON: the encoding, each value with its evidence, each change."""


def looks_like_seed(settings: Settings, name: str) -> bool:
    """Whether `seedbed explain` was called with a seed: it exists, or it looks like a path."""
    if re.search(r"/|\.\w{2,5}$", name):
        return True
    wanted = _seed_path(settings, name)
    if not wanted or not seed_exists(settings.seeds, wanted):
        return False
    # A folder of seeds may have the name of a place.
    return (
        wanted in list_seeds(settings.seeds).paths
        or ignoring_rule(settings.seeds, wanted) is not None
    )


def explain_seed(settings: Settings, name: str) -> Decisions:
    """Return the decisions about one seed; raises SeedbedError if there is no such seed."""
    source = seed_source(settings.seeds, settings.ocr)
    addresses = parse_address_table(settings)
    seeds = list_seeds(settings.seeds)
    inventory = load_inventory(settings, seeds, addresses, expand_with(source))
    wanted = _seed_path(settings, name)
    if wanted not in inventory.paths and seed_exists(settings.seeds, wanted):
        return _explain_ignored(settings, wanted, inventory.listed.problems)
    path = _find(settings, name, inventory.paths)
    matched = inventory.corrections
    rules = load_structure_rules(settings, inventory.paths)
    document, problems = read_seed_document(source, path, rules)
    remaining = corrections.without_settled(problems, matched)
    decisions: Decisions = {
        "schema": 1,
        "source": path,
        "address": _address(path, document, addresses),
        "withdrawn": _withdrawn(path, document, inventory),
        "problems": [str(with_project_path(problem, settings.seeds.name)) for problem in remaining],
    }
    if document is None:
        return decisions
    corrected = corrections.apply_to(document, matched.get(path))
    (corrected,) = with_split_heads((corrected,), load_name_corrections(settings))
    values = _values(corrected)
    replaced = [value for value in _values(document) if value not in values]
    return {**decisions, **_document_decisions(corrected), "instead_of": replaced}


def _explain_ignored(settings: Settings, path: str, problems: Iterable[Problem]) -> Decisions:
    """Return why an existing file or folder is not a seed."""
    rule = ignoring_rule(settings.seeds, path)
    messages = [
        str(with_project_path(problem, settings.seeds.name))
        for problem in problems
        if problem.source == path
    ]
    if rule is None and not messages:
        raise SeedbedError(f'"{path}" is not a seed', "Give the path of a text in the seeds folder")
    left_out = {"rule": rule.name, "why": rule.why} if rule else None
    return {"schema": 1, "source": path, "left_out": left_out, "problems": messages}


def as_text(decisions: Decisions) -> str:
    """Return the decisions as text for users, one per line."""
    if "left_out" in decisions:
        rule = decisions["left_out"]
        messages = [f"  not a seed: {rule['rule']}; {rule['why']}"] if rule else []
        return "\n".join(
            [decisions["source"], *messages, *(f"  {problem}" for problem in decisions["problems"])]
        )
    lines = [decisions["source"], *_address_in_words(decisions["address"])]
    if decisions["withdrawn"]:
        withdrawn = "  withdrawn as {as}: {reason} (corrections.yml, line {line})"
        lines.append(withdrawn.format(**decisions["withdrawn"]))
    if "encoding" in decisions:
        reason = decisions["encoding_reason"] or "the file states its structure"
        lines.append(f"  read as {decisions['encoding']}: {reason}")
        lines += [f"  left out: {kind} ({n:,})" for kind, n in decisions["omissions"].items()]
        lines += [_value_in_words(field, value) for field, value in decisions["values"]]
        lines += [
            f"{_value_in_words(field, value)}; corrected"
            for field, value in decisions["instead_of"]
        ]
        lines += [block_in_words(block) for block in decisions["blocks"]]
        lines += [_change_in_words(change) for change in decisions["changes"]]
    return "\n".join(lines + [f"  {problem}" for problem in decisions["problems"]])


def _address_in_words(address: dict[str, Any] | None) -> Iterator[str]:
    if address:
        where = f"addresses.csv, line {address['line']}" if address["line"] else "not built yet"
        yield f"  address: {address['now']} ({where})"
        yield from (f"  former address: {former}; redirects" for former in address["before"])


def _find(settings: Settings, name: str, paths: Sequence[SeedPath]) -> SeedPath:
    """Return the seed of this path, which may begin with the name of the seeds folder."""
    wanted = _seed_path(settings, name)
    for path in paths:
        if path in {name, wanted}:
            return path
    similar = difflib.get_close_matches(wanted, paths, n=1)
    raise SeedbedError(
        f'there is no seed "{name}"',
        f"Did you mean {similar[0]}?" if similar else "Look into the seeds folder",
    )


def _seed_path(settings: Settings, name: str) -> str:
    return name.removeprefix("./").removeprefix(f"{settings.seeds.name}/").rstrip("/")


def _address(
    path: SeedPath, document: Document | None, addresses: Sequence[DocumentAddress]
) -> dict[str, Any] | None:
    """Return the current or future address of the page, and its former addresses."""
    requests = (
        [AddressRequest(path, document.digest, urls.document_address(document))] if document else []
    )
    assigned = document_addresses.assign(addresses, requests)
    row = next((row for row in assigned if row.seed == path), None)
    if row is None:
        return None
    lines = (line for line, saved in enumerate(addresses, start=2) if saved.seed == path)
    former = [address for address in row.published if address != row.address]
    return {"now": row.address, "before": former, "line": next(lines, None)}


def _withdrawn(
    path: SeedPath, document: Document | None, inventory: SeedInventory
) -> dict[str, Any] | None:
    """Return the withdrawal of the seed, or of another one with the same bytes or words."""
    documents = [document] if document and path in inventory.readable else []
    near = {
        document.source: find_copied_texts(document, inventory.originals) for document in documents
    }
    copies = inventory.find_hidden(documents, near, inventory.current_addresses(documents)).copies
    source = copies[path].original.source if path in copies else path
    correction = inventory.corrections.get(source)
    if correction is None or correction.withdrawn is None:
        return None
    return {"as": source, **msgspec.to_builtins(correction.withdrawn)}


def _document_decisions(document: Document) -> Decisions:
    return {
        "encoding": document.encoding,
        "encoding_reason": document.encoding_reason or "",
        "omissions": _omissions(document),
        "values": _values(document),
        "blocks": explain_blocks(document),
        "changes": _changes(document),
    }


def _omissions(document: Document) -> dict[str, int]:
    """Return what is in a file that is no plain text, and not in its text, by kind."""
    omissions = document.origin.omissions if document.origin else ()
    return {omission.kind: omission.count for omission in omissions}


def _values(document: Document) -> list[tuple[str, dict[str, Any]]]:
    metadata = document.metadata
    values: list[tuple[str, Extracted[str] | None]] = [("title", metadata.title)]
    values += [("author", author) for author in metadata.authors] or [("author", None)]
    values += [("date", metadata.date or _open_date(document)), ("language", metadata.language)]
    late_date = _late_date(document) if values[-2][1] is None else ""
    values += [
        (field, getattr(metadata, field)) for field in _OPTIONAL_FIELDS if getattr(metadata, field)
    ]
    pages = source_pages(document)
    return [
        (field, _evidence(value, pages, late_date if field == "date" else ""))
        for field, value in values
    ]


def _late_date(document: Document) -> str:
    """Return why the first date in the text is not that of the document."""
    source = undo(document.text, document.ledger)
    for number, line in enumerate(source.splitlines(), start=1):
        for date in find_dates(line)[:1]:
            return (
                f'"{line[date.start : date.end]}" in line {number} is not in the head of the text'
            )
    return ""


def _open_date(document: Document) -> Extracted[str] | None:
    date = document.metadata.ambiguous_date
    if date is None:
        return None
    readings = " or ".join(filter(None, (date.value.day_first, date.value.month_first)))
    return Extracted(
        readings, "date in digits; the other dates of the corpus decide", date.line, date.quote
    )


def _evidence(value: Extracted[str] | None, pages: SourcePages, reason: str) -> dict[str, Any]:
    if value is None:
        rule = reason or "not stated in the text"
        return {"value": None, "rule": rule, "page": None, "line": None, "quote": ""}
    return {
        "value": value.value,
        "rule": value.rule,
        "page": pages.label(value.line),
        "line": value.line,
        "quote": value.quote or "",
    }


def _changes(document: Document) -> list[dict[str, Any]]:
    """Return each change with its line in the source, found by undoing the later steps."""
    changes: list[dict[str, Any]] = []
    source = undo(document.text, document.ledger)
    for index, step in enumerate(document.ledger):
        for change in step.changes:
            line = source_line(source, document.ledger[:index], change.start)
            changes.append(
                {"rule": step.rule, "line": line, "before": change.before, "after": change.after}
            )
    return changes


def _value_in_words(field: str, value: dict[str, Any]) -> str:
    if value["value"] is None:
        return f"  {field}: none; {value['rule']}"
    page = f", p. {value['page']}" if value["page"] else ""
    line = f", line {value['line']}" if value["line"] else ""
    return f"  {field}: {value['value']} ({value['rule']}{page}{line})"


def _change_in_words(change: dict[str, Any]) -> str:
    words = f"{change['before']!r} became {change['after']!r}"
    return f"  line {change['line']}: {change['rule']}: {words}"
