"""Edits of `names.csv` that leave all other rows and cells as the person wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from generator.corrections import COLUMNS, column_of
from generator.corrections.csv_records import Record, read_records, separator_of
from generator.corrections.kinds import UnknownKindError, parse_kind
from generator.desk.edits import DecisionError, RowEdit
from generator.text import fold
from generator.text.formulas import escape_formula, unescape_formula

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
"""A line with its end; only CR and LF end a line, as editors count them."""


class _Table(msgspec.Struct, frozen=True):
    """A text in lines and records."""

    lines: tuple[str, ...]
    """With their ends."""
    records: tuple[Record, ...]
    """The header first."""
    separator: str

    @property
    def columns(self) -> list[str]:
        return [column_of(cell) for cell in self.records[0].cells]

    @property
    def line_end(self) -> str:
        return _line_end(self.lines[0]) or "\n"

    def raw(self, record: Record) -> str:
        """Return the text of a record, with its line end."""
        first = record.line - 1
        return "".join(self.lines[first : first + record.line_count])

    def replaced(self, record: Record, raw: str) -> str:
        """Return the whole text with `raw` as the text of a record."""
        first = record.line - 1
        last = first + record.line_count
        return "".join((*self.lines[:first], raw, *self.lines[last:]))


def apply_row(text: str, edit: RowEdit) -> str:
    """Return the text of a list of names after an edit.

    Raises DecisionError if the text has no header, or several rows that could be meant.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return mark + _apply(text.removeprefix("\ufeff"), edit)


def _apply(text: str, edit: RowEdit) -> str:
    if not text.strip():
        text = f"{','.join(COLUMNS)}\n"
    text = _with_columns(text, edit)
    table = _table(text)
    record = _find(table, edit)
    if record:
        return table.replaced(record, _changed_row(table, record, edit))
    last = "" if re.search(r"[\r\n]\Z", text) else table.line_end
    return f"{text}{last}{_new_row(table, edit)}{table.line_end}"


def _table(text: str) -> _Table:
    records = tuple(read_records(text))
    table = _Table(tuple(_LINES.findall(text)), records, separator_of(text))
    if not records or not {"name", "kind"} <= set(table.columns):
        raise DecisionError("names.csv does not begin with a line that names the columns")
    return table


def _with_columns(text: str, edit: RowEdit) -> str:
    """Return the text, with the columns at the end of its header that the edit needs."""
    table = _table(text)
    needed = [*(["also"] if edit.forms else []), *(edit.cells or ())]
    missing = [column for column in needed if column not in table.columns]
    if not missing:
        return text
    header = table.records[0]
    raw = table.raw(header)
    end = _line_end(raw)
    return table.replaced(header, table.separator.join((raw.removesuffix(end), *missing)) + end)


def _find(table: _Table, edit: RowEdit) -> Record | None:
    """Return the row of a name with its kind; None if there is none."""
    same_name = [
        record
        for record in table.records[1:]
        if fold(unescape_formula(_cell(table, record, "name"))) == fold(edit.name)
    ]
    found = [record for record in same_name if _kind(table, record) == edit.kind]
    if len(found) > 1:
        raise DecisionError(f'names.csv has {len(found)} rows "{edit.name}"; edit them there')
    return found[0] if found else None


def _kind(table: _Table, record: Record) -> str | None:
    try:
        return parse_kind(unescape_formula(_cell(table, record, "kind")))
    except UnknownKindError:
        return None


def _cell(table: _Table, record: Record, column: str) -> str:
    index = table.columns.index(column)
    return record.cells[index].strip() if index < len(record.cells) else ""


def _changed_row(table: _Table, record: Record, edit: RowEdit) -> str:
    """Return the text of a row after an edit; cells that stay are not written again."""
    raw = table.raw(record)
    end = _line_end(raw)
    cells = list(_raw_cells(raw.removesuffix(end), table.separator))
    if len(cells) != len(record.cells):  # a quote stands where CSV has none
        cells = [_quoted(cell, table.separator) for cell in record.cells]
    for column, value in _changed_cells(table, record, edit).items():
        index = table.columns.index(column)
        cells += [""] * (index + 1 - len(cells))
        is_quoted = cells[index].startswith('"')
        cells[index] = _quoted(value, table.separator, always=is_quoted)
    return table.separator.join(cells) + end


def _changed_cells(table: _Table, record: Record, edit: RowEdit) -> Mapping[str, str]:
    """Return the cells that an edit changes, by their columns."""
    values = {column: str(escape_formula(cell)) for column, cell in (edit.cells or {}).items()}
    current = _cell(table, record, "also") if edit.forms else ""
    known = {form.strip() for form in re.split("[|;]", current)}
    new = [form for form in edit.forms if form not in known]
    if new:
        joint = "; " if ";" in current and "|" not in current else " | "
        values["also"] = joint.join(filter(None, (current, *new)))
    return values


def _new_row(table: _Table, edit: RowEdit) -> str:
    values = {
        "name": edit.name,
        "kind": edit.kind,
        "also": " | ".join(edit.forms),
        **(edit.cells or {}),
    }
    last = table.raw(table.records[-1]).rstrip("\r\n")
    always = all(cell.startswith('"') for cell in _raw_cells(last, table.separator))
    cells = [str(escape_formula(values.get(column, ""))) for column in table.columns]
    return table.separator.join(_quoted(cell, table.separator, always=always) for cell in cells)


def _line_end(raw: str) -> str:
    return raw[len(raw.rstrip("\r\n")) :]


def _raw_cells(words: str, separator: str) -> Iterator[str]:
    """Yield the cells of a row as they are written, with their quotes."""
    pattern = rf'(?:^|{re.escape(separator)})("(?:[^"]|"")*"|[^{re.escape(separator)}]*)'
    yield from (match[1] for match in re.finditer(pattern, words))


def _quoted(cell: str, separator: str, *, always: bool = False) -> str:
    """Return a cell, in quotes if it needs them."""
    needs: Sequence[str] = (separator, '"', "\r", "\n")
    if always or cell != cell.strip() or any(character in cell for character in needs):
        return '"' + cell.replace('"', '""') + '"'
    return cell
