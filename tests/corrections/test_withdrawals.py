"""What people took back stays hidden, whatever is done to its file and to copies of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.corrections import DocumentCorrection, match_seeds, parse_corrections
from generator.corrections.apply import report_lookalikes
from generator.corrections.near_copies import find_copied_texts, prepare_withdrawn_text
from generator.corrections.withdrawals import (
    HiddenDocuments,
    TextDigests,
    copy_problem,
    find_hidden,
    find_withdrawn,
)
from generator.model import Document, DocumentAddress, Extracted, SeedPath, Withdrawal
from generator.reading.read import read_document
from generator.writing.addresses import documents as document_addresses
from generator.writing.addresses import urls
from generator.writing.addresses.documents import AddressRequest
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
    document, _ = read_document(seed(text, path))
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
    """Also where words stand around them, or only a part is left."""
    original = prepare_withdrawn_text(read(TAKEN_BACK, "a.txt"))
    assert original is not None
    assert find_copied_texts(read(NEAR[kind]), [original]) == ("a.txt",)


@pytest.mark.parametrize("kind", FAR)
def test_other_texts_are_none(kind: str) -> None:
    """A quotation is no copy, nor is a text with the same words for another matter."""
    original = prepare_withdrawn_text(read(TAKEN_BACK, "a.txt"))
    assert original is not None
    assert find_copied_texts(read(FAR[kind]), [original]) == ()


def test_what_a_publisher_prints_below_every_text_is_no_likeness() -> None:
    """Or one withdrawn note would hold back all others of its paper."""
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


def test_a_text_of_few_words_is_known_by_all_of_them_only() -> None:
    """A "Thank you." stands in many letters."""
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
    ids=["CRLF", "UTF-16", "a line feed more", "capitals", "signs", "lines", "a block above"],
)
def test_the_wording_is_the_same_in_other_bytes(data: str | bytes) -> None:
    """A digest of letters and digits only; another word has another one."""
    assert read(data).wording == read(TAKEN_BACK).wording
    assert read(TAKEN_BACK.replace("green", "red")).wording != read(TAKEN_BACK).wording


def at(path: SeedPath, text: str) -> Document:
    """One of the texts below, in a file of this name."""
    return replace(READ[text], source=path)


ASKED = Withdrawal("asked", line=2)


class Project:
    """A corpus with its table of addresses, without a disk."""

    def __init__(self) -> None:
        self.files: dict[SeedPath, str] = {}
        self.said: dict[SeedPath, DocumentCorrection] = {}
        self.links: tuple[DocumentAddress, ...] = ()

    def prints(self) -> Mapping[SeedPath, TextDigests]:
        """The digests of withdrawn files, or those of the table where a file is gone."""
        known = {link.seed: TextDigests(link.digest, link.wording) for link in self.links}
        read = ((path, READ[text]) for path, text in self.files.items())
        return known | {
            path: TextDigests(document.digest, document.wording) for path, document in read
        }

    def ruled(self) -> tuple[list[Document], HiddenDocuments, tuple[DocumentAddress, ...]]:
        """The documents that nobody withdrew, what of them is held back, and the table."""
        taken = find_withdrawn(self.said, self.prints())
        documents = [
            at(path, text)
            for path, text in sorted(self.files.items())
            if not (path in self.said and self.said[path].withdrawn)
        ]
        digests = {one.source: one.digest for one in documents}
        digests |= {one.source: one.digest for one in taken}
        addresses = document_addresses.followed(self.links, digests)
        held = [one for one in documents if not self.released(one.source)]
        originals = [
            replace(ORIGINALS[self.files[one.source]], source=one.source)
            for one in taken
            if self.files.get(one.source) in ORIGINALS
        ]
        near = {document.source: find_copied_texts(document, originals) for document in documents}
        return documents, find_hidden(held, taken, addresses, near), addresses

    def released(self, path: SeedPath) -> bool:
        """Whether a person said that this copy may be shown."""
        return path in self.said and self.said[path].release_line is not None

    def build(self) -> tuple[dict[SeedPath, str], HiddenDocuments]:
        """What is shown, with its text; the table is brought up to date."""
        documents, held, addresses = self.ruled()
        shown = [one for one in documents if one.source not in held.copies]
        homes = {link.seed for link in addresses}
        requests = [
            AddressRequest(one.source, one.digest, urls.document_address(one), one.wording)
            for one in shown
        ]
        requests += [
            AddressRequest(
                one.source,
                one.digest,
                urls.withdrawn_address(one),
                one.wording,
                tuple(held.hidden_digests[one.source]),
            )
            for one in held.withdrawn
        ]
        requests += [
            AddressRequest(
                path, copy.original.digest, urls.withdrawn_address(copy.original), "", ()
            )
            for path, copy in held.copies.items()
            if path in homes
        ]
        self.links = document_addresses.load(
            document_addresses.dump(document_addresses.assign(addresses, requests)).decode(), ""
        )
        return {document.source: self.files[document.source] for document in shown}, held


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
ORIGINALS = {text: found for text in TEXTS if (found := prepare_withdrawn_text(READ[text]))}
PATHS = [SeedPath(name) for name in ("a.txt", "b.txt", "c.txt")]

steps = st.lists(
    st.tuples(
        st.sampled_from(["write", "copy", "rename", "swap", "remove", "build"]),
        st.sampled_from(PATHS),
        st.sampled_from(PATHS),
        st.sampled_from(TEXTS),
    ),
    max_size=14,
)


def step(project: Project, what: str, path: SeedPath, other: SeedPath, text: str) -> None:
    """Do to the files what people do."""
    files = project.files
    if what == "write":
        files[path] = text
    elif what == "copy" and path in files:
        files[other] = files[path]
    elif what == "rename" and path in files:
        files[other] = files.pop(path)
    elif what == "swap" and path in files and other in files:
        files[path], files[other] = files[other], files[path]
    elif what == "remove":
        files.pop(path, None)
    elif what == "build":
        project.build()


@given(steps, steps)
def test_a_text_that_a_build_has_hidden_is_never_shown_again(
    before: list[tuple[str, SeedPath, SeedPath, str]],
    after: list[tuple[str, SeedPath, SeedPath, str]],
) -> None:
    """Its exact words and bytes, while the entry stands; and a second build changes nothing."""
    project = Project()
    for one in before:
        step(project, *one)
    project.files[PATHS[0]] = TAKEN_BACK
    project.build()
    project.said = {PATHS[0]: DocumentCorrection(PATHS[0], 1, withdrawn=ASKED)}
    for one in after:
        step(project, *one)
        shown, held = project.build()
        table = project.links
        assert project.build() == (shown, held)
        assert project.links == table
        wordings = {READ[text].wording for text in shown.values()}
        assert READ[TAKEN_BACK].wording not in wordings
        assert not wordings & held.hidden_digests[PATHS[0]]


@given(steps)
def test_a_near_copy_is_not_shown_while_the_text_is_there(
    before: list[tuple[str, SeedPath, SeedPath, str]],
) -> None:
    """Nor after the text is removed, if it was held back once; whatever stands in its file."""
    project = Project()
    for one in before:
        step(project, *one)
    project.files[PATHS[0]] = TAKEN_BACK
    project.said = {PATHS[0]: DocumentCorrection(PATHS[0], 1, withdrawn=ASKED)}
    shown, held = project.build()
    assert not set(shown.values()) & set(HIDDEN)
    del project.files[PATHS[0]]
    later, _ = project.build()
    assert later == shown
    for path in held.copies:
        project.files[path] = OTHER
    assert not set(project.build()[0]) & set(held.copies)


@given(steps)
def test_a_withdrawal_that_is_undone_leaves_no_trace(
    before: list[tuple[str, SeedPath, SeedPath, str]],
) -> None:
    """The same documents are shown, under the same lines of the table."""
    project = Project()
    for one in before:
        step(project, *one)
    project.files[PATHS[0]] = TAKEN_BACK
    shown, _ = project.build()
    table = project.links
    project.said = {PATHS[0]: DocumentCorrection(PATHS[0], 1, withdrawn=ASKED)}
    project.build()
    project.said = {}
    assert project.build()[0] == shown
    assert project.links == table


def test_a_person_releases_one_copy_by_its_name() -> None:
    """The others stay held back."""
    project = Project()
    project.files = dict.fromkeys(PATHS, TAKEN_BACK)
    a, b, c = PATHS
    project.said = {
        a: DocumentCorrection(a, 1, withdrawn=ASKED),
        b: DocumentCorrection(b, 3, release_line=4),
    }
    shown, held = project.build()
    assert (list(shown), list(held.copies)) == ([b], [c])
    problem = copy_problem(held.copies[c])
    assert (problem.code, problem.severity) == ("W033", "warning")
    assert '`"c.txt": {withdrawn: false}`' in problem.hint


def test_the_table_holds_nothing_but_digests() -> None:
    """Of bytes, of wordings and of names: 64 figures each."""
    project = Project()
    project.files = {PATHS[0]: TAKEN_BACK, PATHS[1]: TEXTS[3], PATHS[2]: OTHER}
    project.build()
    project.said = {PATHS[0]: DocumentCorrection(PATHS[0], 1, withdrawn=ASKED)}
    project.build()
    (link,) = (link for link in project.links if link.seed == PATHS[0])
    assert link.digest == hashlib.sha256(TAKEN_BACK.encode()).hexdigest()
    assert len(link.withdrawn) == 3
    assert all(len(digest) == 64 for digest in link.withdrawn)


NFC, NFD = "caf\u00e9.txt", "cafe\u0301.txt"


def entry(name: str, *, taken: bool) -> DocumentCorrection:
    """What a person says of a file of this name."""
    title = None if taken else Extracted("A title", "corrections.yml", 2)
    return DocumentCorrection(SeedPath(name), 1, title, withdrawn=ASKED if taken else None)


@pytest.mark.parametrize("taken", [True, False], ids=["withdrawn", "corrected"])
@pytest.mark.parametrize("name", [NFC, NFD], ids=["composed", "decomposed"])
def test_an_exact_name_means_that_file_alone(name: str, taken: bool) -> None:
    """Though another looks the same, of which a message tells."""
    seeds = [SeedPath(NFD), SeedPath(NFC)]
    assert list(match_seeds([entry(name, taken=taken)], seeds)) == [name]
    (problem,) = report_lookalikes([entry(name, taken=taken)], seeds)
    assert (problem.code, problem.line) == ("W035", 1)
    assert "exactly" in problem.message


def test_a_name_that_could_mean_several_withdraws_them_all_and_corrects_none() -> None:
    """A text that is hidden for nothing can be shown again; one that is shown cannot be hidden."""
    name, seeds = "\u1e69.txt", [SeedPath("s\u0323\u0307.txt"), SeedPath("\u1e63\u0307.txt")]
    assert sorted(match_seeds([entry(name, taken=True)], seeds)) == sorted(seeds)
    assert match_seeds([entry(name, taken=False)], seeds) == {}
    assert "all are withdrawn" in next(report_lookalikes([entry(name, taken=True)], seeds)).message
    assert list(match_seeds([entry(NFD, taken=True)], [SeedPath(NFC)])) == [NFC]
    assert list(report_lookalikes([entry(NFD, taken=True)], [SeedPath(NFC)])) == []


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
    """Everything else withdraws, so that a slip shows nothing."""
    corrections, _ = parse_corrections(f"documents:\n  b.txt: {entry}\n")
    assert corrections.unclear_lines == ()
    (correction,) = corrections.documents
    assert ((correction.withdrawn is not None), (correction.release_line == 2)) == (
        withdrawn,
        released,
    )


def test_a_second_entry_releases_nothing() -> None:
    """Of two entries the first counts, and a withdrawal anywhere."""
    corrections, _ = parse_corrections(
        "documents:\n  b.txt: {withdrawn: {reason: asked}}\n  ./b.txt: {withdrawn: false}\n"
    )
    (correction,) = match_seeds(corrections.documents, [SeedPath("b.txt")]).values()
    assert correction.withdrawn is not None
    assert correction.release_line is None
