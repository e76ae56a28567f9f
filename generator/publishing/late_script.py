"""Whether our pages can be without Material's script until a reader scrolls far.

The script is a third of a first visit. What documents and lists need of it, the theme's own
scripts do: colours, copying, the search. Pages by hand have it from the beginning if they have more
than words and pictures.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

FLAG = "seedbed_late_script"
"""The key below `extra` that tells the templates."""

_WITHOUT_SCRIPT = (
    "content.code.*",
    "navigation.expand",
    "navigation.footer",
    "navigation.indexes",
    "navigation.sections",
    "navigation.tabs*",
    "navigation.top",
    "search.*",
    "toc.integrate",
)
"""Patterns of features that our pages do not have, or have without the script."""

_WITH_SCRIPT = frozenset({"alternate", "analytics", "annotate", "consent", "version"})
"""Keys below `extra` for which the script does something on every page."""


def set_flag(config: MkDocsConfig) -> None:
    """Tell the templates, in the process of the build and in each worker that renders for it."""
    config.extra[FLAG] = can_come_late(config)


def can_come_late(config: MkDocsConfig) -> bool:
    """Whether no setting needs the script at once, and no script or template of the project does.

    Plugins are not asked: where one changes pages, `can_render_apart` says no.
    """
    features = config.theme.get("features") or []
    return (
        config.theme.name == "material"
        and not config.theme.custom_dir
        and not config.extra_javascript
        and not config.repo_url
        and not any(config.extra.get(key) for key in _WITH_SCRIPT)
        and all(any(fnmatchcase(name, known) for known in _WITHOUT_SCRIPT) for name in features)
    )
