"""Random texts from seed to page: no character is lost, and nothing raises an exception.

Each text goes through all steps: reading, page, the site's own Markdown, and back through the
ledger to the decoded source. SEEDBED_FUZZ is the number of seeds; `make fuzz` tests 20,000.
"""

from __future__ import annotations

import os
import random
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache

import pytest
import yaml
from markdown import Markdown
from mkdocs.config import load_config

from generator.checking.built_page import parse_page
from generator.model import Address, Document
from generator.model.ledger import undo
from generator.publishing.fast_rendering.markdown_blocks import translate
from generator.publishing.fast_rendering.markdown_inline import OtherMarkdownError
from generator.reading.decode import decode
from generator.reading.read import read_document
from generator.writing.document_pictures import with_pictures
from generator.writing.pages.document import article
from generator.writing.views import DocumentView
from tests import hostile
from tests.support import CASES, ROOT, THE_SEED, seed

SEEDS = int(os.environ.get("SEEDBED_FUZZ", "1000"))
BATCHES = 20
ENCODINGS = "utf-8 utf-8 utf-8 utf-8 utf-8-sig utf-16 utf-16-le cp1252 latin-1 koi8-r".split()
ENDS = "\n \n \n \r\n \r \u2028 \x0b \x85 \f".split(" ")


@cache
def known_paragraphs() -> tuple[str, ...]:
    """Return the paragraphs of the customer's seed and of every case file."""
    texts = [THE_SEED.read_text("utf-8")]
    for path in sorted(CASES.glob("*.yml")):
        cases = yaml.safe_load(path.read_text("utf-8"))
        texts += [case["given"] for case in cases if isinstance(case.get("given"), str)]
    return tuple(part for text in texts for part in text.split("\n\n"))


@cache
def characters_by_category() -> dict[str, str]:
    """Return some characters of every Unicode category that a file can contain."""
    characters: dict[str, list[str]] = {}
    for number in range(0, 0x30000, 7):
        if not 0xD800 <= number <= 0xDFFF:
            characters.setdefault(unicodedata.category(chr(number)), []).append(chr(number))
    return {category: "".join(members[:400]) for category, members in characters.items()}


def random_word(chance: random.Random) -> str:
    """Return up to six characters of one category."""
    characters = characters_by_category()[chance.choice(sorted(characters_by_category()))]
    return "".join(chance.choices(characters, k=chance.randint(1, 6)))


def markup_characters(chance: random.Random) -> str:
    """Return characters that have a meaning in Markdown, HTML, YAML or a template."""
    return "".join(
        chance.choices("*_`#>+-=~^|[](){}<>!&;:.\"'/\\$%@?1 a\t", k=chance.randint(1, 12))
    )


def mutated_paragraph(chance: random.Random) -> str:
    """Return a known paragraph with parts removed, repeated and moved."""
    text = chance.choice(known_paragraphs())
    for _ in range(chance.randint(0, 4)):
        index, to = sorted(chance.choices(range(len(text) + 1), k=2))
        text = chance.choice(
            (text[:index] + text[to:], text[:to] + text[index:], text[to:] + text[:to])
        )
    return text[:2_000]


FRAGMENTS: tuple[Callable[[random.Random], str], ...] = (
    random_word,
    random_word,
    markup_characters,
    markup_characters,
    mutated_paragraph,
    lambda chance: chance.choice(hostile.PAYLOADS)[:300],
    lambda chance: chance.choice((*hostile.TITLES, *hostile.AUTHORS, *hostile.FRONT)),
    lambda chance: " " * chance.randint(1, 5),
    lambda chance: chance.choice(ENDS) * chance.randint(1, 3),
    lambda chance: chance.choice(
        ("By Ana Ruiz", "3 May 2020", "Page 3 of 9", "---", "*so*", "co-")
    ),
)


def random_seed(chance: random.Random) -> bytes:
    """Return the bytes of a seed."""
    fragments = (chance.choice(FRAGMENTS)(chance) for _ in range(chance.randint(1, 14)))
    separator = chance.choice(("", " ", "\n", "\n\n", "\r\n\r\n"))
    data = separator.join(fragments).encode(chance.choice(ENCODINGS), "replace")
    for _ in range(chance.choice((0, 0, 0, 0, 1, 3))):
        index = chance.randint(0, len(data))
        data = data[:index] + bytes([chance.randrange(256)]) + data[index:]
    return data


@cache
def markdown() -> Markdown:
    """Return Python-Markdown with the site's own extensions, as MkDocs loads them."""
    config = load_config(config_file=str(ROOT / "mkdocs.yml"))
    return Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
    )


def page_of(document: Document) -> str:
    """Return the Markdown of a page without its front matter."""
    shown = with_pictures(document)
    return "\n\n".join(article(DocumentView(shown, Address("documents/2020/a/"))))


def differences(data: bytes) -> Iterator[str]:
    """Yield what is lost or added on the way from a seed to its page and back."""
    document, problems = read_document(seed(data))
    if document is None:
        if not problems:
            yield "neither a page nor a message"
        return
    html = markdown().reset().convert(page_of(document))
    page = parse_page(f'<div class="sb-text">{html}</div>'.encode())
    with suppress(OtherMarkdownError):  # such a page is left to Python-Markdown
        if translate(page_of(document), str).html != html:
            yield "the page differs from that of Python-Markdown"
    decoding = decode(data)
    if page.foreign_elements:
        yield f"more than words: {page.foreign_elements}"
    if decoding is None or undo("\n\n".join(page.paragraphs), document.ledger) != decoding.text:
        yield "page and ledger do not restore the source"


def check_random_seeds(batch: int, count: int) -> None:
    """Check `count` random seeds; a failure shows the bytes of the seed."""
    chance = random.Random(batch)
    for _ in range(count):
        data = random_seed(chance)
        assert [*differences(data)] == [], data


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_character_is_lost(batch: int) -> None:
    """Promise 1, and no exception on the way."""
    check_random_seeds(batch, SEEDS // BATCHES)
