"""Each segment with what its own words say: furniture, a date, a byline. Neighbours are not looked at here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.reading.dates import FoundDate, find_dates, is_date_line
from onrecord.reading.features import Segment
from onrecord.reading.furniture import Evidence, evidence
from onrecord.reading.names import Byline, bare_names, find_byline


@dataclass(frozen=True, slots=True)
class Sign:
    """A segment and what its own words say.

    Attributes:
        evidence: of furniture; NONE where nothing speaks against news.
        dates: of a line that gives dates and nothing else, or of a byline; offsets within the segment.
        byline: of a line that names the writers.
        names: of a line that holds names and nothing else, which may be a byline.
        repeated: index of the first segment with the same words, where this is not the first.
    """

    segment: Segment
    evidence: Evidence
    dates: tuple[FoundDate, ...] = ()
    byline: Byline | None = None
    names: tuple[str, ...] = ()
    repeated: int | None = None

    @property
    def plain(self) -> bool:
        """Whether nothing says that the segment is something else than news."""
        return self.evidence is Evidence.NONE and not self.dates and self.byline is None

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
        if len(segment.words) >= 4:
            key = (segment.folded, segment.end - segment.start)
            first = first_of.setdefault(key, index)
            if first != index:
                sign = replace(sign, repeated=first)
        signs.append(sign)
    return signs


def _sign(segment: Segment) -> Sign:
    """What the words of one segment say."""
    text = segment.text
    if len(text) <= 200:
        dates = is_date_line(text)
        if dates:
            return Sign(segment, Evidence.NONE, dates=dates)
        byline = find_byline(text)
        if byline is not None:
            return Sign(segment, Evidence.NONE, tuple(find_dates(text)), byline)
    found = evidence(segment)
    if found is Evidence.NONE and len(text) <= 120 and not segment.prose:
        names = bare_names(text)
        if not names:
            names, dates = _names_and_dates(text)
            if names:
                return Sign(segment, found, dates, Byline(names, 0, len(text)))
        return Sign(segment, found, names=names)
    return Sign(segment, found)


def _names_and_dates(text: str) -> tuple[tuple[str, ...], tuple[FoundDate, ...]]:
    """Names and a date that share a line ("Mara Lind | 4 May 2031")."""
    if not any(sign.isdigit() for sign in text):
        return (), ()
    dates = tuple(find_dates(text))
    if not dates:
        return (), ()
    rest = (text[: dates[0].start] + " " + text[dates[-1].end :]).strip(" ,|•·–—-/")
    return bare_names(rest), dates
