"""Labels before a date: which say that it is the document's date, and which that it is not.

"Decided June 4, 2012" is the date of a decision; "Argued March 1, 2012", "Born 3 March 1841" and
"Scanned 4 May 2011" are dates of something else.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

DateRole = Literal["publication", "event", "revision", "other"]
"""What the date is: of the document, of what it reports, of a later version, of anything else."""


class DateLabel(msgspec.Struct, frozen=True):
    """Words that are written before a date, and what they make of it."""

    name: str
    role: DateRole
    words: str
    """A pattern in lower case."""


DATE_LABELS = (
    DateLabel(
        "published",
        "publication",
        r"(?:(?:first |last |originally )?(?:published|posted|issued|released|filed online)"
        r"|publicado|publicada|publié|publiée|veröffentlicht|stand|pubblicato|dated|date|datum|fecha"
        r"|data)",
    ),
    DateLabel(
        "decided",
        "publication",
        r"(?:decided|decision date|entered|entschieden|verkündet|beschluss)",
    ),
    DateLabel(
        "released later",
        "publication",
        r"(?:embargoed (?:until|for(?: release)?)|embargo(?:ed)?|for release|not for release before"
        r"|sperrfrist|embargo hasta|sous embargo jusqu[’']au)",
    ),
    DateLabel(
        "held",
        "event",
        r"(?:recorded|delivered|preached|held|given|interviewed|broadcast|aired|adopted|approved"
        r"|signed|aufgenommen|gehalten|grabado|enregistré|prononcé|sent|gesendet|enviado|envoyé"
        r"|(?:meeting|interview|recording) date|date of (?:meeting|interview|recording))",
    ),
    DateLabel(
        "revised",
        "revision",
        r"(?:(?:last )?(?:updated|modified|revised|amended|edited|changed)|actualizado|mis à jour"
        r"|aktualisiert|geändert|atualizado|aggiornato)",
    ),
    DateLabel(
        "life",
        "other",
        r"(?:departed this life|entered into rest|obiit|fell asleep|born|died"
        r"|buried|baptized|baptised|married|b\.|d\. ?(?=\d)|geboren|gestorben|geb\."
        r"|gest\."
        r"|né|née|mort|morte|nacido|nacida|nació|murió|falleció|nascido|nascida|nato|nata|morto|†|✝"
        r"|in memoriam)",
    ),
    DateLabel(
        "before a court",
        "other",
        r"(?:(?:re)?argued|submitted|argued and submitted|heard|appealed|indicted|arrested|received"
        r"|accepted|filed|eingereicht|eingegangen)",
    ),
    DateLabel(
        "the copy",
        "other",
        r"(?:scanned|digiti[sz]ed|transcribed|re-?printed|printed|accessed|retrieved|downloaded"
        r"|archived|crawled|captured|copied|copyright|©|\(c\)|release date|ebook|uploaded|gescannt"
        r"|gedruckt|ausgedruckt|abgerufen|digitalisiert|imprimé|numérisé|consulté|impreso|escaneado"
        r"|digitalizado|consultado|impresso|stampato)",
    ),
    DateLabel(
        "what is to come",
        "other",
        r"(?:expires|expiry|deadline|due|effective|valid until|next meeting|gültig bis|frist|vence"
        r"|expire|scheduled for)",
    ),
)

_WORDS_AFTER = r"[\s:.,]*(?:on|at|in|the|den|am|le|el|em|de|il)?[\s:]*"
_DAY_AND_TIME = (
    r"(?:[^\W\d_]{2,12}[.,]{1,2}\s*)?(?:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?\s?m\.?|uhr|h)[,\s]*)?"
)
_PATTERNS = tuple(
    (re.compile(rf"(?:^|[^\w.])(?:{label.words}){_WORDS_AFTER}{_DAY_AND_TIME}$"), label)
    for label in DATE_LABELS
)
_LONGEST_LABEL = 60
"""Characters before a date in which its label is looked for."""


def find_date_label(before: str) -> DateLabel | None:
    """Return the label at the end of `before`, the words before a date in its line.

    The longest wins: "release date" is no "date".
    """
    words = before[-_LONGEST_LABEL:].lower()
    found = ((pattern.search(words), label) for pattern, label in _PATTERNS if words)
    starts = {match.start(): label for match, label in found if match}
    return starts[min(starts)] if starts else None
