"""Build the index of a made corpus into a folder; a process of its own, to be measured as one."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from generator import store
from generator.writing.search import index
from tools.search_bench.corpus import entries, stock


def main(size: int, target: Path) -> None:
    """Print the seconds that the index took, without those for making the corpus."""
    made = entries(stock(), size)
    before = time.process_time()
    for file in index(made):
        store.write_file(target / file.path, file.data)
    print(time.process_time() - before)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
