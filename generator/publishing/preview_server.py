"""Middleware for MkDocs' preview server: restricts access, and shows errors in the browser.

After a failed build, MkDocs' server ends or answers no requests, and shows the error only on the
terminal. Here a failed build leaves the site unchanged, and every page shows the error until a
rebuild succeeds. The messages are never written to a file.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import socket
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any

import msgspec
from mkdocs.exceptions import MkDocsException

from generator.publishing.log_collector import LogCollector

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_log = logging.getLogger("seedbed")

_BACKLOG = 128
"""Most waiting connections. A browser opens a dozen; with the default of 5 it waits for seconds."""

LAST_GOOD_STATE = "The preview shows the last good state, if any, until a rebuild succeeds."
"""What is logged after a build that failed."""

_EXPECTED = SystemExit, MkDocsException
"""Errors that need no traceback."""

_WATCH_INTERVAL = 1.0
"""Seconds between two checks that every folder is still watched."""

_HOST = re.compile(r"(\[[^][]*\]|[^][:@/?#]+)(?::\d*)?", re.ASCII)
"""A Host header: a name, or an IP address (of IPv6 in brackets), and perhaps a port."""

Headers = list[tuple[str, str]]


class Rebuild(msgspec.Struct):
    """Runs the rebuilds of a preview and stores the error of the last one."""

    build: Callable[[], object]
    problems: Callable[[], Iterable[str]]
    """Returns the errors of the last completed run."""
    failure: str | None = None
    """The error of the last rebuild; None if it succeeded."""

    def __call__(self) -> None:
        """Rebuild without raising its errors, because MkDocs would then answer no requests."""
        with LogCollector(logging.ERROR) as collector:
            try:
                self.build()
            except (Exception, SystemExit) as error:
                messages = [record.getMessage().strip() for record in collector.records]
                self.failure = "\n".join(messages) or str(error) or type(error).__name__
                if not messages:  # otherwise they are on the terminal already
                    _log.error(self.failure, exc_info=not isinstance(error, _EXPECTED))
                _log.error(LAST_GOOD_STATE)
            else:
                self.failure = None

    def notice(self) -> str:
        """Return the notice at the top of every page, as HTML; empty if there are no errors."""
        if self.failure:
            failure = escape(self.failure)
            return _notice("alert", "#b3261e", "The site could not be built", failure)
        errors = [escape(problem) for problem in self.problems()]
        if not errors:
            return ""
        return _notice("status", "#8a5000", "Something is left out", _folded(errors))


def install_guard(server: LiveReloadServer, host: str, rebuild: Rebuild) -> None:
    """Wrap a server's application with access control and notices, and use this rebuild.

    Another site whose name resolves to this machine (DNS rebinding) gets no answer: the Host header
    must be an IP address, `localhost`, or the configured `host`.
    """
    answer: Any = server.get_app()
    names = _allowed_names(host)

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not _is_allowed(environ.get("HTTP_HOST", ""), names):
            start_response("403 Forbidden", [*_PLAIN])
            return [_FORBIDDEN]
        if "\0" in environ["PATH_INFO"]:  # no file has such a name, and Python raises for it
            start_response("404 Not Found", [*_PLAIN])
            return [b"404 Not Found"]
        head = ResponseHead()
        body: Iterable[bytes] = answer(environ, head)
        notice = rebuild.notice()
        if notice and head.is_page():
            body = [_with_notice(body, notice)]
            head.set("Content-Length", str(len(body[0])))
        head.set_encoding(environ["PATH_INFO"])
        start_response(head.status, head.headers)
        return body

    delay = server.build_delay

    def build() -> None:
        server.build_delay = delay
        rebuild()

    server.set_app(application)
    server.builder = build
    server.request_queue_size = _BACKLOG


def keep_watching(server: LiveReloadServer) -> None:
    """Watch a folder again after it was removed and created again, as long as the server runs."""
    Thread(target=_keep_watching, args=(server,), daemon=True).start()


def _keep_watching(server: LiveReloadServer) -> None:
    while not server.observer.is_alive():  # MkDocs starts the observer later
        sleep(_WATCH_INTERVAL)
    while server.observer.is_alive():
        for emitter in [*server.observer.emitters]:
            if not emitter.is_alive() and Path(str(emitter.watch.path)).exists():
                _watch_again(server, str(emitter.watch.path))
        sleep(_WATCH_INTERVAL)


def _watch_again(server: LiveReloadServer, path: str) -> None:
    count = 0
    try:
        while True:
            server.unwatch(path)
            count += 1
    except KeyError:  # no watch is left
        for _ in range(count):
            server.watch(path)
    request_rebuild(server)


def request_rebuild(server: LiveReloadServer) -> None:
    """Have a server rebuild the site at once.

    After a change of a file it would wait a tenth of a second for files that are saved with it.
    """
    with server._rebuild_cond:  # as its own handler does; there is no public method
        server.build_delay = 0
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


def reload_browsers(server: LiveReloadServer) -> None:
    """Have browsers reload their pages without a rebuild."""
    with server._rebuild_cond, server._epoch_cond:
        is_idle = server._visible_epoch == server._wanted_epoch
        server._visible_epoch += 1
        if is_idle:  # otherwise requests would wait for a rebuild
            server._wanted_epoch = server._visible_epoch
        server._epoch_cond.notify_all()


def is_rebuilding(server: LiveReloadServer) -> bool:
    """Whether a server is building the site; requests for pages wait until then."""
    return server._visible_epoch != server._wanted_epoch


def with_reload_script(server: LiveReloadServer, page: bytes) -> bytes:
    """Return a page with the script that reloads it, which MkDocs adds only to files itself."""
    add_script: Any = server._inject_js_into_html
    return bytes(add_script(page, server._visible_epoch))


_PLAIN = (("Content-Type", "text/plain; charset=utf-8"),)
_FORBIDDEN = (
    b"This preview answers only requests for localhost or an IP address."
    b" To use another name, start it with --dev-addr NAME:PORT.\n"
)


class ResponseHead(msgspec.Struct):
    """Captures the status and the headers of a response."""

    status: str = ""
    headers: Headers = msgspec.field(default_factory=list)

    def __call__(self, status: str, headers: Headers, *_: object) -> None:
        """Take status and headers, as WSGI's `start_response` does."""
        self.status, self.headers = status, headers

    def is_page(self) -> bool:
        """Whether the response is a page."""
        return any(value.startswith("text/html") for _, value in self.headers)

    def set(self, name: str, value: str) -> None:
        """Replace the value of a header."""
        self.headers = [
            (header, value if header == name else current) for header, current in self.headers
        ]

    def set_encoding(self, path: str) -> None:
        """Declare a text as UTF-8; only an original seed can have another encoding."""
        if ("Content-Type", "text/plain") in self.headers and not path.endswith("/source.txt"):
            self.set("Content-Type", "text/plain; charset=utf-8")


def _allowed_names(host: str) -> frozenset[str]:
    """Return the host names that a server on this host answers to."""
    own_name = socket.gethostname().lower()
    all_interfaces = _is_ip_address(host) and ipaddress.ip_address(host).is_unspecified
    return frozenset(
        {"localhost", host.lower(), *([own_name, f"{own_name}.local"] if all_interfaces else [])}
    )


def _is_allowed(header: str, names: frozenset[str]) -> bool:
    """Whether a Host header can only come from a request for this machine."""
    if not header:
        return True
    match = _HOST.fullmatch(header)
    host = match[1].strip("[]").lower() if match else ""
    return host in names or _is_ip_address(host)


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def joined(body: Iterable[bytes]) -> bytes:
    """Return the whole body of a response, and close its source."""
    page = b"".join(body)
    if close := getattr(body, "close", None):
        close()
    return page


_MOST_LINES = 3
"""Messages that are shown at once; more would cover the first screen of every page."""


def _folded(messages: Sequence[str]) -> str:
    """Return messages as HTML, of which a line opens more than a few; they are escaped."""
    lines = "\n".join(messages)
    if len(messages) <= _MOST_LINES:
        return lines
    return f"<details><summary>Show {len(messages)} messages</summary>{lines}</details>"


def _notice(role: str, colour: str, title: str, content: str) -> str:
    """Return a notice with this HTML as its content."""
    style = (
        f"position:relative;z-index:99;margin:0;padding:.8rem 1.2rem;background:{colour};"
        "color:#fff;font:.8rem/1.5 sans-serif;white-space:pre-wrap;overflow-wrap:anywhere"
    )
    return f'<div role="{role}" style="{style}"><strong>{title}.</strong>\n{content}</div>'


_BODY = re.compile(rb"<body[^>]*>")


def _with_notice(body: Iterable[bytes], notice: str) -> bytes:
    page = joined(body)
    opening = _BODY.search(page)
    position = opening.end() if opening else 0
    return page[:position] + notice.encode() + page[position:]
