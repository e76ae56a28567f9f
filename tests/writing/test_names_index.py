"""The index of names: every name that is certain, sorted, each leading somewhere."""

from __future__ import annotations

import re

from msgspec.structs import replace

from generator.model import (
    Address,
    Alias,
    Corpus,
    DocumentRecord,
    Entity,
    EntityId,
    EntityMentions,
    EntityRegistry,
    Extracted,
    Metadata,
    NameFacts,
    SeedPath,
)
from generator.writing.addresses import urls
from generator.writing.labels import labels_for
from generator.writing.pages.names_index import NamePlace, names_index_pages
from generator.writing.site_info import SiteInfo

SOURCE = SeedPath("a.txt")


def an_entity(name: str, kind: str = "person", *, has_page: bool = True, also: str = "") -> Entity:
    """Return an entity with this name."""
    (address,) = urls.entity_addresses([(kind, name)]).values()
    aliases = tuple(Alias(text, 1) for text in filter(None, (name, also)))
    entity_id = EntityId(address.strip("/"))
    return Entity(entity_id, kind, name, address if has_page else None, aliases, 3, 4)


def pages(*entities: Entity, title: str = "A letter", index: str = "") -> dict[str, str]:
    """Return the pages of the index of a corpus of one document."""
    metadata = Metadata(
        Extracted(title, "test"),
        date=Extracted("1891-03-12", "test"),
        language=Extracted("en", "test"),
    )
    record = DocumentRecord(SOURCE, "", "utf-8", metadata)
    by_id = {entity.id: entity for entity in entities}
    places = {
        entity.id: NamePlace(SOURCE, "p-00000000") for entity in entities if not entity.address
    }
    corpus = Corpus(
        (record,),
        {SOURCE: Address("documents/1891/a-letter/")},
        entities=EntityRegistry(by_id),
        mentions={SOURCE: EntityMentions(tuple(by_id), (1,) * len(by_id))},
        by_source={SOURCE: record},
    )
    files = names_index_pages(corpus, places, SiteInfo(index=index))
    return {file.path: file.data.decode() for file in files}


def listed(page: str) -> list[str]:
    """Return the lines of a page's lists."""
    return re.findall("^- (.*)$", page.split("---")[2], re.MULTILINE)


def test_names_lead_to_their_page_or_to_their_paragraph() -> None:
    """Sorted by family name, the ship by its own; in a corpus of one document with mentions."""
    date = '<span class="sb-meta"><time datetime="1891-03-12">12 March 1891</time></span>'
    page = pages(
        an_entity("John Storr"),
        an_entity("James Pounder", has_page=False),
        an_entity("Mary Ann", "ship"),
    )["names/index.md"]
    assert listed(page) == [
        '[Mary Ann (Ship)](ship/mary-ann/index.md), <span class="sb-meta">4 mentions</span>',
        f"[Pounder, James: A letter](../documents/1891/a-letter/index.md#p-00000000), {date}",
        '[Storr, John](../people/john-storr/index.md), <span class="sb-meta">4 mentions</span>',
    ]
    assert "summary: 3 names" in page


def test_a_role_is_in_the_language_of_the_site() -> None:
    """A title of another language is translated, if the labels have its office."""
    labels = labels_for("en")
    assert [labels.role(title) for title in ("capitán", "Capt.", "Hauptmann")] == ["Captain"] * 3
    assert [labels.role(title) for title in ("Bergrat", "Dr.")] == ["Bergrat", "Dr."]
    assert labels_for("es").role("Bishop") == "obispo"
    assert labels_for("de").role("Captain") == "Captain"  # of an army or of a ship


def test_roles_and_years_of_life_stand_beside_names() -> None:
    """So do kinds beside one name of two things; what has brackets already stays as it is."""
    facts = NameFacts("1830-03-12", "1899~")
    teacher = replace(an_entity("Eva Storr (teacher)"), role="Dr.", facts=NameFacts(born="1871"))
    page = pages(
        replace(an_entity("John Storr"), role="Captain", facts=facts),
        teacher,
        replace(an_entity("J. Storr (1926)"), role="Dr."),
        replace(an_entity("Ana Roe"), facts=NameFacts(born="1871")),
        an_entity("Hull", "place"),
        an_entity("Hull", "organization"),
        an_entity("Whitby", "place"),
    )["names/index.md"]
    assert re.findall(r"^- \[([^]]+)\]", page, re.MULTILINE) == [
        "Hull (Organization)",
        "Hull (Place)",
        "Roe, Ana (1871–)",
        "Storr, Eva (teacher)",
        "Storr, J. (Dr., 1926)",
        "Storr, John (Captain, 1830–1899)",
        "Whitby",
    ]


def test_other_names_refer_to_the_page() -> None:
    """If they stand elsewhere in the index."""
    page = pages(
        an_entity("Hannah Storr", also="Hannah Theaker"),
        an_entity("John Storr", also="Captain Storr"),
        an_entity("Hull", "place", also="Kingston upon Hull"),
    )["names/index.md"]
    references = [line for line in listed(page) if ", see " in line]
    assert references == [
        "Kingston upon Hull, see [Hull](../places/hull/index.md)",
        "Theaker, Hannah, see [Storr, Hannah](../people/hannah-storr/index.md)",
    ]


def test_a_large_index_has_pages_with_all_letters() -> None:
    """Each within its limit, and every letter leads to the page where it begins."""
    names = [f"Ann {letter}x{number}" for letter in "ABCDEFGHIJ" for number in range(130)]
    made = pages(*(an_entity(name, has_page=False) for name in names), title="x " * 500)
    assert list(made) == ["names/index.md", "names/page-2/index.md", "names/page-3/index.md"]
    assert sum(len(listed(page)) for page in made.values()) == len(names)
    assert all(len(page) < 150_000 for page in made.values())
    assert 'href="page-2/#letter-9">J<' in made["names/index.md"]
    assert 'href="../#letter-0">A<' in made["names/page-2/index.md"]
    words = [re.findall("<nav[^>]*: E.>.*</nav>", page) for page in made.values()]
    jumps = '<a href="#letter-4">Ex0</a><a href="page-2/#letter-4">Ex54</a>'
    label = 'class="sb-letters sb-words" aria-label="Letters: E"'
    assert words[0] == [f"<nav {label}>{jumps}</nav>"]
    assert list(map(len, words)) == [1, 1, 0]
    numbers = [re.findall(r"{ #letter-(\d) }", page) for page in made.values()]
    assert numbers == [list("01234"), list("456789"), list("9")]


def test_links_to_letters_name_files_where_a_site_needs_it() -> None:
    """With `use_directory_urls: false`."""
    names = [f"Ann {letter}x{number}" for letter in "ABC" for number in range(250)]
    made = pages(*map(an_entity, names), index="index.html")
    assert 'href="../index.html#letter-0">A<' in made["names/page-2/index.md"]


def test_hostile_names_are_escaped() -> None:
    """In both kinds of lines, and in references."""
    bad = "<b>*x* [y](z)"
    page = pages(
        an_entity(bad, "ship"),
        replace(an_entity("Q", "work", has_page=False), name=bad),
        an_entity("Hull", "place", also=bad),
        title=bad,
    )["names/index.md"]
    assert "<b>" not in page
    assert "[y](z)" not in page


def test_an_index_without_names_says_so() -> None:
    """As other lists do."""
    assert labels_for("en")("none_named") in pages()["names/index.md"]
