"""Make generator/writing/tables/languages.json from Babel's locale data (Unicode CLDR).

Run it when Babel brings new locale data: `python tools/make_languages.py`. It has the names of the
languages that the reader of texts can tell apart, in the languages of the labels.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale
from py3langid import langid

from generator.writing.labels import LANGUAGES

TARGET = Path(__file__).parents[1] / "generator" / "writing" / "tables" / "languages.json"


def names() -> dict[str, dict[str, str]]:
    """Map each language of the labels to the names of all languages, by their BCP 47 tags."""
    known = sorted(langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE).nb_classes)
    spoken = {language: Locale(language).languages for language in LANGUAGES}
    return {
        language: {tag: found[tag] for tag in known if tag in found}
        for language, found in spoken.items()
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(names(), ensure_ascii=False, indent=1) + "\n", "utf-8")
