"""What stands between a browser and MkDocs' preview server: who may ask, and what went wrong.

MkDocs' server answers nobody while the last rebuild has failed, and says why on the terminal
alone. Here a failed rebuild leaves the site as it was, and every page shows the message until a
rebuild succeeds. Nothing of that is ever written to a file.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mkdocs.exceptions import MkDocsException

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_log = logging.getLogger("seedbed")

_BACKLOG = 128
"""Connections that may wait; a browser opens a dozen, and the usual five make it wait seconds."""

_EXPECTED = SystemExit, MkDocsException
"""Of anything else, its traceback is of use."""

_LOOK = 1.0
"""Seconds between two looks at whether every folder is still watched."""

Headers = list[tuple[str, str]]


@dataclass(slots=True)
class Rebuild:
    """The rebuilds of a preview: each is tried, and what a failed one says is kept."""

    build: Callable[[], object]
    problems: Callable[[], Iterable[str]]
    """Gives the errors of the last run that came to its end."""
    failure: str = ""
    """Why the last rebuild failed; empty where it did not."""

    def __call__(self) -> None:
        """Rebuild; never raise what the build raises, or MkDocs would answer nobody."""
        heard = _Errors()
        logging.getLogger("mkdocs").addHandler(heard)
        try:
            self.build()
        except (Exception, SystemExit) as error:
            self.failure = "\n".join(heard.messages) or str(error) or type(error).__name__
            if not heard.messages:  # which the terminal has already
                _log.error(self.failure, exc_info=not isinstance(error, _EXPECTED))
            _log.error("The preview shows the last good state until a rebuild succeeds.")
        else:
            self.failure = ""
        finally:
            logging.getLogger("mkdocs").removeHandler(heard)

    def notice(self) -> str:
        """Give what every page has to show above everything else, as HTML; often nothing."""
        if self.failure:
            return _notice("alert", "#b3261e", "The last change is not shown", self.failure)
        errors = "\n".join(self.problems())
        return _notice("status", "#8a5000", "Something is left out", errors) if errors else ""


def install_guard(server: LiveReloadServer, host: str, rebuild: Rebuild) -> None:
    """Stand before a server's own answers, and have it rebuild in this way.

    A page of another site, whose name leads here, gets no answer: the Host header must be an
    address in numbers, `localhost`, or the `host` that was asked for.
    """
    answer: Any = server.get_app()
    names = _names(host)

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not _is_allowed(environ.get("HTTP_HOST", ""), names):
            start_response("403 Forbidden", [*_PLAIN])
            return [_FORBIDDEN]
        if "\0" in environ["PATH_INFO"]:  # no file has such a name, and Python refuses to look
            start_response("404 Not Found", [*_PLAIN])
            return [b"404 Not Found"]
        head = _Head()
        body: Iterable[bytes] = answer(environ, head)
        notice = rebuild.notice()
        if notice and head.is_page():
            body = [_with_notice(body, notice)]
            head.set("Content-Length", str(len(body[0])))
        head.name_encoding(environ["PATH_INFO"])
        start_response(head.status, head.headers)
        return body

    server.set_app(application)
    server.builder = rebuild
    server.request_queue_size = _BACKLOG


def keep_watching(server: LiveReloadServer) -> None:
    """Watch a folder again after it was removed and made again, as long as the server runs."""
    Thread(target=_keep_watching, args=(server,), daemon=True).start()


def _keep_watching(server: LiveReloadServer) -> None:
    while not server.observer.is_alive():  # MkDocs begins to watch later
        sleep(_LOOK)
    while server.observer.is_alive():
        for emitter in [*server.observer.emitters]:
            if not emitter.is_alive() and Path(str(emitter.watch.path)).exists():
                _watch_again(server, str(emitter.watch.path))
        sleep(_LOOK)


def _watch_again(server: LiveReloadServer, path: str) -> None:
    times = 0
    try:
        while True:
            server.unwatch(path)
            times += 1
    except KeyError:  # it is watched by nobody any more
        for _ in range(times):
            server.watch(path)
    with server._rebuild_cond:  # as its own watcher does: there is no method for it
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


_PLAIN = (("Content-Type", "text/plain; charset=utf-8"),)
_FORBIDDEN = (
    b"This preview answers to localhost and to addresses in numbers only."
    b" To reach it by a name, start it with --dev-addr NAME:PORT.\n"
)


@dataclass(slots=True)
class _Head:
    """Takes what a server would send before the body of an answer."""

    status: str = ""
    headers: Headers = field(default_factory=list)

    def __call__(self, status: str, headers: Headers, *_: object) -> None:
        self.status, self.headers = status, headers

    def is_page(self) -> bool:
        return any(value.startswith("text/html") for _, value in self.headers)

    def set(self, name: str, value: str) -> None:
        self.headers = [(one, value if one == name else said) for one, said in self.headers]

    def name_encoding(self, path: str) -> None:
        """Say that a text is in UTF-8; only a seed as it is can have another encoding."""
        if ("Content-Type", "text/plain") in self.headers and not path.endswith("/source.txt"):
            self.set("Content-Type", "text/plain; charset=utf-8")


class _Errors(logging.Handler):
    """Collects the errors that MkDocs tells of."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage().strip())


def _names(host: str) -> frozenset[str]:
    """Give the names to which a server answers that was asked to serve on this host."""
    own = socket.gethostname().lower()
    everywhere = _is_number(host) and ipaddress.ip_address(host).is_unspecified
    return frozenset({"localhost", host.lower(), *([own, f"{own}.local"] if everywhere else [])})


def _is_allowed(header: str, names: frozenset[str]) -> bool:
    """Whether a Host header can only come from somebody who asked for this machine."""
    try:
        host = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return False
    return not header or host in names or _is_number(host)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _notice(role: str, colour: str, title: str, message: str) -> str:
    style = (
        f"position:relative;z-index:99;margin:0;padding:.8rem 1.2rem;background:{colour};"
        "color:#fff;font:.8rem/1.5 sans-serif;white-space:pre-wrap;overflow-wrap:anywhere"
    )
    return f'<div role="{role}" style="{style}"><strong>{title}.</strong>\n{escape(message)}</div>'


_BODY = re.compile(rb"<body[^>]*>")


def _with_notice(body: Iterable[bytes], notice: str) -> bytes:
    page = b"".join(body)
    if close := getattr(body, "close", None):
        close()
    opening = _BODY.search(page)
    place = opening.end() if opening else 0
    return page[:place] + notice.encode() + page[place:]
