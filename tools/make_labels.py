"""Make the labels that the theme's templates read from generator/writing/tables/.

Run it when a label changes: `python tools/make_labels.py`. Templates cannot read JSON, and both
Jinja and MiniJinja read a dictionary.
"""

from __future__ import annotations

import json
from pathlib import Path

from generator.writing.labels import theme_labels

FOLDER = Path(__file__).parents[1] / "generator" / "theme"
TEMPLATE = FOLDER / "partials" / "labels.html"

HEAD = """{#- Made by tools/make_labels.py from generator/writing/tables/: what the templates say.
    A project's own words are in `extra.seedbed.labels`. -#}
"""
MACROS = """
{#- The language of the labels: the site's, unless nobody has said them in it. -#}
{% set ours = (config.extra.seedbed or {}).labels or theme[config.theme.language[:2]] %}
{% set language = config.theme.language if ours else "en" %}
{% macro t(key) %}
  {%- set own = (config.extra.seedbed or {}).labels or {} -%}
  {%- set ours = theme[config.theme.language[:2]] or theme.en -%}
  {{- (own[key] or ours[key]) | e -}}
{% endmacro %}
"""


def written() -> dict[Path, str]:
    """Give the text of each file that is made."""
    labels = json.dumps(theme_labels("theme"), ensure_ascii=False, indent=1)
    return {TEMPLATE: f"{HEAD}{{% set theme = {labels} %}}{MACROS}"}


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, "utf-8")
