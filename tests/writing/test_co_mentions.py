"""The network of names: a chart and a table of the same co-mentions."""

from __future__ import annotations

from generator.writing.addresses import urls
from generator.writing.pages.co_mentions import co_mention_chart
from generator.writing.site_info import SiteInfo
from tests.writing.test_entity_pages import corpus

NAMES = ("Ana Ruiz", "Tom Lee", "Eva Roe", "Max Orr")


def chart(*texts: str) -> str:
    """Return the chart and the table of a small corpus."""
    whole = corpus(*texts, names=NAMES).corpus
    return "\n\n".join(co_mention_chart(urls.hub_page("people"), whole, SiteInfo()))


def test_each_pair_has_a_line_and_a_row() -> None:
    """Pairs in most documents come first; a pair in one document is left out."""
    html = chart(*["Ana Ruiz and Tom Lee."] * 3, *["Tom Lee, Eva Roe."] * 2, "Max Orr and Eva Roe.")
    assert html.count('class="edge"') == html.count("<tr>") == 2
    assert html.index('<a href="ana-ruiz/">Ana Ruiz</a></td>') < html.index("<td>3</td>")
    assert html.index("<td>3</td>") < html.index("<td>2</td>")
    assert "Max Orr" not in html


def test_a_name_shows_its_own_lines_and_the_key_names_its_kind() -> None:
    """Tom Lee stands between the two others."""
    html = chart(*["Ana Ruiz and Tom Lee."] * 3, *["Tom Lee, Eva Roe."] * 2)
    before, _, link = html.partition('<a href="tom-lee/">')
    assert before.rpartition('class="mine"')[2].count("M") == 2
    assert "Tom Lee 5" in link.partition("</a>")[0]
    assert "</svg>Person</span>" in html
    assert "Place</span>" not in html


def test_two_people_are_no_network() -> None:
    """Neither is one person, nor are all people in a single document."""
    assert chart("Ana Ruiz, Tom Lee, Eva Roe and Max Orr.") == ""
    assert chart("Ana Ruiz and Tom Lee.") == chart("Max Orr.") == chart("Nobody.") == ""
