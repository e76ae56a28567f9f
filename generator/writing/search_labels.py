"""What the scripts of the search say, as a script that they load with the index."""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.model import OutputFile, PagePath
from generator.writing.labels import labels_of_part

SCRIPT = PagePath("search/labels.js")

_PARTS = ("search", "search_page")
"""The parts of the tables that the scripts import from it by their names."""


def search_labels(language: str, own: Mapping[str, str]) -> OutputFile:
    """Return the script with the labels of a language, of which `own` replaces some."""
    parts = (_exported(part, language, own) for part in _PARTS)
    return OutputFile(SCRIPT, "".join(parts).encode())


def _exported(part: str, language: str, own: Mapping[str, str]) -> str:
    labels = labels_of_part(part, language)
    words = {key: own.get(key, label) for key, label in labels.items()}
    return f"export const {part} = {json.dumps(words, ensure_ascii=False, indent=1)};\n"
