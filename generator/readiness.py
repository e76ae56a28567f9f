"""What takes longer to load than a seed takes to read, and is loaded while other work begins.

It imports little, so that it can be asked for before the rooms that do the work are loaded.
"""

from __future__ import annotations

from threading import Thread

from generator.reading import language


def get_ready() -> None:
    """Begin to load it; who needs it before it is there waits, and to ask twice costs nothing.

    It is a third of a second, nearly all of it spent without Python's lock.
    """
    Thread(target=language.get_ready, daemon=True).start()
