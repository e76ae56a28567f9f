"""The desk in the preview: it answers its own requests, and every page gets its script."""

from __future__ import annotations

import ipaddress
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from generator.desk.answers import Answers
from generator.desk.known_names import KnownNames
from generator.desk.save_decisions import Desk
from generator.desk.web import WebDesk
from generator.files.connections import is_own_connection
from generator.files.file_stats import FileStat, file_stat
from generator.model import SeedPath
from generator.publishing.preview import LazyPreview
from generator.publishing.preview_early_pages import DESK, EarlyPages
from generator.publishing.preview_server import (
    ResponseHead,
    joined,
    reload_browsers,
    request_rebuild,
)
from generator.settings import Settings

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_log = logging.getLogger("seedbed")

_NO_FRAME = ("X-Frame-Options", "SAMEORIGIN")
"""Forbids framing by other sites (clickjacking)."""


class KnownStates(msgspec.Struct):
    """The states of files for which a rebuild, or an early page, was already asked for.

    MkDocs looks at the folder only twice a second, and must not build for such a change again.
    """

    states: dict[Path, FileStat | None] = msgspec.field(default_factory=dict)
    """None for a file that does not exist."""

    def remember(self, files: Iterable[Path]) -> None:
        """Remember the current states of files."""
        self.states |= {file.absolute(): file_stat(file) for file in files}

    def is_known(self, path: Path) -> bool:
        """Whether a file has the state that was remembered."""
        file = path.absolute()
        return file in self.states and self.states[file] == file_stat(file)


class SavedSeeds(msgspec.Struct):
    """Shows the page of a seed as soon as it was saved in an editor, if there is a desk."""

    seeds: Path
    server: LiveReloadServer
    early_pages: EarlyPages
    shown: KnownStates = msgspec.field(default_factory=KnownStates)

    def show(self, file: Path) -> None:
        """Make the early page of a seed, once for all events of one save, and reload browsers."""
        state, name = self.early_pages.state, os.path.relpath(file, self.seeds.absolute())
        address = state.corpus.addresses.get(SeedPath(Path(name).as_posix())) if state else None
        if address is None or self.shown.is_known(file):
            return
        self.shown.remember([file])
        if self.early_pages.make(address, self.server):
            reload_browsers(self.server)


def desk_for(
    settings: Settings,
    host: str,
    server: LiveReloadServer,
    own_changes: KnownStates,
    preview: LazyPreview,
) -> WebDesk | None:
    """Return the desk of a preview; None if nobody asked for it, or other machines could use it."""
    if os.environ.get(DESK) != "1" or not is_loopback(host):
        return None

    def show(files: Iterable[Path], page: str) -> None:
        own_changes.remember(files)
        if preview.early_pages.make(page, server):
            reload_browsers(server)
        request_rebuild(server)

    desk = Desk(settings.root, KnownNames(settings.docs, settings.seeds), Lock())
    answers = Answers(desk, show, preview.early_pages.ledger)
    return WebDesk(answers, server.mount_path, settings.site.language)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on this host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_own_request(_: object, peer: tuple[Any, ...]) -> bool:
    """Whether a request comes from this user; other users of this computer get no answer."""
    address, port, *_rest = peer
    if is_own_connection(address, port):
        return True
    _log.warning("Another user of this computer asked for the preview, and got no answer.")
    return False


def install_desk(server: LiveReloadServer, desk: WebDesk) -> None:
    """Wrap a server's application: the desk answers its requests, and pages get its script.

    Pages have the token in them, so other users of this computer get no page.
    """
    wrapped: Any = server
    wrapped.verify_request = _is_own_request
    answer: Any = server.get_app()

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        response = desk.answer(environ)
        if response:
            headers = [
                ("Content-Type", f"{response.content_type}; charset=utf-8"),
                ("Content-Length", str(len(response.body))),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
                _NO_FRAME,
            ]
            start_response(f"{response.status.value} {response.status.phrase}", headers)
            return [response.body]
        head = ResponseHead()
        body: Iterable[bytes] = answer(environ, head)
        target = desk.moved_to(environ["PATH_INFO"]) if head.status.startswith("404") else None
        if target:
            start_response("302 Found", [("Location", quote(target, safe="/#"))])
            return [b""]
        if head.is_page():
            body = [desk.add_script(joined(body))]
            head.set("Content-Length", str(len(body[0])))
            head.headers.append(_NO_FRAME)
        start_response(head.status, head.headers)
        return body

    server.set_app(application)
