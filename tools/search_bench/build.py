"""Build the index of a generated corpus; it runs in its own process, which is measured."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from generator.engine.fingerprint import fingerprint
from generator.files import write_file
from generator.search.index import build_index
from generator.text.term_counts import terms_in_memory
from generator.text.text_profile import TextProfile, profile_text
from tools.search_bench.corpus import light, stock, text


def main(size: int, target: Path) -> None:
    """Print the seconds of the steps, without those for generating the corpus."""
    parts = stock()
    entries = light(parts, size)
    generating = splitting = 0.0

    def profiles() -> Iterator[TextProfile]:
        nonlocal generating, splitting
        for entry in entries:
            first = time.process_time()
            words = text(parts, entry)
            second = time.process_time()
            profile = profile_text(words)
            generating += second - first
            splitting += time.process_time() - second
            yield profile

    start = time.process_time()
    terms = terms_in_memory(profiles())
    counting = time.process_time() - start - generating - splitting
    start = time.process_time()
    for file in build_index(entries, terms):
        write_file(target / file.path, file.data)
    indexing = time.process_time() - start
    start = time.process_time()
    fingerprint((entries, terms.keys))
    comparing = time.process_time() - start
    steps = {
        "splitting texts": splitting,
        "indexing words": counting + indexing,
        "unchanged": comparing,
    }
    print(json.dumps(steps))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
