"""What is known about a name, as its page shows it."""

from __future__ import annotations

import pytest

from generator.model import Address, Alias, Entity, EntityId, NameFacts, SeedPath
from generator.writing.document_refs import DocumentRef
from generator.writing.entity_views import EntityView
from generator.writing.labels import labels_for
from generator.writing.pages.facts import fact_meta, life
from generator.writing.site_info import SiteInfo


def view(facts: NameFacts, *dates: str, aliases: tuple[Alias, ...] = ()) -> EntityView:
    """Return the view of a person with these facts, named in documents of these dates."""
    name, same_as = "Ana Ruiz", ("https://www.example.org/ana?a=1&b=2",)
    person = EntityId("people/ana-ruiz")
    entity = Entity(person, "person", name, Address("p/"), aliases, 1, 3, (), same_as, facts)
    documents = tuple(
        DocumentRef(SeedPath(f"{date}.txt"), Address(f"documents/{date}/"), date, (), date)
        for date in dates
    )
    return EntityView(entity, (), (), (), documents, (), ())


def shown(facts: NameFacts, language: str = "en") -> dict[str, str]:
    """Return the facts of a page by their labels."""
    made = fact_meta(view(facts), SiteInfo(labels=labels_for(language)))["facts"]
    assert isinstance(made, list)
    return {fact["label"]: fact["text"] for fact in made if isinstance(fact, dict)}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (NameFacts(), {}),
        (NameFacts(born="1830", died="1899-03-12"), {"Born": "1830", "Died": "12 March 1899"}),
        (NameFacts(born="1830~"), {"Born": "about 1830"}),
        (NameFacts(first="1860", last="1910"), {"Known": "1860 to 1910"}),
        (NameFacts(first="1860"), {"Known": "From 1860"}),
        (NameFacts(last="1910"), {"Known": "Until 1910"}),
        (NameFacts(latitude=54.5, longitude=-0.61), {"Position": "54.5° N, 0.61° W"}),
        (NameFacts(latitude=-33.0, longitude=0.0), {"Position": "33° S, 0° E"}),
    ],
)
def test_facts_have_labels(facts: NameFacts, expected: dict[str, str]) -> None:
    """Unknown ones are left out."""
    assert shown(facts) == {**expected, "Mentions": "3", "Elsewhere": "example.org"}


def test_other_languages_have_their_own_decimal_mark() -> None:
    """And their own directions."""
    assert shown(NameFacts(latitude=54.5, longitude=9.25), "de")["Lage"] == "54,5° N, 9,25° O"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (NameFacts(), ""),
        (
            NameFacts(note="master mariner.", born="1849", died="1931-03"),
            "Master mariner, 1849–1931",
        ),
        (NameFacts(born="1849-02-01"), "Born: 1849"),
        (NameFacts(died="1931"), "Died: 1931"),
    ],
)
def test_the_line_below_a_name_has_the_years_of_a_life(facts: NameFacts, words: str) -> None:
    """As far as they are known."""
    assert life(facts, labels_for("en")) == words


def test_facts_are_safe_in_html() -> None:
    """Front matter is printed as it stands; zero is a position too."""
    meta = fact_meta(view(NameFacts(latitude=0.0, longitude=0.0, note="<b>")), SiteInfo())
    assert meta["latitude"] == "0.0"
    assert meta["note"] == meta["life"] == "&lt;b&gt;"
    facts = fact_meta(view(NameFacts(), aliases=(Alias("<i>", 2),)), SiteInfo())["facts"]
    assert isinstance(facts, list)
    assert {"label": "Also called", "text": "&lt;i&gt; (2)"} in facts
    assert facts[-1] == {
        "label": "Elsewhere",
        "text": "example.org",
        "url": "https://www.example.org/ana?a=1&amp;b=2",
    }


def test_the_first_and_the_last_document_are_links() -> None:
    """One document alone is both, and stands below."""
    facts = fact_meta(view(NameFacts(), "1891-03", "1899"), SiteInfo())["facts"]
    assert isinstance(facts, list)
    assert facts[0] == {
        "label": "First named",
        "text": "March 1891",
        "page": "documents/1891-03/",
    }
    assert isinstance(facts[1], dict)
    assert facts[1]["label"] == "Last named"
    assert "First named" not in str(fact_meta(view(NameFacts(), "1891"), SiteInfo())["facts"])


def test_forms_that_differ_in_capitals_or_article_are_one_form() -> None:
    """The own name is no other name; mentions are added up."""
    forms = (
        Alias("ANA RUIZ", 3),
        Alias("the Lamplighter", 2),
        Alias("The Lamplighter", 1),
        Alias("Ana", 1),
    )
    facts = fact_meta(view(NameFacts(), aliases=forms), SiteInfo())["facts"]
    assert isinstance(facts, list)
    assert facts[0] == {"label": "Also called", "text": "the Lamplighter (3), Ana"}
