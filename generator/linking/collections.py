"""Collections: the folders of seeds, each with the documents in it and in folders below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import structs

from generator.model import Address, Collection, DocumentRecord, EditorNote, SeedPath

_CONTAINERS = (".csv", ".jsonl", ".mbox", ".ods", ".tsv", ".xlsx", ".zip")
"""Ends of names of files that hold documents: readers need not know what kind of file it was."""


def find_collections(
    documents: Sequence[DocumentRecord],
    notes: Mapping[str, EditorNote],
    assign_addresses: Callable[[Iterable[str]], Mapping[str, Address]],
) -> tuple[Collection, ...]:
    """Return the collections of a corpus, sorted by folder; none if no seed is in a folder.

    `documents` are in the order of time. `notes` has those of folders by their paths, with a slash
    at the end.
    `assign_addresses` gives each folder its address.
    """
    own = [document.folder for document in documents]
    above = {folder: [*folders_above(f"{folder}/")] for folder in set(own)}
    letters = set(chain(*above.values())).intersection([document.source for document in documents])
    members: dict[str, list[DocumentRecord]] = defaultdict(list)
    for document, folder in zip(documents, own, strict=True):
        for each in above[folder]:
            members[each].append(document)
    for letter in letters:  # what it encloses is no folder
        del members[letter]
    addresses = assign_addresses(sorted(members))
    return tuple(
        _collection(folder, members[folder], notes.get(f"{folder}/"), addresses[folder])
        for folder in sorted(members)
    )


def folders_above(path: str) -> Iterator[str]:
    """Yield the folders above a path, the deepest first."""
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def with_named_folders(
    documents: Iterable[DocumentRecord], notes: Mapping[str, EditorNote]
) -> Iterator[DocumentRecord]:
    """Yield the documents; a collection that a person named by its title becomes its folder.

    A name that neither a folder nor a note has is the folder of a collection of its own.
    """
    documents = tuple(documents)
    if not any(document.metadata.collection for document in documents):
        yield from documents
        return
    folders = {folder for document in documents for folder in folders_above(document.source)}
    titled = ((note.title, subject) for subject, note in notes.items())
    titles = {title: subject.removesuffix("/") for title, subject in titled if title}
    titles |= {_title(folder, notes.get(f"{folder}/")): folder for folder in sorted(folders)}
    for document in documents:
        named = document.metadata.collection
        if named is None:
            yield document
            continue
        folder = named.value if named.value in folders else titles.get(named.value)
        folder = folder or _as_folder(named.value)
        found = structs.replace(named, value=folder) if folder else None
        yield structs.replace(
            document, metadata=structs.replace(document.metadata, collection=found)
        )


def _as_folder(name: str) -> str:
    """Return a name as the path of a folder, without parts that would lead elsewhere."""
    parts = (part.strip() for part in name.split("/"))
    return "/".join(part for part in parts if part.strip("."))


def _collection(
    folder: str, documents: Iterable[DocumentRecord], note: EditorNote | None, address: Address
) -> Collection:
    if note and note.order in _ORDERS:
        documents = sorted(documents, key=_ORDERS[note.order])
    sources = tuple([document.source for document in documents])
    return Collection(folder, _title(folder, note), address, sources, note)


def _title(folder: str, note: EditorNote | None) -> str:
    """Return the title that the editor gave, or the name of the folder in words."""
    name = folder.rpartition("/")[2]
    for end in _CONTAINERS:
        name = name.removesuffix(end)
    name = " ".join(name.replace("_", " ").replace("-", " ").split())
    return (note and note.title) or name[:1].upper() + name[1:] or folder


def _by_title(document: DocumentRecord) -> str:
    return document.metadata.title.value.casefold()


def _by_file(document: DocumentRecord) -> SeedPath:
    return document.source


_ORDERS: dict[str, Callable[[DocumentRecord], str]] = {
    "title": _by_title,
    "file": _by_file,
}
"""Orders other than that of time, in which documents come."""
