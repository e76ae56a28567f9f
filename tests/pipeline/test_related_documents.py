"""Related documents of a corpus, with what the database has of them."""

from __future__ import annotations

from pathlib import Path

from generator.engine.database_file import open_database
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build
from generator.engine.stored_vocabulary import StoredVocabulary
from generator.engine.workers import no_progress
from generator.linking.corpus import assemble_corpus
from generator.linking.similarity.compare import ComparedDocument, compare_texts
from generator.model import Relations
from generator.pipeline.background_tasks import TERM_IDS
from generator.pipeline.corpus_stages import relate_documents
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.text.term_counts import terms_in_memory
from generator.text.text_profile import profile_text
from generator.writing.addresses import urls
from tests.linking.test_related import document, essay
from tests.support import make_project

_SUBJECTS = ("harbour", "court") * 3
_DATES = ("1978-08-24", "1910-03-01", "1978-08-26", "1850-01-05", "1890-06-30", "1870-11-11")


def related(path: Path, *, in_reverse: bool) -> list[Relations]:
    """Return the relations of letters, whose fingerprints come in one order or the other."""
    made = [
        document(f"d{number}", essay(subject, number), date)
        for number, (subject, date) in enumerate(zip(_SUBJECTS, _DATES, strict=True))
    ]
    texts = {each.source: each.text for each in made}
    corpus = assemble_corpus([each.record for each in made], {}, urls.author_addresses)
    terms = terms_in_memory(profile_text(texts[each.source]) for each in corpus.documents)
    similarity = compare_texts([*map(ComparedDocument.from_document, corpus.documents)], terms)
    records = [(each.source, fingerprint(each)) for each in corpus.documents]
    with open_database(path) as database:
        build = Build.start(database, "test", 1, no_progress)
        vocabulary = StoredVocabulary(database, TERM_IDS)
        vocabulary.ids(similarity.vocabulary)
        vocabulary.save()
        ordered = dict(reversed(records) if in_reverse else records)
        return [*relate_documents(build, corpus, ordered, similarity).relations.values()]


def test_facts_are_those_of_each_document_in_any_order(tmp_path: Path) -> None:
    """The same week is said of two documents of one week, and of no others."""
    found = related(tmp_path / "one.sqlite", in_reverse=False)
    assert related(tmp_path / "other.sqlite", in_reverse=True) == found
    week = {
        (each.source, other.source) for each in found for other in each.related if other.same_week
    }
    assert week == {("d0", "d2"), ("d2", "d0")}


_SEEDS: dict[str, str | bytes] = {
    "a.txt": "The walk\n\n19 June 2009\n\nMr. Nathaniel Abernathy of Lake Tahoe showed me otters, a"
    " heron on the ice and the boat that his brother built of cedar.\n",
    "b.txt": "The mill\n\n3 March 1990\n\nThe mill burned down, and the council paid the miller.\n",
    "c.txt": "The council\n\n14 June 2009\n\nThe rates of the water company were raised again, said"
    " Nathaniel Abernathy, who lives at Lake Tahoe and pays for two gardens.\n",
}


def test_reasons_use_the_dates_of_both_documents(tmp_path: Path) -> None:
    """Not those of the documents that are in these places by the names of the seeds."""
    project = mkdocs_build.load_project(make_project(tmp_path, _SEEDS))
    generate(project.settings)
    pages = (project.settings.docs / "documents").rglob("index.md")
    found = [page.parent.name for page in pages if "the same week" in page.read_text("utf-8")]
    assert sorted(found) == ["the-council", "the-walk"]
