"""Why files are refused: each reason with its code, its message and what to do now."""

from __future__ import annotations

from generator.model.readings import Refusal


class RefusedError(Exception):
    """A file has no reading."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def needs_password(hint: str = "Save it without a password") -> RefusedError:
    """Return the refusal of an encrypted file."""
    return RefusedError(Refusal("E051", "the file is protected by a password", hint))


def has_drm() -> RefusedError:
    """Return the refusal of a book that only its seller's programs open."""
    hint = "Ask the publisher for a file without protection"
    return RefusedError(Refusal("E051", "the file is protected by its seller (DRM)", hint))


def is_scan() -> RefusedError:
    """Return the refusal of pictures of pages."""
    message = "the file holds pictures of pages and no text"
    hint = "Set `ocr: eng` below extra.seedbed in mkdocs.yml, or run `ocrmypdf in.pdf out.pdf`"
    return RefusedError(Refusal("E052", message, hint))


def is_damaged(what: str = "") -> RefusedError:
    """Return the refusal of a file that ends too early or holds other bytes than it should."""
    message = f"the file is damaged or incomplete{f': {what}' if what else ''}"
    hint = "Copy or download it again, or open it in its program and save it again"
    return RefusedError(Refusal("E053", message, hint))


def is_too_costly(what: str) -> RefusedError:
    """Return the refusal of a file that takes too much time or memory."""
    hint = "Split it into smaller files, or save its text as a plain text file"
    return RefusedError(Refusal("E054", f"the file {what}", hint))


def is_too_large(what: str) -> RefusedError:
    """Return the refusal of a file that unpacks to very much, or is nested very deeply."""
    hint = "Unpack it by hand, and put only the documents into the seeds folder"
    return RefusedError(Refusal("E055", f"the file {what}", hint))


def is_seeds_folder(name: str) -> RefusedError:
    """Return the refusal of an archive with a whole seeds folder, in which such a file is."""
    message = f"the archive has a {name}, and what it corrects and withdraws would not count"
    hint = (
        "Unpack it, and add its lines to your own file; keep a backup outside of the seeds folder"
    )
    return RefusedError(Refusal("E074", message, hint))


def has_no_letters(what: str) -> RefusedError:
    """Return the refusal of a file whose fonts do not say which letters they show."""
    hint = "Treat it as a scan: `ocrmypdf --force-ocr in.pdf out.pdf`"
    return RefusedError(Refusal("E056", what, hint))


def is_not_what_it_says(suffix: str, kind: str, hint: str) -> RefusedError:
    """Return the refusal of a file whose name says another kind than its bytes."""
    message = f"the name ends with {suffix}, but the file is {kind}"
    return RefusedError(Refusal("E057", message, hint))


def has_no_text(hint: str = "Add its text, or move it out of the seeds folder") -> RefusedError:
    """Return the refusal of a file in which no word is for readers."""
    return RefusedError(Refusal("E058", "the file has no text that readers see", hint))


def is_unknown_kind(kind: str, hint: str) -> RefusedError:
    """Return the refusal of a kind of file that no reader knows."""
    return RefusedError(Refusal("E050", f"{kind} cannot be read", hint))


def has_no_library(name: str) -> RefusedError:
    """Return the refusal of a file whose reader needs a library that is not installed."""
    hint = f"Install it with pip, and build again: `pip install {name or 'seedbed'}`"
    return RefusedError(Refusal("E050", f"the library {name} that reads it is missing", hint))
