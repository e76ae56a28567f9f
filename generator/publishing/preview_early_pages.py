"""Early pages: they show a decision at once, until a rebuild has made all pages."""

from __future__ import annotations

import logging
import os
from threading import Lock
from typing import TYPE_CHECKING

import msgspec
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


class EarlyResponse(msgspec.Struct, frozen=True, eq=False):
    """The response with an early page, or with a redirect to it."""

    status: str
    html: bytes
    ledger: bytes | None = None
    """The bytes of its `ledger.json`; None if it is not the page of a document."""
    location: str | None = None
    """The address to which it redirects; None if it has a page."""


class EarlyPages:
    """The pages on which decisions were made since the last rebuild began.

    The state of the corpus and the renderer are those of the last rebuild.
    """

    def __init__(self) -> None:
        self.state: CorpusState | None = None
        self.renderer: Renderer | None = None
        self._responses: dict[str, EarlyResponse] = {}
        self._included: frozenset[EarlyResponse] = frozenset()
        self._lock = Lock()

    @property
    def has_desk(self) -> bool:
        """Whether there will be a desk, which needs the state of the corpus."""
        return os.environ.get(DESK) == "1"

    @property
    def needs_run(self) -> bool:
        """Whether the next run must look at all documents, even if none has changed.

        It must if no run has returned the state of the corpus yet.
        """
        return self.has_desk and self.state is None

    def set_state(self, state: CorpusState | None) -> None:
        """Replace the state of the corpus; None leaves it, because nothing changed."""
        self.state = state or self.state

    def rebuild_begins(self) -> None:
        """Note that a rebuild begins, which includes all decisions so far."""
        self._included = frozenset(self._responses.values())

    def rebuild_ended(self) -> None:
        """Forget the pages that the rebuild has made, or failed to make."""
        with self._lock:
            self._responses = {
                path: response
                for path, response in self._responses.items()
                if response not in self._included
            }

    @property
    def are_waiting(self) -> bool:
        """Whether some decisions are not in the site yet."""
        return bool(self._responses)

    def find(self, paths: Iterable[str]) -> EarlyResponse | None:
        """Return the response for the first of these paths of the site that has an early page."""
        return next((self._responses[path] for path in paths if path in self._responses), None)

    def ledger(self, address: str) -> bytes | None:
        """Return the ledger of the document whose early page is at an address."""
        response = self._responses.get(_path(address))
        return response.ledger if response else None

    def make(self, address: str, server: LiveReloadServer) -> bool:
        """Make the page at an address by the current decisions; return whether that worked."""
        with self._lock:
            # What a rebuild just deletes, or cannot read, the rebuild reports.
            try:
                responses = self._responses_at(address, server)
            except (SeedbedError, MkDocsException, LookupError, OSError) as error:
                _log.info("No early page at %s: %s", address, error)
                responses = {}
            self._responses.pop(_path(address), None)
            self._responses |= {_path(shown): page for shown, page in responses.items()}
            return bool(responses)

    def _responses_at(self, address: str, server: LiveReloadServer) -> dict[str, EarlyResponse]:
        """Return the early page by its address; if it has moved, also a redirect from the old one.

        Empty if the page needs a whole run.
        """
        # Imported here: workers that render load this package and need none of it.
        from generator.pipeline.early_page import early_page

        early = early_page(self.state, address) if self.state and self.renderer else None
        if early is None or self.renderer is None:
            return {}
        if early.page is None:
            page = server.error_handler(404) or b"404 Not Found"
            return {address: EarlyResponse("404 Not Found", page)}
        own_address = early.page.path.removesuffix("index.md")
        html = self.renderer.html(early.page, early.entity_pages)
        redirect = EarlyResponse("302 Found", b"", location=f"{server.mount_path}{own_address}")
        return {address: redirect, own_address: EarlyResponse("200 OK", html, early.ledger)}


def _path(address: str) -> str:
    return f"{address}index.html"
