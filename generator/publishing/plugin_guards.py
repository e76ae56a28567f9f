"""What another plugin or hook does to one page of ours costs at most that page.

MkDocs ends a build at the first exception of a handler, so one document that a plugin cannot bear
would stop all others. Here the handlers of the others are called with care: a page of ours on which
one fails is rendered without it, and somebody hears of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.model import Problem
from generator.publishing.message_sources import CodeOwners

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.plugins import BasePlugin

_EVENTS = (
    *("pre_page", "page_read_source", "page_markdown", "page_content", "page_context"),
    "post_page",
)
"""What happens to one page alone."""


@dataclass(frozen=True, slots=True)
class PluginFailure:
    """What a plugin or hook could not bear."""

    page: str
    """The page, by its path below the docs folder."""
    owner: str
    """The plugin or hook, as `Origins` calls it."""
    error: str

    def problem(self) -> Problem:
        """Say that the page is there without what the plugin or hook does."""
        message = f"{self.owner} fails on this page, which is there without its work: {self.error}"
        hint = "Look at its settings in mkdocs.yml, or take it out"
        return Problem("W064", self.page, message, hint, severity="warning")


class GuardedHandler:
    """A handler of another's, called with care; it equals the handler for which it stands.

    MkDocs, and plugins that reorder handlers, look a handler up by what it equals.
    """

    def __init__(
        self, handler: Any, ours: Callable[[str], bool], failed: Callable[[str, str], None]
    ) -> None:
        self._handler = handler
        self._ours = ours
        self._failed = failed

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the handler; None, which leaves things as they are, where it fails on our page."""
        page = kwargs.get("page") or args[0]
        try:
            return self._handler(*args, **kwargs)
        except (Exception, SystemExit) as error:
            if not self._ours(page.file.src_uri):
                raise
            self._failed(page.file.src_uri, f"{type(error).__name__}: {error}".rstrip(": "))
            return None

    def __eq__(self, other: object) -> bool:
        return bool(self._handler == (other._handler if isinstance(other, GuardedHandler) else other))

    def __hash__(self) -> int:
        return hash(self._handler)

    def __getattr__(self, name: str) -> Any:
        """Ask the handler for what handlers have, such as a priority."""
        return getattr(self._handler, name)


def guard_handlers(
    config: MkDocsConfig,
    own_plugin: BasePlugin[Any],
    generated: Collection[str],
    report: Callable[[PluginFailure], None],
) -> None:
    """Put all handlers of others that work on one page under guard.

    `generated` are the files and the folders of ours, at the top of the docs folder; `hear` gets
    what a handler could not bear.
    """
    origins = CodeOwners.from_config(config)

    def ours(page: str) -> bool:
        return page in generated or page.partition("/")[0] in generated

    for event in _EVENTS:
        handlers = config.plugins.events[event]
        handlers[:] = [
            one
            if isinstance(one, GuardedHandler) or getattr(one, "__self__", None) is own_plugin
            else _guarded(one, origins, ours, report)
            for one in handlers
        ]


def _guarded(
    handler: Any,
    origins: CodeOwners,
    ours: Callable[[str], bool],
    hear: Callable[[PluginFailure], None],
) -> GuardedHandler:
    who = origins.owner_of_handler(handler) or "a plugin or hook"

    def failed(page: str, error: str) -> None:
        hear(PluginFailure(page, who, " ".join(error.split())))

    return GuardedHandler(handler, ours, failed)
