"""The output paths of pages, as far as they are known without MkDocs.

MkDocs takes 0.06 s to load, so what runs in other processes gets them here.
"""

from __future__ import annotations

PAGE = "index.md"
"""The page of a folder, whose output path does not depend on the settings."""


def has_default_path(name: str) -> bool:
    """Whether a file is a page whose output path does not depend on the settings."""
    return name.endswith(f"/{PAGE}")


def default_output_path(name: str) -> str:
    """Return the output path of such a page, which has a folder of its own."""
    return f"{name.removesuffix('.md')}.html"
