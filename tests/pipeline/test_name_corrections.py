"""What people say of names, from seeds/corrections.yml to the pages: it wins over every rule."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

import frontmatter
import pytest

from generator.model import Report
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from generator.settings import from_mapping
from tests.support import RELEASED, make_project

SEEDS = {
    "vote.txt": "The vote\n\n3 May 2020\n\nPedro Castillo met Mary Miller in Lima on Monday."
    " Castillo told reporters that Mary Miller had agreed.\n",
    "count.txt": "The count\n\n4 May 2020\n\nMary Miller left Lima. Pedro Castillo stayed.\n",
}


def decided(folder: Path, names: str, seeds: Mapping[str, str] = SEEDS) -> Report:
    """Generate a corpus with these corrections of names."""
    (folder / "seeds").mkdir(exist_ok=True)
    for name, text in seeds.items():
        (folder / "seeds" / name).write_text(text, "utf-8")
    (folder / "seeds" / "corrections.yml").write_text(f"names:\n  {names}\n", "utf-8")
    return generate(from_mapping({}, root=folder, docs=folder / "docs"), RELEASED).report


def stale(report: Report) -> list[str]:
    """Return what matches nothing any more."""
    return [problem.message for problem in report.problems if problem.code == "W032"]


def page(folder: Path, address: str) -> frontmatter.Post:
    """Return a generated page."""
    return frontmatter.load(str(folder / "docs" / address / "index.md"))


def redirect(folder: Path, address: str) -> str:
    """Return what stands at an old address."""
    assert not (folder / "docs" / address / "index.md").exists()
    return (folder / "docs" / address / "index.html").read_text("utf-8")


def test_undecided_both_have_a_page(tmp_path: Path) -> None:
    """What the tests below change."""
    assert decided(tmp_path, "merge: {}").problems == ()
    assert page(tmp_path, "people/pedro-castillo")["documents"] == 2
    assert page(tmp_path, "people/mary-miller")["mentions"] == 3


def test_a_merge_makes_one_page_and_leads_there_from_the_other(tmp_path: Path) -> None:
    """Counts add up, and the other name is told."""
    assert decided(tmp_path, 'merge: {"Pedro Castillo": ["Mary Miller"]}').problems == ()
    merged = page(tmp_path, "people/pedro-castillo")
    assert merged["mentions"] == 6
    assert "Mary Miller" in str(merged["names"])
    assert 'href="../pedro-castillo/"' in redirect(tmp_path, "people/mary-miller")
    assert page(tmp_path, "documents/2020/the-vote")["people"] == ["Pedro Castillo"]


def test_names_can_be_merged_into_one_that_stands_nowhere(tmp_path: Path) -> None:
    """The name that stays may be one that only people know."""
    assert decided(tmp_path, 'merge: {"The two": ["Mary Miller", "Pedro Castillo"]}').problems == ()
    assert page(tmp_path, "people/the-two")["mentions"] == 6
    assert 'href="../the-two/"' in redirect(tmp_path, "people/mary-miller")


def test_a_renamed_page_is_found_at_its_old_address(tmp_path: Path) -> None:
    """And documents call it by the new name."""
    decided(tmp_path, 'rename: {"Pedro Castillo": "José Pedro Castillo Terrones"}')
    assert "Pedro Castillo" in str(page(tmp_path, "people/jose-pedro-castillo-terrones")["names"])
    assert "jose-pedro-castillo-terrones/" in redirect(tmp_path, "people/pedro-castillo")
    assert "José Pedro Castillo Terrones" in str(
        page(tmp_path, "documents/2020/the-vote")["people"]
    )


def test_a_kind_is_changed(tmp_path: Path) -> None:
    """The page moves to the other list, and its old address leads there."""
    decided(tmp_path, 'kind: {"Pedro Castillo": organization}')
    assert page(tmp_path, "organizations/pedro-castillo")["entity"] == "organization"
    assert 'href="../../organizations/pedro-castillo/"' in redirect(
        tmp_path, "people/pedro-castillo"
    )
    assert page(tmp_path, "documents/2020/the-vote")["organizations"] == ["Pedro Castillo"]


def test_a_suppressed_name_is_gone(tmp_path: Path) -> None:
    """No page, no link, no entry in front matter."""
    decided(tmp_path, 'suppress: ["Pedro Castillo"]')
    assert not (tmp_path / "docs/people/pedro-castillo").exists()
    assert page(tmp_path, "documents/2020/the-vote")["people"] == ["Mary Miller"]
    assert "pedro-castillo" not in page(tmp_path, "documents/2020/the-vote").content


def test_a_name_is_split_by_document(tmp_path: Path) -> None:
    """In one document it means somebody else, with a page of his own; in others nothing changes."""
    names = 'split: {"Pedro Castillo": {"Pedro Castillo (senator)": [count.txt]}}'
    assert decided(tmp_path, names).problems == ()
    assert page(tmp_path, "people/pedro-castillo-senator")["documents"] == 1
    assert page(tmp_path, "people/pedro-castillo")["documents"] == 1
    assert "Pedro Castillo (senator)" in str(page(tmp_path, "documents/2020/the-count")["people"])
    assert "(senator)" not in str(page(tmp_path, "documents/2020/the-vote")["people"])


LETTER = (
    "Whitby, 3 May 1899\n\nDear Father,\n\nThe Rev. Josiah Holt and I, John Storr, came by train"
    " from York, and all is well here.\n\nYour affectionate son,\n\nJohn Storr\n"
)


def test_who_wrote_a_split_document_is_who_is_named_in_it(tmp_path: Path) -> None:
    """Author and sender are the son, with the address of his page."""
    seeds = {**FAMILY, "son.txt": LETTER}
    assert decided(tmp_path, "merge: {}", seeds).problems == ()
    address = next(
        path.parent.relative_to(tmp_path / "docs").as_posix()
        for path in (tmp_path / "docs/documents/1899").glob("*/index.md")
    )
    assert page(tmp_path, address)["author_pages"] == ["people/john-storr/"]
    names = "split: {John Storr: {John Storr (son): [son.txt]}}"
    assert decided(tmp_path, names, seeds).problems == ()
    letter = page(tmp_path, address)
    assert letter["authors"] == ["John Storr (son)"]
    assert letter["author_pages"] == ["people/john-storr-son/"]
    assert letter["sender_page"] == "people/john-storr-son/"


def test_a_single_mention_is_corrected(tmp_path: Path) -> None:
    """By its paragraph's id: it means something else, of the kind of the corpus, or nobody."""
    decided(tmp_path, "merge: {}")
    content = (tmp_path / "docs/documents/2020/the-count/index.md").read_text("utf-8")
    (paragraph,) = re.findall("#(p-[0-9a-f]{8})", content)
    words = '{"Pedro Castillo": Lima, "Mary Miller": nobody}'
    assert decided(tmp_path, f"mentions: {{count.txt: {{{paragraph}: {words}}}}}").problems == ()
    assert page(tmp_path, "documents/2020/the-count")["places"] == ["Lima"]
    assert "people" not in page(tmp_path, "documents/2020/the-count")
    assert page(tmp_path, "places/lima")["mentions"] == 3
    assert page(tmp_path, "people/pedro-castillo")["documents"] == 1


def test_a_name_is_split_by_paragraph(tmp_path: Path) -> None:
    """Father and son in one document; other documents keep the name."""
    decided(tmp_path, "merge: {}")
    content = (tmp_path / "docs/documents/2020/the-vote/index.md").read_text("utf-8")
    (paragraph,) = re.findall("#(p-[0-9a-f]{8})", content)
    split = f'split: {{Pedro Castillo: {{Pedro Castillo (son): ["vote.txt#{paragraph}"]}}}}'
    assert decided(tmp_path, split).problems == ()
    assert page(tmp_path, "people/pedro-castillo-son")["mentions"] == 2
    assert page(tmp_path, "people/pedro-castillo")["documents"] == 1
    (message,) = stale(decided(tmp_path, split.replace("vote.txt", "vtoe.txt")))
    assert message == 'there is no document "vtoe.txt"; nothing is corrected'


FAMILY = {
    "wedding.txt": "The wedding\n\n3 May 1891\n\nMrs. Storr came to the church with her son. John"
    " Storr was glad, and so was the Rev. Josiah Holt.\n\nHannah Storr stayed at home.\n",
    "letter.txt": "A letter\n\n4 June 1892\n\nJohn Storr met Hannah Storr in Whitby.\n",
    "call.txt": "A call\n\n5 June 1893\n\nMrs. Storr spoke to Captain Isaac Verrill.\n",
    "boat.txt": "A boat\n\n6 June 1893\n\nMr. Storr lost his boat.\n",
}


def linked(folder: Path) -> dict[tuple[str, str, str], str]:
    """Return what each mention means, by document, position and words."""
    with (folder / "docs/data/mentions.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = [*csv.DictReader(table)]
    return {
        (row["document"], f"{row['paragraph']} {row['start']}", row["text"]): row["entity"]
        for row in rows
    }


@pytest.mark.parametrize(
    ("names", "changed"),
    [
        ("mentions: {wedding.txt: {PARAGRAPH: {Storr: Sarah Storr}}}", {"Storr": "sarah-storr"}),
        ("split: {John Storr: {John Storr (son): [letter.txt]}}", {"John Storr": "john-storr-son"}),
    ],
)
def test_a_new_namesake_changes_no_other_mention(
    tmp_path: Path, names: str, changed: dict[str, str]
) -> None:
    """Also not that of a full name that has the words, or of a surname in another document."""
    decided(tmp_path, "merge: {}", FAMILY)
    before = linked(tmp_path)
    place = next(
        place for source, place, words in before if (source, words) == ("wedding.txt", "Storr")
    )
    decided(tmp_path, names.replace("PARAGRAPH", place.split()[0]), FAMILY)
    after = linked(tmp_path)
    assert after.keys() == before.keys()
    different = {
        words: after[key] for key in before if after[key] != before[key] for words in key[2:]
    }
    assert different == {words: f"people/{name}" for words, name in changed.items()}
    assert {"people/hannah-storr", "people/john-storr"} <= set(after.values())


def test_a_mention_survives_edits_elsewhere_and_is_reported_when_it_is_gone(
    tmp_path: Path,
) -> None:
    """With the line; a document that does not exist is reported with the nearest."""
    names = 'mentions: {count.txt: {p-00000000: {"Pedro Castillo": Mary Miller}}}'
    assert decided(tmp_path, names).problems == ()
    assert page(tmp_path, "people/mary-miller")["mentions"] == 4
    gone = decided(tmp_path, 'mentions: {count.txt: {p-00000000: {"Castillo": nobody, "X Y": Z}}}')
    (message,) = stale(gone)
    assert message.startswith(
        'there is no paragraph p-00000000 of count.txt any more, and no "X Y"'
    )
    (message,) = stale(decided(tmp_path, "mentions: {cuont.txt: {p-00000000: {A: B}}}"))
    assert message == 'there is no document "cuont.txt"; nothing is corrected'


def test_links_to_the_same_elsewhere_are_shown(tmp_path: Path) -> None:
    """In the facts that its page shows and in its data."""
    decided(tmp_path, 'same-as: {"Pedro Castillo": [Q8959]}')
    text = page(tmp_path, "people/pedro-castillo")
    assert text["same_as"] == ["https://www.wikidata.org/wiki/Q8959"]
    assert "'url': 'https://www.wikidata.org/wiki/Q8959'" in str(text["facts"])


def test_an_unmatched_correction_is_reported_with_the_closest_name(tmp_path: Path) -> None:
    """For every kind of decision, with its line."""
    names = [
        'merge: {"Pedro Castillo": ["Mary Miler"]}',
        'rename: {"Mary Miler": "Mary"}',
        'kind: {"Mary Miler": place}',
        'suppress: ["Mary Miler"]',
        'same-as: {"Mary Miler": [Q1]}',
    ]
    for name in names:
        (problem,) = decided(tmp_path, name).problems
        assert (problem.code, problem.line) == ("W032", 2)
        assert 'there is no name "Mary Miler"' in problem.message
        assert 'Did you mean "Mary Miller"?' in problem.hint
    assert len(stale(decided(tmp_path, 'split: {"Mary Miller": {"X Y": [vot.txt]}}'))) == 1


def test_a_site_with_every_decision_keeps_every_promise(tmp_path: Path) -> None:
    """Links go both ways, and redirects lead somewhere."""
    project = mkdocs_build.load_project(make_project(tmp_path, dict(SEEDS)))
    (tmp_path / "seeds/corrections.yml").write_text(
        'names:\n  kind: {"Lima": organization}\n'
        '  split: {"Pedro Castillo": {"Pedro Castillo (senator)": [count.txt]}}\n'
        '  rename: {"Mary Miller": "Mary Ann Miller"}\n'
        '  same-as: {"Mary Miller": [Q1]}\n'
    )
    generate(project.settings)
    assert publish(project).proof.broken == ()
    assert (project.site / "people/mary-miller/index.html").is_file()


def test_what_is_open_is_listed_with_the_line_that_settles_it(tmp_path: Path) -> None:
    """Pasting the line clears the entry; the page is published only where a setting says so."""
    (tmp_path / "seeds").mkdir()
    text = "Two of them\n\nKeiko Fujimori met Alberto Fujimori. A man said that Fujimori left.\n"
    (tmp_path / "seeds/two.txt").write_text(text, "utf-8")
    settings = from_mapping({"review": True}, root=tmp_path, docs=tmp_path / "docs")
    generate(settings)
    question, line = (tmp_path / ".seedbed/review.txt").read_text("utf-8").splitlines()
    assert question.startswith("# “Fujimori” is the surname of “Alberto Fujimori”, “Keiko")
    published = (tmp_path / "docs/review/index.md").read_text("utf-8")
    assert unescape(re.findall("<code>(.*)</code>", published)[0]) == line
    (tmp_path / "seeds/corrections.yml").write_text(f"names:\n  {line}\n", "utf-8")
    generate(replace(settings, review=False))
    assert "Nothing is open." in (tmp_path / ".seedbed/review.txt").read_text("utf-8")
    assert not (tmp_path / "docs/review").exists()
    assert page(tmp_path, "people/alberto-fujimori")["mentions"] == 2


def test_a_fuller_name_keeps_the_page_where_it_was(tmp_path: Path) -> None:
    """Later documents may call somebody by more names; links from elsewhere still hold."""
    decided(tmp_path, "merge: {}")
    for day in range(5, 9):
        text = f"The law\n\n{day} May 2020\n\nMary J. Miller left Lima.\n"
        (tmp_path / "seeds" / f"law{day}.txt").write_text(text, "utf-8")
    decided(tmp_path, "merge: {}")
    assert page(tmp_path, "people/mary-miller")["title"] == "Mary J. Miller"
    assert page(tmp_path, "people/mary-miller")["documents"] == 6


def test_a_page_that_was_published_is_found_after_it_is_merged(tmp_path: Path) -> None:
    """Its address is kept in names.csv, and leads to the other page."""
    decided(tmp_path, "merge: {}")
    assert "person,Mary Miller,people/mary-miller/" in (tmp_path / "names.csv").read_text("utf-8")
    decided(tmp_path, 'merge: {"Pedro Castillo": ["Mary Miller"]}')
    assert 'href="../pedro-castillo/"' in redirect(tmp_path, "people/mary-miller")
    decided(tmp_path, 'merge: {"Pedro Castillo": ["Mary Miller"]}')
    assert 'href="../pedro-castillo/"' in redirect(tmp_path, "people/mary-miller")
    decided(tmp_path, "merge: {}")
    assert page(tmp_path, "people/mary-miller")["mentions"] == 3


def test_who_writes_and_is_written_about_has_one_page(tmp_path: Path) -> None:
    """The byline leads there, the author's address redirects, and links go both ways."""
    seeds = {**SEEDS, "own.txt": "My work\n\nBy Mary Miller\n5 May 2020\n\nIt rained in Lima.\n"}
    project = mkdocs_build.load_project(make_project(tmp_path, dict(seeds)))
    generate(project.settings, RELEASED)
    assert publish(project).proof.broken == ()
    assert "## Documents by Mary Miller" in page(tmp_path, "people/mary-miller").content
    assert page(tmp_path, "documents/2020/my-work")["author_pages"] == ["people/mary-miller/"]
    assert "../../people/mary-miller/" in redirect(tmp_path, "authors/mary-miller")
    assert "My work" in (tmp_path / "docs/people/mary-miller/feed.xml").read_text("utf-8")
