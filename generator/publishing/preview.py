"""Live preview without chasing its own tail.

MkDocs watches the whole docs folder. We write there on every rebuild, so one saved seed would
rebuild again and again (12 times in 6 seconds, measured). Watching what people edit, and only
that, gives one rebuild and then silence.

MkDocs also makes the site anew on every rebuild, in an empty folder. Serving another one, which is
brought up to date instead, makes the cost of a rebuild that of what changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator import store
from generator.publishing.rendering.parts import Parts, bring_up_to_date, written
from generator.settings import Settings

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


PREVIEW = ".seedbed/preview"
"""The site that a preview shows, below the project's folder."""


def show(folder: Path, parts: Parts, own: Path) -> None:
    """Make a folder the site of these parts and of what MkDocs wrote into its own.

    Everything is linked, as far as the system can: what only a preview shows may change with the
    file that people write in.
    """
    linked = {**parts.linked, **parts.copied, **written(own, folder)}
    bring_up_to_date(folder, Parts(linked, {}), folder, jobs=1)


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
