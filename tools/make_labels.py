"""Make the labels that the templates read from generator/writing/tables/.

Run it when a label changes: `python tools/make_labels.py`. Templates cannot read JSON, and both
Jinja and MiniJinja read a dictionary.
"""

from __future__ import annotations

import json
from pathlib import Path

from generator.writing.labels import theme_labels

TARGET = Path(__file__).parents[1] / "generator" / "theme" / "partials" / "labels.html"

HEAD = """{#- Made by tools/make_labels.py from generator/writing/tables/: what the templates say. A
    project's own words are in `extra.seedbed.labels`. -#}
"""
MACRO = """
{% macro t(key) %}
  {%- set own = config.extra.seedbed.labels or {} -%}
  {%- set ours = table[config.theme.language[:2]] or table.en -%}
  {{- own[key] or ours[key] -}}
{% endmacro %}
"""


def written() -> str:
    """Give the partial's text."""
    table = json.dumps(theme_labels(), ensure_ascii=False, indent=1)
    return f"{HEAD}{{% set table = {table} %}}{MACRO}"


if __name__ == "__main__":
    TARGET.write_text(written(), "utf-8")
