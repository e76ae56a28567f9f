"""What all pages have in common: one digest, which changes when any page could."""

from __future__ import annotations

import hashlib
import json
import re
import sysconfig
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

from jinja2.meta import find_undeclared_variables
from mkdocs.plugins import BasePlugin
from mkdocs.utils import get_build_date

from generator.engine.fingerprint import program_fingerprint
from generator.files import find_files, read_file

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

_UNSEEN = frozenset(
    # Where a project lies and its site goes, how it is watched and built, and what the table of
    # files says already.
    "config_file_path dev_addr docs_dir draft_docs exclude_docs nav not_in_nav site_dir strict "
    "watch".split()
)

_SELF_CONTAINED = frozenset(
    # The extensions that read nothing but the page; `pymdownx.snippets`, for one, reads files.
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes md_in_html meta "
    "nl2br sane_lists smarty tables toc wikilinks pymdownx.arithmatex pymdownx.betterem "
    "pymdownx.caret pymdownx.details pymdownx.emoji pymdownx.highlight pymdownx.inlinehilite "
    "pymdownx.keys pymdownx.mark pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed "
    "pymdownx.tasklist pymdownx.tilde".split()
)


def config_fingerprint(config: MkDocsConfig) -> str:
    """Give a digest of all in a configuration that a page can show."""
    shown = {key: value for key, value in config.items() if key not in _UNSEEN}
    return hashlib.sha256(json.dumps(shown, default=_plain).encode()).hexdigest()


def is_self_contained(config: MkDocsConfig) -> bool:
    """Tell whether no extension reads other files than the page's own, as far as is known."""
    return _SELF_CONTAINED.issuperset(config.markdown_extensions)


def shared_fingerprint(config: MkDocsConfig, nav: Navigation, names: Collection[str]) -> str:
    """Give a digest of all that pages have in common, and that their HTML can depend on.

    `names` are those of `asked_names`. The digest is empty where an extension may read other files
    than the page's own.
    """
    if not is_self_contained(config):
        return ""
    shown = [(page.url, page.title, _beside(page.meta)) for page in nav.pages]
    day = get_build_date() if DAY in names else ""
    found = [config_fingerprint(config), shown, _structure(nav.items), day, program_fingerprint()]
    digest = hashlib.sha256(json.dumps(found, default=_plain).encode())
    for folder in project_theme_folders(config):
        for path in find_files(folder, "*"):
            if path.suffix != ".pyc":
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(read_file(path))
    return digest.hexdigest()


def _beside(meta: Mapping[str, Any]) -> dict[str, Any]:
    """What other pages can show of a page: all but the texts that are about its own words."""
    return {key: value for key, value in meta.items() if key not in {"description", "summary"}}


def project_theme_folders(config: MkDocsConfig) -> list[Path]:
    """List the theme's folders that belong to the project, not to an installed package."""
    installed = Path(sysconfig.get_path("purelib"))
    folders = [Path(folder) for folder in config.theme.dirs]
    return [folder for folder in folders if not folder.is_relative_to(installed)]


PAGES, DAY = "pages", "build_date_utc"
"""The variables that show more than one page, or another thing on another day."""

_NAMED = re.compile(rf"\b({PAGES}|{DAY})\b")


def used_variables(config: MkDocsConfig, env: jinja2.Environment) -> frozenset[str]:
    """Tell which of these variables the project's own templates of pages ask for."""
    texts = (
        read_file(path).decode()
        for folder in project_theme_folders(config)
        for path in find_files(folder, "*.html")
        if path.name not in config.theme.static_templates
    )
    # To look for the word first is a hundred times faster than to read all as Jinja does.
    doubtful = filter(_NAMED.search, texts)
    asked = (name for text in doubtful for name in find_undeclared_variables(env.parse(text)))
    return frozenset(asked) & {PAGES, DAY}


def _structure(items: Iterable[Any]) -> list[Any]:
    return [(item.title, _structure(item.children or ())) for item in items]


def _plain(value: object) -> object:
    """Describe a value that JSON does not know, without its place in memory."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, partial):
        return [value.func, value.args, value.keywords]
    if isinstance(value, BasePlugin):
        return dict(value.config)
    named = value if isinstance(value, FunctionType | type) else type(value)
    if named == value or getattr(named, "__str__", None) is object.__str__:
        return f"{named.__module__}.{named.__qualname__}"
    return str(value)
