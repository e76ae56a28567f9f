"""The inputs that all pages share: one digest, which changes when any page might change."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

import mkdocs
from jinja2.meta import find_undeclared_variables
from mkdocs.plugins import BasePlugin
from mkdocs.utils import get_build_date

from generator.engine.fingerprint import environment_fingerprint, program_fingerprint
from generator.files import find_files, read_file

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

_INVISIBLE_SETTINGS = frozenset(
    # Folders, addresses of the preview, how a site is built and watched; and settings whose effect
    # is already in the table of files.
    "config_file_path dev_addr docs_dir draft_docs exclude_docs nav not_in_nav site_dir strict "
    "watch".split()
)

_SELF_CONTAINED_EXTENSIONS = frozenset(
    # Extensions that read only the page; `pymdownx.snippets`, for example, reads other files.
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes md_in_html meta "
    "nl2br sane_lists smarty tables toc wikilinks pymdownx.arithmatex pymdownx.betterem "
    "pymdownx.caret pymdownx.details pymdownx.emoji pymdownx.highlight pymdownx.inlinehilite "
    "pymdownx.keys pymdownx.mark pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed "
    "pymdownx.tasklist pymdownx.tilde".split()
)


_INSTALLED = Path(mkdocs.__file__).parents[1]
"""The folder of installed packages. To ask Python for it loads all that it was compiled with."""

_OWN_THEME = Path(__file__).parents[2] / "theme"
"""Our part of the theme, which is outside of that folder in a checkout of this program."""


def config_fingerprint(config: MkDocsConfig) -> str:
    """Return a digest of the settings that can change a page."""
    visible = {key: value for key, value in config.items() if key not in _INVISIBLE_SETTINGS}
    visible["packages"] = environment_fingerprint() if uses_other_packages(config) else ""
    return hashlib.sha256(json.dumps(visible, default=_describe).encode()).hexdigest()


_REQUIRED_PACKAGES = frozenset({"generator", "mkdocs", "markdown", "pymdownx", "material"})
"""Packages with code or themes for a site whose versions the program's fingerprint includes."""

_PLUGINS_WITHOUT_EXTRAS = ("generator.", "mkdocs.contrib.", "material.plugins.search.")
"""Modules of plugins that import nothing but these; Material's others may import its extras."""


def uses_other_packages(config: MkDocsConfig) -> bool:
    """Whether a plugin, hook, theme or option of a project can import any installed package."""
    plugins = (f"{type(plugin).__module__}." for plugin in config.plugins.values())
    folders = (Path(folder) for folder in config.theme.dirs)
    themes = {
        folder.relative_to(_INSTALLED).parts[0]
        for folder in folders
        if folder.is_relative_to(_INSTALLED)
    }
    functions = {value.__module__.split(".")[0] for value in _functions(config.mdx_configs)}
    return (
        bool(config.hooks)
        or not all(name.startswith(_PLUGINS_WITHOUT_EXTRAS) for name in plugins)
        or not _REQUIRED_PACKAGES.issuperset(themes | functions)
    )


def _functions(value: object) -> Iterator[FunctionType | type]:
    """Yield the functions and classes in the options of extensions, at any depth."""
    if isinstance(value, Mapping | list | tuple):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _functions(part)
    elif isinstance(value, partial):
        yield from _functions([value.func, *value.args, value.keywords])
    elif isinstance(value, FunctionType | type):
        yield value


def is_self_contained(config: MkDocsConfig) -> bool:
    """Whether all extensions are known to read no files but the page itself."""
    return _SELF_CONTAINED_EXTENSIONS.issuperset(config.markdown_extensions)


def shared_fingerprint(config: MkDocsConfig, nav: Navigation, names: Collection[str]) -> str:
    """Return a digest of the inputs that all pages share.

    `names` are the result of `used_variables`. The digest is empty if an extension may read files
    other than the page itself.
    """
    if not is_self_contained(config):
        return ""
    nav_pages = [(page.url, page.title, _nav_meta(page.meta)) for page in nav.pages]
    day = get_build_date() if DAY in names else ""
    inputs = [
        config_fingerprint(config),
        nav_pages,
        _structure(nav.items),
        day,
        program_fingerprint(),
    ]
    digest = hashlib.sha256(json.dumps(inputs, default=_describe).encode())
    for folder in project_theme_folders(config):
        for path in find_files(folder, "*"):
            if path.suffix != ".pyc":
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(read_file(path))
    return digest.hexdigest()


def _nav_meta(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata that other pages can show: all but descriptions of the page's text."""
    return {key: value for key, value in meta.items() if key not in {"description", "summary"}}


def project_theme_folders(config: MkDocsConfig) -> list[Path]:
    """Return the theme's folders that belong to the project, not to an installed package."""
    folders = [Path(folder) for folder in config.theme.dirs]
    return [
        folder
        for folder in folders
        if folder != _OWN_THEME and not folder.is_relative_to(_INSTALLED)
    ]


PAGES, DAY = "pages", "build_date_utc"
"""Template variables that depend on other pages, or on the day."""

_VARIABLE = re.compile(rf"\b({PAGES}|{DAY})\b")


def used_variables(config: MkDocsConfig, env: jinja2.Environment) -> frozenset[str]:
    """Return which of these variables the project's own page templates use."""
    texts = (
        read_file(path).decode()
        for folder in project_theme_folders(config)
        for path in find_files(folder, "*.html")
        if path.name not in config.theme.static_templates
    )
    # Searching for the word first is a hundred times faster than parsing all templates.
    candidates = filter(_VARIABLE.search, texts)
    used = (name for text in candidates for name in find_undeclared_variables(env.parse(text)))
    return frozenset(used) & {PAGES, DAY}


def _structure(items: Iterable[Any]) -> list[Any]:
    return [(item.title, _structure(item.children or ())) for item in items]


def _describe(value: object) -> object:
    """Return a description of a value that JSON does not support, without its memory address."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, partial):
        return [value.func, value.args, value.keywords]
    if isinstance(value, BasePlugin):
        return dict(value.config)
    described = value if isinstance(value, FunctionType | type) else type(value)
    if described == value or getattr(described, "__str__", None) is object.__str__:
        return f"{described.__module__}.{described.__qualname__}"
    return str(value)
