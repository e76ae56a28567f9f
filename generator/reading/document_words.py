"""Words that name a kind of document, such as minutes, letters and sermons."""

from __future__ import annotations

import re

DOCUMENT = (
    r"(?:minutes|proceedings|journal|diary|log|report|letters?|postcard|telegram|memorandum|memo"
    r"|notes?|sermon|homily|speech|address|lecture|remarks|statement|declaration|proclamation"
    r"|agenda|orders?|bulletin|newsletter|testimony|interview|conversation|resolution|decree|will"
    r"|deed|indenture|lease|agreement|conveyance|mortgage|bond|affidavit|deposition|testament|treaty|message|meeting|session|sitting|hearing|transcript|protokoll|sitzung"
    r"|sitzungsprotokoll|brief|postkarte|telegramm|bericht|tagebuch|rede|predigt|vortrag|erklärung"
    r"|mitteilung|notiz|procès-verbal|lettre|carte postale|télégramme|discours|rapport"
    r"|compte rendu|acta|carta|discurso|informe|sermón|telegrama|ata|sermão|relatório|verbale"
    r"|lettera|discorso)"
)
"""A pattern for words that name a kind of document, in lower case."""

_DOCUMENT = re.compile(rf"\b{DOCUMENT}\b")


def names_document(line: str) -> bool:
    """Whether a line has a word for a kind of document: "Minutes, 4 June 1842"."""
    return _DOCUMENT.search(line.casefold()) is not None
