"""The pictures of a document as its page names them."""

from __future__ import annotations

from msgspec import structs

from generator.model import Block, Document, Mark
from generator.model.pictures import DocumentPictures, Picture


def with_pictures(document: Document, found: DocumentPictures | None = None) -> Document:
    """Return a document whose marks have the names of pictures, each picture as often as it stands.

    A picture without a name is not shown.
    """
    pictures = found.in_text if found else document.pictures
    if not pictures:
        return document
    blocks, shown = list[Block](), list[Picture]()
    for block in document.blocks:
        marks = list[Mark]()
        for mark in sorted(block.marks, key=lambda mark: mark.start):
            if mark.kind != "picture":
                marks.append(mark)
            elif (picture := pictures[int(mark.value)]).name:
                marks.append(structs.replace(mark, value=picture.name))
                shown.append(picture)
        blocks.append(structs.replace(block, marks=tuple(marks)))
    return structs.replace(document, blocks=tuple(blocks), pictures=tuple(shown))
