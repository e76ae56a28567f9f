"""Every decision about one seed, with its reason: what `seedbed explain` tells."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from generator import corrections
from generator.corrections.near_copies import find_copied_texts
from generator.files import left_out_by, lies, list_seeds
from generator.model import Document, DocumentAddress, Extracted, Problem, SeedbedError, SeedPath
from generator.model.ledger import source_line, undo
from generator.model.problems import with_project_path
from generator.pipeline.admission import Rulings, rulings
from generator.pipeline.document_stages import read_seed_document
from generator.reading.dates import find_dates
from generator.settings import Settings
from generator.writing.addresses import documents as document_addresses
from generator.writing.addresses import urls
from generator.writing.addresses.documents import AddressRequest

_SOMETIMES = ("standfirst", "section", "publication", "dateline")
"""Fields that most documents do not have."""

Decisions = dict[str, Any]
"""Plain values, ready for JSON: the encoding, each value with its evidence, each change."""


def looks_like_seed(settings: Settings, name: str) -> bool:
    """Tell whether a seed is meant: there is one, or the words look like a path."""
    if re.search(r"/|\.\w{2,5}$", name):
        return True
    wanted = _wanted(settings, name)
    if not wanted or not lies(settings.seeds, wanted):
        return False
    # A folder of seeds may be called as a place is.
    return (
        wanted in list_seeds(settings.seeds).paths
        or left_out_by(settings.seeds, wanted) is not None
    )


def explain_seed(settings: Settings, name: str) -> Decisions:
    """Read one seed and tell what was decided; raises SeedbedError when there is no such seed."""
    ruled = rulings(settings)
    wanted = _wanted(settings, name)
    if wanted not in ruled.paths and lies(settings.seeds, wanted):
        return _no_seed(settings, wanted, ruled.listed.problems)
    path = _find(settings, name, ruled.paths)
    addresses, decided = ruled.known, ruled.decided
    document, problems = read_seed_document(settings, path)
    told = corrections.without_settled(problems, decided)
    decisions: Decisions = {
        "schema": 1,
        "source": path,
        "address": _address(path, document, addresses),
        "withdrawn": _withdrawn(path, document, ruled),
        "problems": [str(with_project_path(problem, settings.seeds.name)) for problem in told],
    }
    if document is None:
        return decisions
    corrected = corrections.apply_to(document, decided.get(path))
    kept = _values(corrected)
    instead = [value for value in _values(document) if value not in kept]
    return {**decisions, **_of_document(corrected), "instead_of": instead}


def _no_seed(settings: Settings, path: str, refused: Iterable[Problem]) -> Decisions:
    """Tell why a file or folder that is there is no seed."""
    rule = left_out_by(settings.seeds, path)
    found = [
        str(with_project_path(problem, settings.seeds.name))
        for problem in refused
        if problem.source == path
    ]
    if rule is None and not found:
        raise SeedbedError(f'"{path}" is no seed', "Name a text in the seeds folder")
    left_out = {"rule": rule.name, "why": rule.why} if rule else None
    return {"schema": 1, "source": path, "left_out": left_out, "problems": found}


def as_text(decisions: Decisions) -> str:
    """Write the decisions for people, one a line."""
    if "left_out" in decisions:
        rule = decisions["left_out"]
        messages = [f"  no seed: {rule['rule']}; {rule['why']}"] if rule else []
        return "\n".join(
            [decisions["source"], *messages, *(f"  {one}" for one in decisions["problems"])]
        )
    lines = [decisions["source"], *_address_in_words(decisions["address"])]
    if decisions["withdrawn"]:
        withdrawn = "  withdrawn as {as}: {reason} (corrections.yml, line {line})"
        lines.append(withdrawn.format(**decisions["withdrawn"]))
    if "encoding" in decisions:
        lines.append(f"  read as {decisions['encoding']}: {decisions['encoding_reason']}")
        lines += [_value_in_words(field, found) for field, found in decisions["values"]]
        lines += [f"{_value_in_words(*one)}; corrected" for one in decisions["instead_of"]]
        lines += [_change_in_words(change) for change in decisions["changes"]]
    return "\n".join(lines + [f"  {problem}" for problem in decisions["problems"]])


def _address_in_words(address: dict[str, Any] | None) -> Iterator[str]:
    if address:
        where = f"addresses.csv, line {address['line']}" if address["line"] else "not built yet"
        yield f"  address: {address['now']} ({where})"
        yield from (f"  address before: {before}; leads there" for before in address["before"])


def _find(settings: Settings, name: str, paths: Sequence[SeedPath]) -> SeedPath:
    """A seed may be named by its path below the seeds folder, or as the shell completes it."""
    wanted = _wanted(settings, name)
    for path in paths:
        if path in {name, wanted}:
            return path
    near = difflib.get_close_matches(wanted, paths, n=1)
    raise SeedbedError(
        f'there is no seed "{name}"',
        f"Did you mean {near[0]}?" if near else "Look into the seeds folder",
    )


def _wanted(settings: Settings, name: str) -> str:
    return name.removeprefix("./").removeprefix(f"{settings.seeds.name}/").rstrip("/")


def _address(
    path: SeedPath, document: Document | None, addresses: Sequence[DocumentAddress]
) -> dict[str, Any] | None:
    """Where the page is, or would be if it were built now, and the addresses it had before."""
    requests = (
        [AddressRequest(path, document.digest, urls.document_address(document))] if document else []
    )
    link = next(
        (link for link in document_addresses.assign(addresses, requests) if link.seed == path), None
    )
    if link is None:
        return None
    line = next((index for index, one in enumerate(addresses, start=2) if one.seed == path), None)
    before = [address for address in link.published if address != link.address]
    return {"now": link.address, "before": before, "line": line}


def _withdrawn(path: SeedPath, document: Document | None, ruled: Rulings) -> dict[str, Any] | None:
    """Whether people took the seed back, or another with its bytes or words."""
    documents = [document] if document and path in ruled.readable else []
    near = {one.source: find_copied_texts(one, ruled.originals) for one in documents}
    copies = ruled.withheld(documents, near).copies
    source = copies[path].original.source if path in copies else path
    said = ruled.decided.get(source)
    if said is None or said.withdrawn is None:
        return None
    return {"as": source, **asdict(said.withdrawn)}


def _of_document(document: Document) -> Decisions:
    return {
        "encoding": document.encoding,
        "encoding_reason": document.encoding_reason,
        "values": _values(document),
        "changes": _changes(document),
    }


def _values(document: Document) -> list[tuple[str, dict[str, Any]]]:
    metadata = document.metadata
    found: list[tuple[str, Extracted[str] | None]] = [("title", metadata.title)]
    found += [("author", author) for author in metadata.authors] or [("author", None)]
    found += [("date", metadata.date or _open_date(document)), ("language", metadata.language)]
    late = _late_date(document) if found[-2][1] is None else ""
    found += [(field, getattr(metadata, field)) for field in _SOMETIMES if getattr(metadata, field)]
    return [(field, _evidence(value, late if field == "date" else "")) for field, value in found]


def _late_date(document: Document) -> str:
    """Tell why the first date that stands in the text is not the document's."""
    source = undo(document.text, document.ledger)
    for number, line in enumerate(source.splitlines(), start=1):
        for date in find_dates(line)[:1]:
            return (
                f'"{line[date.start : date.end]}" in line {number} is not in the head of the text'
            )
    return ""


def _open_date(document: Document) -> Extracted[str] | None:
    figures = document.metadata.figures
    if figures is None:
        return None
    words = f"{figures.value.day_first} or {figures.value.month_first}"
    return Extracted(
        words, "date in figures; the rest of the corpus decides", figures.line, figures.quote
    )


def _evidence(value: Extracted[str] | None, otherwise: str = "") -> dict[str, Any]:
    if value is None:
        rule = otherwise or "nothing in the text says so"
        return {"value": None, "rule": rule, "line": None, "quote": ""}
    return {"value": value.value, "rule": value.rule, "line": value.line, "quote": value.quote}


def _changes(document: Document) -> list[dict[str, Any]]:
    """Each change with the line of the source it stands in, by taking the later steps back."""
    changes: list[dict[str, Any]] = []
    source = undo(document.text, document.ledger)
    for index, step in enumerate(document.ledger):
        for change in step.changes:
            line = source_line(source, document.ledger[:index], change.start)
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
