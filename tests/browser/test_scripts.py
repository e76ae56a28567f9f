"""Search in scripts without spaces and in Arabic script, in a real browser."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from generator.text import split_words
from tests.browser.serving import served
from tests.browser.visiting import ask, opened
from tests.support import cases, published

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.support import Case

SEEDS: dict[str, str | bytes] = {
    "beijing.txt": "校园\n\n北京大学的学生每天都乘地铁。图书馆在2008年开放，iPhone手机不能带进去。",
    "history.txt": "历史\n\n北京的大学有很长的历史。学生都知道这件事。",
    "train.txt": "東京の朝\n\n新幹線は朝から雨で遅れた。第3章に書いてある。",
    "bus.txt": "京都の朝\n\n幹線道路のバスは朝に来た。誰も乗らなかった。",
    "bangkok.txt": "จดหมาย\n\nกรุงเทพมหานครเป็นเมืองหลวงของไทย",
    "khmer.txt": "សំបុត្រ\n\nខ្ញុំ\u200bទៅ\u200bភ្នំពេញ\u200bនៅ\u200bថ្ងៃ\u200bនេះ",
    "lao.txt": "ຈົດໝາຍ\n\nນະຄອນຫຼວງວຽງຈັນຕັ້ງຢູ່ແຄມແມ່ນ້ຳຂອງ",
    "burmese.txt": "စာ\n\nရန်ကုန်မြို့သည်မြစ်နားတွင်ရှိသည်",
    "korean.txt": "편지\n\n서울 대학교 앞에서 만났다. 서울은 넓다.",
    "persian.txt": "نامه\n\nاو هر روز به کتاب‌خانه می‌رود و کتاب‌ها را می‌خواند.",
    "bridge.txt": "خبر من المدينة\n\nأغلق العمال الجسر القديم أمس وعبروا بالقارب إلى المدينة.",
    "orchard.txt": "خبر من القرية\n\nزرع الفلاح بستان كبير قرب النهر وباع ثماره للتجار.",
}


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a site with a text in each script."""
    with served(published(tmp_path_factory.mktemp("scripts"), SEEDS).site) as where:
        yield where


@pytest.fixture(scope="module")
def page(browser: Browser, letters: str) -> Iterator[Page]:
    """Its search page, for all queries: what was asked before must not matter."""
    with opened(browser, letters) as fresh:
        yield fresh


def titles(page: Page, query: str) -> list[str]:
    """Return what the header's search shows for a query, once it has said how much there is."""
    results = ask(page, query)
    page.locator(".md-search-result__meta").get_by_text(" result").or_(
        page.locator(".md-search-result__meta").get_by_text("Nothing found")
    ).wait_for()
    return sorted(results.all_inner_texts())


@cases("search_scripts")
def test_a_query_finds_what_it_names(page: Page, case: Case) -> None:
    """With quotes and without, with a minus, in each script."""
    assert titles(page, case.given) == sorted(case.expect)


@cases("search_marks")
def test_what_was_found_is_marked(page: Page, case: Case) -> None:
    """In an excerpt of the text."""
    ask(page, case.given)
    marks = page.locator(".sb-hit__excerpt mark")
    marks.first.wait_for()
    assert marks.all_inner_texts() == case.expect


RUNS = [
    "北京大学的学生",
    "新幹線は雨",
    "กรุงเทพมหานคร",
    "ភ្នំ\u200bពេញ",
    "ວຽງຈັນ",
    "ရန်ကုန်",
]
WHOLE = [[word] for word in ("2008", "iPhone", "서울", "bridge", "کتاب\u200cخانه")]
JOINTS = ["", " ", "，", "。 "]

ROWS = """async (pairs) => {
  const { parse, lined } = await import(new URL("assets/search-query.js", document.baseURI));
  const rows = ({ phrases, unphrased }) => [...phrases, ...unphrased];
  return JSON.stringify(pairs.map(([text, phrase]) =>
    [lined(text), rows(parse(`"${phrase}"`)), rows(parse(`-"${phrase}"`))]));
}"""


def drawn_pairs() -> list[tuple[str, str]]:
    """Texts of mixed scripts, each with a piece of it that cuts runs alone."""
    draw = random.Random(5)
    parts = [list(run) for run in RUNS] + WHOLE
    pairs = []
    for _ in range(2_000):
        signs = []
        for _ in range(4):
            signs += [*draw.choice(parts), draw.choice(JOINTS[1:])]
        start = draw.randrange(len(signs))
        pairs.append(
            ("".join(signs), "".join(signs[start : draw.randrange(start, len(signs)) + 1]))
        )
    return pairs


def test_every_piece_of_a_text_is_a_phrase_of_it(page: Page) -> None:
    """Wherever it begins and ends in a run, and whatever script comes next."""
    pairs = drawn_pairs()
    answers = json.loads(page.evaluate(ROWS, pairs))
    for (text, phrase), (line, wanted, refused) in zip(pairs, answers, strict=True):
        assert line.split() == split_words(text)
        assert all(row in line for row in (*wanted, *refused)), (text, phrase)
        assert wanted == refused or not wanted, (text, phrase)
    assert sum(len(wanted) for _, wanted, _ in answers) > 1_000
