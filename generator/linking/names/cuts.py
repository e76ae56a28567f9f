"""From a run of capitals to the names in it: titles, demonyms, dates and openings are cut off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.linking.names.counts import NameTable
from generator.linking.names.lists import Cues, Lexicon
from generator.linking.names.words import Word


class Piece(NamedTuple):
    """The words of one possible name, and the title that stands before them."""

    words: Sequence[Word]
    title: str = ""


class Cutter(NamedTuple):
    """What cutting needs to know."""

    cues: Cues
    lexicon: Lexicon
    table: NameTable

    def cut(self, run: Sequence[Word]) -> list[Piece]:
        """Give the names in a run, from left to right."""
        run = self._without_opening(run)
        last = self._last_title(run)
        if last is None:
            return self._trimmed(run)
        before = last
        while before >= 0 and self._is_title(run[before].text):
            before -= 1
        after = run[last + 1 :]
        return [
            *(self._trimmed(run[: before + 1])),
            *([Piece(after, run[last].text)] if after else []),
        ]

    def _is_title(self, word: str) -> bool:
        return word in self.cues.titles or word in self.cues.before_titles

    def _last_title(self, run: Sequence[Word]) -> int | None:
        heads = self.cues.organization_heads | self.cues.place_heads
        for at in range(len(run) - 2, -1, -1):
            if run[at].text in self.cues.titles and run[at + 1].start - run[at].end == 1:
                return None if run[-1].text in heads else at
        return None

    def _without_opening(self, run: Sequence[Word]) -> Sequence[Word]:
        """Cut off the first word where only the sentence gives it its capital."""
        at = 0
        while at < len(run) and run[at].text.lower() in self.cues.function:
            at += 1
        if at < len(run) and run[at].first and not self.is_name(run[at], run[at + 1 :]):
            at += 1
        return run[at:]

    def is_name(self, word: Word, rest: Sequence[Word]) -> bool:
        """Tell whether a word at the start of a sentence would have its capital elsewhere too."""
        lower = word.text.lower()
        if word.text.isupper() and len(word.text) > 1:
            return True
        tendency = self.table.tendency.get(lower, 0)
        known = word.text in self.lexicon.places or word.text in self.lexicon.given
        common = self.lexicon.everyday.get(self.cues.language, {}).get(lower, 0.0)
        if rest and (known or word.text in self.cues.titles):
            return tendency >= 0 or common < 5
        if rest and rest[-1].text in self.cues.organization_heads | self.cues.place_heads:
            return True
        if tendency:
            return tendency > 0
        return common < (4.5 if known else 3.5)

    def _trimmed(self, run: Sequence[Word]) -> list[Piece]:
        words = list(run)
        cues = self.cues
        heads = cues.organization_heads | cues.place_heads | cues.other_heads
        while words and (words[0].text in cues.days or words[0].text in cues.months - {"May"}):
            del words[0]
        while len(words) > 1 and (words[-1].text in cues.days or words[-1].text in cues.months):
            del words[-1]
        name = " ".join(word.text for word in words)
        if self.lexicon.places.get(name, 0) >= 3:
            return [Piece(words)]
        while (
            len(words) > 1
            and words[0].text in cues.demonyms
            and not any(word.text in heads for word in words[1:])
        ):
            del words[0]
        while words and words[-1].text in cues.titles:
            del words[-1]
        if len(words) == 1 and self._is_common(words[0]):
            return []
        return [Piece(words)] if words else []

    def _is_common(self, word: Word) -> bool:
        text, lower = word.text, word.text.lower()
        if text.isupper():
            return False
        if text in self.lexicon.places and self.lexicon.places[text] >= 4:
            return False
        if self.table.tendency.get(lower, 0) < 0 and self.lexicon.given.get(text, 0) < 2:
            return True
        common = self.lexicon.everyday.get(self.cues.language, {}).get(lower, 0.0)
        known = (
            text in self.lexicon.given
            or text in self.lexicon.places
            or text in self.lexicon.surnames
        )
        return common >= 4.0 and not known and self.table.tendency.get(lower, 0) <= 0
