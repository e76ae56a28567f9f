"""Subtitles (.srt, .vtt): the words that were spoken; cues of one sentence are one paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from html import unescape

import msgspec

from generator.model.blocks import Mark, Span
from generator.model.readings import Reading
from generator.reading.decode import decode
from generator.reading.formats import refusals
from generator.reading.formats.marked_source import MarkedBlock, cut_out
from generator.reading.formats.omissions import Omissions

READER = "subtitles 2"
CUES = "cue numbers and times"
"""The ledger's name for the removal of all that is not spoken."""

_COMMENT = re.compile(
    r"(?:(?<=\n\n)|(?<=\r\r)|(?<=\r\n\r\n))NOTE(?:[ \t][^\r\n]*)?(?:(?:\r\n|\r|\n)[^\r\n]+)*"
)
"""A block of WebVTT that no player shows."""

_LINE_END = re.compile(r"\r\n|\r|\n")

_TIME = re.compile(
    r"(?P<start>(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})[ \t]*-->[ \t]*"
    r"(?P<end>(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})[^\n]*"
)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<\d[\d:.]{3,15}>|\{\\[^{}\n]{0,40}\}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^<>\n]{1,80})>")
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|lrm|rlm|quot|apos|#\d{1,6});")
_MARK = re.compile(rf"{_VOICE.pattern}|{_TAG.pattern}|{_ENTITY.pattern}")
_ITALIC = re.compile(r"<(i|b|em)>", re.IGNORECASE)
_SPEAKER_LABEL = re.compile(r"([^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3}:) ?\S")
"""A name with a colon, as in "LUND: My mother"."""
_MIN_LABELS = 2
"""Cues that begin with a label; "Note: no sound" once is none."""
_END = re.compile(r"[.!?…。！？]['\"”’»)\]]*\Z")
_DASH = re.compile(r"[-–—]\s*\S")

_MOMENT = 0.05
"""Seconds; nobody reads a cue that is shorter."""

_GAP = 4.0
"""Seconds without words after which a sentence does not go on."""


class _Cue(msgspec.Struct):
    """A cue with the places of its lines in the source."""

    start: float
    end: float
    lines: list[Span] = msgspec.field(default_factory=list)

    def words(self, source: str) -> str:
        """Return its lines, without tags."""
        lines = "\n".join(source[line.start : line.end] for line in self.lines)
        return _MARK.sub("", lines).strip()

    def is_dialogue(self, source: str) -> bool:
        """Whether each of its lines begins with a dash, as that of another speaker."""
        return len(self.lines) > 1 and all(
            _DASH.match(source[line.start : line.end]) for line in self.lines
        )


class _Speaker(msgspec.Struct, frozen=True):
    """Who speaks in a cue."""

    label: str
    is_printed: bool
    """Whether the words of the cue begin with the label; otherwise a tag has the name."""


def read_subtitles(data: bytes) -> Reading:
    """Return the reading of a subtitle file."""
    decoding = decode(data)
    if decoding is None:
        raise refusals.is_damaged("it is no text")
    omissions = Omissions()
    source = _without_comments(decoding.text, omissions)
    cues = _without_repeated_lines(source, list(_cues(source)))
    if not cues:
        raise refusals.is_damaged("it has no cue with a time")
    marked = cut_out(source, list(_blocks(source, cues)), CUES)
    return Reading(
        READER,
        marked.blocks,
        omissions=omissions.result(),
        reason=f"{decoding.encoding}: {decoding.reason}",
        source=source,
        steps=marked.steps,
        has_head=False,
    )


def _without_comments(text: str, omissions: Omissions) -> str:
    """Return the text of a file with empty lines for its comments."""

    def left(match: re.Match[str]) -> str:
        if "-->" in match[0]:
            return match[0]  # a cue of this name
        omissions.add_words("words in comments", match[0].removeprefix("NOTE"))
        return "".join(_LINE_END.findall(match[0]))

    return _COMMENT.sub(left, text)


def _cues(source: str) -> Iterator[_Cue]:
    """Yield the cues: a time, and the lines up to the next empty one."""
    cue: _Cue | None = None
    for match in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", source):
        line = match[0].rstrip("\r\n")
        time = _TIME.match(line.strip())
        if time:
            cue = _Cue(_seconds(time["start"]), _seconds(time["end"]))
            yield cue
        elif not line.strip():
            cue = None
        elif cue is not None:
            start = match.start() + len(line) - len(line.lstrip())
            cue.lines.append(Span(start, match.start() + len(line.rstrip())))


def _without_repeated_lines(source: str, cues: list[_Cue]) -> list[_Cue]:
    """Return cues without the line that the one before has shown already.

    Captions that a machine recognised roll: a line moves up when the next begins, and stands alone
    for a moment.
    """
    if not any(cue.end - cue.start < _MOMENT for cue in cues):
        return cues
    shown = ""
    for cue in cues:
        words = [_MARK.sub("", source[line.start : line.end]).strip() for line in cue.lines]
        if words and words[0] == shown:
            del cue.lines[0]
        shown = next(filter(None, reversed(words)), shown)
    return cues


def _seconds(time: str) -> float:
    *larger, seconds = time.replace(",", ".").split(":")
    minutes = 0
    for number in larger:
        minutes = minutes * 60 + int(number)
    return minutes * 60 + float(seconds)


def _blocks(source: str, cues: list[_Cue]) -> Iterator[MarkedBlock]:
    """Yield paragraphs: cues are joined until a sentence ends or somebody else speaks.

    Lines with a dash each are a dialogue, and stay lines.
    """
    block: MarkedBlock | None = None
    speaker: _Speaker | None = None
    end, labels = 0.0, _repeated_labels(source, cues)
    for cue in cues:
        words, is_dialogue = cue.words(source), cue.is_dialogue(source)
        if not words:
            continue
        named = _speaker(source, cue, labels)
        is_other = named is not None and (named.is_printed or named != speaker)
        speaker = named or speaker
        if block is None or is_dialogue or is_other or cue.start - end > _GAP:
            if block:
                yield block
            block = MarkedBlock("speech" if speaker else "paragraph")
            if speaker and (named or not speaker.is_printed):
                _label(block, speaker)
        else:
            block.insert(" ")
        _add(block, source, cue, is_dialogue)
        end = cue.end
        if is_dialogue or _END.search(words):
            yield block
            block = None
    if block:
        yield block


def _repeated_labels(source: str, cues: Iterable[_Cue]) -> frozenset[str]:
    """Return what several cues begin with as with the name of a speaker."""
    counts = Counter(match[1] for cue in cues if (match := _SPEAKER_LABEL.match(cue.words(source))))
    return frozenset(label for label, count in counts.items() if count >= _MIN_LABELS)


def _speaker(source: str, cue: _Cue, labels: Set[str]) -> _Speaker | None:
    """Return who speaks, by a tag or by a label before the words; None if the cue does not say."""
    voice = _VOICE.search(source, cue.lines[0].start, cue.lines[-1].end)
    if voice:
        return _Speaker(f"{voice[1].strip()}:", is_printed=False)
    match = _SPEAKER_LABEL.match(cue.words(source))
    return _Speaker(match[1], is_printed=True) if match and match[1] in labels else None


def _label(block: MarkedBlock, speaker: _Speaker) -> None:
    """Mark the label that the first words of a block have, or insert it before them."""
    block.marks.append(Mark("speaker", 0, len(speaker.label)))
    if not speaker.is_printed:
        block.insert(f"{speaker.label} ")


def _add(block: MarkedBlock, source: str, cue: _Cue, is_dialogue: bool) -> None:
    """Add the words of a cue to a block."""
    for number, line in enumerate(cue.lines):
        if number:
            block.insert("\n" if is_dialogue else " ")
        _add_line(block, source, line)


def _add_line(block: MarkedBlock, source: str, line: Span) -> None:
    position, italic = line.start, -1
    for match in _MARK.finditer(source, line.start, line.end):
        block.keep(position, match.start())
        position = match.end()
        if match[0].startswith("&"):
            block.insert(unescape(match[0]).replace("\xa0", " "))
        elif _ITALIC.fullmatch(match[0]):
            italic = block.length
        elif match[0].startswith("</") and italic >= 0:
            if block.length > italic:
                block.emphasis.append(Span(italic, block.length))
            italic = -1
    block.keep(position, line.end)
