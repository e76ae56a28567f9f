"""The cost of hostile texts: `python -m tools.bench.hostile [--sizes 50000 200000] [SHAPE ...]`.

Each shape is one seed, built on one core. The last column is the cost of the longest text divided
by that of the shortest, without the cost of an empty project. If it is much larger than the ratio
of their lengths, a rule takes more than linear time.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.bench.__main__ import PYTHON, ROOT, run

PROSE = (
    "The council of the town met on the first day and said that nothing would change in the"
    " harbour, because the winter was long and the ferry had not come."
)

_MIN_SECONDS = 0.1
"""Less is noise."""

UNITS: Mapping[str, str] = {
    "letters": "a",
    "capitals": "A",
    "figures": "7",
    "underscores": "_",
    "full stops": ".",
    "hyphens": "-",
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "spaces of several kinds": " \u00a0\u2003",
    "tabs": "\t",
    "empty lines": "\n",
    "carriage returns": "\r",
    "form feeds": "a\n\f\n",
    "asterisks": "*",
    "emphasised words": "*so* ",
    "opening brackets": "([{",
    "closing brackets": ")",
    "less-than signs": "<",
    "ampersands": "&",
    "entities": "&amp;",
    "elements": "<b>a</b>",
    "comments": "<!--",
    "quotation marks": '"',
    "quoted words": '"so" ',
    "backticks": "`",
    "tildes": "~",
    "bars": "|a",
    "number signs": "#",
    "backslashes": "\\",
    "templates": "{{ a }}",
    "links": "[a](b) ",
    "quotes": "> a\n",
    "rules": "---\n",
    "Chinese": "中",
    "Thai": "ก",
    "Japanese sentences": "日本語の文章です。",
    "combining marks": "a\u0301",
    "only combining marks": "\u0301",
    "joiners": "a\u200d",
    "soft hyphens": "a\u00ad",
    "ligatures": "ﬁ",
    "mojibake": "Ã©",
    "mojibake of quotes": "â€™ ",
    "terminal codes": "\x1b[1m",
    "hyphen chains": "a-",
    "divided words": "co-\n",
    "one letter a line": "a\n",
    "one capital a line": "A\n",
    "one letter a paragraph": "a\n\n",
    "indents that alternate": "a\n    b\n  c\n\td\n",
    "mail addresses": "ana@example.org ",
    "mail addresses without spaces": "ana@example.org,",
    "at signs": "a@",
    "web addresses": "http://example.org/a ",
    "schemes": "http://",
    "hosts": "a.b.c.",
    "dates": "12 May 1986, ",
    "dates in figures": "12.05.1986",
    "years": "1986-1987-",
    "numbers": "1 ",
    "lists": "1. a\n",
    "names": "Ana Ruiz ",
    "names in a list": "Ana Ruiz and Tom Lee, ",
    "names of names": "Bank of England of ",
    "initials": "A. B. C. ",
    "initials without spaces": "A.B.C.",
    "acronyms": "United Nations Organization (UNO) ",
    "titles": "Dr. Prof. Mr. ",
    "sentences of two letters": "A b. ",
    "abbreviations": "U.S. St. No. ",
    "demonyms": "Indian French Dutch ",
    "bylines": "By Ana Ruiz\n",
    "datelines": "LIMA (AP) — ",
    "dates over paragraphs": "12 May 1986\n\n",
    "page numbers": "3\n\n",
    "rights": "© a\n\n",
    "capitals in lines": "COUNCIL MEETS AGAIN\n\n",
    "cut paragraphs": "and the council of the town met on the first day of\n\n",
    "wrapped lines": f"{PROSE[:58]}\n{PROSE[58:108]}-\n",
    "prose in one line": PROSE,
}
"""The text that is repeated below a title."""

FRAMES: Mapping[str, tuple[str, str, str]] = {
    "byline and spaces": ("By Ana Ruiz", "\u00a0", "x\n\n" + PROSE),
    "byline of many": ("By Ana Ruiz", ", Ana Ruiz", "\n\n" + PROSE),
    "byline with dates": ("By Ana Ruiz ", "12 May 1986, ", "\n\n" + PROSE),
    "letters beside a divided word": ("", "a", " so it is co-\noperation"),
    "chain beside a divided word": ("", "a-", " so it is co-\noperation"),
    "last paragraph of underscores": (PROSE + "\n\n", "_", ""),
    "address with brackets": (PROSE + " http://e.invalid/", ")", ""),
    "date and spaces": ("12", "\u2003\u00a0", "May 1986\n\n" + PROSE),
    "front matter": ("---\ntitle: a\n", "b: c\n", "---\n" + PROSE),
}
"""The text before, the text that is repeated, and the text after."""


def shapes(size: int) -> Iterator[tuple[str, str]]:
    """Yield the name and text of every shape, with about `size` characters."""
    for name, unit in UNITS.items():
        yield name, f"Bridge reopens\n\n{PROSE} {unit * (size // len(unit))}"
    for name, (before, unit, after) in FRAMES.items():
        title = "" if before.startswith("---") else "Bridge reopens\n\n"
        yield name, f"{title}{before}{unit * (size // len(unit))}{after}\n"


def cost(folder: Path, text: str) -> float:
    """Build a project of one seed in a new folder and return the CPU seconds.

    Raises FailedError if the build fails.
    """
    run(1, "new", [PYTHON, "-m", "generator", "new", folder], ROOT, "tools")
    (folder / "seeds/hostile.txt").write_bytes(text.encode())
    return run(1, "build", [PYTHON, "-m", "generator", "build", "-j", "1"], folder, "site").cpu


def main() -> None:
    """Print a line for each shape."""
    parser = argparse.ArgumentParser(prog="tools.bench.hostile")
    parser.add_argument("shapes", nargs="*", help="all by default")
    parser.add_argument("--sizes", type=int, nargs="+", default=[50_000, 200_000])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        base = cost(Path(folder, "nothing"), f"Bridge reopens\n\n{PROSE}\n")
        for name, _ in shapes(1):
            if arguments.shapes and name not in arguments.shapes:
                continue
            seconds = [
                cost(Path(folder, f"{name}-{size}"), dict(shapes(size))[name]) - base
                for size in arguments.sizes
            ]
            growth = max(seconds[-1], _MIN_SECONDS) / max(seconds[0], _MIN_SECONDS)
            columns = "  ".join(f"{each:7.2f} s" for each in seconds)
            print(f"{name:32}{columns}  {growth:6.1f} times", flush=True)


if __name__ == "__main__":
    main()
