"""The words of a new project in each language of the interface."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Words:
    """The titles of two tabs, and what the first page about the site asks its owner."""

    home: str
    about: str
    to_write: str


WORDS = MappingProxyType(
    {
        "en": Words(
            "Home",
            "About",
            "Write here where these documents come from, who chose them, and who may use them.",
        ),
        "es": Words(
            "Inicio",
            "Acerca de",
            "Escriba aquí de dónde vienen estos documentos, quién los eligió y quién puede"
            " usarlos.",
        ),
        "fr": Words(
            "Accueil",
            "À propos",
            "Écrivez ici d’où viennent ces documents, qui les a choisis et qui peut les utiliser.",
        ),
        "de": Words(
            "Start",
            "Über uns",
            "Schreiben Sie hier, woher diese Dokumente kommen, wer sie ausgewählt hat und wer sie"
            " nutzen darf.",
        ),
        "pt": Words(
            "Início",
            "Sobre",
            "Escreva aqui de onde vêm estes documentos, quem os escolheu e quem pode usá-los.",
        ),
    }
)

EARLIER_TO_WRITE = "Say here where these documents come from, who chose them, and who may use them."
"""What projects of earlier versions have."""


def is_unwritten(page: str) -> bool:
    """Whether a page about the site still asks its owner to write it."""
    asked = (EARLIER_TO_WRITE, *(words.to_write for words in WORDS.values()))
    return any(words in page for words in asked)
