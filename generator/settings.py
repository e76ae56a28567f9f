"""The settings: one frozen value, read once from `extra.seedbed` in mkdocs.yml."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.model import SeedbedError, did_you_mean

OPTIONS: dict[str, type] = {
    "seeds": str,
    "jobs": int,
    "cluster": str,
    "review": bool,
    "genre": str,
    "rights": str,
    "publisher": str,
    "labels": dict,
    "hubs": list,
    "colours": dict,
    "raw_seeds": bool,
    "data_file_limit": int,
    "facsimile": bool,
    "ocr": str,
    "noindex": bool,
    "site_id": str,
    "names": dict,
    "security_policy": str,  # printed by the theme without changes
}
"""Every key of `extra.seedbed` with the type of its value."""

DATA_FILE_LIMIT = 25_000_000
"""Bytes of the largest data file, unless a setting says otherwise.

Of the hosts in the docs, Cloudflare Pages takes the smallest files: 25 MiB, which is 26,214,400
bytes. GitHub takes 100 MB. A row of mentions.csv has more than 24 bytes, so such a file has fewer
than the 1,048,576 rows that spreadsheets show.
"""

_LEAST_LIMIT = 10_000
"""Below, the files would have little besides their headers."""

HUBS = ("people", "organizations", "places", "authors")
"""The lists of names, in the order in which the home page shows them."""

COLOURS = {"light": ("paper", "ink", "link", "accent"), "dark": ("paper", "ink", "link", "accent")}
"""The colours of the light and of the dark scheme that can be set."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

_CLUSTER = re.compile(r"(tls|tcp)://[^\s/]+:[0-9]+|local:[1-9][0-9]*")

_KINDS = {
    str: "a text",
    int: "a whole number",
    bool: "`true` or `false`",
    dict: "a mapping",
    list: "a list",
}
"""Types in the words of mkdocs.yml."""

_CHOICES = {"genre": ("document", "news"), "hubs": HUBS}
"""The settings that allow only certain words."""


@dataclass(frozen=True, slots=True)
class Site:
    """The settings of MkDocs for the site itself, outside of `extra.seedbed`."""

    name: str = ""
    description: str | None = None
    url: str | None = None
    """The address of the site, with a slash at its end; None if it is not known."""
    language: str = "en"
    """`theme.language`: the language of labels and buttons."""
    extensions: tuple[str, ...] = ()
    """The names of the Markdown extensions of the site."""
    directory_urls: bool = True
    """`use_directory_urls`: whether the address of a page is a folder, not a file."""
    alternate_paths: tuple[str, ...] = ()
    """`extra.alternate`: paths of other sites on the same host."""
    strict: bool | None = None
    """`strict`: whether a dead link on a handwritten page stops a build; None if not set."""

    @property
    def index(self) -> str:
        """The file name in the address of a page after its folder; empty for directory URLs."""
        return "" if self.directory_urls else "index.html"

    @property
    def base_path(self) -> str:
        """The path in the site's address: `/`, or `/letters/` if its host has other sites too."""
        return unquote(urlsplit(self.url or "").path) or "/"


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders of a project, and the choices of its user."""

    root: Path
    """The folder of mkdocs.yml; other paths in it are relative to this folder."""
    docs: Path
    """The Markdown folder with handwritten and generated pages."""
    site: Site = Site()
    seeds: Path = Path("seeds")
    """`extra.seedbed.seeds`: the folder of the corpus."""
    jobs: int = 0
    """`extra.seedbed.jobs`: the number of worker processes; 0 means one for each core."""
    cluster: str | None = None
    """`extra.seedbed.cluster`: the address of a Dask cluster that does the work; None for none."""
    review: bool = False
    """`extra.seedbed.review`: whether the site has a page with open questions about names."""
    genre: str = "document"
    """`extra.seedbed.genre`: the type of the documents for reference managers."""
    rights: str | None = None
    """`extra.seedbed.rights`: who may use the documents, unless a folder or document says it."""
    publisher: str | None = None
    """`extra.seedbed.publisher`: the person or institution that publishes the site."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """`extra.seedbed.labels`: replacements for labels of the site."""
    hubs: tuple[str, ...] = HUBS
    """`extra.seedbed.hubs`: the lists on the home page."""
    colours: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """`extra.seedbed.colours`: colours as `#rrggbb`, by scheme and name."""
    raw_seeds: bool = True
    """`extra.seedbed.raw_seeds`: whether readers can download the original seeds."""
    data_file_limit: int | None = DATA_FILE_LIMIT
    """`extra.seedbed.data_file_limit`: the bytes of the largest data file; None for no limit."""
    names: Mapping[str, str] = field(default_factory=dict)
    """`extra.seedbed.names`: `spacy`, the user's own pipeline that finds names."""
    facsimile: bool = False
    """`extra.seedbed.facsimile`: whether all pages of a PDF are shown as pictures."""
    ocr: str | None = None
    """`extra.seedbed.ocr`: the languages in which `tesseract` reads scans; None for no scans."""
    noindex: bool = False
    """`extra.seedbed.noindex`: whether search engines are asked not to index the site."""
    site_id: str | None = None
    """`extra.seedbed.site_id`: the base of the ids in feeds, together with addresses."""

    @property
    def cache_key(self) -> str:
        """A text that is equal for equal settings, wherever the project is on the disk."""
        names = {key: str(_within(self.root, Path(name))) for key, name in self.names.items()}
        docs, seeds = (_within(self.root, folder) for folder in (self.docs, self.seeds))
        site = replace(self.site, alternate_paths=(), strict=None)  # only the check needs these
        relative = replace(
            self,
            root=Path(),
            docs=docs,
            seeds=seeds,
            names=names,
            jobs=0,
            cluster=None,
            site=site,
        )
        return repr(relative)


def from_mapping(
    options: object, *, root: Path, docs: Path, site: Site = Site(), site_dir: Path | None = None
) -> Settings:
    """Return the settings in the `extra.seedbed` mapping.

    `site_dir` is the folder of the site, by default `site` in the folder of mkdocs.yml.
    Raises SeedbedError for an unknown key or an invalid value, because a user would not notice
    that a setting was ignored.
    """
    if options is None:
        options = {}
    if not isinstance(options, Mapping):
        raise SeedbedError(
            "extra.seedbed in mkdocs.yml is not a mapping", "Write `key: value` lines below it"
        )
    for key, value in options.items():
        _require_known(str(key))
        _require_type(str(key), value)
        _require_choice(str(key), value)
    site_dir = site_dir or root / "site"
    _require_outside(site_dir, root, docs)
    _require_apart(root / options.get("seeds", "seeds"), (docs, site_dir, root / "theme"))
    return Settings(
        root=root,
        docs=docs,
        site=site,
        seeds=root / options.get("seeds", "seeds"),
        jobs=options.get("jobs", 0),
        cluster=cluster_address(options.get("cluster", "")),
        review=options.get("review", False),
        genre=options.get("genre", "document"),
        rights=" ".join(options.get("rights", "").split()) or None,
        publisher=" ".join(options.get("publisher", "").split()) or None,
        labels={str(key): str(words) for key, words in options.get("labels", {}).items()},
        hubs=tuple(options.get("hubs", HUBS)),
        colours=_colours(options.get("colours", {})),
        raw_seeds=options.get("raw_seeds", True),
        data_file_limit=_data_file_limit(options.get("data_file_limit", DATA_FILE_LIMIT)),
        facsimile=options.get("facsimile", False),
        ocr=_ocr(options.get("ocr", "")),
        names=_names(options.get("names", {}), root),
        noindex=options.get("noindex", False),
        site_id=options.get("site_id", "").strip() or None,
    )


def _within(root: Path, path: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path


def cluster_address(address: str) -> str | None:
    """Return the address of a cluster; None if it is empty. Raises SeedbedError for a wrong one."""
    if address and not _CLUSTER.fullmatch(address):
        hint = "Write `tls://HOST:PORT`, `tcp://HOST:PORT`, or `local:4` for four processes here"
        raise SeedbedError(f"{address!r} is not the address of a cluster", hint)
    return address or None


def _data_file_limit(limit: int) -> int | None:
    if 0 < limit < _LEAST_LIMIT:
        hint = f"Write a number of bytes from {_LEAST_LIMIT} on, or 0 for no limit"
        raise SeedbedError(f"extra.seedbed.data_file_limit in mkdocs.yml is {limit}", hint)
    return limit or None


def _ocr(languages: str) -> str | None:
    names = languages.split("+") if languages else []
    if not all(re.fullmatch(r"[A-Za-z][\w/-]*", name) for name in names):
        raise SeedbedError(
            f"extra.seedbed.ocr in mkdocs.yml is {languages!r}",
            "Write the languages as tesseract names them: `eng`, or `eng+deu`",
        )
    return languages or None


def _names(options: Mapping[object, object], root: Path) -> dict[str, str]:
    """Read `names: {spacy: NAME}`; a name with a slash is a path relative to mkdocs.yml."""
    for key, value in options.items():
        if key != "spacy" or not isinstance(value, str):
            raise SeedbedError(
                f"extra.seedbed.names in mkdocs.yml has {key}: {value!r}",
                "It takes `spacy: NAME`, the name of an installed pipeline or a folder",
            )
    return {
        str(key): str(root / str(value)) if "/" in str(value) else str(value)
        for key, value in options.items()
    }


def _colours(options: Mapping[object, object]) -> dict[str, dict[str, str]]:
    """Read `colours: {light: {link: "#0b5394"}, dark: ...}`."""
    colours: dict[str, dict[str, str]] = {}
    for scheme, values in options.items():
        _require_known(str(scheme), COLOURS, "colours.")
        where = f"extra.seedbed.colours.{scheme} in mkdocs.yml"
        if not isinstance(values, Mapping):
            raise SeedbedError(f"{where} is {values!r}", 'It takes lines such as `link: "#0b5394"`')
        for name, colour in values.items():
            _require_known(str(name), COLOURS[str(scheme)], f"colours.{scheme}.")
            if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
                raise SeedbedError(
                    f"extra.seedbed.colours.{scheme}.{name} in mkdocs.yml is {colour!r}",
                    'It takes six hexadecimal digits in quotes, such as "#0b5394"',
                )
        colours[str(scheme)] = {str(name): str(colour).lower() for name, colour in values.items()}
    return colours


def _require_known(key: str, names: Collection[str] = OPTIONS, prefix: str = "") -> None:
    if key not in names:
        hint = did_you_mean(key, names, f"Known settings: {', '.join(sorted(names))}")
        raise SeedbedError(f"unknown setting extra.seedbed.{prefix}{key} in mkdocs.yml", hint)


def _require_type(key: str, value: object) -> None:
    kind = OPTIONS[key]
    # `isinstance(True, int)` holds, but `true` is not a number in mkdocs.yml.
    is_wrong_number = kind is int and (isinstance(value, bool) or str(value).startswith("-"))
    if is_wrong_number or not isinstance(value, kind):
        hint = f"It takes {_KINDS[kind]}, as the docs on settings show"
        raise SeedbedError(f"extra.seedbed.{key} in mkdocs.yml is {value!r}", hint)


def _require_apart(seeds: Path, others: Iterable[Path]) -> None:
    """Raise SeedbedError if the seeds folder overlaps a folder that the program writes into."""
    folder = seeds.resolve()
    for other in (path.resolve() for path in others):
        if folder == other or folder in other.parents or other in folder.parents:
            raise SeedbedError(
                f"extra.seedbed.seeds in mkdocs.yml is {seeds.name!r}; it overlaps {other.name}/",
                "Use a separate folder for the seeds",
            )


def _require_outside(built: Path, root: Path, docs: Path) -> None:
    """Raise SeedbedError if the site folder contains the project or overlaps the docs folder."""
    folder, docs = built.resolve(), docs.resolve()
    for path in (root.resolve(), docs):
        if folder in {path, *path.parents} or docs in folder.parents:
            raise SeedbedError(
                f"`site_dir` in mkdocs.yml is {built}: it contains {path}, or is inside it",
                "Use a separate folder for the site",
            )


def _require_choice(key: str, value: object) -> None:
    choices = _CHOICES.get(key, ())
    for word in value if isinstance(value, list) else [value]:
        if choices and word not in choices:
            raise SeedbedError(
                f"extra.seedbed.{key} in mkdocs.yml is {word!r}", f"Allowed: {', '.join(choices)}"
            )
