"""Print the table of both engines: `python -m tools.search_bench [SIZE ...]`."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from generator.search.search_entries import SearchEntry
from tools.search_bench import asking, corpus, languages
from tools.search_bench.engines import OURS, PAGEFIND, THEIRS, Engine, build
from tools.search_bench.queries import FREQUENT, Query, known_items

_EACH = 200
"""Queries of each kind."""
_SAMPLED = 50
"""Queries of each kind in a larger corpus, where Pagefind needs seconds for a title."""
_LARGE = 5_000
_ONE_INDEX = 20_000
"""Documents above which Pagefind would need more memory than most machines have (0.5 MB each)."""


def main(sizes: Sequence[int]) -> None:
    """Measure both engines on corpora of these sizes, then the recall in many languages."""
    stock = corpus.stock()
    print(f"Corpus from {stock.origin}; processor seconds; medians; MRR@10.")
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="seedbed-search-") as folder:
            measure(corpus.entries(stock, size), Path(folder))
    with tempfile.TemporaryDirectory(prefix="seedbed-search-") as folder:
        languages.measure(Path(folder))


def measure(entries: Sequence[SearchEntry], site: Path) -> None:
    """Print the table for one corpus."""
    corpus.lay_out(entries, site)
    engines = [OURS, THEIRS] if PAGEFIND.exists() and len(entries) <= _ONE_INDEX else [OURS]
    each = _EACH if len(entries) <= _LARGE else _SAMPLED
    queries = known_items(entries, each)
    columns = [column(engine, queries, site, len(entries)) for engine in engines]
    title = f"{len(entries):,} documents, {each} queries a kind"
    print(f"\n{title:<38}", *(f"{engine.name:>12}" for engine in engines))
    for name in columns[0]:
        print(f"  {name:<36}", *(f"{values.get(name, ''):>12}" for values in columns), flush=True)


def column(engine: Engine, queries: Sequence[Query], site: Path, size: int) -> dict[str, str]:
    """Return the measurements of one engine."""
    print(f"... {engine.name}, {size:,} documents", file=sys.stderr, flush=True)
    cost = build(engine, size, site)
    words = [query.typed for query in queries if query.kind == "rare word"]
    with asking.served(site) as (where, counter), asking.chromium() as browser:
        firsts = {
            what: asking.first(browser, engine, where, counter, some)
            for what, some in (("rare", words[:7]), ("frequent", FREQUENT))
        }
        with asking.client(browser, engine, where) as page:
            ranks = {
                kind: asking.ranks(page, list(same))
                for kind, same in groupby(queries, lambda query: query.kind)
            }
            warm = asking.keystroke(page, words[:10])
            frequent = asking.keystroke(page, FREQUENT[:2])
    return {
        "index, seconds": f"{cost.seconds:.1f}",
        **{
            f"  of that {name}" if name != "unchanged" else "index, unchanged": f"{spent:.1f}"
            for name, spent in cost.steps.items()
        },
        "index, memory, MB": f"{cost.memory:.0f}",
        "index, files": f"{cost.files:,}",
        "index, size, MB": f"{cost.size:.1f}",
        **{
            name: figure
            for what, found in firsts.items()
            for name, figure in first_query_rows(what, *found)
        },
        "keystroke, 9 in 10 within ms": f"{warm:.0f}",
        "keystroke, frequent words": f"{frequent:.0f}",
        **{
            f"{kind} (among ten)": (
                f"{asking.reciprocal(of_kind):.2f} ({share_among_ten(of_kind)} %)"
            )
            for kind, of_kind in ranks.items()
        },
    }


def first_query_rows(
    what: str, titles: asking.First, whole: asking.First
) -> Iterator[tuple[str, str]]:
    """Yield the rows of a first query, without and with ten excerpts."""
    yield f"first query, {what} word, files", f"{titles.files:.0f}"
    yield f"first query, {what} word, kB", f"{titles.kilobytes:.0f}"
    yield f"first query, {what} word, ms", f"{titles.milliseconds:.0f}"
    yield f"  and ten excerpts, {what}, kB", f"{whole.kilobytes:.0f}"
    yield f"  and ten excerpts, {what}, ms", f"{whole.milliseconds:.0f}"


def share_among_ten(ranks: Sequence[int]) -> int:
    """Return in percent how often the document is among the first ten results."""
    return round(100 * statistics.mean(rank > 0 for rank in ranks))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000])
