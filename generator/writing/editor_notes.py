"""Notes of the editor as HTML that cannot do more than show text and links.

HTML in a note is text, pictures are left out, and links lead to pages of this site or to web
addresses. A link to a seed, by its path from the note's own folder, leads to the page of the seed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from generator.model import Address, Corpus, EditorNote, EntityId, PagePath, SeedPath
from generator.model.pages import EXTERNAL_LINK_REL
from generator.writing.addresses import urls

_EXTERNAL = re.compile(r"https?://[^\s]+|mailto:[^\s]+", re.IGNORECASE)
_TARGET = re.compile(r"(?:\]\(|\]:)\s*<?([^)\s>]+)")
"""The target of a link in Markdown, in the text or at its end."""

_IN_TEMPLATES = re.compile(r"[{}]|(?<=[\[(%#@])[\[(%#@]")
"""Characters that could open an expression of a template."""


class NoteView(NamedTuple):
    """A note with what its links lead to."""

    text: str
    """Markdown."""
    pages: tuple[tuple[str, Address], ...]
    """The targets that are seeds or names, as written, and the addresses of their pages."""


def note_view(note: EditorNote | None, folder: str, corpus: Corpus) -> NoteView | None:
    """Return a note as a page shows it; None for an empty one.

    Links to seeds are relative to the `folder` of the note's subject.
    """
    if note is None or not note.text:
        return None
    pages = ((target, _address(target, folder, corpus)) for target in _targets(note.text))
    return NoteView(note.text, tuple((target, address) for target, address in pages if address))


def note_on(subject: str, corpus: Corpus) -> NoteView | None:
    """Return the note about a document, an entity, or a folder with a slash at the end."""
    note = corpus.notes.get(subject)
    return note_view(note, posixpath.dirname(subject), corpus) if note else None


def _targets(text: str) -> Iterator[str]:
    yield from dict.fromkeys(match[1] for match in _TARGET.finditer(text))


def _address(target: str, folder: str, corpus: Corpus) -> Address | None:
    path = posixpath.normpath(posixpath.join(folder, target))
    entity = corpus.entities.entities.get(EntityId(target))
    return corpus.addresses.get(SeedPath(path)) or (entity.address if entity else None)


def note_html(note: NoteView, page: PagePath, index: str) -> str:
    """Return a note as HTML for a page, without blank lines.

    `index` is what addresses have after the folder of a page.
    """
    links = {
        target: f"{urls.relative(page, urls.page_path(address)).removesuffix('index.md')}{index}"
        for target, address in note.pages
    }
    markdown = Markdown(extensions=["sane_lists"], output_format="html")
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    markdown.treeprocessors.register(_SafeLinks(links), "safe links", 0)
    lines = (line for line in markdown.convert(note.text).split("\n") if line.strip())
    return _IN_TEMPLATES.sub(lambda match: f"&#{ord(match[0])};", "\n".join(lines))


class _SafeLinks(Treeprocessor):
    """Removes pictures, and links that lead elsewhere than they may."""

    def __init__(self, links: Mapping[str, str]) -> None:
        super().__init__()
        self.links = links

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for element in root.iter():
            if element.tag == "img":
                _replace_picture(element)
            elif element.tag == "a":
                self._set_target(element)

    def _set_target(self, link: Element) -> None:
        target = link.attrib.pop("href", "")
        link.attrib.pop("title", None)
        if target in self.links:
            link.set("href", self.links[target] or "./")
        elif _EXTERNAL.fullmatch(target):
            link.attrib |= {"href": target, "rel": EXTERNAL_LINK_REL}
        else:
            link.tag = "span"


def _replace_picture(picture: Element) -> None:
    """Leave the description of a picture alone: pages ask no other host for anything."""
    words = picture.attrib.get("alt", "")
    picture.attrib.clear()
    picture.tag = "span"
    picture.text = words
