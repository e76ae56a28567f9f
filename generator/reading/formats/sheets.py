"""Spreadsheets: each sheet a table under its name, or the rows of the only one as documents."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from generator.model.readings import ReadBlock, Reading, ReadWarning
from generator.reading.formats import refusals
from generator.reading.formats.csv_table import table_reading
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.tables import plain_table


class Sheet(msgspec.Struct, frozen=True):
    """A sheet that readers see."""

    name: str
    rows: Sequence[Sequence[str]]


def sheets_reading(
    reader: str,
    sheets: Sequence[Sheet],
    omissions: Omissions,
    warnings: tuple[ReadWarning, ...] = (),
) -> Reading:
    """Return the reading of a spreadsheet."""
    filled = [sheet for sheet in sheets if any(any(map(str.strip, row)) for row in sheet.rows)]
    if not filled:
        raise refusals.has_no_text()
    if len(filled) == 1:
        reading = table_reading(reader, filled[0].rows)
        return replace(reading, omissions=omissions.result(), warnings=warnings)
    blocks: list[ReadBlock] = []
    for sheet in filled:
        table = plain_table(sheet.rows)
        if table is not None:
            name = " ".join(sheet.name.split())
            blocks += [ReadBlock("heading", name, level=2)] if name else []
            blocks.append(table)
    return Reading(
        reader, tuple(blocks), omissions=omissions.result(), warnings=warnings, has_head=False
    )
