"""Which files of the seeds folder are not seeds: a table of rules about their names.

A rule gets a name, its kind and the other names in the folder, and never reads the disk. The first
rule that matches decides, unless an ignore file of the user overrules it (see `ignore_files`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from enum import Enum, auto
from functools import cache
from pathlib import PurePosixPath

import msgspec


class Kind(Enum):
    """What kind of entry in the seeds folder a name belongs to."""

    FILE = auto()
    FOLDER = auto()
    OTHER = auto()
    """A link, a pipe or another special file."""


ANY = frozenset(Kind)
FILE = frozenset({Kind.FILE})
FOLDER = frozenset({Kind.FOLDER})
NO_FOLDER = frozenset({Kind.FILE, Kind.OTHER})


_PAGE = re.compile(
    r"[_.\-](?:archivos|arquivos|bestanden|bylos|dateien|datoteke|dosyalar|elemei|failid|fails"
    r"|fajlovi|ficheiros|fichiers|files?|fitxategiak|fitxers|pliki|soubory|tiedostot)\Z",
    re.IGNORECASE,
)
"""Suffixes that browsers, in any language, give to the folder with the pictures of a saved page."""


def _always(_name: str, _siblings: Set[str]) -> bool:
    return True


def _has_page_beside(name: str, siblings: Set[str]) -> bool:
    page = _PAGE.sub("", name)
    pages = {f"{page}{suffix}" for suffix in (".html", ".htm", ".xhtml", ".shtml")}
    return page != name and not pages.isdisjoint(siblings)


def _has_no_suffix(name: str, _siblings: Set[str]) -> bool:
    return not PurePosixPath(name).suffix


class Rule(msgspec.Struct, frozen=True):
    """A reason why an entry of the seeds folder is not a seed."""

    name: str
    """A noun that can follow the number 1."""
    why: str
    """The sentence that `seedbed explain` prints."""
    pattern: str = ".*"
    """What the whole name must match, in upper or lower case."""
    kinds: frozenset[Kind] = ANY
    is_silent: bool = False
    """Whether no message mentions such files, because nobody wants them as seeds."""
    firm: bool = False
    """Whether a `.seedbedignore` file cannot overrule it."""
    condition: Callable[[str, Set[str]], bool] = _always
    """A further condition on the name and the other names in its folder."""
    plural: str | None = None
    """The name for other numbers, if it is not the name with an s."""

    def noun(self, count: int) -> str:
        """Return the name as it follows a number."""
        return self.name if count == 1 else self.plural or f"{self.name}s"

    def matches(self, name: str, kind: Kind, siblings: Set[str]) -> bool:
        """Whether the rule ignores an entry of this name and kind."""
        has_name = kind in self.kinds and _compiled(self.pattern).fullmatch(name)
        return bool(has_name) and self.condition(name, siblings)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


SEEDBEDIGNORE = Rule(
    "by .seedbedignore", "a line of a `.seedbedignore` file ignores it", plural="by .seedbedignore"
)
GITIGNORE = Rule(
    "by .gitignore",
    "a line of a `.gitignore` file in the seeds folder ignores it: a line in a `.seedbedignore`"
    " file that begins with ! makes it a seed",
    plural="by .gitignore",
)

_CONFLICT = (
    r"conflicted copy|copie en conflit|copia en conflicto|cópia em conflito|copia in conflitto"
    r"|in konflikt stehende kopie|conflicterende kopie"
)

_KEY_FILE = (
    r"id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:_sk)?|_?netrc|htpasswd|htdigest|g?shadow-?"
    r"|(?:master\.)?passwd-?|opasswd|credentials?|pgpass(?:\.conf)?|secrets?|passwords?"
    r"|kubeconfig|dockercfg|s3cfg|_?npmrc|pypirc|git-credentials|vault[-_]pass(?:word)?"
)
"""Whole names, without the dot with which most of them begin."""

_KEY_SUFFIX = (
    r"pem|key|ppk|pfx|p12|p8|pkcs12|jks|keystore|keytab|agekey|keychain(?:-db)?|env|htpasswd"
    r"|htdigest|pgpass|netrc|npmrc|ovpn|tfstate|tfvars|kdbx?|psafe3|enpassdb|agilekeychain"
    r"|opvault|1pif|1pux"
)

_KEY_WORD = (
    r"secrets?|credentials?|passwords?|passwd|logins?|api[-_]?keys?|private[-_]?keys?"
    r"|(?:access|auth)[-_]?tokens?|service[-_]?accounts?"
)
"""Words in the names of settings and tables; in the name of a text they are part of a title."""

_SETTINGS_SUFFIX = r"ya?ml|json|toml|ini|cfg|conf|properties|plist|csv|enc"

_LOGIN_MANAGER = (
    r"1password|bitwarden|dashlane|enpass|keepass(?:x|xc)?|lastpass|nordpass|proton[-_ ]?pass"
    r"|roboform"
)

SAVED_PAGE = Rule(
    "folder of a saved web page",
    plural="folders of saved web pages",
    why="a browser saved it with a page of the same name, for its pictures and scripts",
    kinds=FOLDER,
    condition=_has_page_beside,
)
"""Its pictures are shown if the page names them."""

NO_SUFFIX = Rule(
    "file without a suffix",
    plural="files without a suffix",
    why="its name has no suffix, like those of many keys and programs: end the name with .txt,"
    " or write a line such as `!letters/*` into a .seedbedignore file",
    kinds=FILE,
    condition=_has_no_suffix,
)

RULES: tuple[Rule, ...] = (
    Rule(
        "placeholder of iCloud",
        plural="placeholders of iCloud",
        why="iCloud has not downloaded the file yet: download it in the Finder",
        pattern=r"\..+\.icloud",
        kinds=NO_FOLDER,
        firm=True,
    ),
    Rule(
        "name that begins with dots",
        plural="names that begin with dots",
        why="a name that begins with a dot is hidden: rename the file",
        pattern=r"\.\.+[^.].*\.te?xt",
        kinds=FILE,
        firm=True,
    ),
    Rule(
        "hidden file", "a name that begins with a dot is hidden", r"\..*", is_silent=True, firm=True
    ),
    Rule(
        "system file",
        "the operating system, a storage device or a program created it for its own use",
        r"(?:eh)?thumbs(?:_vista)?\.db|desktop\.ini|icon\r|\$recycle\.bin|system volume information"
        r"|lost\+found|found\.\d{3}|__macosx|network trash folder|temporary items|@eadir|@tmp"
        r"|#recycle|#snapshot|@recycle|@recently-snapshot|__pycache__|node_modules|_svn|_darcs",
        is_silent=True,
        firm=True,
    ),
    Rule(
        "working file",
        "a program that has a file open saves its lock or unsaved text here",
        r"~\$.*|#.*#|.*\.sw[l-p]|.*\.(?:lock|lck)|.*___jb_(?:tmp|old)___|4913",
        NO_FOLDER,
        is_silent=True,
        firm=True,
    ),
    Rule(
        "secret",
        "it has the name of a file with keys or passwords; if it is a text, end its name with .txt",
        rf"{_KEY_FILE}|.*\.(?:{_KEY_SUFFIX})"
        rf"|(?:.*[-_. ])?(?:{_KEY_WORD})(?:[-_. ].*)?\.(?:{_SETTINGS_SUFFIX})"
        rf"|(?:.*[-_. ])?(?:{_LOGIN_MANAGER})[-_. ].*\.(?:csv|json|xml)",
        NO_FOLDER,
        firm=True,
    ),
    Rule(
        "backup file",
        "it has the name of an older version of a file",
        r".*~|.*\.(?:bak|backup|bk|old|orig|rej|save|wbk|\$\$\$)\d*",
    ),
    Rule(
        "unfinished file",
        "it has the name of an unfinished download or a temporary file",
        r".*\.(?:part|partial|crdownload|download|opdownload|filepart|aria2|!ut|!qb|tmp|temp)",
    ),
    Rule(
        "conflicting copy",
        plural="conflicting copies",
        why="two devices changed a text at the same time: merge both versions, or rename this file",
        pattern=r".*\.sync-conflict-\d{8}-\d{6}(?:-\w+)?(?:\..*)?"
        r"|.*_conflict-\d{8}-\d{6}(?:\..*)?"
        rf"|.*\((?:[^()]*\b)?(?:{_CONFLICT})\b[^()]*\d{{4}}-\d\d-\d\d[^()]*\)(?:\..*)?"
        r"|.*\(SFConflict [^()]+\)(?:\..*)?|.*\(conflicted\)(?:\..*)?"
        r"|.*_[a-z]{3}-\d\d-\d{4}-\d{4}_conflict(?:\..*)?",
        kinds=NO_FOLDER,
    ),
    SAVED_PAGE,
    NO_SUFFIX,
)
"""Firm rules come first, because a user can overrule only the others."""


def _is_ordinary(name: str) -> bool:
    """Whether no rule can match a file name, found in a tenth of the time of the whole table."""
    lower = name.lower()
    is_text = lower.endswith((".txt", ".text"))
    # Every word for a conflict contains these letters.
    return is_text and not lower.startswith((".", "~$")) and "onfli" not in lower


def rule_in_archive(path: str) -> Rule | None:
    """Return the rule that ignores a file of an archive for its own name or that of a folder.

    Pictures of saved pages are found in their folders, and a file may have no suffix.
    """
    *folders, name = path.split("/")
    kinds = [*((folder, Kind.FOLDER) for folder in folders), (name, Kind.FILE)]
    for piece, kind in kinds:
        rule = rule_for(piece, kind, frozenset())
        if rule is not None and rule is not NO_SUFFIX:
            return rule
    return None


def rule_for(name: str, kind: Kind, siblings: Set[str]) -> Rule | None:
    """Return the first rule of the table that ignores a name, or None."""
    if kind is Kind.FILE and _is_ordinary(name):
        return None
    return next((rule for rule in RULES if rule.matches(name, kind, siblings)), None)
