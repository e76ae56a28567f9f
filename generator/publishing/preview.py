"""Live preview that rebuilds once per change and renders pages on demand.

MkDocs watches the whole docs folder. Every rebuild writes there, so one saved seed would start
rebuilds without end (12 in 6 seconds, measured). Therefore only the files that people edit are
watched.

MkDocs also writes the whole site again on every rebuild, into an empty folder. A preview needs only
the pages that a browser requests: these are rendered if necessary, and put into the folder, on
request.
"""

from __future__ import annotations

import logging
import os
import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from mkdocs.exceptions import BuildError

from generator.files import (
    MARKER,
    folders,
    generated_paths,
    ignoring_rule,
    is_ignore_file,
    read_file,
    take_seeds_snapshot,
)
from generator.files.file_stats import file_stat, is_same_version
from generator.files.snapshot import Snapshot
from generator.model import SeedbedError
from generator.publishing.preview_early_pages import EarlyPages
from generator.publishing.preview_server import (
    ResponseHead,
    is_rebuilding,
    joined,
    request_rebuild,
    with_reload_script,
)
from generator.settings import Settings

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_log = logging.getLogger("seedbed")

MAX_EAGER_PAGES = 16
"""Most outdated pages that a rebuild renders itself; more are rendered on request only.

A list page can take as long as twenty documents.
"""

Render = Callable[[str], object]
"""Renders the page with this Markdown path."""


_SEARCH = "search/"
"""Below this path are the page of the search and its index."""

_INDEX = f"{_SEARCH}manifest.bin"
"""The file that every index of the search has."""

_ASSETS = "assets/"
"""Below this path are the styles and scripts of pages."""

_DOCUMENTS_AND_NAMES = ("documents/", "people/", "organizations/", "places/")
"""Below these paths are the pages of documents and names, which every rebuild makes."""


class PreviewFiles(msgspec.Struct, frozen=True):
    """The files of a site that MkDocs does not write during a preview."""

    parts: Mapping[str, str] = msgspec.field(default_factory=dict)
    """By output path, each with the file that it is made of."""
    pending: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Pages to be rendered on request: output path to Markdown path."""
    outdated: Collection[str] = ()
    """Files of the docs folder that are older than the last change."""

    def is_outdated(self, path: str) -> bool:
        """Whether the source of a file of the site is older than the last change."""
        return path in self.outdated or f"{path.removesuffix('.html')}.md" in self.outdated

    def may_lack(self, path: str) -> bool:
        """Whether a file that the site lacks may be part of a list that was not made yet.

        The pages of documents and names are always up to date.
        """
        return bool(self.outdated) and not path.startswith(_DOCUMENTS_AND_NAMES)


class _Answer(NamedTuple):
    """An answer to a request."""

    head: ResponseHead
    body: bytes


def _page_answer(server: LiveReloadServer, status: str, html: bytes) -> _Answer:
    page = with_reload_script(server, html)
    length = ("Content-Length", str(len(page)))
    return _Answer(ResponseHead(status, [("Content-Type", "text/html"), length]), page)


class LazyPreview:
    """The files of a preview that MkDocs does not write; they are put in place on request.

    A rebuild makes two kinds of files only after a browser has requested one: the index of the
    search, and lists of documents or names, which take as long as all other pages together.
    """

    def __init__(self) -> None:
        self.is_search_open = False
        """Whether a browser has requested the search while there was no index."""
        self.is_list_open = False
        """Whether a browser has requested a list that is older than the last change."""
        self.early_pages = EarlyPages()
        self._assets: dict[str, _Answer] = {}
        self._request_rebuild: Callable[[], object] | None = None
        self._ready = Event()
        self._lock = Lock()
        self._root = Path()
        self._files = PreviewFiles()
        self._pending: dict[str, str] = {}
        self._render: Render = str

    def block(self) -> None:
        """Make requests wait, because a rebuild has started."""
        with self._lock:
            self._ready.clear()
        self.early_pages.rebuild_begins()

    def publish(self, root: Path, files: PreviewFiles, render: Render) -> None:
        """Serve a site from `root` with these files; `render` renders the pending pages."""
        with self._lock:
            self._root, self._files, self._pending = root, files, dict(files.pending)
            self._render, self.is_list_open = render, False
            self._assets.clear()
        self.unblock()

    def unblock(self) -> None:
        """Let requests go on; they get the previous site if the rebuild failed."""
        self.early_pages.rebuild_ended()
        self._ready.set()

    def put_in_place(self, path: str) -> None:
        """Put a file of the site in place, if the site has such a file."""
        self._ready.wait()
        if path.startswith(_SEARCH) and _INDEX not in self._files.parts:
            self._open_search()
        if self._files.is_outdated(path):
            self._open_lists()
        with self._lock:
            if path in self._pending:
                self._render(self._pending[path])
                del self._pending[path]
            source, target = self._files.parts.get(path), self._root / path
            if source and not is_same_version(file_stat(source), file_stat(target)):
                folders.link_or_copy(source, target)

    def _open_search(self) -> None:
        """Wait for a rebuild that makes the index, which all later rebuilds make too."""
        with self._lock:
            was_open, self.is_search_open = self.is_search_open, True
        self._rebuild(is_asked_for=was_open)

    def _open_lists(self) -> None:
        """Wait for a rebuild that makes all lists; one that had begun before may not make them."""
        while self._files.outdated and self._request_rebuild:
            with self._lock:
                was_open, self.is_list_open = self.is_list_open, True
            self._rebuild(is_asked_for=was_open)
            if self.is_list_open:  # it failed
                return

    def _rebuild(self, *, is_asked_for: bool) -> None:
        """Wait for a rebuild, and ask for it unless another request has."""
        if self._request_rebuild and not is_asked_for:
            self._ready.clear()
            self._request_rebuild()
        self._ready.wait()

    def install(self, server: LiveReloadServer) -> None:
        """Wrap a server's application so that requested files are put in place first."""
        answer: Any = server.get_app()
        self._request_rebuild = partial(request_rebuild, server)

        def application(environ: dict[str, Any], start_response: Any) -> Any:
            paths = tuple(_possible_files(environ["PATH_INFO"], server.mount_path))
            if immediate := self._immediate_answer(environ["PATH_INFO"], paths, server):
                start_response(immediate.head.status, [*immediate.head.headers])
                return [immediate.body]
            self._put_all_in_place(paths)
            head = ResponseHead()
            body: Iterable[bytes] = answer(environ, head)
            if head.status.startswith("404"):  # a rebuild may have removed the file meanwhile
                if all(map(self._files.may_lack, paths)):
                    self._open_lists()
                self._put_all_in_place(paths)
                body = answer(environ, head)
                if head.is_page() and head.status.startswith("404"):
                    # MkDocs adds its script to files only, but a rebuild may make this page.
                    body = [with_reload_script(server, joined(body))]
                    head.set("Content-Length", str(len(body[0])))
            elif paths and head.status.startswith("200") and paths[0].startswith(_ASSETS):
                body = [joined(body)]
                self._assets[paths[0]] = _Answer(head, body[0])
            start_response(head.status, head.headers)
            return body

        server.set_app(application)

    def _immediate_answer(
        self, address: str, paths: Sequence[str], server: LiveReloadServer
    ) -> _Answer | None:
        """Return an answer that waits for no rebuild: an early page, or what such a page loads.

        During the rebuild after a decision, other pages are as they were; browsers load them again
        after it.
        """
        is_page = address.endswith(("/", ".html"))  # elsewhere its relative links fail
        if is_page and (early := self.early_pages.find(paths)):
            if early.location:
                return _Answer(ResponseHead(early.status, [("Location", early.location)]), b"")
            return _page_answer(server, early.status, early.html)
        if not (paths and is_rebuilding(server)):
            return None
        if is_page and self.early_pages.are_waiting and (page := self._previous_page(paths)):
            return _page_answer(server, "200 OK", page)
        return self._assets.get(paths[0])

    def _previous_page(self, paths: Iterable[str]) -> bytes | None:
        """Return a page of a document or a name as the last rebuild made it."""
        parts = self._files.parts
        made = (path for path in paths if path in parts and path not in self._pending)
        source = next((parts[path] for path in made if path.startswith(_DOCUMENTS_AND_NAMES)), None)
        if source is None:
            return None
        try:
            return read_file(Path(source))
        except OSError:  # this rebuild removed it
            return None

    def _put_all_in_place(self, paths: Iterable[str]) -> None:
        try:
            for path in paths:
                self.put_in_place(path)
        except BuildError as error:
            _log.error("%s", error)


def _possible_files(address: str, mount: str) -> Iterator[str]:
    """Yield the files that an address can mean, as MkDocs' server interprets it."""
    address = address.encode("latin-1").decode("utf-8", "ignore")
    if address.startswith(mount):
        path = posixpath.normpath("/" + address[len(mount) :]).lstrip("/")
        yield from (path, f"{path}/index.html".lstrip("/"))


def watch_sources(
    server: LiveReloadServer,
    settings: Settings,
    is_known: Callable[[Path], bool] = lambda _: False,
    on_save: Callable[[Path], object] = lambda _: None,
) -> None:
    """Watch the seeds and the hand-written pages instead of the docs folder as a whole.

    No rebuild starts for a file that was already built, as `is_known` says. Before a rebuild
    starts, `on_save` is called with the file that was saved.

    A hand-written page that is added at the top of the docs folder is watched from the next
    rebuild on, which its entry in the navigation starts.
    """
    server.unwatch(str(settings.docs))
    _watch_seeds(server, settings.seeds, is_known, on_save)
    generated = {*generated_paths(settings.docs), settings.docs / MARKER}
    for path in sorted(settings.docs.iterdir()):
        if path not in generated:
            server.watch(str(path))


def _watch_seeds(
    server: LiveReloadServer,
    seeds: Path,
    is_known: Callable[[Path], bool],
    on_save: Callable[[Path], object],
) -> None:
    """Watch the seeds, but ignore events of other files, such as the hundreds of files of git."""
    observer: Any = server.observer
    schedule = observer.schedule

    def schedule_for_seeds(handler: Any, path: str, **options: Any) -> Any:
        rebuild = handler.on_any_event

        def rebuild_if_new(event: Any) -> None:
            if _is_of_seed(event, seeds) and not is_known(Path(os.fsdecode(event.src_path))):
                try:
                    on_save(Path(os.fsdecode(getattr(event, "dest_path", "") or event.src_path)))
                finally:
                    rebuild(event)

        handler.on_any_event = rebuild_if_new
        return schedule(handler, path, **options)

    observer.schedule = schedule_for_seeds  # MkDocs does not expose its handler
    try:
        server.watch(str(seeds))
    finally:
        observer.schedule = schedule


def _is_of_seed(event: Any, seeds: Path) -> bool:
    """Whether an event concerns a seed, or an ignore file, which decides what a seed is."""
    for event_path in (event.src_path, getattr(event, "dest_path", "")):
        path = (
            os.path.relpath(os.fsdecode(event_path), seeds.absolute()) if event_path else os.curdir
        )
        if path == os.curdir:
            continue
        if is_ignore_file(path):
            return True
        try:
            if ignoring_rule(seeds, Path(path).as_posix()) is None:
                return True
        except SeedbedError:  # the run reports what is wrong
            return True
    return False


def readable_snapshot(seeds: Path) -> Snapshot | None:
    """Return a snapshot of the seeds; None if they cannot be read, which every run reports."""
    try:
        return take_seeds_snapshot(seeds)
    except SeedbedError:
        return None
