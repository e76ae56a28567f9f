"""What people took back stays hidden, whatever is done to its file and to copies of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.corrections import DocumentCorrection, match_seeds, parse_corrections
from generator.corrections.apply import report_lookalikes
from generator.corrections.withdrawals import (
    HiddenDocuments,
    TextDigests,
    copy_problems,
    find_hidden,
    find_withdrawn,
)
from generator.corrections.withdrawn_near_duplicates import (
    find_copied_texts,
    prepare_withdrawn_text,
)
from generator.model import Document, DocumentAddress, Extracted, SeedPath, Withdrawal
from generator.reading.read import read_document
from generator.writing.addresses import document_permalinks as document_addresses
from generator.writing.addresses import urls
from generator.writing.addresses.document_permalinks import AddressRequest
from tests.support import seed

TAKEN_BACK = (
    "The quiet orchard\n\nQuokkas hum beguilingly at Wexcombe whenever the orchard is closed, and"
    " nobody has told the mayor why the gate was painted green.\n"
)
OTHER = (
    "The new bridge\n\nSix thousand people watched as the mayor cut a ribbon, and the band played"
    " on the quay until the lamps were lit.\n"
)


def read(text: str | bytes, path: str = "b.txt") -> Document:
    """Read a seed."""
    document = read_document(seed(text, path)).value
    assert document is not None
    return document


NEAR: dict[str, str | bytes] = {
    "the same": TAKEN_BACK,
    "one word changed": TAKEN_BACK.replace("mayor", "council"),
    "a few words more": TAKEN_BACK.replace("painted", "painted in one night").replace(
        "told", "asked"
    ),
    "other lines": TAKEN_BACK.replace(" nobody", "\nnobody"),
    "inside of a longer text": f"{OTHER}\n{TAKEN_BACK}\n{OTHER}",
    "an excerpt": "\n".join(TAKEN_BACK.split("\n")[2:]),
    "half of it": "A note\n\nQuokkas hum beguilingly at Wexcombe whenever the orchard is closed.",
    "another head": f"---\ntitle: Another\nauthor: Ana Ruiz\n---\n{TAKEN_BACK}",
}
FAR: dict[str, str | bytes] = {
    "another text": OTHER,
    "one sentence in a long text": f"{OTHER}\nAna Ruiz: the gate was painted green.\n\n{OTHER}",
    "the same title": f"The quiet orchard\n\n{OTHER}",
    "the same words in another order": " ".join(sorted(TAKEN_BACK.split())),
    "one word": "Quokkas.",
}


@pytest.mark.parametrize("kind", NEAR)
def test_near_copies_are_found(kind: str) -> None:
    """Also with other words around them, or if only a part is left."""
    original = prepare_withdrawn_text(read(TAKEN_BACK, "a.txt"))
    assert original is not None
    assert find_copied_texts(read(NEAR[kind]), [original]) == ("a.txt",)


SHAPES: dict[str, str] = {
    "a poem": "The orchard\n\n    Quokkas hum at Wexcombe,\n    whenever gates are closed,\n    and"
    " nobody has painted\n    the lamp that no one chose.\n\n    The mayor keeps the ladder,\n"
    "    the band forgot the song,\n    the river took the ribbon\n    and carried it along.\n",
    "a list": "What is needed\n\n- a ladder of eleven rungs\n- the green paint of the gate\n"
    "- a ribbon for the mayor\n- two lamps from the quay\n- a band that knows the song\n",
    "a table": "Prices\n\n| ware | price | seller |\n|---|---|---|\n| paint | 12 | Ana Ruiz |\n"
    "| a long ladder | 40 | Tom Lee |\n| old lamps | 7 | the mayor |\n| ribbon | 3 | nobody |\n",
    "a play": "The gate\n\nANA. Who painted the old gate green?\n\nTOM. Nobody told the mayor, nor"
    " the band.\n\nANA. Then who took the ladder from the orchard?\n\nTOM. The quokkas did.\n",
    "a letter": "Wexcombe, 3 May 1921\n\nDear Ana,\n\nthe gate is green and nobody was told of the"
    " paint before the band came.\n\nYours truly,\nTom Lee\n\nP.S. The ladder is in the orchard.\n",
    "only headings": "The orchard\n\nQUOKKAS HUM BEGUILINGLY AT WEXCOMBE\n\nTHE GATE IS GREEN AND"
    " THE ORCHARD CLOSED\n\nNOBODY HAS TOLD THE MAYOR OF THE PAINT\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_near_copies_of_any_shape_are_found(shape: str) -> None:
    """Whatever kinds of blocks a text is made of."""
    text = SHAPES[shape]
    original = prepare_withdrawn_text(read(text, "a.txt"))
    assert original is not None
    changed = text.replace("ribbon", "banner").replace("Nobody", "Who").replace("P.S.", "PS")
    assert find_copied_texts(read(f"{changed}\nA word more.\n"), [original]) == ("a.txt",)


@pytest.mark.parametrize("kind", FAR)
def test_other_texts_are_no_near_copies(kind: str) -> None:
    """A quotation is not a copy, nor is a text with the same words in another order."""
    original = prepare_withdrawn_text(read(TAKEN_BACK, "a.txt"))
    assert original is not None
    assert find_copied_texts(read(FAR[kind]), [original]) == ()


def test_footers_of_a_publisher_do_not_make_near_copies() -> None:
    """Otherwise one withdrawn note would hide all others of its newspaper."""
    footer = (
        "\n\nTo contact the Northport Gazette write to us at the old mill, subscribe to our letter,"
        " follow us, support our work and donate. © Northport Gazette, all rights reserved.\n"
    )
    original = prepare_withdrawn_text(
        read(f"A note\n\nQuokkas hum at Wexcombe in the night.{footer}")
    )
    assert original is not None
    assert (
        find_copied_texts(read(f"Bridge\n\nThe mayor cut no ribbon this year.{footer}"), [original])
        == ()
    )


def test_a_short_text_has_no_near_copies() -> None:
    """Many letters contain "Thank you"."""
    assert prepare_withdrawn_text(read("Note\n\nThank you very much.")) is None
    japanese = prepare_withdrawn_text(read("覚書\n\n夜明けから雨が降り、村の橋は閉じられていた。"))
    assert japanese is not None
    assert find_copied_texts(
        read("別の題\n\n夜明けから雨が降り、村の門は閉じられていた。"), [japanese]
    )


@pytest.mark.parametrize(
    "data",
    [
        TAKEN_BACK.replace("\n", "\r\n"),
        TAKEN_BACK.encode("utf-16"),
        f"{TAKEN_BACK}\n",
        TAKEN_BACK.upper(),
        TAKEN_BACK.replace(",", ";"),
        TAKEN_BACK.replace(" and", "\nand"),
        f"---\ntitle: Another\n---\n{TAKEN_BACK}",
    ],
    ids=["CRLF", "UTF-16", "a line feed more", "capitals", "punctuation", "lines", "a block above"],
)
def test_the_wording_does_not_depend_on_bytes_case_and_layout(data: str | bytes) -> None:
    """It is a digest of letters and digits only; another word changes it."""
    assert read(data).wording == read(TAKEN_BACK).wording
    assert read(TAKEN_BACK.replace("green", "red")).wording != read(TAKEN_BACK).wording


def document_at(path: SeedPath, text: str) -> Document:
    """Return one of the texts below as a file of this name."""
    return replace(READ[text], source=path)


ASKED = Withdrawal("asked", line=2)


class Project:
    """A corpus with its table of addresses, in memory."""

    def __init__(self) -> None:
        self.files: dict[SeedPath, str] = {}
        self.corrections: dict[SeedPath, DocumentCorrection] = {}
        self.links: tuple[DocumentAddress, ...] = ()
        self.is_released_by_pattern = False

    def digests(self) -> Mapping[SeedPath, TextDigests]:
        """Return the digests of each file, or those in the table if the file was removed."""
        in_table = {link.seed: TextDigests(link.digest, link.wording) for link in self.links}
        read = ((path, READ[text]) for path, text in self.files.items())
        return in_table | {
            path: TextDigests(document.digest, document.wording) for path, document in read
        }

    def hide(self) -> tuple[list[Document], HiddenDocuments, tuple[DocumentAddress, ...]]:
        """Return the documents that are not withdrawn, what of them is hidden, and the table."""
        withdrawn = find_withdrawn(self.corrections, self.digests())
        documents = [
            document_at(path, text)
            for path, text in sorted(self.files.items())
            if not (path in self.corrections and self.corrections[path].withdrawn)
        ]
        digests = {document.source: document.digest for document in documents}
        digests |= {document.source: document.digest for document in withdrawn}
        addresses = document_addresses.follow_renames(self.links, digests)
        unreleased = [document for document in documents if not self.is_released(document.source)]
        originals = [
            replace(ORIGINALS[self.files[document.source]], source=document.source)
            for document in withdrawn
            if self.files.get(document.source) in ORIGINALS
        ]
        near = {document.source: find_copied_texts(document, originals) for document in documents}
        released = set(self.files) if self.is_released_by_pattern else set()
        hidden = find_hidden(unreleased, withdrawn, addresses, near, released)
        return documents, hidden, addresses

    def is_released(self, path: SeedPath) -> bool:
        """Whether a person released this copy."""
        return path in self.corrections and self.corrections[path].release_line is not None

    def build(self) -> tuple[dict[SeedPath, str], HiddenDocuments]:
        """Return the text of each document that is shown, and what is hidden; update the table."""
        documents, hidden, addresses = self.hide()
        shown = [document for document in documents if document.source not in hidden.copies]
        seeds_with_address = {link.seed for link in addresses}
        requests = [
            AddressRequest(
                document.source,
                document.digest,
                urls.document_address(document),
                document.wording,
            )
            for document in shown
        ]
        requests += [
            AddressRequest(
                original.source,
                original.digest,
                urls.withdrawn_address(original),
                original.wording,
                tuple(hidden.hidden_digests[original.source]),
            )
            for original in hidden.withdrawn
        ]
        requests += [
            AddressRequest(
                path, copy.original.digest, urls.withdrawn_address(copy.original), None, ()
            )
            for path, copy in hidden.copies.items()
            if path in seeds_with_address
        ]
        self.links = document_addresses.load(
            document_addresses.dump(document_addresses.assign(addresses, requests)).decode(), ""
        )
        return {document.source: self.files[document.source] for document in shown}, hidden


TEXTS = (
    TAKEN_BACK,
    f"{TAKEN_BACK} ",
    TAKEN_BACK.upper(),
    TAKEN_BACK.replace("mayor", "council"),
    f"{OTHER}\n{TAKEN_BACK}",
    OTHER,
    "A tower\n\nIt leans a little more in every year, and the birds do not seem to mind it at all.",
)
HIDDEN = TEXTS[:5]
READ = {text: read(text) for text in TEXTS}
ORIGINALS = {text: original for text in TEXTS if (original := prepare_withdrawn_text(READ[text]))}
PATHS = [SeedPath(name) for name in ("a.txt", "b.txt", "c.txt")]

changes = st.lists(
    st.tuples(
        st.sampled_from(["write", "copy", "rename", "swap", "remove", "build"]),
        st.sampled_from(PATHS),
        st.sampled_from(PATHS),
        st.sampled_from(TEXTS),
    ),
    max_size=14,
)


def apply(project: Project, action: str, path: SeedPath, other: SeedPath, text: str) -> None:
    """Change the files as people do."""
    files = project.files
    if action == "write":
        files[path] = text
    elif action == "copy" and path in files:
        files[other] = files[path]
    elif action == "rename" and path in files:
        files[other] = files.pop(path)
    elif action == "swap" and path in files and other in files:
        files[path], files[other] = files[other], files[path]
    elif action == "remove":
        files.pop(path, None)
    elif action == "build":
        project.build()


@given(changes, changes)
def test_a_text_that_a_build_has_hidden_is_never_shown_again(
    before: list[tuple[str, SeedPath, SeedPath, str]],
    after: list[tuple[str, SeedPath, SeedPath, str]],
) -> None:
    """Neither its words nor its bytes, while the entry exists; a second build changes nothing."""
    project = Project()
    for change in before:
        apply(project, *change)
    project.files[PATHS[0]] = TAKEN_BACK
    project.build()
    project.corrections = {PATHS[0]: DocumentCorrection(PATHS[0], 1, withdrawn=ASKED)}
    for change in after:
        apply(project, *change)
        shown, hidden = project.build()
        table = project.links
        assert project.build() == (shown, hidden)
        assert project.links == table
        wordings = {READ[text].wording for text in shown.values()}
        assert READ[TAKEN_BACK].wording not in wordings
        assert not wordings & hidden.hidden_digests[PATHS[0]]


@given(changes, changes)
def test_a_pattern_never_releases_what_was_withdrawn(
    before: list[tuple[str, SeedPath, SeedPath, str]],
    after: list[tuple[str, SeedPath, SeedPath, str]],
) -> None:
    """Under no name the bytes or words that the withdrawn file had in any build."""
    project = Project()
    project.is_released_by_pattern = True
    for change in before:
        apply(project, *change)
    project.files[PATHS[0]] = TAKEN_BACK
    project.build()
    project.corrections = {PATHS[0]: DocumentCorrection(PATHS[0], 1, withdrawn=ASKED)}
    withdrawn_texts = {TAKEN_BACK}
    for change in after:
        apply(project, *change)
        shown, hidden = project.build()
        table = project.links
        assert project.build() == (shown, hidden)
        assert project.links == table
        withdrawn_texts |= {project.files[path] for path in PATHS[:1] if path in project.files}
        wordings = {READ[text].wording for text in shown.values()}
        assert not wordings & {READ[text].wording for text in withdrawn_texts}


def test_a_pattern_releases_what_was_hidden_for_likeness() -> None:
    """Also if an earlier build has remembered its bytes, words and name."""
    project = Project()
    project.files = dict(zip(PATHS, (TAKEN_BACK, TEXTS[3], TAKEN_BACK.upper()), strict=True))
    project.corrections = {PATHS[0]: DocumentCorrection(PATHS[0], 1, withdrawn=ASKED)}
    assert project.build()[0] == {}
    project.is_released_by_pattern = True
    assert project.build()[0] == {PATHS[1]: TEXTS[3]}
    project.is_released_by_pattern = False
    assert project.build()[0] == {}


@pytest.mark.parametrize(("count", "warnings"), [(5, 5), (6, 1)])
def test_many_near_copies_of_one_text_share_a_warning(count: int, warnings: int) -> None:
    """With a pattern for all of them; copies in other folders are counted apart."""
    project = Project()
    paths = [SeedPath(f"forms/{number}.txt") for number in range(100, 100 + count)]
    project.files = dict.fromkeys((*paths, SeedPath("other/1.txt")), TEXTS[3])
    project.files[PATHS[0]] = TAKEN_BACK
    project.corrections = {PATHS[0]: DocumentCorrection(PATHS[0], 1, withdrawn=ASKED)}
    _, hidden = project.build()
    problems = list(copy_problems(hidden.copies.values()))
    assert {problem.code for problem in problems} == {"W034"}
    assert len(problems) == warnings + 1
    if warnings == 1:
        assert str(problems[0]).startswith("corrections.yml:2: W034 6 seeds (forms/100.txt, ")
        assert '`"forms/*.txt": {withdrawn: false}`' in problems[0].hint


@given(changes)
def test_a_near_copy_is_not_shown(
    before: list[tuple[str, SeedPath, SeedPath, str]],
) -> None:
    """Not even after the text is removed, or when its file has another text."""
    project = Project()
    for change in before:
        apply(project, *change)
    project.files[PATHS[0]] = TAKEN_BACK
    project.corrections = {PATHS[0]: DocumentCorrection(PATHS[0], 1, withdrawn=ASKED)}
    shown, hidden = project.build()
    assert not set(shown.values()) & set(HIDDEN)
    del project.files[PATHS[0]]
    later, _ = project.build()
    assert later == shown
    for path in hidden.copies:
        project.files[path] = OTHER
    assert not set(project.build()[0]) & set(hidden.copies)


@given(changes)
def test_a_withdrawal_that_is_undone_leaves_no_trace(
    before: list[tuple[str, SeedPath, SeedPath, str]],
) -> None:
    """The same documents are shown, with the same lines in the table."""
    project = Project()
    for change in before:
        apply(project, *change)
    project.files[PATHS[0]] = TAKEN_BACK
    shown, _ = project.build()
    table = project.links
    project.corrections = {PATHS[0]: DocumentCorrection(PATHS[0], 1, withdrawn=ASKED)}
    project.build()
    project.corrections = {}
    assert project.build()[0] == shown
    assert project.links == table


def test_a_person_releases_one_copy_by_its_name() -> None:
    """The others stay hidden."""
    project = Project()
    project.files = dict.fromkeys(PATHS, TAKEN_BACK)
    a, b, c = PATHS
    project.corrections = {
        a: DocumentCorrection(a, 1, withdrawn=ASKED),
        b: DocumentCorrection(b, 3, release_line=4),
    }
    shown, hidden = project.build()
    assert (list(shown), list(hidden.copies)) == ([b], [c])
    (problem,) = copy_problems(hidden.copies.values())
    assert (problem.code, problem.severity) == ("W033", "warning")
    assert '`"c.txt": {withdrawn: false}`' in problem.hint


def test_the_table_has_nothing_but_digests_of_withdrawn_texts() -> None:
    """Of bytes, of wordings and of names, with 64 characters each."""
    project = Project()
    project.files = {PATHS[0]: TAKEN_BACK, PATHS[1]: TEXTS[3], PATHS[2]: OTHER}
    project.build()
    project.corrections = {PATHS[0]: DocumentCorrection(PATHS[0], 1, withdrawn=ASKED)}
    project.build()
    (link,) = (link for link in project.links if link.seed == PATHS[0])
    assert link.digest == hashlib.sha256(TAKEN_BACK.encode()).hexdigest()
    assert len(link.withdrawn) == 3
    assert all(len(digest) == 64 for digest in link.withdrawn)


NFC, NFD = "caf\u00e9.txt", "cafe\u0301.txt"


def correction(name: str, *, is_withdrawn: bool) -> DocumentCorrection:
    """Return a correction or a withdrawal of a file with this name."""
    title = None if is_withdrawn else Extracted("A title", "corrections.yml", 2)
    return DocumentCorrection(SeedPath(name), 1, title, withdrawn=ASKED if is_withdrawn else None)


@pytest.mark.parametrize("is_withdrawn", [True, False], ids=["withdrawn", "corrected"])
@pytest.mark.parametrize("name", [NFC, NFD], ids=["composed", "decomposed"])
def test_an_exact_name_means_that_file_alone(name: str, is_withdrawn: bool) -> None:
    """A message warns about the other, which looks the same."""
    seeds = [SeedPath(NFD), SeedPath(NFC)]
    assert list(match_seeds([correction(name, is_withdrawn=is_withdrawn)], seeds)) == [name]
    (problem,) = report_lookalikes([correction(name, is_withdrawn=is_withdrawn)], seeds)
    assert (problem.code, problem.line) == ("W035", 1)
    assert "exactly" in problem.message


def test_an_ambiguous_name_withdraws_all_seeds_and_corrects_none() -> None:
    """A text hidden by mistake can be shown again; one shown by mistake cannot be hidden."""
    name, seeds = "\u1e69.txt", [SeedPath("s\u0323\u0307.txt"), SeedPath("\u1e63\u0307.txt")]
    assert sorted(match_seeds([correction(name, is_withdrawn=True)], seeds)) == sorted(seeds)
    assert match_seeds([correction(name, is_withdrawn=False)], seeds) == {}
    assert (
        "all are withdrawn"
        in next(report_lookalikes([correction(name, is_withdrawn=True)], seeds)).message
    )
    assert list(match_seeds([correction(NFD, is_withdrawn=True)], [SeedPath(NFC)])) == [NFC]
    assert list(report_lookalikes([correction(NFD, is_withdrawn=True)], [SeedPath(NFC)])) == []


@pytest.mark.parametrize(
    ("entry", "withdrawn", "released"),
    [
        ("{withdrawn: false}", False, True),
        ("{withdrawm: False}", False, True),
        ("{withdrawn: no}", True, False),
        ("{withdrawn: }", True, False),
        ("{withdrawn: {reason: false}}", True, False),
    ],
)
def test_only_false_releases(entry: str, withdrawn: bool, released: bool) -> None:
    """Everything else withdraws, so that an error makes nothing visible."""
    corrections = parse_corrections(f"documents:\n  b.txt: {entry}\n").value
    assert corrections.unclear_lines == ()
    (correction,) = corrections.documents
    assert ((correction.withdrawn is not None), (correction.release_line == 2)) == (
        withdrawn,
        released,
    )


def test_a_second_entry_releases_nothing() -> None:
    """Of two entries the first is used, and a withdrawal in either."""
    corrections, _ = parse_corrections(
        "documents:\n  b.txt: {withdrawn: {reason: asked}}\n  ./b.txt: {withdrawn: false}\n"
    )
    (correction,) = match_seeds(corrections.documents, [SeedPath("b.txt")]).values()
    assert correction.withdrawn is not None
    assert correction.release_line is None
