"""Live preview without chasing its own tail.

MkDocs watches the whole docs folder. We write there on every rebuild, so one saved seed would
rebuild again and again (12 times in 6 seconds, measured). Watching what people edit, and only
that, gives one rebuild and then silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import store
from generator.settings import Settings

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


def watch_sources(server: LiveReloadServer, settings: Settings) -> None:
    """Watch the seeds and the hand-written pages instead of the docs folder as a whole.

    A hand-written page that is added at the top of the docs folder is noticed from the next
    rebuild on, which its entry in the navigation causes.
    """
    server.unwatch(str(settings.docs))
    server.watch(str(settings.seeds))
    generated = {*store.owned_paths(settings.docs), settings.docs / store.MARKER}
    for path in sorted(settings.docs.iterdir()):
        if path not in generated:
            server.watch(str(path))
