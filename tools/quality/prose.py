"""Real prose for damage and repair: news stories and speeches, as lists of paragraphs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from tools.quality.figures import shared


def stories() -> Iterator[list[str]]:
    """Yield the stories of Wikinews, with an empty line between paragraphs."""
    for path in sorted(shared("gold", "wikinews", "seeds").glob("*.txt")):
        yield paragraphs(path.read_text("utf-8"), "\n\n")


def speeches() -> Iterator[list[str]]:
    """Yield speeches of US presidents, in the public domain, with a paragraph on each line."""
    for name in ("inaugural", "state_union"):
        with zipfile.ZipFile(shared("corpora", f"{name}.zip")) as archive:
            for member in sorted(archive.namelist()):
                if member.endswith(".txt"):
                    yield paragraphs(archive.read(member).decode("utf-8", "replace"), "\n")


def paragraphs(text: str, divider: str) -> list[str]:
    """Return the parts of a text, with single spaces between words."""
    pieces = (" ".join(piece.split()) for piece in text.split(divider))
    return [piece for piece in pieces if piece]
