"""Make the labels that the theme's templates and scripts read from generator/writing/tables/.

Run it when a label changes: `python tools/make_labels.py`. Templates cannot read JSON, and both
Jinja and MiniJinja read a dictionary.
"""

from __future__ import annotations

import json
from pathlib import Path

from generator.writing.labels import THEME_PARTS, theme_labels

FOLDER = Path(__file__).parents[1] / "generator" / "theme"
TEMPLATE = FOLDER / "partials" / "labels.html"
SCRIPT = FOLDER / "assets" / "search-english.js"

HEAD = """{#- Made by tools/make_labels.py from generator/writing/tables/: what the templates say,
    and in `search` and `search_page` what the scripts do. A project's own words are in
    `extra.seedbed.labels`. -#}
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
{#- All labels of a part, as JSON for a script. -#}
{% macro json(part, language, own) %}
  {%- set ours = part[language[:2]] or part.en -%}
  { {%- for key in ours -%}
    {{ key | tojson }}: {{ (own[key] or ours[key]) | tojson }}{% if not loop.last %},{% endif %}
  {%- endfor -%} }
{%- endmacro %}
{#- The same in the page; not where they are the English ones, which the scripts know. -#}
{% macro script(name, part) %}
  {%- set own = (config.extra.seedbed or {}).labels or {} -%}
  {%- if own or config.theme.language[:2] != "en" -%}
    <script type="application/json" id="__labels_{{ name }}" lang="{{ language }}">
      {{- json(part, config.theme.language, own) -}}
    </script>
  {%- endif -%}
{%- endmacro %}
"""
SCRIPT_HEAD = (
    "// Made by tools/make_labels.py: the search's labels for a page that hands over none.\n"
)


def written() -> dict[Path, str]:
    """Give the text of each file that is made."""
    parts = {part: theme_labels(part) for part in THEME_PARTS}
    tables = "\n".join(f"{{% set {part} = {_json(table)} %}}" for part, table in parts.items())
    english = {part: parts[part]["en"] for part in ("search", "search_page")}
    scripts = (f"export const {part} = {_json(table)};\n" for part, table in english.items())
    return {TEMPLATE: f"{HEAD}{tables}{MACROS}", SCRIPT: SCRIPT_HEAD + "".join(scripts)}


def _json(labels: object) -> str:
    return json.dumps(labels, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, "utf-8")
