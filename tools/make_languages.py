"""Generate generator/writing/tables/languages.json from Babel's locale data (Unicode CLDR).

Run it when Babel has new locale data: `python tools/make_languages.py`. It has the names of the
languages that can be detected, in the languages of the labels.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale
from py3langid import langid

from generator.writing.labels import LANGUAGES

TARGET = Path(__file__).parents[1] / "generator" / "writing" / "tables" / "languages.json"


def language_names() -> dict[str, dict[str, str]]:
    """Return, for each language of the labels, the names of all languages by BCP 47 tag."""
    tags = sorted(langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE).nb_classes)
    names_in = {language: Locale(language).languages for language in LANGUAGES}
    return {
        language: {tag: names[tag] for tag in tags if tag in names}
        for language, names in names_in.items()
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(language_names(), ensure_ascii=False, indent=1) + "\n", "utf-8")
