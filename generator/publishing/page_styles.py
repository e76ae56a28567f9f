"""A shorter copy of Material's stylesheet for our pages, which use a part of it.

Material styles what Markdown of many extensions can contain: admonitions, tabs, highlighted code.
Pages of documents and names have none of it, and their stylesheet is most of a first visit. Pages
by hand keep the whole stylesheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.files import find_files, read_file, write_file

STYLESHEETS = Path("assets/stylesheets")
"""Where Material's stylesheets are in a site."""

FLAG = "seedbed_page_styles"
"""The key below `extra` that tells the templates that the copies exist."""

_UNUSED = "|".join(
    r"""
    admonition[\w-]* tabbed[\w-]* highlight\w* annotate annotation md-annotation\w* md-code\w*
    footnote[\w-]* task-list\w* critic emojione twemoji gemoji keys arithmatex mermaid
    md-post\w* md-author\w* md-meta\w* md-pagination\w* md-path\w* lightbox grid cards card
    linenos linenodiv filename result hll doc md-feedback\w*
    """.split()
)
_UNUSED_SELECTOR = re.compile(rf"\.(?:{_UNUSED})(?![\w-])")
_UNUSED_ICON = re.compile(r"--md-(?:admonition|tasklist)-icon[\w-]*:url\((?:\"[^\"]*\"|[^)]*)\);?")
_TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|url\([^)\"']*\)|[{};]")


class _Rule(NamedTuple):
    """A rule of a stylesheet; a statement such as `@charset` has no body."""

    prelude: str
    body: str | None


def shorten(stylesheet: str) -> str:
    """Return a stylesheet without the rules for what our pages never contain.

    A stylesheet that cannot be divided into rules is returned as it is.
    """
    rules = list(_rules(stylesheet))
    if "".join(map(_text, rules)) != stylesheet:
        return stylesheet
    return "".join(filter(None, map(_shortened, rules)))


def write_page_styles(theme_folders: Iterable[str], site: Path) -> None:
    """Write a shorter copy of the theme's stylesheet into a site's folder."""
    folders = [Path(folder) / STYLESHEETS for folder in theme_folders]
    for path in (path for folder in folders for path in find_files(folder, "main.*.min.css")):
        name = path.name.replace("main.", "pages.", 1)
        write_file(site / STYLESHEETS / name, shorten(read_file(path).decode("utf-8")).encode())


def _rules(text: str) -> Iterator[_Rule]:
    depth = start = opening = 0
    for token in _TOKEN.finditer(text):
        if token[0] == ";" and depth == 0:
            yield _Rule(text[start : token.end()], None)
            start = token.end()
        elif token[0] == "{":
            opening = opening if depth else token.start()
            depth += 1
        elif token[0] == "}":
            depth -= 1
            if depth == 0:
                yield _Rule(text[start:opening], text[opening + 1 : token.start()])
                start = token.end()


def _text(rule: _Rule) -> str:
    return rule.prelude if rule.body is None else f"{rule.prelude}{{{rule.body}}}"


def _shortened(rule: _Rule) -> str:
    prelude, body = rule
    if body is None:
        return prelude
    if prelude.startswith(("@media", "@supports")):
        inner = shorten(body)
        return f"{prelude}{{{inner}}}" if inner else ""
    if prelude.startswith("@"):
        return _text(rule)
    selectors = (part for part in _selectors(prelude) if not _UNUSED_SELECTOR.search(part))
    shown = ",".join(selectors)
    return f"{shown}{{{_UNUSED_ICON.sub('', body)}}}" if shown else ""


def _selectors(prelude: str) -> Iterator[str]:
    """Yield the selectors of a rule: what stands between the commas outside of brackets."""
    depth = start = 0
    for position, character in enumerate(prelude):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            yield prelude[start:position]
            start = position + 1
    yield prelude[start:]
