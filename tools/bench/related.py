"""The cost of finding related documents: `python -m tools.bench.related 10000`.

One process on one core splits the texts into words, counts them and compares the documents. The
texts are those of `tools.bench`; no file is written.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from generator.engine.fingerprint import fingerprint
from generator.linking.similarity.compare import ComparedDocument, compare_texts
from generator.linking.similarity.linked_names import LinkedNames
from generator.linking.similarity.reasons import FactsByPosition
from generator.linking.similarity.related import Explainer, relate_documents
from generator.model import Document, Extracted, Metadata, SeedPath
from generator.model.mention_table import MentionTable
from generator.text.term_counts import terms_in_memory
from generator.text.text_profile import TextProfile, profile_text
from tools.bench import corpus

ROOT = Path(__file__).parents[2]


def main(size: int) -> None:
    """Print the seconds of each step, and the memory at the end."""
    stock = corpus.paragraphs(ROOT.parent / "shared" / "corpora")
    seconds = 0.0

    def profiles() -> Iterator[TextProfile]:
        nonlocal seconds
        for text in corpus.texts(size, stock):
            before = time.process_time()
            profile = profile_text(text)
            seconds += time.process_time() - before
            yield profile

    terms = terms_in_memory(profiles())
    documents = [_document(number) for number in range(size)]
    before = time.process_time()
    similarity = compare_texts([*map(ComparedDocument.from_document, documents)], terms)
    sources = [document.source for document in documents]
    names = LinkedNames.of(MentionTable.of({}).in_order(sources), {})
    facts = FactsByPosition(documents)
    explainer = Explainer.of(similarity, facts, map(fingerprint, documents), names)
    relations = relate_documents(explainer).relations.values()
    comparing = time.process_time() - before
    average = sum(len(each.related) for each in relations) / size
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size:,} documents, {len(terms.vocabulary):,} words, {average:.1f} related documents each"
    )
    print(f"splitting {seconds:.1f} s, comparing {comparing:.1f} s, {memory:.0f} MB")


def _document(number: int) -> Document:
    metadata = Metadata(Extracted("", "bench"), language=Extracted("en", "bench"))
    return Document(SeedPath(f"{number:06d}.txt"), str(number), "utf-8", "", (), (), metadata)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
