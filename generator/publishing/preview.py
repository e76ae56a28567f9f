"""Live preview without chasing its own tail.

MkDocs watches the whole docs folder. We write there on every rebuild, so one saved seed would
rebuild again and again (12 times in 6 seconds, measured). Watching what people edit, and only
that, gives one rebuild and then silence.

MkDocs also makes the whole site anew on every rebuild, in an empty folder. Nobody looks at a whole
site while writing: a page is put there, and rendered where need be, when a browser asks for it.
"""

from __future__ import annotations

import logging
import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import BuildError

from generator.files import MARKER, folders, generated_paths, ignoring_rule, is_ignore_file
from generator.files.snapshot import file_stat, is_same_version
from generator.model import SeedbedError
from generator.settings import Settings

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_log = logging.getLogger("seedbed")

AT_ONCE = 16
"""Pages; where more must be rendered, each waits until it is asked for.

A page of a list can take as long as twenty documents.
"""

Render = Callable[[str], object]
"""Renders a page, by the path of its Markdown."""


class LazyPreview:
    """The part of a preview that MkDocs does not write, put in place when it is asked for."""

    def __init__(self) -> None:
        self._ready = Event()
        self._lock = Lock()
        self._root = Path()
        self._parts: Mapping[str, str] = {}
        self._later: dict[str, str] = {}
        self._render: Render = str

    def block(self) -> None:
        """Let whoever asks wait: the site is made anew."""
        with self._lock:
            self._ready.clear()

    def publish(
        self, root: Path, parts: Mapping[str, str], later: Mapping[str, str], render: Render
    ) -> None:
        """Show a site: below `root`, these parts, some of which are to be rendered first."""
        with self._lock:
            self._root, self._parts, self._later = root, parts, dict(later)
            self._render = render
            self._ready.set()

    def go_on(self) -> None:
        """Show what was shown before: the site that was to be made is not made."""
        self._ready.set()

    def ensure(self, place: str) -> None:
        """See to it that a file of the site lies there, if there is one."""
        self._ready.wait()
        with self._lock:
            if place in self._later:
                self._render(self._later[place])
                del self._later[place]
            source, target = self._parts.get(place), self._root / place
            if source and not is_same_version(file_stat(source), file_stat(target)):
                folders.link_or_copy(source, target)

    def install(self, server: LiveReloadServer) -> None:
        """Stand before a server's own answers."""
        answer = server.get_app()

        def application(environ: dict[str, Any], start_response: Any) -> Any:
            try:
                for place in _places(environ["PATH_INFO"], server.mount_path):
                    self.ensure(place)
            except BuildError as error:
                _log.error("%s", error)
            return answer(environ, start_response)  # type: ignore[misc]

        server.set_app(application)


def _places(path: str, mount: str) -> Iterator[str]:
    """Give the files that an address can mean, as the server of MkDocs reads it."""
    path = path.encode("latin-1").decode("utf-8", "ignore")
    if path.startswith(mount):
        place = posixpath.normpath("/" + path[len(mount) :]).lstrip("/")
        yield from (place, f"{place}/index.html".lstrip("/"))


def watch_sources(server: LiveReloadServer, settings: Settings) -> None:
    """Watch the seeds and the hand-written pages instead of the docs folder as a whole.

    A hand-written page that is added at the top of the docs folder is noticed from the next
    rebuild on, which its entry in the navigation causes.
    """
    server.unwatch(str(settings.docs))
    _watch_seeds(server, settings.seeds)
    generated = {*generated_paths(settings.docs), settings.docs / MARKER}
    for path in sorted(settings.docs.iterdir()):
        if path not in generated:
            server.watch(str(path))


def _watch_seeds(server: LiveReloadServer, seeds: Path) -> None:
    """Rebuild when a seed changes, but not for a file that is none, as git has a hundred of."""
    observer: Any = server.observer
    schedule = observer.schedule

    def schedule_for_seeds(handler: Any, path: str, **options: Any) -> Any:
        rebuild = handler.on_any_event
        handler.on_any_event = lambda event: rebuild(event) if _is_of_seed(event, seeds) else None
        return schedule(handler, path, **options)

    observer.schedule = schedule_for_seeds  # MkDocs gives nobody its handler
    try:
        server.watch(str(seeds))
    finally:
        observer.schedule = schedule


def _is_of_seed(event: Any, seeds: Path) -> bool:
    """Whether something happened to a file that is a seed, or that decides what is one."""
    for place in (event.src_path, getattr(event, "dest_path", "")):
        path = os.path.relpath(os.fsdecode(place), seeds.absolute()) if place else os.curdir
        if path == os.curdir:
            continue
        if is_ignore_file(path):
            return True
        try:
            if ignoring_rule(seeds, Path(path).as_posix()) is None:
                return True
        except SeedbedError:  # the run will say what is wrong
            return True
    return False
