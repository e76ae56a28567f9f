"""Notes of the editor, from the seeds folder to the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import msgspec
from msgspec import structs

from generator.corrections import parse_editor_note
from generator.files.editor_note_files import ABOUT, NOTES, read_editor_files
from generator.files.snapshot import Snapshot
from generator.linking.collections import find_collections, folders_above, with_named_folders
from generator.model import Corpus, DocumentRecord, EditorNote, Extracted, Problem, SeedPath
from generator.settings import Settings
from generator.writing.addresses import urls


class EditorNotes(msgspec.Struct, frozen=True):
    """All notes by their subject, with the problems in them."""

    notes: dict[str, EditorNote]
    """By seed or entity; those of folders have a slash at the end, that of the site is empty."""
    files: dict[str, str]
    """The file of each note."""
    problems: tuple[Problem, ...]

    def add_to(self, corpus: Corpus) -> Corpus:
        """Return the corpus with the notes, and with its collections."""
        documents = corpus.documents
        collections = find_collections(documents, self.notes, urls.collection_addresses)
        return replace(corpus, notes=self.notes, collections=collections)

    def with_current(self, settings: Settings, subject: str) -> EditorNotes:
        """Return the notes, with the one about a document or an entity read again."""
        path = f"{NOTES}{subject}.md"
        notes = {about: note for about, note in self.notes.items() if about != subject}
        for _, text in read_editor_files(settings.seeds, (path,)):
            if isinstance(text, str):
                notes[subject] = parse_editor_note(path, text).value
        return structs.replace(self, notes=notes)

    def settle(
        self, documents: Iterable[DocumentRecord], site_rights: str | None
    ) -> tuple[DocumentRecord, ...]:
        """Return the documents with the folders of their collections, and with their rights.

        A document has its own rights, else those of the deepest folder, else those of the site.
        """
        named = with_named_folders(documents, self.notes)
        if not site_rights and not any(note.rights for note in self.notes.values()):
            return tuple(named)
        return tuple(self._with_rights(document, site_rights) for document in named)

    def _with_rights(self, document: DocumentRecord, site_rights: str | None) -> DocumentRecord:
        if document.metadata.rights:
            return document
        for folder in folders_above(f"{document.folder}/"):
            note = self.notes.get(f"{folder}/")
            if note and note.rights:
                return _state_rights(document, note.rights, self.files[f"{folder}/"])
        return _state_rights(document, site_rights, "mkdocs.yml") if site_rights else document

    def all_problems(self, corpus: Corpus) -> Iterator[Problem]:
        """Yield what is wrong in the notes, and what they are about that the corpus lacks."""
        yield from self.problems
        yield from self._unused(corpus)
        yield from self._unknown_leads(corpus)

    def _unused(self, corpus: Corpus) -> Iterator[Problem]:
        """Yield a warning for each note that no page shows; none if its documents are withdrawn."""
        folders = {f"{collection.folder}/" for collection in corpus.collections}
        folders |= {
            f"{folder}/"
            for document in corpus.withdrawn
            for folder in folders_above(document.source)
        }
        known = folders | corpus.addresses.keys() | corpus.entities.entities.keys() | {""}
        for subject in sorted(self.notes.keys() - known):
            message = f'there is no document, person or folder "{subject}"; the note is not shown'
            hint = "Name the file after the seed, as in _notes/letters/a.txt.md, or after the page"
            hint += " of a name, as in _notes/people/ana-ruiz.md"
            yield Problem("W074", self.files[subject], message, hint, severity="warning")

    def _unknown_leads(self, corpus: Corpus) -> Iterator[Problem]:
        """Yield a warning for each document that cannot lead the front page."""
        note = self.notes.get("")
        withdrawn = {document.source for document in corpus.withdrawn}
        for source in note.lead if note else ():
            if source in withdrawn:
                message = f'"{source}" is withdrawn; the front page cannot begin with it'
                hint = "Name another document, or remove the line"
                yield Problem("W120", self.files[""], message, hint, severity="warning")
            elif SeedPath(source) not in corpus.by_source:
                message = f'there is no document "{source}" with which the front page could begin'
                hint = "Write the path of a seed below the seeds folder, as in letters/a.txt"
                yield Problem("W120", self.files[""], message, hint, severity="warning")


def load_editor_notes(settings: Settings, seeds: Snapshot) -> EditorNotes:
    """Read the notes in the seeds folder."""
    notes: dict[str, EditorNote] = {}
    files: dict[str, str] = {}
    problems: list[Problem] = []
    for path, text in read_editor_files(settings.seeds, seeds.files):
        if isinstance(text, Problem):
            problems.append(text)
            continue
        subject = _subject(path)
        notes[subject], found = parse_editor_note(path, text)
        files[subject] = path
        problems += found
    return EditorNotes(notes, files, tuple(problems))


def _state_rights(document: DocumentRecord, rights: str, file: str) -> DocumentRecord:
    return structs.replace(
        document, metadata=structs.replace(document.metadata, rights=Extracted(rights, file))
    )


def _subject(path: str) -> str:
    """Return what a note is about: a seed, an entity, a folder with a slash, or the site."""
    if path.startswith(NOTES):
        return path.removeprefix(NOTES).removesuffix(".md")
    return path.removesuffix(ABOUT)
