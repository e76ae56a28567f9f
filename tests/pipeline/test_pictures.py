"""Pictures in files of their own, from the seeds folder to the page and back."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from generator.checking.check import check
from generator.files.docs_folder import remove_generated
from generator.files.folders import remove_files
from generator.model import Report
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from generator.settings import Settings
from tests.picture_files import CAMERA, drawing, opened, photograph, saved
from tests.reading.formats.making import lines_at, pdf, zipped
from tests.support import make_project, require, tree

LETTER = "A letter from Lima\n\nDear Ana, the ships came in at last, and we all sang.\n"
MARKDOWN = "# The ships\n\nThey were small.\n\n![a ship](photos/ship.png)\n\nThey were old.\n"


def project_with(folder: Path, seeds: dict[str, str | bytes]) -> Settings:
    """Return the settings of a project with these seeds."""
    return mkdocs_build.load_project(make_project(folder, seeds)).settings


def pictures(settings: Settings) -> dict[str, bytes]:
    """Return the pictures in the docs folder, by the folder of their page and their name."""
    return {name: data for name, data in tree(settings.docs / "documents").items()
            if name.endswith((".jpg", ".png"))}  # fmt: skip


def codes(report: Report) -> list[str]:
    """Return the codes of all messages but that of the placeholder address."""
    return [problem.code for problem in report.problems if problem.code != "W066"]


def from_scratch(settings: Settings) -> dict[str, bytes]:
    """Return the docs folder of a first run with the same seeds."""
    fresh = settings.root.with_name("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(settings.root, fresh)
    remove_generated(fresh / "docs")
    shutil.rmtree(fresh / ".seedbed")
    generate(replace(settings, root=fresh, docs=fresh / "docs", seeds=fresh / "seeds"))
    return tree(fresh / "docs")


def test_pictures_beside_a_letter_are_its_facsimile(tmp_path: Path) -> None:
    """They stand in the order of their numbers, and are no documents."""
    sheets = {"letter-10.jpg": photograph(50), "letter-2.jpg": photograph(40)}
    settings = project_with(tmp_path / "p", {"letter.txt": LETTER, **sheets})
    report = generate(settings).report
    assert (report.documents, codes(report)) == (1, [])
    (page,) = settings.docs.glob("documents/*/*/index.md")
    text = page.read_text("utf-8")
    assert text.index("width: '40'") < text.index("width: '50'")
    assert sorted(opened(data).width for data in pictures(settings).values()) == [40, 50]
    assert not any(CAMERA.encode() in data for data in pictures(settings).values())


def test_pictures_in_an_archive_are_shown_by_the_documents_in_it(tmp_path: Path) -> None:
    """Those that a text names, and sheets beside it; others are told once for the archive."""
    names = {"in/photos/ship.png": drawing(), "in/letter.jpg": photograph(), "in/lone.jpg": b"x"}
    box = zipped({"in/ships.md": MARKDOWN, "in/letter.txt": LETTER, **names})
    settings = project_with(tmp_path / "p", {"box.zip": box, "other.zip": zipped({"a.png": b"x"})})
    report = generate(settings).report
    assert report.documents == 2
    told = [
        (problem.code, str(problem.source)) for problem in report.problems if problem.code != "W066"
    ]
    assert told == [("W115", "seeds/box.zip"), ("W115", "seeds/other.zip")]
    shown = pictures(settings)
    assert sorted(opened(data).size for data in shown.values()) == [(60, 40), (120, 80)]
    assert not any(CAMERA.encode() in data for data in shown.values())
    before = tree(settings.docs)
    generate(settings)
    assert tree(settings.docs) == before
    assert from_scratch(settings) == tree(settings.docs)
    corrections = settings.seeds / "corrections.yml"
    corrections.write_text("documents: {box.zip: {withdrawn: {reason: No.}}}\n", "utf-8")
    settings.seeds.joinpath("thief.md").write_text("# T\n\n![a](box.zip/in/letter.jpg)\n\nW.\n")
    generate(settings)
    assert pictures(settings) == {}


def test_a_picture_without_a_text_is_refused(tmp_path: Path) -> None:
    """`letter-1-2.jpg` belongs to no letter."""
    seeds: dict[str, str | bytes] = {
        "letter.txt": LETTER,
        "letter-1-2.jpg": photograph(),
        "map.jpg": photograph(),
    }
    report = generate(project_with(tmp_path / "p", seeds)).report
    assert codes(report) == ["E050", "E050"]


def test_a_named_picture_is_shown_and_others_are_reported(tmp_path: Path) -> None:
    """One that is missing, one that leads out, one behind a link, one that is damaged."""
    outside = tmp_path / "outside.png"
    outside.write_bytes(drawing())
    more = "![m](missing.png) ![o](../../outside.png) ![l](link.png) ![d](damaged.png)\n"
    seeds: dict[str, str | bytes] = {
        "a.md": MARKDOWN + more,
        "photos/ship.png": drawing(),
        "damaged.png": b"no",
    }
    settings = project_with(tmp_path / "p", seeds)
    (settings.seeds / "link.png").symlink_to(outside)
    report = generate(settings).report
    assert sorted(codes(report)) == ["E004", "W115", "W116", "W116", "W116"]
    assert len(pictures(settings)) == 1


def test_pictures_of_a_saved_page_are_in_its_folder(tmp_path: Path) -> None:
    """The folder is no part of the corpus, and a picture that the page names is shown."""
    words = "The winter of that year was the worst that anybody could remember. " * 4
    page = f"<article><h1>Storms</h1><p>{words}</p><img src='a_files/b.png'><p>{words}</p>"
    seeds: dict[str, str | bytes] = {
        "a.html": page,
        "a_files/b.png": drawing(),
        "a_files/c.png": drawing(70),
    }
    settings = project_with(tmp_path / "p", seeds)
    assert generate(settings).report.documents == 1
    assert [opened(data).width for data in pictures(settings).values()] == [60]
    (settings.seeds / "a_files/b.png").write_bytes(drawing(80))
    generate(settings)
    assert [opened(data).width for data in pictures(settings).values()] == [80]
    assert tree(settings.docs) == from_scratch(settings)


@pytest.mark.parametrize("hidden", ["letter.txt", "photos/ship.png"])
def test_what_is_withdrawn_takes_its_pictures_along(tmp_path: Path, hidden: str) -> None:
    """No file of the docs folder has the bytes of a withdrawn picture or of a withdrawn letter."""
    seeds: dict[str, str | bytes] = {
        "letter.txt": LETTER,
        "letter.jpg": photograph(40),
        "photos/ship.png": drawing(),
        "a.md": f"{MARKDOWN}\n![the letter](letter.jpg)\n",
    }
    settings = project_with(tmp_path / "p", seeds)
    generate(settings)
    assert len(pictures(settings)) == 3
    entry = {"documents": {hidden: {"withdrawn": {"reason": "A reason"}}}}
    (settings.seeds / "corrections.yml").write_text(json.dumps(entry), "utf-8")
    assert "E050" not in codes(generate(settings).report)
    widths = {opened(data).width for data in pictures(settings).values()}
    assert widths == ({40} if hidden.startswith("photos") else {60})
    assert tree(settings.docs) == from_scratch(settings)


@pytest.mark.slow
def test_incremental_equals_from_scratch_with_pictures(tmp_path: Path) -> None:
    """Pictures come, change, go and are removed from the docs folder."""
    settings = project_with(tmp_path / "p", {"letter.txt": LETTER, "a.md": MARKDOWN})
    edits = (
        lambda: (settings.seeds / "letter-1.jpg").write_bytes(photograph(40)),
        lambda: remove_files(settings.docs.glob("documents/*/*/*.jpg")),
        lambda: (settings.seeds / "letter-1.jpg").rename(settings.seeds / "a-2.jpg"),
    )
    generate(settings)
    for edit in edits:
        edit()
        generate(settings)
        assert tree(settings.docs) == from_scratch(settings)


def test_pages_of_a_pdf(tmp_path: Path) -> None:
    """The first is small; all are shown if the settings ask for it, and none of a hidden text."""
    words = lines_at(72, 700, ["The harbour was closed by ice in March,", "and no ship came in."])
    plain, hiding = pdf(words, words), pdf(words + "1 g\n" + lines_at(72, 500, ["Secret words"]))
    settings = project_with(tmp_path / "p", {"a.pdf": plain, "b.pdf": hiding})
    generate(settings)
    assert [max(opened(data).size) for data in pictures(settings).values()] == [320]
    generate(replace(settings, facsimile=True))
    assert [max(opened(data).size) for data in pictures(settings).values()] == [1_600, 1_600]


def test_the_check_looks_at_every_picture(tmp_path: Path) -> None:
    """One that is changed, missing or not on the page."""
    project = mkdocs_build.load_project(
        make_project(tmp_path / "p", {"a.md": MARKDOWN, "photos/ship.png": drawing()})
    )
    generate(project.settings)
    publish(project)
    (file,) = project.site.glob("documents/*/*/*.png")
    page = file.with_name("index.html")
    good, html = file.read_bytes(), page.read_text("utf-8")
    assert check(project.settings, project.site).broken == ()
    file.write_bytes(photograph(60, 40))
    assert [p.code for p in check(project.settings, project.site).broken] == ["E059"]
    file.write_bytes(good)
    page.write_text(html.replace("<img ", "<i "), "utf-8")
    assert "E059" in {p.code for p in check(project.settings, project.site).broken}
    page.write_text(html, "utf-8")
    (project.settings.seeds / "photos/ship.png").write_bytes(drawing(70))
    assert [p.code for p in check(project.settings, project.site).broken] == ["E059"]


def scanned(words: str) -> bytes:
    """Return a picture of words that can be recognised."""
    image = Image.new("L", (900, 300), 255)
    ImageDraw.Draw(image).text((40, 60), words, 0, font_size=48)
    return saved(image, "PNG")


def test_the_scan_of_a_withdrawn_letter_is_not_recognized(tmp_path: Path) -> None:
    """Neither beside the letter, nor beside a copy of it, nor one that it names, until released."""
    require(shutil.which("tesseract"), "the program tesseract")
    letter = f"{LETTER}\n![](page.png)\n"
    scans = ("letter.png", "copy-1.png", "page.png")
    seeds: dict[str, str | bytes] = {
        "letter.md": letter,
        "copy.md": letter,
        "other.txt": "The mole\n\nThe mole stands.\n",
        **dict.fromkeys(scans, scanned("The harbour was closed\nby ice in March.")),
    }
    settings = replace(project_with(tmp_path / "p", seeds), ocr="eng")
    corrections = settings.seeds / "corrections.yml"
    entries: dict[str, object] = {"letter.md": {"withdrawn": {"reason": "A reason"}}}
    corrections.write_text(json.dumps({"documents": entries}), "utf-8")
    assert generate(settings).report.documents == 1
    assert pictures(settings) == {}
    assert not any(b"ice in March" in data for data in tree(settings.docs).values())
    entries |= {scan: {"withdrawn": False} for scan in scans}
    corrections.write_text(json.dumps({"documents": entries}), "utf-8")
    assert generate(settings).report.documents == 4


def test_a_scan_is_recognized_if_the_settings_ask(tmp_path: Path) -> None:
    """Otherwise it is refused; its picture is the facsimile of what was recognized."""
    require(shutil.which("tesseract"), "the program tesseract")
    scan = scanned("The harbour was closed\nby ice in March.")
    seeds: dict[str, str | bytes] = {"letter.txt": LETTER, "a.png": scan}
    settings = project_with(tmp_path / "p", seeds)
    assert codes(generate(settings).report) == ["E050"]
    report = generate(replace(settings, ocr="eng")).report
    assert report.documents == 2
    assert "W098" in codes(report)
    assert len(pictures(settings)) == 1
    missing = generate(replace(settings, ocr="xxx")).report
    assert sorted(codes(missing)) == ["E050", "W097"]
