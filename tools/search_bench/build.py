"""Build the index of a made corpus into a folder; a process of its own, to be measured as one."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from generator.engine.fingerprint import fingerprint
from generator.files import write_file
from generator.search.index import build_index
from generator.text import build_matrix, profile_text
from generator.text.tokens import TextProfile
from tools.search_bench.corpus import light, stock, text


def main(size: int, target: Path) -> None:
    """Print the seconds of the steps, without those for making the corpus."""
    known = stock()
    made = light(known, size)
    making = cutting = 0.0

    def cut() -> Iterator[TextProfile]:
        nonlocal making, cutting
        for entry in made:
            first = time.process_time()
            written = text(known, entry)
            second = time.process_time()
            found = profile_text(written)
            making += second - first
            cutting += time.process_time() - second
            yield found

    start = time.process_time()
    terms = build_matrix(cut())
    counting = time.process_time() - start - making - cutting
    start = time.process_time()
    for file in build_index(made, terms):
        write_file(target / file.path, file.data)
    indexing = time.process_time() - start
    start = time.process_time()
    fingerprint((made, terms.digests))
    looking = time.process_time() - start
    steps = {
        "cutting words": cutting,
        "listing kept words": counting + indexing,
        "unchanged": looking,
    }
    print(json.dumps(steps))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
