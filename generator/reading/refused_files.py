"""Files that must not become documents: pointers to a text stored elsewhere, keys and passwords.

They are recognised by their bytes, so that no suffix and no correction can publish them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec


class RefusedFile(msgspec.Struct, frozen=True):
    """A kind of file that is refused, with the message about it."""

    name: str
    """For the message: "a Git LFS pointer"."""
    code: str
    hint: str
    pattern: re.Pattern[bytes]
    """Matches the first bytes of the file, or bytes at any position."""
    max_size: int
    """Bytes; a larger file is a text that quotes such a file."""
    anywhere: bool = False
    """Whether the pattern may match at any position."""
    signs: tuple[bytes, ...] = ()
    """Bytes of which each such file has some, so that most files are not searched."""
    line: re.Pattern[bytes] | None = None
    """If given, what every line must match; empty lines and comments are left out before."""

    def matches(self, body: bytes) -> bool:
        """Whether a file with these bytes, without a byte order mark, is of this kind."""
        if len(body) > self.max_size:
            return False
        # A single byte is found much faster than several.
        if self.signs and not any(sign[-1:] in body and sign in body for sign in self.signs):
            return False
        if self.line and not all(map(self.line.fullmatch, _lines(body))):
            return False
        find = self.pattern.search if self.anywhere else self.pattern.match
        return find(b"\n".join(_lines(body)) if self.line else body) is not None


def _lines(body: bytes) -> Iterator[bytes]:
    """Yield the lines of a file of settings, without empty ones and comments."""
    lines = (match[0].strip() for match in _LINE.finditer(body))  # mostly the first says no
    yield from (line for line in lines if line and not line.startswith((b"#", b";")))


_LINE = re.compile(rb"[^\r\n]+")
_LFS = "Run `git lfs pull` in the folder of the repository"
_MAKE_NEW = "Move it out of the seeds folder; if it was ever published, make new passwords and keys"
_SENSITIVE = (
    rb"(?:password|passwd|passphrase|secret|token|credentials?|(?:api|access|private|secret|auth)"
    rb"[_-]?key|client[_-]?secret|(?:access|auth|refresh)[_-]?token)"
)
"""Names of settings whose values are secret."""
_ANNEX = "Run `git annex get` on it, and then `git annex unlock`"

REFUSED_FILES: tuple[RefusedFile, ...] = (
    RefusedFile(
        "a Git LFS pointer, not the text itself",
        "E005",
        _LFS,
        re.compile(
            rb"version https://(?:git-lfs\.github\.com|hawser\.github\.com)/spec/v1\r?\n"
            rb"(?:[a-z0-9.-]+ [^\r\n]*\r?\n)*?oid sha256:[0-9a-f]{64}\r?\n"
        ),
        1_024,
    ),
    RefusedFile(
        "a git-annex pointer, not the text itself",
        "E005",
        _ANNEX,
        re.compile(rb"[/\\]annex[/\\]objects[/\\][A-Z0-9_]+(?:-[a-zA-Z]\d+)*--\S+\r?(?:\n|\Z)"),
        32_768,
    ),
    RefusedFile(
        "a git-annex link that was saved as a file, not the text itself",
        "E005",
        _ANNEX,
        re.compile(rb"(?:\.\.[/\\])*\.git[/\\]annex[/\\]objects[/\\]\S+\s*\Z"),
        4_096,
    ),
    RefusedFile(
        "a private key",
        "E006",
        "Move it out of the seeds folder; if it was ever published, replace it with a new key",
        re.compile(
            rb"[\s>]*+(?:-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\r?\n"
            rb"|---- BEGIN SSH2 (?:[A-Z]+ )?PRIVATE KEY ----\r?\n|PuTTY-User-Key-File-\d: )"
        ),
        65_536,
    ),
    RefusedFile(
        "a text with a private key in it",
        "E006",
        "Take the key out, or move the file out of the seeds folder; if it was ever published,"
        " make a new one",
        re.compile(
            rb"-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:\\[nr]|[\s>|#*])*+"
            rb"(?:[\w-]++: [^\r\n]*+[\s>|#*]*+){0,6}[A-Za-z0-9+/]{40}"
            rb"|\bAGE-SECRET-KEY-1[0-9A-Z]{50}"
        ),
        100_000_000,
        anywhere=True,
        signs=(b"PRIVATE KEY", b"AGE-SECRET-KEY-1"),
    ),
    RefusedFile(
        "a list of a program's settings, with passwords or keys",
        "E006",
        _MAKE_NEW,
        re.compile(
            rb"(?i)(?:KEY|TOKEN|SECRET|PASS|PWD|CREDENTIAL)[A-Z0-9_]{0,40}[ \t]{0,40}=[ \t]{0,40}\S"
        ),
        65_536,
        anywhere=True,
        line=re.compile(rb"\[[^\]]*+\]|(?:export )?[\w./:@-]++[ \t]*+=.*"),
    ),
    RefusedFile(
        "a list of settings in YAML, with passwords or keys",
        "E006",
        _MAKE_NEW,
        re.compile(
            rb"(?i)(?:[\s_.-]|\A)" + _SENSITIVE + rb":[ \t]+(?=[^\s#]{6})[^\s#]*[\d_!$%&*+/=@^]"
        ),
        65_536,
        anywhere=True,
        line=re.compile(
            rb"---|-[ \t]+\S+|(?:-[ \t]+)?[\w.-]++:"
            rb"(?:[ \t]+(?:[^\s\"']+|\"[^\"]*+\"|'[^']*+'))?(?:[ \t]+#.*)?"
        ),
    ),
    RefusedFile(
        "a list of values in JSON, with passwords or keys",
        "E006",
        _MAKE_NEW,
        re.compile(
            rb"(?is)\s*+[{\[](?=.*[}\]]\s*\Z).*\"(?:\w*[_-])?" + _SENSITIVE + rb'"\s*:\s*"[^\s"]{6}'
        ),
        65_536,
    ),
    RefusedFile(
        "a list of logins (netrc)",
        "E006",
        _MAKE_NEW,
        re.compile(rb"(?:machine\s+\S+|default)\s+login\s+\S+\s+(?:account\s+\S+\s+)?password\s"),
        65_536,
        anywhere=True,
        line=re.compile(rb"(?:machine|login|account|password|macdef)\s+\S.*|default(?:\s.*)?"),
    ),
    RefusedFile(
        "a list of passwords of databases (pgpass)",
        "E006",
        _MAKE_NEW,
        re.compile(rb":"),
        65_536,
        anywhere=True,
        line=re.compile(
            rb"(?:[\w.*/-]++|\[[\da-f:]++\]):(?:\d{1,5}|\*):(?:[^:\s\\]|\\.)++:(?:[^:\s\\]|\\.)++:\S+"
        ),
    ),
    RefusedFile(
        "a list of users with their encrypted passwords",
        "E006",
        _MAKE_NEW,
        re.compile(
            rb"(?m)^[^\s:]{1,256}:(?:\$(?:apr1|argon2\w{1,2}|2[abxy]|[1567y]|gy)\$|\{S?SHA\d{0,3}\})"
        ),
        65_536,
        anywhere=True,
        line=re.compile(rb"[^\s:]++:.*"),
    ),
    RefusedFile(
        "a text with an access token in it",
        "E006",
        "Take the token out, or move the file out of the seeds folder; if it was ever published,"
        " revoke it",
        re.compile(
            rb"\b(?:gh[opsru]_(?=[A-Za-z]{0,30}\d)[A-Za-z0-9]{36}\b"
            rb"|github_pat_(?=[A-Za-z_]{0,40}\d)\w{60}"
            rb"|glpat-(?=[A-Za-z_-]{0,19}\d)[\w-]{20}"
            rb"|npm_(?=[A-Za-z]{0,30}\d)[A-Za-z0-9]{36}\b"
            rb"|xox[abeprs]-\d{8,16}-[\w-]{12}"
            rb"|[rs]k_live_(?=[A-Za-z]{0,20}\d)[A-Za-z0-9]{24}"
            rb"|pypi-AgEIcHlwaS5vcmc[\w-]{40})"
        ),
        100_000_000,
        anywhere=True,
        signs=(
            *(b"ghp_", b"gho_", b"ghs_", b"ghr_", b"ghu_", b"github_pat_"),
            *(b"glpat-", b"npm_", b"xox", b"k_live_", b"pypi-"),
        ),
    ),
)


def detect_refused_file(data: bytes) -> RefusedFile | None:
    """Return the kind of refused file that `data` is; None if it may be a text."""
    body = data.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in body[:64]:  # two or four bytes for each character
        body = body.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    return next((kind for kind in REFUSED_FILES if kind.matches(body)), None)
