"""Each segment with what its own words say: furniture, a date, a byline. Neighbours are not looked at here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.reading.dates import FoundDate, find_dates, is_date_line, is_time_line
from onrecord.reading.datewords import date_words
from onrecord.reading.features import Segment, fold
from onrecord.reading.furniture import Evidence, evidence
from onrecord.reading.known_outlets import outlet_line
from onrecord.reading.mastheads import names_outlet
from onrecord.reading.names import Byline, bare_names, find_byline

#: What may stand beside a date on its line: an outlet's or a town's name, in capitals throughout.
_TITLE_CASE = re.compile(r"(?:the )?[A-Z][\w.&’'-]*(?: (?:(?:of|and|the|de|la|al) )?[A-Z][\w.&’'-]*){0,3}", re.UNICODE)
#: A line of as many words that stands in a paragraph too is a pull quote; fewer may be a name or a crosshead.
_FEWEST_WORDS = 6
#: Pages with more segments are books or lists: looking for each in all others would take its square.
_MOST_SEGMENTS = 400


@dataclass(frozen=True, slots=True)
class Sign:
    """A segment and what its own words say.

    Attributes:
        evidence: of furniture; NONE where nothing speaks against news.
        dates: of a line that gives dates and nothing else, or of a byline; offsets within the segment.
        byline: of a line that names the writers.
        names: of a line that holds names and nothing else, which may be a byline.
        clock: whether it is a time of day alone.
        repeated: index of the first segment with the same words, where this is not the first.
    """

    segment: Segment
    evidence: Evidence
    dates: tuple[FoundDate, ...] = ()
    byline: Byline | None = None
    names: tuple[str, ...] = ()
    repeated: int | None = None
    clock: bool = False

    @property
    def plain(self) -> bool:
        """Whether nothing says that the segment is something else than news."""
        return self.evidence is Evidence.NONE and not self.dates and self.byline is None and not self.clock

    @property
    def prose(self) -> bool:
        """Whether the segment is running sentences of news."""
        return self.plain and self.segment.prose


def read_signs(segments: Sequence[Segment]) -> list[Sign]:
    """The sign of each segment, repetitions marked."""
    signs: list[Sign] = []
    first_of: dict[tuple[str, int], int] = {}
    for index, segment in enumerate(segments):
        sign = _sign(segment)
        if _tells_repetition(sign):
            key = (segment.folded, segment.end - segment.start)
            first = first_of.setdefault(key, index)
            if first != index:
                sign = replace(sign, repeated=first)
        signs.append(sign)
    return _with_pull_quotes(signs)


def _with_pull_quotes(signs: list[Sign]) -> list[Sign]:
    """Lines that only repeat words of a longer paragraph marked as repetitions of it."""
    whole = [index for index, sign in enumerate(signs) if sign.prose and sign.repeated is None]
    if len(signs) > _MOST_SEGMENTS or not whole:
        return signs
    texts = {index: fold(signs[index].segment.text[:5_000]) for index in whole}
    for index, sign in enumerate(signs):
        segment = sign.segment
        if sign.repeated is None and sign.plain and _FEWEST_WORDS <= len(segment.words) <= 40 and not segment.hint:
            needle = segment.folded.strip("\"' .")
            found = next(
                (
                    other
                    for other in whole
                    if other != index and len(texts[other]) > 1.2 * len(needle) and needle in texts[other]
                ),
                None,
            )
            if found is not None and (not segment.prose or segment.quotes):
                signs[index] = replace(sign, repeated=found)
    return signs


def _tells_repetition(sign: Sign) -> bool:
    """Whether seeing a segment again means that it is a copy: rows of a table say the same by right."""
    segment = sign.segment
    if len(segment.words) < 4:
        return False
    numbers = sum(word[0].isdigit() for word in segment.words)
    return segment.prose or sign.evidence is not Evidence.NONE or numbers == 0


def _sign(segment: Segment) -> Sign:
    """What the words of one segment say."""
    text = segment.text
    if len(text) <= 200:
        dates = is_date_line(text)
        if dates:
            return Sign(segment, Evidence.NONE, dates=dates)
        if text[0].isdigit() and is_time_line(text):
            return Sign(segment, Evidence.NONE, clock=True)
        byline = find_byline(text)
        if byline is not None:
            return Sign(segment, Evidence.NONE, tuple(find_dates(text)), byline)
        if outlet_line(text) is not None or names_outlet(text):
            return Sign(segment, Evidence.MAST)
    found = evidence(segment)
    if found is Evidence.NONE and len(text) <= 120 and not segment.prose:
        names = bare_names(text)
        if not names:
            names, dates, rest = _names_and_dates(text)
            if names:
                return Sign(segment, found, dates, Byline(names, 0, len(text)))
            if dates and all(map(_TITLE_CASE.fullmatch, _parts(rest))):
                return Sign(segment, Evidence.NONE, dates=dates)
        return Sign(segment, found, names=names)
    return Sign(segment, found)


def _parts(rest: str) -> list[str]:
    """What a line of a date holds beside it, without words such as "Published": a place, an outlet, a section."""
    left = date_words().rest.sub(" ", rest)
    return [part for one in re.split(r"[|•·/,()–—:-]", left) if (part := " ".join(one.split()))][:6]


def _names_and_dates(text: str) -> tuple[tuple[str, ...], tuple[FoundDate, ...], str]:
    """Names and a date that share a line ("Mara Lind | 4 May 2031"), and what the line holds beside the date."""
    dates = tuple(find_dates(text)) if any(map(str.isdigit, text)) else ()
    if not dates:
        return (), (), ""
    rest = (text[: dates[0].start] + " " + text[dates[-1].end :]).strip(" ,|•·–—-/()")
    names = bare_names(rest)
    byline = find_byline(rest) if rest and not names else None
    return (byline.names if byline is not None else names), dates, rest
