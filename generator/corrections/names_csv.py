"""`names.csv` in the seeds folder, an authority file: names that people list, one in a row.

Only `name` and `kind` are needed. A damaged row is left out; of a row with a damaged value, only
the value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from generator.corrections.csv_records import Record, read_records
from generator.corrections.fields import separate
from generator.corrections.names_csv_cells import (
    InvalidCellError,
    read_addresses,
    read_coordinates,
    read_date,
    read_forms,
    read_kind,
    read_name,
    read_note,
    read_same_as,
    without_qualifier,
)
from generator.corrections.table_rows import Fault, cells_of, column_faults, column_of
from generator.corrections.values import NAMES_FILE, AuthorityRecord
from generator.model import NameFacts, Parsed, Problem
from generator.text import fold

COLUMNS = (
    *("name", "kind", "also", "born", "died", "from", "to"),
    *("same_as", "latitude", "longitude", "note"),
)
"""The columns of the file, in any order; other columns are a person's own."""

ADDRESS_COLUMNS = ("kind", "name", "address", "published")
"""The header of the table of addresses, which has the same name in another folder."""

_Cells = Mapping[str, str]


def parse_authority(text: str) -> Parsed[tuple[AuthorityRecord, ...]]:
    """Return the names in a text, in its order, and what is wrong in it, by line.

    No text raises an error. If several rows have the same name and kind, their dates are added to
    their names; of those that are still equal, the first one is used.
    """
    records = read_records(text)
    header = next(records, None)
    if header is None:
        return Parsed(())
    columns = [column_of(cell) for cell in header.cells]
    if tuple(columns) == ADDRESS_COLUMNS or not {"name", "kind"} <= set(columns):
        return Parsed((), (_no_header(header, columns),))
    results: list[AuthorityRecord | Problem] = [
        make_names_problem(header.line, "W082", fault.message, fault.hint)
        for fault in column_faults(header, COLUMNS)
    ]
    for record in records:
        results += _read_row(record, columns)
    names, problems = separate(results)
    distinct, duplicates = separate(_with_distinct_names(names))
    ordered = sorted((*problems, *duplicates), key=lambda problem: problem.line or 0)
    return Parsed(distinct, tuple(ordered))


def make_names_problem(line: int, code: str, message: str, hint: str) -> Problem:
    """Return a warning about a line of the file."""
    return Problem(code, NAMES_FILE, message, hint, line, "warning")


def _no_header(header: Record, columns: Sequence[str]) -> Problem:
    if tuple(columns) == ADDRESS_COLUMNS:
        message = "this is the table of addresses; no name is read"
        hint = "Move it to the folder of mkdocs.yml: names.csv in the seeds folder is another file"
    else:
        message = "the first line must name the columns; no name is read"
        hint = f"Begin the file with the line {','.join(COLUMNS)}; only name and kind are needed"
    return make_names_problem(header.line, "W080", message, hint)


def _read_row(record: Record, columns: Sequence[str]) -> Iterator[AuthorityRecord | Problem]:
    cells = cells_of(record, columns)
    if isinstance(cells, Fault):
        yield make_names_problem(record.line, "W080", cells.message, cells.hint)
    else:
        yield from _read_record(record.line, cells)


def _read_record(line: int, cells: _Cells) -> Iterator[AuthorityRecord | Problem]:
    """Yield the name of a row, and a problem for each value that is left out."""
    problems: list[Problem] = []

    def rejected(error: InvalidCellError, what: str, code: str) -> None:
        message = f"{error.message}; the {what} is left out"
        problems.append(make_names_problem(line, code, message, error.hint))

    try:
        name, kind = read_name(cells["name"]), read_kind(cells.get("kind", ""))
    except InvalidCellError as error:
        rejected(error, "row", "W080")
        yield from problems
        return
    forms: list[str] = [without_qualifier(name)]
    for form in read_forms(cells.get("also", "")):
        try:
            forms.append(read_name(form))
        except InvalidCellError as error:
            rejected(error, "form", "W081")
    urls: list[str] = []
    for text in read_addresses(cells.get("same_as", "")):
        try:
            urls.append(read_same_as(text))
        except InvalidCellError as error:
            rejected(error, "address", "W081")
    facts = NameFacts()
    for add in (_with_lifetime, _with_years, _with_coordinates, _with_note):
        try:
            facts = add(facts, cells)
        except InvalidCellError as error:
            rejected(error, "value", "W081")
    yield AuthorityRecord(
        name, kind, tuple(dict.fromkeys(forms)), line, facts, tuple(dict.fromkeys(urls))
    )
    yield from problems


def _with_lifetime(facts: NameFacts, cells: _Cells) -> NameFacts:
    born, died = read_date(cells.get("born", "")), read_date(cells.get("died", ""))
    _require_order(born, died, "born", "died")
    return replace(facts, born=born, died=died)


def _with_years(facts: NameFacts, cells: _Cells) -> NameFacts:
    first, last = read_date(cells.get("from", "")), read_date(cells.get("to", ""))
    _require_order(first, last, "from", "to")
    return replace(facts, first=first, last=last)


def _require_order(first: str | None, last: str | None, first_name: str, last_name: str) -> None:
    if first is None or last is None:
        return
    length = min(len(first.rstrip("~?%")), len(last.rstrip("~?%")))
    if first[:length] > last[:length]:
        message = f"`{first_name}` ({first}) is after `{last_name}` ({last})"
        raise InvalidCellError(message, "Correct one of the two")


def _with_coordinates(facts: NameFacts, cells: _Cells) -> NameFacts:
    found = read_coordinates(cells.get("latitude", ""), cells.get("longitude", ""))
    return replace(facts, **found._asdict()) if found else facts


def _with_note(facts: NameFacts, cells: _Cells) -> NameFacts:
    return replace(facts, note=read_note(cells.get("note", "")))


def _with_distinct_names(names: Iterable[AuthorityRecord]) -> Iterator[AuthorityRecord | Problem]:
    """Yield the records, with their dates in names that several rows have, and the duplicates."""
    same: dict[tuple[str, str], list[AuthorityRecord]] = defaultdict(list)
    for record in names:
        same[record.kind, fold(record.name)].append(record)
    for rows in same.values():
        seen: dict[str, AuthorityRecord] = {}
        for record in rows:
            name = record.name if len(rows) == 1 else _with_dates(record)
            first = seen.setdefault(fold(name), replace(record, name=name))
            if first.line == record.line:
                yield first
            else:
                message = f'"{record.name}" is also in line {first.line}; this row is left out'
                hint = "Join the rows, or say how they differ: `born`, or `from` and `to`"
                yield make_names_problem(record.line, "W083", message, hint)


def _with_dates(record: AuthorityRecord) -> str:
    """Return a name with its years, as namesakes have: `John Storr (1830–1891)`."""
    facts = record.facts
    for first, last in ((facts.born, facts.died), (facts.first, facts.last)):
        if first or last:
            return f"{record.name} ({(first or '')[:4]}–{(last or '')[:4]})"
    return record.name
