"""Recall of exact and mistyped words in many languages, in texts written for measurements."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

import yaml
from msgspec.structs import replace

from generator.files import write_file
from generator.model import Address
from generator.search.index import build_index
from generator.search.search_entries import SearchEntry
from tools.search_bench import asking, corpus
from tools.search_bench.engines import OURS, PAGEFIND, THEIRS, build
from tools.search_bench.queries import mistyped

_TEXTS = corpus.ROOT / "tools" / "quality" / "languages.yml"
_MORE = Path(__file__).with_name("languages.yml")

_CUT = """([text, language]) => [...new Set(
  [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)]
    .filter((part) => part.isWordLike).map((part) => part.segment))]"""
"""Words as the dictionaries of the browser split them, which neither engine uses."""


def measure(site: Path) -> None:
    """Print, for each engine and language, how many words find the text that contains them."""
    texts = {
        entry["language"]: " ".join(entry["text"].split())
        for path in (_TEXTS, _MORE)
        for entry in yaml.safe_load(path.read_text("utf-8"))
    }
    entries = [_entry(language, text) for language, text in texts.items()]
    _lay_out(entries, site)
    engines = [OURS, THEIRS] if PAGEFIND.exists() else [OURS]
    with asking.served(site) as (where, _), asking.chromium() as browser:
        with asking.client(browser, OURS, where) as page:
            words = {
                language: page.evaluate(_CUT, [text, language]) for language, text in texts.items()
            }
        typos = _typos(words)
        print(f"\nwords found, in % of all of a text ({len(texts)} languages)")
        for engine in engines:
            with asking.client(browser, engine, where) as page:
                counts = {
                    language: page.evaluate(_RECALL, [f"d/{language}/", queries])
                    for language, queries in words.items()
                }
                corrected = sum(
                    page.evaluate(_RECALL, [address, [word]]) for address, word in typos
                )
            shares = {name: 100 * counts[name] / len(words[name]) for name in words}
            low = {name: round(share) for name, share in shares.items() if share < 98}
            whole = 100 * sum(counts.values()) / sum(map(len, words.values()))
            print(f"  {engine.name:<10} all {whole:.1f}; below 98: {json.dumps(low)}")
            print(f"  {'':<10} with one typing error: {100 * corrected / len(typos):.0f}")


_RECALL = """async ([address, words]) => {
  let found = 0;
  for (const word of words) if ((await window.all(word)).includes(address)) found += 1;
  return found;
}"""


def _typos(words: dict[str, Sequence[str]]) -> list[tuple[str, str]]:
    chance = random.Random(3)
    latin = re.compile(r"[a-zà-ž]{6,}", re.IGNORECASE)
    typos: list[tuple[str, str]] = []
    for language, own_words in words.items():
        fitting = [word for word in own_words if latin.fullmatch(word)]
        some = chance.sample(fitting, min(10, len(fitting)))
        typos += [(f"d/{language}/", mistyped(chance, word)) for word in some]
    return [(address, word) for address, word in typos if word]


def _entry(language: str, text: str) -> SearchEntry:
    return SearchEntry(
        Address(f"d/{language}/"), "document", f"Text {language}", texts=(text,), language=language
    )


def _lay_out(entries: Sequence[SearchEntry], site: Path) -> None:
    """Write pages as Material does, with English as the language of all."""
    corpus.lay_out([replace(entry, facets={}) for entry in entries], site)
    for file in build_index(entries):
        write_file(site / file.path, file.data)
    if PAGEFIND.exists():
        build(THEIRS, len(entries), site)
