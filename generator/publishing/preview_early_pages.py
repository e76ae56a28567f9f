"""Early pages: they show a decision at once, until a rebuild has made them with all others."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from mkdocs.exceptions import MkDocsException

from generator.model import SeedbedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.livereload import LiveReloadServer

    from generator.pipeline.corpus_state import CorpusState
    from generator.publishing.rendering.renderer import Renderer

DESK = "SEEDBED_DESK"
"""The environment variable by which `seedbed serve` asks for a desk; `mkdocs serve` has none."""

_log = logging.getLogger("seedbed")


@dataclass(frozen=True, slots=True, eq=False)
class ShownPage:
    """A page as a decision makes it."""

    status: str
    html: bytes
    ledger: bytes | None = None
    """What is known of its document."""
    location: str | None = None
    """The address to which it leads instead."""


class EarlyPages:
    """The pages on which decisions were made since the last rebuild began.

    The state of the corpus and the renderer are those of the last rebuild.
    """

    def __init__(self) -> None:
        self.state: CorpusState | None = None
        self.renderer: Renderer | None = None
        self._pages: dict[str, ShownPage] = {}
        self._included: frozenset[ShownPage] = frozenset()
        self._lock = Lock()

    @property
    def has_desk(self) -> bool:
        """Whether there will be a desk, which needs what a run knows."""
        return os.environ.get(DESK) == "1"

    @property
    def needs_run(self) -> bool:
        """Whether a run is to look at all documents, as none has told what it knows."""
        return self.has_desk and self.state is None

    def learn(self, state: CorpusState | None) -> None:
        """Remember what a run knew; None if nothing changed since the last one."""
        self.state = state or self.state

    def begin(self) -> None:
        """Note that a rebuild begins, which includes all decisions so far."""
        self._included = frozenset(self._pages.values())

    def end(self) -> None:
        """Forget the pages that the rebuild has made, or failed to make."""
        with self._lock:
            kept = {path: page for path, page in self._pages.items() if page not in self._included}
            self._pages = kept

    @property
    def are_waiting(self) -> bool:
        """Whether some decisions are not in the site yet."""
        return bool(self._pages)

    def find(self, paths: Iterable[str]) -> ShownPage | None:
        """Return the page at one of these paths of the site, if a decision was just made there."""
        return next((self._pages[path] for path in paths if path in self._pages), None)

    def ledger(self, address: str) -> bytes | None:
        """Return the ledger of the document at an address, if a decision was just made there."""
        page = self._pages.get(_path(address))
        return page.ledger if page else None

    def make(self, address: str, server: LiveReloadServer) -> bool:
        """Make the page at an address as people decide now; return whether that could be done."""
        with self._lock:
            # What a rebuild just deletes, or cannot read, the rebuild reports.
            try:
                pages = self._made(address, server)
            except (SeedbedError, MkDocsException, LookupError, OSError) as error:
                _log.info("No early page at %s: %s", address, error)
                pages = {}
            self._pages.pop(_path(address), None)
            self._pages |= {_path(shown): page for shown, page in pages.items()}
            return bool(pages)

    def _made(self, address: str, server: LiveReloadServer) -> dict[str, ShownPage]:
        """Return the page by its address; if that is another one, what leads there, too."""
        # Imported here: workers that render load this package and need none of it.
        from generator.pipeline.page_after_decision import page_after_decision

        look = page_after_decision(self.state, address) if self.state and self.renderer else None
        if look is None or self.renderer is None:
            return {}
        if look.page is None:
            page = server.error_handler(404) or b"404 Not Found"
            return {address: ShownPage("404 Not Found", page)}
        own_address = look.page.path.removesuffix("index.md")
        html = self.renderer.html(look.page, look.entity_pages)
        moved = ShownPage("302 Found", b"", location=f"{server.mount_path}{own_address}")
        return {address: moved, own_address: ShownPage("200 OK", html, look.ledger)}


def _path(address: str) -> str:
    return f"{address}index.html"
