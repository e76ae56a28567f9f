"""What lies in a seeds folder and is no seed: a table of named rules about names.

A rule sees a name, what it is the name of, and the names beside it; never the disk. The first rule
that matches decides, unless an ignore file of the person says otherwise (see `ignorefiles`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import PurePosixPath


class Kind(Enum):
    """What a name in the seeds folder is the name of."""

    FILE = auto()
    FOLDER = auto()
    OTHER = auto()
    """A link, a pipe or the like."""


ANY = frozenset(Kind)
FILE = frozenset({Kind.FILE})
FOLDER = frozenset({Kind.FOLDER})
NO_FOLDER = frozenset({Kind.FILE, Kind.OTHER})


_PAGE = re.compile(
    r"[_.\-](?:archivos|arquivos|bestanden|bylos|dateien|datoteke|dosyalar|elemei|failid|fails"
    r"|fajlovi|ficheiros|fichiers|files?|fitxategiak|fitxers|pliki|soubory|tiedostot)\Z",
    re.IGNORECASE,
)
"""What browsers append to a page's name for the folder with its pictures, in all languages."""


def _always(_name: str, _beside: Set[str]) -> bool:
    return True


def _has_page_beside(name: str, beside: Set[str]) -> bool:
    page = _PAGE.sub("", name)
    pages = {f"{page}{suffix}" for suffix in (".html", ".htm", ".xhtml", ".shtml")}
    return page != name and not pages.isdisjoint(beside)


def _has_no_suffix(name: str, _beside: Set[str]) -> bool:
    return not PurePosixPath(name).suffix


@dataclass(frozen=True, slots=True)
class Rule:
    """Why something is no seed."""

    name: str
    """A noun that can follow the number 1."""
    why: str
    """The sentence that `seedbed explain` prints."""
    pattern: str = ".*"
    """What the whole name must match, in capitals or small letters."""
    of: frozenset[Kind] = ANY
    silent: bool = False
    """Whether nobody needs to hear of it: everybody leaves such files out."""
    firm: bool = False
    """Whether no `.seedbedignore` can make it a seed."""
    also: Callable[[str, Set[str]], bool] = _always
    """What else must hold of a name and those beside it."""

    plural: str = ""
    """The same for other numbers, where it does not only end in an s."""

    def noun(self, count: int) -> str:
        """Return the name as it follows a number."""
        return self.name if count == 1 else self.plural or f"{self.name}s"

    def matches(self, name: str, kind: Kind, beside: Set[str]) -> bool:
        """Whether the rule leaves out what has this name, with these names beside it."""
        named = kind in self.of and _compiled(self.pattern).fullmatch(name)
        return bool(named) and self.also(name, beside)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


SEEDBEDIGNORE = Rule(
    "by .seedbedignore", "a line of a `.seedbedignore` leaves it out", plural="by .seedbedignore"
)
GITIGNORE = Rule(
    "by .gitignore",
    "a line of a `.gitignore` in the seeds folder keeps it out of the repository: a line in a"
    " `.seedbedignore` that begins with ! makes it a seed",
    plural="by .gitignore",
)

_CONFLICT = (
    r"conflicted copy|copie en conflit|copia en conflicto|cópia em conflito|copia in conflitto"
    r"|in konflikt stehende kopie|conflicterende kopie"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "placeholder of iCloud",
        plural="placeholders of iCloud",
        why="iCloud has not downloaded the file yet: download it in the Finder",
        pattern=r"\..+\.icloud",
        of=NO_FOLDER,
        firm=True,
    ),
    Rule(
        "name that begins with dots",
        plural="names that begin with dots",
        why="a name that begins with a dot is hidden: rename the file",
        pattern=r"\.\.+[^.].*\.te?xt",
        of=FILE,
        firm=True,
    ),
    Rule("hidden file", "a name that begins with a dot is hidden", r"\..*", silent=True, firm=True),
    Rule(
        "system file",
        "the operating system, a storage device or a program put it there for itself",
        r"(?:eh)?thumbs(?:_vista)?\.db|desktop\.ini|icon\r|\$recycle\.bin|system volume information"
        r"|lost\+found|found\.\d{3}|__macosx|network trash folder|temporary items|@eadir|@tmp"
        r"|#recycle|#snapshot|@recycle|@recently-snapshot|__pycache__|node_modules|_svn|_darcs",
        silent=True,
        firm=True,
    ),
    Rule(
        "working file",
        "a program has a file open, and keeps its lock or unsaved text here",
        r"~\$.*|#.*#|.*\.sw[l-p]|.*\.(?:lock|lck)|.*___jb_(?:tmp|old)___|4913",
        NO_FOLDER,
        silent=True,
        firm=True,
    ),
    Rule(
        "secret",
        "the name is that of a key or of passwords",
        r"id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:_sk)?|.*\.(?:pem|key|ppk|pfx|p12|jks|keystore|kdbx?"
        r"|env|htpasswd)|_?netrc|htpasswd|g?shadow|passwd|credentials|pgpass",
        NO_FOLDER,
        firm=True,
    ),
    Rule(
        "backup file",
        "the name is that of an older version",
        r".*~|.*\.(?:bak|backup|bk|old|orig|rej|save|wbk|\$\$\$)\d*",
    ),
    Rule(
        "unfinished file",
        "the name is that of a download that has not ended, or of a temporary file",
        r".*\.(?:part|partial|crdownload|download|opdownload|filepart|aria2|!ut|!qb|tmp|temp)",
    ),
    Rule(
        "conflicting copy",
        plural="conflicting copies",
        why="two devices changed a text at the same time: join both versions, or rename this file",
        pattern=r".*\.sync-conflict-\d{8}-\d{6}(?:-\w+)?(?:\..*)?"
        rf"|.*\((?:[^()]*\b)?(?:{_CONFLICT})\b[^()]*\d{{4}}-\d\d-\d\d[^()]*\)(?:\..*)?"
        r"|.*\(SFConflict [^()]+\)(?:\..*)?|.*\(conflicted\)(?:\..*)?"
        r"|.*_[a-z]{3}-\d\d-\d{4}-\d{4}_conflict(?:\..*)?",
        of=NO_FOLDER,
    ),
    Rule(
        "folder of a saved web page",
        plural="folders of saved web pages",
        why="a browser saved it beside a page of the same name, for its pictures and scripts",
        of=FOLDER,
        also=_has_page_beside,
    ),
    Rule(
        "file without a suffix",
        plural="files without a suffix",
        why="its name has no suffix, as those of many keys and programs: end the name with .txt, or"
        " write a line such as `!letters/*` into a .seedbedignore",
        of=FILE,
        also=_has_no_suffix,
    ),
)
"""Firm rules first, because a person can only overrule the others."""


def _is_ordinary(name: str) -> bool:
    """Whether a file's name is one that no rule matches, which costs a tenth of the table."""
    small = name.lower()
    ends = small.endswith((".txt", ".text"))
    # Every word for a conflict has these letters.
    return ends and not small.startswith((".", "~$")) and "onfli" not in small


def rule_for(name: str, kind: Kind, beside: Set[str]) -> Rule | None:
    """Return the first rule of the table that leaves a name out, or None."""
    if kind is Kind.FILE and _is_ordinary(name):
        return None
    return next((rule for rule in RULES if rule.matches(name, kind, beside)), None)
