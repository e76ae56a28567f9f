"""The labels of list items as programs for texts and browsers count them."""

from __future__ import annotations

_LETTERS = 26

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)


def list_number(number: int, form: str) -> str:
    """Return a number in letters (form `a` or `A`), Roman figures (`i`, `I`), or as it is.

    So is a number that letters or Roman figures cannot write: 0, negative, or above 3,999.
    """
    if form in {"a", "A"}:
        words = _in_letters(number)
    elif form in {"i", "I"}:
        words = _in_roman_figures(number)
    else:
        return str(number)
    return words.upper() if form.isupper() else words


def _in_letters(number: int) -> str:
    """Return a to z, then aa, ab and so on."""
    if number <= 0:
        return str(number)
    letters = ""
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        letters = chr(ord("a") + letter) + letters
    return letters


def _in_roman_figures(number: int) -> str:
    if not 0 < number < 4_000:
        return str(number)
    figures = ""
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        figures += letters * count
    return figures
