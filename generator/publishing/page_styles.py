"""A shorter copy of Material's stylesheet for our pages, which use a part of it.

Material styles what Markdown of many extensions can contain: admonitions, tabs, highlighted code.
Pages of documents and names have none of it, and their stylesheet is most of a first visit. Pages
by hand keep the whole stylesheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from generator.files import find_files, read_file, write_file

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

STYLESHEETS = Path("assets/stylesheets")
"""Where Material's stylesheets are in a site."""

OWN = (Path("assets/seedbed.css"), Path("assets/listings.css"))
"""Our stylesheets in a site; their comments are a fifth of what is sent of them."""

FLAG = "seedbed_page_styles"
"""The key below `extra` that tells the templates that the copies exist."""

_IN_TEXTS = r"""
    admonition[\w-]* tabbed[\w-]* highlight\w* annotate annotation md-annotation\w* md-code\w*
    footnote[\w-]* task-list\w* critic emojione twemoji gemoji keys arithmatex mermaid
    md-post\w* md-author\w* md-meta\w* md-pagination\w* md-path\w* md-tag\w* lightbox grid cards
    card linenos linenodiv filename result hll doc md-feedback\w* md-status\w*
"""
"""Classes that Markdown and other plugins write into pages by hand."""

_OPTIONAL = {
    "social": r"md-social\w*",
    "version": r"md-version\w*",
    "alternate": r"md-select\w*",
    "consent": r"md-consent\w*",
}
"""Classes of what is on every page if a key below `extra` is set."""

_COLOUR = re.compile(r"\[data-md-color-(?:primary|accent)=([\w-]+)\]")
_ICON = re.compile(r"--md-(?:admonition|tasklist)-icon[\w-]*:url\((?:\"[^\"]*\"|[^)]*)\);?")
_COMMENT = re.compile(r"(\"[^\"\n]*\"|'[^'\n]*'|url\([^)]*\))|/\*.*?\*/\s*", re.DOTALL)
"""A string or address, which stays, or a comment with the white space after it."""
_TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|url\([^)\"']*\)|[{};]")


class PageNeeds(msgspec.Struct, frozen=True):
    """What pages of a site never contain."""

    unused: re.Pattern[str]
    """Matches the classes in selectors."""
    colours: frozenset[str]
    """The names of colours that the site's palette has."""

    def needs(self, selector: str) -> bool:
        """Whether a selector may match something."""
        if self.unused.search(selector):
            return False
        return all(colour in self.colours for colour in _COLOUR.findall(selector))


def page_needs(config: MkDocsConfig) -> PageNeeds:
    """Return what the pages of a site with these settings may contain."""
    features = config.theme.get("features") or []
    families = [*_IN_TEXTS.split()]
    families += [name for key, name in _OPTIONAL.items() if not config.extra.get(key)]
    families += [] if config.repo_url else [r"md-source\w*"]
    families += [] if "content.tooltips" in features else [r"md-tooltip\w*"]
    unused = re.compile(rf"\.(?:{'|'.join(families)})(?![\w-])")
    return PageNeeds(unused, frozenset(_colours(config.theme.get("palette"))))


def _colours(palette: object) -> Iterator[str]:
    """Yield the names of colours in a palette; the templates write two where none is set."""
    yield from ("white", "black", "indigo")
    for option in palette if isinstance(palette, list) else [palette]:
        if isinstance(option, dict):
            names = (str(option.get(key, "")) for key in ("primary", "accent"))
            yield from (name.replace(" ", "-") for name in names)


class _Rule(NamedTuple):
    """A rule of a stylesheet; a statement such as `@charset` has no body."""

    prelude: str
    body: str | None


def shorten(stylesheet: str, needs: PageNeeds) -> str:
    """Return a stylesheet without the rules for what pages never contain.

    A stylesheet that cannot be divided into rules is returned as it is.
    """
    rules = list(_rules(stylesheet))
    if "".join(map(_text, rules)) != stylesheet:
        return stylesheet
    return "".join(_shortened(rule, needs) for rule in rules)


def write_page_styles(config: MkDocsConfig) -> None:
    """Write shorter copies of the theme's stylesheets into the site's folder, and shorten ours."""
    needs, site = page_needs(config), Path(config.site_dir)
    for folder in config.theme.dirs:
        for path in find_files(Path(folder) / STYLESHEETS, "*.min.css"):
            short = shorten(read_file(path).decode("utf-8"), needs)
            write_file(site / STYLESHEETS / f"page-{path.name}", short.encode())
    for own in OWN:
        source = published_file(config, own)
        if source:
            write_file(site / own, without_comments(read_file(source).decode("utf-8")).encode())


def published_file(config: MkDocsConfig, own: Path) -> Path | None:
    """Return our file, or that of a project's theme; None if the docs folder has another."""
    if (Path(config.docs_dir) / own).is_file():
        return None
    return next(filter(Path.is_file, (Path(folder) / own for folder in config.theme.dirs)), None)


def without_comments(stylesheet: str) -> str:
    """Return a stylesheet without comments, which nobody needs to set a page."""
    return _COMMENT.sub(lambda match: match[1] or " ", stylesheet)


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


def _shortened(rule: _Rule, needs: PageNeeds) -> str:
    prelude, body = rule
    if body is None:
        return prelude
    if prelude.startswith(("@media", "@supports")):
        inner = shorten(body, needs)
        return f"{prelude}{{{inner}}}" if inner else ""
    if prelude.startswith("@"):
        return _text(rule)
    selectors = filter(needs.needs, _selectors(prelude))
    shown = ",".join(selectors)
    return f"{shown}{{{_ICON.sub('', body)}}}" if shown else ""


def _selectors(prelude: str) -> Iterator[str]:
    """Yield the selectors of a rule: what stands between the commas outside of brackets."""
    depth = start = 0
    for position, character in enumerate(prelude):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            yield prelude[start:position]
            start = position + 1
    yield prelude[start:]
