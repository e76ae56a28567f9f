"""Guards against other plugins, hooks and extensions: an exception affects at most one page.

MkDocs stops a build at the first exception of a handler or an extension of Markdown, so one
document on which a plugin fails would stop all others. A guarded handler that fails on a page of
ours is skipped for that page; where an extension fails, the page stays empty. Both are reported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.toc import TableOfContents

from generator.files import generated_paths
from generator.model import Problem
from generator.publishing.message_sources import CodeOwners, files_of_error

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.plugins import BasePlugin
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_PAGE_EVENTS = (
    *("pre_page", "page_read_source", "page_markdown", "page_content", "page_context"),
    "post_page",
)
"""The events that concern a single page."""


class PluginFailure(msgspec.Struct, frozen=True):
    """A failure of a plugin, a hook or an extension of Markdown on a page."""

    page: str
    """The page's path below the docs folder."""
    owner: str
    """The plugin or hook, as `CodeOwners` calls it."""
    error: str
    lost: str = "its changes"
    """What the page is published without, if it is none of a document."""

    def problem(self) -> Problem:
        """Return a warning that the page was published without something."""
        message = (
            f"{self.owner} fails on this page, which is published without {self.lost}: {self.error}"
        )
        hint = "Check its settings in mkdocs.yml, or remove it"
        return Problem("W064", self.page, message, hint, severity="warning")


class GuardedHandler:
    """Wraps a handler of another plugin and catches its exceptions on our pages.

    It equals the wrapped handler, because MkDocs and plugins that reorder handlers look them up by
    equality.
    """

    def __init__(
        self, handler: Any, is_ours: Callable[[str], bool], report: Callable[[str, str], None]
    ) -> None:
        self._handler = handler
        self._is_ours = is_ours
        self._report = report

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the handler; return None, which changes nothing, if it fails on our page."""
        page = kwargs.get("page") or args[0]
        try:
            return self._handler(*args, **kwargs)
        except (Exception, SystemExit) as error:
            if not self._is_ours(page.file.src_uri):
                raise
            self._report(page.file.src_uri, f"{type(error).__name__}: {error}".rstrip(": "))
            return None

    def __eq__(self, other: object) -> bool:
        return bool(
            self._handler == (other._handler if isinstance(other, GuardedHandler) else other)
        )

    def __hash__(self) -> int:
        return hash(self._handler)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the handler, such as its priority."""
        return getattr(self._handler, name)


def guard_handlers(
    config: MkDocsConfig,
    own_plugin: BasePlugin[Any],
    generated: Collection[str],
    report: Callable[[PluginFailure], None],
) -> None:
    """Guard all handlers of other plugins and hooks that work on a single page.

    `generated` are our files and folders at the top of the docs folder. `report` is called with
    each failure.
    """
    owners = CodeOwners.from_config(config)

    def is_ours(page: str) -> bool:
        return page in generated or page.partition("/")[0] in generated

    for event in _PAGE_EVENTS:
        handlers = config.plugins.events[event]
        handlers[:] = [
            handler
            if isinstance(handler, GuardedHandler)
            or getattr(handler, "__self__", None) is own_plugin
            else _guarded(handler, owners, is_ours, report)
            for handler in handlers
        ]


def guard_pages(files: Files, report: Callable[[PluginFailure], None]) -> None:
    """Guard the conversion of all pages that MkDocs itself renders."""
    for file in files.documentation_pages(inclusion=InclusionLevel.is_included):
        if file.page:
            guard_conversion(file.page, report)


def guard_conversion(page: Page, report: Callable[[PluginFailure], None]) -> None:
    """Leave a generated page empty, and report it, if an extension of Markdown fails on it."""
    convert = page.render

    def convert_or_report(config: MkDocsConfig, files: Files) -> None:
        try:
            convert(config, files)
        except (Exception, SystemExit) as error:
            if not _is_generated(page.file.src_uri, config):
                raise
            page.content, page.toc = "", TableOfContents([])
            report(_conversion_failure(page.file.src_uri, error))

    setattr(page, "render", convert_or_report)  # noqa: B010


def _is_generated(page: str, config: MkDocsConfig) -> bool:
    """Whether a page is in a folder of ours, or is a file of ours at the top."""
    top = page.partition("/")[0]
    return any(path.name == top for path in generated_paths(Path(config.docs_dir)))


def _conversion_failure(page: str, error: BaseException) -> PluginFailure:
    module = Path(next(files_of_error(error))).name
    text = " ".join(f"{type(error).__name__}: {error}".rstrip(": ").split())
    return PluginFailure(page, f"an extension of Markdown ({module})", text, lost="its text")


def _guarded(
    handler: Any,
    owners: CodeOwners,
    is_ours: Callable[[str], bool],
    report: Callable[[PluginFailure], None],
) -> GuardedHandler:
    owner = owners.owner_of_handler(handler) or "a plugin or hook"

    def report_error(page: str, error: str) -> None:
        report(PluginFailure(page, owner, " ".join(error.split())))

    return GuardedHandler(handler, is_ours, report_error)
