"""The generator's settings: one frozen value, made once from `extra.seedbed` in mkdocs.yml."""

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
    "review": bool,
    "genre": str,
    "labels": dict,
    "hubs": list,
    "colours": dict,
    "raw_seeds": bool,
    "noindex": bool,
    "site_id": str,
    "names": dict,
    "security_policy": str,  # printed by the theme as it stands
}
"""Every key of `extra.seedbed` with the type of its value."""

HUBS = ("people", "organizations", "places", "authors")
"""The lists of names, in the order in which the home page shows them."""

COLOURS = {"light": ("paper", "ink", "link", "accent"), "dark": ("paper", "ink", "link", "accent")}
"""What can be coloured, in the light and in the dark."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

_KINDS = {
    str: "text",
    int: "whole number",
    bool: "`true` or `false`",
    dict: "mapping",
    list: "list",
}
"""Types as mkdocs.yml calls them."""

_CHOICES = {"genre": ("document", "news"), "hubs": HUBS}
"""The settings whose words are chosen from a few."""


@dataclass(frozen=True, slots=True)
class Site:
    """What mkdocs.yml says of the site itself, outside of our own settings."""

    name: str = ""
    description: str = ""
    url: str = ""
    """Where it is published, with a slash at its end; empty when that is not known."""
    language: str = "en"
    """Of the site's own words: `theme.language`."""
    extensions: tuple[str, ...] = ()
    """The Markdown extensions of the site, by name."""
    directory_urls: bool = True
    """`use_directory_urls`: whether the address of a page is a folder, or its file."""
    alternate_paths: tuple[str, ...] = ()
    """Paths of other sites on the same host, to which `extra.alternate` leads."""
    strict: bool | None = None
    """`strict`: whether a dead link on a page that is not ours stops a build; None: not said."""

    @property
    def index(self) -> str:
        """What stands after the folder in the address of a page: nothing, or the file's name."""
        return "" if self.directory_urls else "index.html"

    @property
    def base_path(self) -> str:
        """The path of its address: `/`, or `/letters/` where its host serves more than the site."""
        return unquote(urlsplit(self.url).path) or "/"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are, and what the user wants to be different."""

    root: Path
    """The folder of mkdocs.yml; every other path is relative to it."""
    docs: Path
    """The Markdown folder, hand-written and generated pages side by side."""
    site: Site = Site()
    seeds: Path = Path("seeds")
    """`extra.seedbed.seeds`: the folder of the corpus."""
    jobs: int = 0
    """`extra.seedbed.jobs`: how many processes work; 0 means as many as there are cores."""
    review: bool = False
    """`extra.seedbed.review`: whether the site has a page with what is open about names."""
    genre: str = "document"
    """`extra.seedbed.genre`: what documents are to reference managers."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """`extra.seedbed.labels`: own words in the place of ours."""
    hubs: tuple[str, ...] = HUBS
    """`extra.seedbed.hubs`: the lists that the home page shows."""
    colours: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """`extra.seedbed.colours`: own colours, by scheme and name, as `#rrggbb`."""
    raw_seeds: bool = True
    """`extra.seedbed.raw_seeds`: whether readers may download the seeds as they are."""
    names: Mapping[str, str] = field(default_factory=dict)
    """`extra.seedbed.names`: `spacy`, a pipeline of the user's own that finds the names."""
    noindex: bool = False
    """`extra.seedbed.noindex`: whether search engines are asked to stay away."""
    site_id: str = ""
    """`extra.seedbed.site_id`: what the ids in feeds are made from, besides addresses."""

    @property
    def cache_key(self) -> str:
        """The same words for the same settings, wherever the project lies and whoever works."""
        names = {key: str(_within(self.root, Path(name))) for key, name in self.names.items()}
        docs, seeds = (_within(self.root, folder) for folder in (self.docs, self.seeds))
        site = replace(self.site, alternate_paths=(), strict=None)  # only the proof asks for these
        here = replace(self, root=Path(), docs=docs, seeds=seeds, names=names, jobs=0, site=site)
        return repr(here)


def from_mapping(
    options: object, *, root: Path, docs: Path, site: Site = Site(), site_dir: Path | None = None
) -> Settings:
    """Make the settings from the `extra.seedbed` mapping, refusing what is not understood.

    `built` is the folder of the site, `site` beside mkdocs.yml unless that says otherwise.
    Raises SeedbedError for a key that no setting has (naming the nearest) or a value of a
    wrong type, because a setting that is silently ignored is a promise silently broken.
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
        review=options.get("review", False),
        genre=options.get("genre", "document"),
        labels={str(key): str(words) for key, words in options.get("labels", {}).items()},
        hubs=tuple(options.get("hubs", HUBS)),
        colours=_colours(options.get("colours", {})),
        raw_seeds=options.get("raw_seeds", True),
        names=_names(options.get("names", {}), root),
        noindex=options.get("noindex", False),
        site_id=options.get("site_id", "").strip(),
    )


def _within(root: Path, path: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path


def _names(options: Mapping[object, object], root: Path) -> dict[str, str]:
    """Read `names: {spacy: NAME}`; a name with a slash is a folder beside mkdocs.yml."""
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
    chosen: dict[str, dict[str, str]] = {}
    for scheme, own in options.items():
        _require_known(str(scheme), COLOURS, "colours.")
        where = f"extra.seedbed.colours.{scheme} in mkdocs.yml"
        if not isinstance(own, Mapping):
            raise SeedbedError(f"{where} is {own!r}", 'It takes lines such as `link: "#0b5394"`')
        for name, colour in own.items():
            _require_known(str(name), COLOURS[str(scheme)], f"colours.{scheme}.")
            if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
                raise SeedbedError(
                    f"extra.seedbed.colours.{scheme}.{name} in mkdocs.yml is {colour!r}",
                    'It takes six hexadecimal digits in quotes, such as "#0b5394"',
                )
        chosen[str(scheme)] = {str(name): str(colour).lower() for name, colour in own.items()}
    return chosen


def _require_known(key: str, known: Collection[str] = OPTIONS, within: str = "") -> None:
    if key not in known:
        hint = did_you_mean(key, known, f"Known settings: {', '.join(sorted(known))}")
        raise SeedbedError(f"extra.seedbed.{within}{key} in mkdocs.yml is no setting", hint)


def _require_type(key: str, value: object) -> None:
    kind = OPTIONS[key]
    # In Python, `true` is a whole number.
    odd = kind is int and (isinstance(value, bool) or str(value).startswith("-"))
    if odd or not isinstance(value, kind):
        hint = f"It takes a {_KINDS[kind]}, as the docs on settings show"
        raise SeedbedError(
            f"extra.seedbed.{key} in mkdocs.yml is {value!r}", hint.replace("a `", "`")
        )


def _require_apart(seeds: Path, others: Iterable[Path]) -> None:
    """Refuse a folder of seeds in which the program would find, or lose, what it writes itself."""
    folder = seeds.resolve()
    for ours in (other.resolve() for other in others):
        if folder == ours or folder in ours.parents or ours in folder.parents:
            raise SeedbedError(
                f"extra.seedbed.seeds in mkdocs.yml is {seeds.name!r}, where {ours.name}/ lies too",
                "Give the seeds a folder of their own",
            )


def _require_outside(built: Path, root: Path, docs: Path) -> None:
    """Refuse a folder for the site that holds the project, or holds or is in the docs folder."""
    folder, docs = built.resolve(), docs.resolve()
    for path in (root.resolve(), docs):
        if folder in {path, *path.parents} or docs in folder.parents:
            raise SeedbedError(
                f"`site_dir` in mkdocs.yml is {built}: it holds {path}, or is a part of it",
                "Give the site a folder of its own",
            )


def _require_choice(key: str, value: object) -> None:
    choices = _CHOICES.get(key, ())
    for word in value if isinstance(value, list) else [value]:
        if choices and word not in choices:
            raise SeedbedError(
                f"extra.seedbed.{key} in mkdocs.yml is {word!r}", f"Known: {', '.join(choices)}"
            )
