"""Make the fonts in theme/assets/fonts: Source Serif 4, cut to the characters that pages need.

Source: the npm package source-serif 4.5.1 (Adobe, SIL Open Font License 1.1). "Source" is a
reserved name, and a font that is cut is a modified one, so ours has another name. Needs
`pip install fonttools brotli`; run `npm pack source-serif@4.5.1`, unpack it, and give its folder
package/VAR as the argument.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "generator" / "theme" / "assets" / "fonts"
FAMILY = "Seedbed Serif"

_ROMAN, _ITALIC = "SourceSerif4Variable-Roman.ttf", "SourceSerif4Variable-Italic.ttf"
_LATIN = "20-7E A0-A1 A3 A7 A9 AB B0 B7 BB BF-FF 152-153 2013-2014 2018-201A 201C-201E 2022 2026"
"""What nearly every text in a language of western Europe needs."""
_SIGNS = (
    "A2 A4-A6 A8 AA AC-AF B1-B6 B8-BA BC-BE 131 2C6 2DA 2DC 2009 2010-2012 2020-2021 202F"
    " 2032-2033 2039-203A 2044 20AC 2212"
)
_LETTERS = "20-7E C0-FF 152-153 2019 2013-2014"
_EXTENDED = (
    "100-130 132-151 154-24F 259 2C7 2D8-2D9 2DB 2DD 300-304 306-30C 323-328 1E00-1EFF 2C60-2C7F"
    " A720-A7FF"
)
_TEXT = {"wght": (400, 600), "opsz": 20}


@dataclass(frozen=True, slots=True)
class Cut:
    """One file: which characters it has, and which variations and features stay."""

    name: str
    source: str
    limits: dict[str, Any]
    characters: str
    features: str


CUTS = (
    Cut("seedbed-serif", _ROMAN, _TEXT, _LATIN, "kern liga locl onum pnum"),
    Cut("seedbed-serif-signs", _ROMAN, _TEXT, _SIGNS, "kern"),
    Cut(
        "seedbed-serif-caps",
        _ROMAN,
        {"wght": 430, "opsz": 18},
        _LETTERS,
        "kern smcp c2sc onum pnum",
    ),
    Cut("seedbed-serif-italic", _ITALIC, {"wght": 400, "opsz": 20}, _LATIN, "kern liga onum pnum"),
    Cut("seedbed-serif-ext", _ROMAN, _TEXT, _EXTENDED, "kern ccmp locl mark"),
    Cut("seedbed-serif-greek", _ROMAN, _TEXT, "370-3FF 1F00-1FFF", "kern ccmp locl mark"),
    Cut("seedbed-serif-cyrillic", _ROMAN, _TEXT, "400-52F", "kern ccmp locl mark"),
)


def make(folder: Path, cut: Cut) -> None:
    """Write the file of a cut."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    options = subset.Options()
    options.layout_features = cut.features.split()
    options.hinting, options.glyph_names = False, False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["DSIG", "meta"]
    font = TTFont(folder / cut.source)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_code_points(cut.characters))
    subsetter.subset(font)
    data = io.BytesIO()
    font.save(data)
    data.seek(0)
    font = instancer.instantiateVariableFont(TTFont(data), cut.limits, updateFontNames=False)
    _rename(font, cut.name)
    font.flavor = "woff2"
    font.save(FOLDER / f"{cut.name}.woff2")


def _code_points(ranges: str) -> set[int]:
    """Return the code points of ranges in hexadecimal."""
    ends = (part.split("-") for part in ranges.split())
    return {code for end in ends for code in range(int(end[0], 16), int(end[-1], 16) + 1)}


def _rename(font: Any, name: str) -> None:
    names = {1: FAMILY, 16: FAMILY, 3: f"{FAMILY} {name}", 4: f"{FAMILY} {name}"}
    names |= {6: f"SeedbedSerif-{name}", 25: "SeedbedSerif"}
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.string)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for entry in CUTS:
        make(Path(sys.argv[1]), entry)
