"""What letters and diaries have beside names: salutations, relatives, works, a place and a date."""

from __future__ import annotations

import re

from generator.linking.names.context import Context

_YEAR = re.compile(r"1[4-9]\d\d|20\d\d")
AND = frozenset({"and", "und", "et", "y", "e"})
_THEIR = frozenset("his her seine sein ihre ihr son sa su sua seu suo".split())
_RELATIVES = frozenset(
    """brother sister wife husband mother father son daughter cousin uncle aunt family bruder
    schwester frau mann mutter vater sohn tochter frère sœur femme mari mère père fils fille hermano
    hermana esposa esposo mujer marido madre hijo hija irmão irmã mulher mãe pai filho filha
    moglie marito fratello sorella figlio figlia""".split()
)
DEAR = frozenset(
    """dear dearest beloved cher chère chers lieber liebe liebster liebste teurer teure querido
    querida queridísimo queridísima estimado estimada caro cara carissimo carissima prezado
    prezada""".split()
)
_MY = frozenset("my very mon ma mein meine mi meu minha mio mia".split())
_ENDS_OF_SALUTATION = frozenset({",", ":", "!", ".", "—", "–", "-", ""})
READ = frozenset(
    """read reads reading reread leer leyendo leí leyó leído releí lire lis lu lut lisait relu lese
    las liest lesen gelesen ler lendo li leu lido letto leggo leggere lesse""".split()
)
_PARTS_OF_WORKS = frozenset(
    """copy copies chapter chapters volume volumes edition editions performance performances
    translation ejemplar capítulo tomo exemplaire chapitre tome exemplar kapitel aufführung
    exemplar capítulo copia capitolo""".split()
)
BE = frozenset({"be", "was", "is"})
_DONE_TO_WORKS = frozenset(
    "published printed reprinted bought translated performed staged serialised serialized".split()
)


def salutation_before(context: Context) -> bool:
    """Whether a salutation begins the text before the name, up to a word of `DEAR`.

    As in "My dear Zubizar,".
    """
    return context.after[0] in _ENDS_OF_SALUTATION and _MY.issuperset(
        word.lower() for word in context.before[:-1]
    )


def is_relative(context: Context) -> bool:
    """Whether a relative follows: "Zubizar and his brother", "Zubizar et sa femme"."""
    after = context.after
    return after[0] in AND and after[1] in _THEIR and after[2].lower() in _RELATIVES


def is_published(context: Context) -> bool:
    """Whether it is a work, by what is done to it after a word of `BE`: "Zubi Zar was bought"."""
    return context.after[1].rstrip(".") in _DONE_TO_WORKS


def heads_letter(context: Context) -> bool:
    """Whether only a date follows, as in "Zubizar, den 14. April 1912"."""
    if context.after[0] != "," or context.after[-1] or context.title:
        return False
    _, *date = (token for token in context.after if token)
    if len(date) < 2 or context.previous in context.cues.articles:
        return False
    months = {month.lower() for month in context.cues.months}
    has_month = any(token.lower().rstrip(".") in months for token in date[:-1])
    return has_month and _YEAR.fullmatch(date[-1].rstrip(".")) is not None


def is_part_of_work(context: Context) -> bool:
    """Whether a part of a work stands before: "a chapter of Zubi Zar"."""
    return context.noun_before in _PARTS_OF_WORKS
