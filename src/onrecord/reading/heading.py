"""What stands over a report's body: title, subtitle, byline, date, captions, and the page's head."""

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.model import BlockKind
from onrecord.reading.body import beside_buttons
from onrecord.reading.dates import is_date_label
from onrecord.reading.features import content_words, fold
from onrecord.reading.furniture import Evidence
from onrecord.reading.names import is_by, is_role
from onrecord.reading.signs import Sign

#: A title has to score as much; see `_score`.
_LEAST_SCORE = 1.0
#: What a line of few words in capitals loses over one that is not: the name of a section or a running topic.
_SECTION, _SECTION_WORDS = 3.0, 7
#: What an agency's full name ends with; the line of its initials stands beside it.
_AGENCY = re.compile(r"\b(?:news|press|telegraph|information|wire) (?:agency|service)$")
#: Segments of the body whose words a title shares.
_BODY_SAMPLE = 12
_MOST_SUBTITLES = 4
#: Segments whose labels are looked through for a candidate's words.
_LABELS_SOUGHT = 120
_BULLETS = "•‣▪–—*-"
#: What outlets write over the points of a report that they list under its title.
_KEY_POINTS = frozenset(
    {"summary", "key points", "key takeaways", "takeaways", "at a glance", "highlights", "in short", "the gist"}
)
#: How far (in segments) a line of names may stand from a date to be a byline.
_NEAR = 2


def head_kinds(signs: Sequence[Sign], start: int, given_title: str | None) -> dict[int, BlockKind]:
    """The kind of every segment before `start`, the first paragraph of the body."""
    title = _title_index(signs, start, given_title)
    kinds: dict[int, BlockKind] = {}
    bylines = _byline_indices(signs, start, title)
    credited = False
    # many lines without evidence between title and sentences are a table or a list of the report itself
    table = title is not None and sum(sign.plain for sign in signs[title + 1 : start]) > _MOST_SUBTITLES
    for index in range(start):
        sign = signs[index]
        if index == title:
            kinds[index] = BlockKind.TITLE
            credited = False
        elif sign.byline is not None or index in bylines:
            kinds[index] = BlockKind.BYLINE
            credited = True
        elif sign.clock and beside_buttons(signs, index):
            kinds[index] = BlockKind.BOILERPLATE
        elif sign.dates or sign.clock or _announces_date(signs, index):
            kinds[index] = BlockKind.DATE
            credited = True
        else:
            kinds[index] = _other_kind(signs, index, start, title, credited=credited, table=table)
    return kinds


def _other_kind(
    signs: Sequence[Sign], index: int, start: int, title: int | None, *, credited: bool, table: bool
) -> BlockKind:
    """The kind of a segment of the head that is neither title nor byline nor date."""
    sign = signs[index]
    if sign.evidence is Evidence.CAPTION and not (sign.segment.tagged and _said_again(signs, index)):
        return (
            BlockKind.BOILERPLATE
            if sign.repeated is not None and not signs[sign.repeated].segment.tagged
            else BlockKind.CAPTION
        )
    if sign.evidence is not Evidence.NONE:
        return BlockKind.BOILERPLATE
    if sign.segment.tagged and _said_again(signs, index):
        return BlockKind.BOILERPLATE
    if sign.repeated is not None and not signs[sign.repeated].segment.tagged:
        return BlockKind.BOILERPLATE
    if sign.segment.text[0] in _BULLETS:
        return BlockKind.PARAGRAPH
    if title is None or index < title:
        return BlockKind.PARAGRAPH if title is None and sign.prose else BlockKind.BOILERPLATE
    if table:
        return BlockKind.PARAGRAPH
    if not sign.prose and any(one.segment.folded in _KEY_POINTS for one in signs[max(title, index - 6) : index]):
        return BlockKind.SUBTITLE
    if len(sign.segment.words) < 4:
        return (
            BlockKind.BOILERPLATE
            if credited or (index + 1 < start and not signs[index + 1].plain)
            else BlockKind.SUBTITLE
        )
    return BlockKind.CAPTION if credited and not sign.prose else BlockKind.SUBTITLE


def _announces_date(signs: Sequence[Sign], index: int) -> bool:
    """Whether a line is the label of the date under it."""
    return index + 1 < len(signs) and bool(signs[index + 1].dates) and is_date_label(signs[index].segment.text)


def _said_again(signs: Sequence[Sign], index: int) -> bool:
    """Whether one of the next segments holds the same words."""
    return any(sign.repeated == index for sign in signs[index + 1 : index + 4])


def _byline_indices(signs: Sequence[Sign], start: int, title: int | None) -> set[int]:
    """Lines of names beside a date or after the title that are bylines, and the offices under bylines."""
    found: set[int] = set()
    # a short line that stands in the page's head again is an outlet's name rather than an author's
    lines = Counter(sign.segment.folded for sign in signs[:start] if sign.names)
    again = {sign.segment.folded for sign in signs[start:] if sign.names}
    lowered = {word for sign in signs[start : start + 40] for word in sign.segment.text.split() if word.islower()}
    for index in range(start):
        sign = signs[index]
        if not sign.names or index == title or sign.repeated is not None or lines[sign.segment.folded] > 1:
            continue
        if any(part.lower() in lowered for name in sign.names for part in name.split()):
            continue
        if sign.segment.folded in again and (title is None or index < title):
            continue  # behind the body stands the masthead's name again, or the author's
        near = range(max(0, index - _NEAR), min(start, index + _NEAR + 1))
        dated = any(signs[other].dates for other in near)
        officed = index + 1 < start and is_role(signs[index + 1].segment.text)
        if (dated or officed) and (title is None or index > title or index == title - 1):
            found.add(index)
    for index in range(start - 1):
        following = signs[index + 1]
        if is_by(signs[index].segment.text) and following.names:
            found |= {index, index + 1}
    for index in range(1, start):
        above = signs[index - 1].byline is not None or index - 1 in found
        if above and index != title and signs[index].plain and is_role(signs[index].segment.text):
            found.add(index)
    return found


def _title_index(signs: Sequence[Sign], start: int, given_title: str | None) -> int | None:
    """The segment of the head that is the report's title: the given one, else the best by score."""
    if given_title is not None:
        wanted = fold(given_title)[:400]
        return next((index for index in range(start) if signs[index].segment.folded == wanted), None)
    body = content_words(sign.segment for sign in signs[start : start + _BODY_SAMPLE] if sign.plain)
    best, best_score = None, _LEAST_SCORE
    mixed = sum(s.plain and not s.segment.text.isupper() and len(s.segment.words) > 4 for s in signs[:start])
    only = sum(sign.plain or sign.evidence is Evidence.LABEL for sign in signs[:start]) == 1
    listed = False
    order = 0
    credited = False
    scores: dict[int, float] = {}
    furniture = [sign.segment.folded for sign in signs[:_LABELS_SOUGHT] if sign.evidence is not Evidence.NONE]
    for index in range(start):
        sign = signs[index]
        if sign.evidence is Evidence.LIST:
            listed = True
        labelled = sign.evidence is Evidence.LABEL
        if (
            not (sign.plain or labelled)
            # a first paragraph may begin with the title's words; what stands again after its own like is a copy
            or (sign.repeated is not None and sign.repeated < index and signs[sign.repeated].plain)
            or sign.segment.prose
        ):
            listed = listed and not (sign.dates or sign.byline)
            credited = credited or (sign.byline is not None and bool(sign.byline.names))
            continue
        score = _score(signs, index, start, body) - 0.15 * min(order, 4) - 1.5 * (listed or credited) - 0.5 * labelled
        score += only and len(sign.segment.words) >= 3
        score -= 1.5 * _labelled_elsewhere(sign, furniture)
        score -= _SECTION * (sign.segment.text.isupper() and mixed > 0 and len(sign.segment.words) <= _SECTION_WORDS)
        score -= _SECTION * (_AGENCY.search(sign.segment.folded) is not None)
        order += 1
        scores[index] = score
        if score > best_score:
            best, best_score = index, score
    return best if best is None else _over_standfirst(signs, best, scores)


def _labelled_elsewhere(sign: Sign, furniture: Sequence[str]) -> bool:
    """Whether the page's furniture names the line behind a label ("From: ..."): an office or an outlet, no title."""
    name = sign.segment.folded
    return any(
        line.endswith(name) and len(line) > len(name) and re.fullmatch(r"[\w©]+(?: \w+)?:? ", line[: -len(name)])
        for line in furniture
    )


def _over_standfirst(signs: Sequence[Sign], best: int, scores: dict[int, float]) -> int:
    """The line right over the best one, where that is its standfirst: as good a title but for the words it shares.

    A standfirst tells more than its title and so shares more words with the body.
    """
    above = best - 1
    while above > best - 4 and above >= 0 and signs[above].evidence is Evidence.LINE:
        above -= 1
    if scores.get(above, 0.0) < _LEAST_SCORE + 0.5 or signs[best].segment.hint or signs[above].names:
        return best
    one, two = signs[above].segment, signs[best].segment
    return above if len(one.words) >= 4 and len(two.words) >= len(one.words) - 2 else best


def _score(signs: Sequence[Sign], index: int, start: int, body: frozenset[str]) -> float:
    """How much a segment looks like the title of the body below it."""
    segment = signs[index].segment
    if segment.hint == "title":
        return 10.0
    count = len(segment.words)
    own = content_words([segment])
    score = 3.0 * len(own & body) / len(own) if own else 0.0
    # a line of two or three words over a body is the outlet more often than the title
    score += 1.0 if 4 <= count <= 22 else -1.0 if count > 30 else -2.5 if count < 2 else -1.5 if count < 4 else -0.5
    score += 1.5 if segment.hint == "head" else 0.0
    if signs[index].names:
        score -= 1.0
    near = signs[index + 1 : min(start, index + 12)]
    following = next((sign for sign in near if sign.evidence is Evidence.NONE), None)
    if following is None or following.dates or following.byline is not None or following.names:
        score += 0.5
    if segment.text[-1] in ",;:-–—":
        score -= 1.0
    return score
