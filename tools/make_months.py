"""Generate generator/text/tables/months.json from Babel's locale data (Unicode CLDR).

Run it when Babel has new locale data: `python tools/make_months.py`. Only developers need Babel: of
its 33 MB the program uses these few kilobytes.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from babel.dates import get_day_names, get_month_names

LOCALES = [
    "en",
    "es",
    "fr",
    "de",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "nb",
    "pl",
    "cs",
    "sk",
    "ru",
    "uk",
    "bg",
    "tr",
    "fi",
    "ro",
    "hu",
    "ca",
    "hr",
    "sl",
    "el",
]
OLD_ABBREVIATIONS = {
    1: "jany janry jan'y jan’y janner",
    2: "feby febry feb'y feb’y feber",
    3: "mch",
    4: "apl aprl ap'l ap’l",
    8: "augt aug't aug’t",
    9: "sepr septr septbr sept'r sept’r 7ber 7bre",
    10: "octr octbr oct'r oct’r 8ber 8bre",
    11: "novr novbr nov'r nov’r 9ber 9bre",
    12: "decr decbr dec'r dec’r 10ber 10bre xber xbre",
}
"""Months as letters and newspapers wrote them until about 1900; CLDR has none of these."""

TARGET = Path(__file__).parents[1] / "generator" / "text" / "tables" / "months.json"


def fold(name: str) -> str:
    """Return a name in lower case without accents and full stops, as the date parser folds text."""
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip(". ")


def months() -> dict[str, dict[str, list[str]]]:
    """Return the months that each folded name can mean, and the languages of each month."""
    table: dict[str, dict[str, list[str]]] = {}
    for locale in LOCALES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    key = fold(name)
                    if not key.isdigit() and len(key) > 2:
                        languages = table.setdefault(key, {}).setdefault(str(number), [])
                        languages.extend({locale} - set(languages))
    table.setdefault("sept", {"9": ["en"]})
    for month, forms in OLD_ABBREVIATIONS.items():
        for form in forms.split():
            table.setdefault(form, {str(month): ["en"]})
    return table


def days() -> list[str]:
    """Return the folded names of the days of the week, long and short."""
    names = {
        fold(name)
        for locale in LOCALES
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, "format", locale).values()
    }
    names |= {"tues", "weds", "thur", "thurs"}
    return sorted(name for name in names if len(name) > 2)


if __name__ == "__main__":
    tables = {"months": months(), "days": days()}
    TARGET.write_text(
        json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8"
    )
    print(f"{TARGET}: {len(tables['months'])} names of months, {len(tables['days'])} of days")
