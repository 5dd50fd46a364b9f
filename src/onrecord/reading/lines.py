"""Plain text -> segments: a line, or several where a paragraph was wrapped at a fixed width."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.errors import UnreadableInput
from onrecord.model import FailureCause

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_NOT_SPACE = re.compile(r"\S")
#: No report has as many; reading them takes some seconds.
MOST_LINES = 50_000
#: A text wrapped at a fixed width has lines of 40 to 130 characters (typewriter, mail, terminals).
_NARROWEST, _WIDEST = 40, 130


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space around it.

    Attributes:
        start, end: code points of the text.
        follows: whether nothing blank stands between the line before and this one.
    """

    start: int
    end: int
    follows: bool


def split_lines(text: str) -> list[Line]:
    r"""The lines of `text` that hold more than white space.

    Raises:
        UnreadableInput: there are more than `MOST_LINES`.

    >>> [(line.start, line.end, line.follows) for line in split_lines("a\r\n b \n\nc")]
    [(0, 1, False), (4, 5, True), (8, 9, False)]
    """
    lines: list[Line] = []
    end = 0
    for match in _LINE.finditer(text):
        first = _NOT_SPACE.search(text, match.start(), match.end())
        if first is None:
            continue
        last = match.start() + len(match.group().rstrip())
        follows = bool(lines) and len(_BREAK.findall(text, end, match.start())) < 2
        if len(lines) == MOST_LINES:
            raise UnreadableInput(f"it has more than {MOST_LINES} lines", FailureCause.OVERSIZED)
        lines.append(Line(first.start(), last, follows))
        end = last
    return lines


def split_segments(text: str) -> list[tuple[int, int]]:
    r"""The segments of `text` as (start, end): its lines, wrapped paragraphs joined.

    >>> split_segments("Title\n\nOne paragraph.\nAnother one.")
    [(0, 5), (7, 21), (22, 34)]
    """
    lines = split_lines(text)
    width = _wrap_width(text, lines)
    if width is None:
        return [(line.start, line.end) for line in lines]
    segments: list[tuple[int, int]] = []
    before: Line | None = None
    for line in lines:
        if before is not None and line.follows and _continues(text, before, line, width):
            segments[-1] = (segments[-1][0], line.end)
        else:
            segments.append((line.start, line.end))
        before = line
    return segments


def _wrap_width(text: str, lines: Sequence[Line]) -> int | None:
    """The width that the text was wrapped at, None where it was not.

    In wrapped text the first word of a line would not have fitted on the line before, and most lines end amid a
    sentence; lines of paragraphs that were never wrapped, and lists, show neither.
    """
    pairs = [(one, two) for one, two in pairwise(lines) if two.follows]
    if len(pairs) < 2:
        return None
    lengths = sorted(one.end - one.start for one, _ in pairs)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    if sum(line.end - line.start > 1.1 * width for line in lines) * 20 > len(lines):
        return None
    joined = [one for one, two in pairs if _continues(text, one, two, width)]
    open_ended = sum(text[line.end - 1] not in '.!?:"”’' for line in joined)
    return width if len(joined) * 2 >= len(pairs) and open_ended * 2 > len(joined) >= 2 else None


def _continues(text: str, one: Line, two: Line, width: int) -> bool:
    """Whether line `two` goes on with the paragraph of line `one`."""
    end = one.end
    first_word = re.compile(r"\S+").match(text, two.start, two.end)
    if first_word is None or text[two.start] in "<#>*•|" or text[end - 1] in ">|":
        return False
    return (one.end - one.start) + 1 + len(first_word.group()) > width and not (
        text[end - 1] in '.!?”"' and (one.end - one.start) < width - 20
    )
