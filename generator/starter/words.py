"""The words of a new project in each language of the interface."""

from __future__ import annotations

from types import MappingProxyType

import msgspec


class Words(msgspec.Struct, frozen=True):
    """The name of a site without one, two tabs, the colours, what the first page asks its owner."""

    archive: str
    home: str
    about: str
    to_light: str
    to_dark: str
    to_system: str
    to_write: str


WORDS = MappingProxyType(
    {
        "en": Words(
            "My archive",
            "Home",
            "About",
            "Switch to light mode",
            "Switch to dark mode",
            "Use the system's setting",
            "Write here where these documents come from, who chose them, and who may use them.",
        ),
        "es": Words(
            "Mi archivo",
            "Inicio",
            "Acerca de",
            "Cambiar al modo claro",
            "Cambiar al modo oscuro",
            "Usar la configuración del sistema",
            "Escriba aquí de dónde vienen estos documentos, quién los eligió y quién puede"
            " usarlos.",
        ),
        "fr": Words(
            "Mes archives",
            "Accueil",
            "À propos",
            "Passer au mode clair",
            "Passer au mode sombre",
            "Utiliser le réglage du système",
            "Écrivez ici d’où viennent ces documents, qui les a choisis et qui peut les utiliser.",
        ),
        "de": Words(
            "Mein Archiv",
            "Start",
            "Über uns",
            "Zum hellen Modus wechseln",
            "Zum dunklen Modus wechseln",
            "Einstellung des Systems verwenden",
            "Schreiben Sie hier, woher diese Dokumente kommen, wer sie ausgewählt hat und wer sie"
            " nutzen darf.",
        ),
        "pt": Words(
            "Meu arquivo",
            "Início",
            "Sobre",
            "Mudar para o modo claro",
            "Mudar para o modo escuro",
            "Usar a configuração do sistema",
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
