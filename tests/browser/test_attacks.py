"""Hostile seeds in a real browser: what comes to life is counted, and the count is nought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.checking.check import check
from generator.publishing import mkdocs_build
from tests.browser.serving import served
from tests.browser.visiting import outside
from tests.support import ROOT, published, skip_unless

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog

ATTACKS = ROOT.parent / "shared" / "attacks"

ALIVE = """() => {
  const article = document.querySelector("article");
  const tags = "script,form,iframe,object,embed,img,svg,video,style,input,meta,base,link,template";
  const handlers = [...article.querySelectorAll("*")].flatMap((element) =>
    [...element.attributes].filter((one) => one.name.startsWith("on") || one.name === "style")
      .map((one) => `${one.name}="${one.value}"`));
  const links = [...article.querySelectorAll(".sb-text a")]
    .map((link) => link.protocol).filter((one) => !/^(https?|mailto):$/.test(one));
  const living = [...document.querySelectorAll(tags.split(",").map((tag) => `.sb-text ${tag}`))];
  const pwned = window.PWN === undefined ? [] : ["a script ran"];
  return [...pwned, ...handlers, ...links, ...living.map((element) => element.outerHTML)];
}"""
"""Gives what of a seed is more than words on the page that is shown."""


def what_acts(browser: Browser, project: mkdocs_build.Project) -> list[str]:
    """Open every page, and tell what ran, asked, navigated or stood among the words."""
    messages: list[str] = []

    def opened(dialog: Dialog) -> None:
        messages.append(dialog.message)
        dialog.dismiss()

    names = sorted(path.relative_to(project.site) for path in project.site.rglob("*.html"))
    page = browser.new_page()
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("dialog", opened)
    page.on(
        "request", lambda request: messages.append(request.url) if outside(request.url) else None
    )
    with served(project.site) as address:
        for name in names:
            page.goto(f"{address}{name.as_posix()}")
            messages += [f"{name}: {finding}" for finding in page.evaluate(ALIVE)]
            messages += [] if page.url.startswith(address) else [f"{name} leads to {page.url}"]
    page.close()
    return messages


def test_nothing_in_our_own_hostile_seeds_acts(
    browser: Browser, attacked: mkdocs_build.Project
) -> None:
    """Scripts, handlers, dialogs, navigations, requests: none, on any page."""
    assert what_acts(browser, attacked) == []
    assert check(attacked.settings, attacked.site).broken == ()


def test_nothing_in_the_collected_attacks_acts(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The set that lies beside the project."""
    skip_unless(ATTACKS.is_dir(), "the hostile seeds")
    seeds = {path.name: path.read_bytes() for path in ATTACKS.glob("*.txt")}
    project = published(tmp_path_factory.mktemp("collected"), {**seeds})
    assert what_acts(browser, project) == []
