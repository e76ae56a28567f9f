"""Print the table of both engines: `python -m tools.search_bench [SIZE ...]`."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from generator.writing.search.entries import Entry
from tools.search_bench import asking, corpus, languages
from tools.search_bench.engines import OURS, PAGEFIND, THEIRS, Engine, build
from tools.search_bench.queries import known_items

_EACH = 50
"""Queries of each kind; at 10,000 documents Pagefind needs seconds for a title."""
_ONE_INDEX = 20_000
"""Documents above which Pagefind would need more memory than most machines have (0.5 MB each)."""


def main(sizes: Sequence[int]) -> None:
    """Measure both engines on corpora of these sizes, then the recall in many languages."""
    stock = corpus.stock()
    print(f"Made of {stock.origin}; processor seconds; medians; MRR@10 of {_EACH} queries each.")
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="seedbed-search-") as folder:
            measure(corpus.entries(stock, size), Path(folder))
    with tempfile.TemporaryDirectory(prefix="seedbed-search-") as folder:
        languages.measure(Path(folder))


def measure(entries: Sequence[Entry], site: Path) -> None:
    """Print the table for one corpus."""
    corpus.lay_out(entries, site)
    engines = [OURS, THEIRS] if PAGEFIND.exists() and len(entries) <= _ONE_INDEX else [OURS]
    columns = [column(engine, entries, site) for engine in engines]
    print(f"\n{len(entries):,} documents".ljust(39), *(f"{e.name:>12}" for e in engines))
    for name in columns[0]:
        print(f"  {name:<36}", *(f"{found[name]:>12}" for found in columns))


def column(engine: Engine, entries: Sequence[Entry], site: Path) -> dict[str, str]:
    """Measure one engine."""
    cost = build(engine, len(entries), site)
    queries = known_items(entries, _EACH)
    words = [query.typed for query in queries if query.kind == "rare word"]
    with asking.served(site) as (where, counter), asking.chromium() as browser:
        titles, whole = asking.first(browser, engine, where, counter, words[:9])
        with asking.client(browser, engine, where) as page:
            places = {
                kind: asking.ranks(page, list(same))
                for kind, same in groupby(queries, lambda query: query.kind)
            }
            warm = asking.keystroke(page, words[:10])
    return {
        "index, seconds": f"{cost.seconds:.1f}",
        "index, memory, MB": f"{cost.memory:.0f}",
        "index, files": f"{cost.files:,}",
        "index, size, MB": f"{cost.size:.1f}",
        "first query, files": f"{titles.files}",
        "first query, kB": f"{titles.kilobytes:.0f}",
        "first query, ms": f"{titles.milliseconds:.0f}",
        "first query and ten excerpts, kB": f"{whole.kilobytes:.0f}",
        "first query and ten excerpts, ms": f"{whole.milliseconds:.0f}",
        "keystroke, 9 in 10 within ms": f"{warm:.0f}",
        **{
            f"{kind} (among ten)": f"{asking.reciprocal(found):.2f} ({found_in(found)} %)"
            for kind, found in places.items()
        },
    }


def found_in(places: Sequence[int]) -> int:
    """In percent, how often the document is among ten."""
    return round(100 * statistics.mean(place > 0 for place in places))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000])
