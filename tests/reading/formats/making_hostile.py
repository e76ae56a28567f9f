"""Files that are made to hang, fill the memory or crash a reader; each has no text to show."""

from __future__ import annotations

import io
import random
import struct
import zipfile

from tests.reading.formats.making import docx, epub, paragraph, pdf, run, words_at, xlsx, zipped
from tests.reading.formats.making_msg import Letter

_ENTITIES = "<!DOCTYPE d [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///x'>]>"
_MESSAGE = Letter("S", "Words of it.", "Ben").file()
_CYCLE = (
    "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/PageLabels 1 0 R>>\nendobj\n"
    "2 0 obj\n<</Type/Pages/Count 3/Kids[2 0 R 3 0 R]/Parent 3 0 R>>\nendobj\n"
    "3 0 obj\n<</Type/Pages/Count 3/Kids[2 0 R 3 0 R]/Parent 2 0 R>>\nendobj\n"
    "trailer\n<</Root 1 0 R/Size 4>>\nstartxref\n9\n%%EOF"
)


def _deep(tag: str, depth: int, inside: str = "x") -> str:
    return f"<{tag}>" * depth + inside + f"</{tag}>" * depth


def _word_file(document: str) -> bytes:
    relation = '<Relationship Type="x/officeDocument" Target="w.xml"/>'
    relations = f"<Relationships>{relation}</Relationships>"
    return zipped({"[Content_Types].xml": "<T/>", "_rels/.rels": relations, "w.xml": document})


def _same_name_twice() -> bytes:
    """Return an archive of which the list of files names another place than the file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("first.txt", "x")
    return buffer.getvalue().replace(b"first.txt", b"other.txt", 1)


def hostile_files() -> dict[str, bytes]:
    """Return files by their names; each is refused."""
    deep_tables = _deep("w:tbl><w:tr><w:tc", 3_000).replace("</w:tbl><w:tr><w:tc>", "</w:tc>")
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(1_800)
    )
    rows = "".join("<row/>" for _ in range(10_000))
    texts = {
        "entities.xml": f"{_ENTITIES}<TEI><text><body><p>&b;</p></body></text></TEI>",
        "deep.xml": f"<TEI><text><body>{_deep('div', 20_000)}</body></text></TEI>",
        "choices.xml": f"<TEI><text>{_deep('choice', 20_000)}</text></TEI>",
        "other.xml": "<html><p>Words.</p></html>",
        "deep.rtf": "{\\rtf1 " + "{" * 50_000 + "x",
        "empty.rtf": "{\\rtf1 {\\v hidden}}",
        "deep.eml": f"Subject: x\n{parts}Content-Type: text/plain\n\nWords.\n",
        "none.eml": "no header at all",
        "quote.csv": 'a,b\n"' + "x,y\n" * 300_000,
        "long.jsonl": '{"text":"' + "word " * 4_100_000 + '"}\n',
        "deep.jsonl": "[" * 50_000,
        "style.html": "<style>/* " + "{" * 50_000,
        "script.html": "<script>document.write('Words')</script>",
        "time.srt": f"{'9' * 4_000}\n{'9' * 400}:00:00,000 --> 00:00:02,000\nWords.\n",
        "cycle.pdf": _CYCLE,
        "cut.pdf": "%PDF-1.7\n1 0 obj\n<</Type/Catalog",
        "page.pdf": "<html><p>Words.</p></html>",
    }
    packages = {
        "bomb.zip": zipped({f"{i}.txt": b"0" * 9_000_000 for i in range(3)}),
        "other.zip": _same_name_twice(),
        "entities.docx": _word_file(f"{_ENTITIES}<document>&c;</document>"),
        "deep.docx": docx(deep_tables),
        "hidden.docx": docx(paragraph(run("Words", "<w:vanish/>"))),
        "rows.xlsx": xlsx({"S": f"<sheetData>{rows}</sheetData>"}),
        "outside.epub": epub({"../../../../etc/hosts": "<p>x</p>"}).replace(b"b/../", b"b/..x"),
        "noise.srt": random.Random(1).randbytes(100_000),
        "chain.msg": _MESSAGE[:512] + struct.pack("<128I", *[9] * 128) + _MESSAGE[1_024:],
        "cut.msg": _MESSAGE[:900],
        "hidden.pdf": pdf("3 Tr " + words_at(50, 700, "Hidden words.")),
    }
    return {**{name: text.encode() for name, text in texts.items()}, **packages}
