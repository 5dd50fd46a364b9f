"""Where the report's body runs among the segments of a page, and what interrupts it."""

from collections.abc import Sequence
from enum import Enum, auto

from onrecord.model import BlockKind
from onrecord.reading.furniture import Evidence
from onrecord.reading.signs import Sign

#: Words of a sentence that can end a list of headlines; teasers under headlines are shorter or stand alone.
_REAL_SENTENCE_WORDS = 10
#: Paragraphs after which a copyright line or the comments close the report; before, they are part of a page's head.
_FULL_BODY_PARAGRAPHS = 3


_FURNITURE = {Evidence.LIST, Evidence.END, Evidence.WALL, Evidence.LINE}


#: Segments that a decision looks ahead: far enough for any furniture between two paragraphs.
_LOOK_AHEAD = 40


class _State(Enum):
    BODY = auto()
    LIST = auto()
    OVER = auto()


def body_start(signs: Sequence[Sign]) -> int | None:
    """Index of the first paragraph of the body, None where no segment reads as one.

    A sentence that a byline or a date follows within two steps is a standfirst: the body begins after it.
    """
    proses = [index for index, sign in enumerate(signs) if sign.prose and sign.repeated is None]
    if not proses:
        return next((index for index, sign in enumerate(signs) if sign.plain and len(sign.segment.words) >= 8), None)
    first = proses[0]
    for index in range(first + 1, min(first + 4, len(signs))):
        sign = signs[index]
        credited = sign.byline is not None or bool(sign.dates)
        if credited and len(signs[first].segment.words) <= 45 and first > 0 and any(later > index for later in proses):
            later = [other for other in proses if first < other < index]
            return next(other for other in proses if other > index) if len(later) <= 1 else first
    return first


def body_kinds(signs: Sequence[Sign], start: int) -> dict[int, BlockKind]:
    """The kind of every segment from `start` on."""
    last = _last_paragraph(signs, start)
    kinds: dict[int, BlockKind] = {}
    state, paragraphs = _State.BODY, 0
    furniture_near = False
    for index in range(start, len(signs)):
        sign = signs[index]
        state = _next_state(signs, index, state, paragraphs)
        if index > last and sign.evidence not in {Evidence.NONE, Evidence.CAPTION} and sign.segment.words:
            furniture_near = True
        if state is not _State.BODY or _interrupts(sign):
            kinds[index] = BlockKind.BOILERPLATE
        elif sign.byline is not None:
            kinds[index] = BlockKind.BYLINE
        elif sign.clock and _beside_buttons(signs, index):
            kinds[index] = BlockKind.BOILERPLATE
        elif sign.dates or sign.clock:
            kinds[index] = BlockKind.DATE
        elif sign.evidence is Evidence.CAPTION:
            kinds[index] = BlockKind.CAPTION
        elif sign.prose:
            kinds[index] = BlockKind.PARAGRAPH
            paragraphs += 1
        elif index > last:
            kinds[index] = (
                BlockKind.BOILERPLATE if furniture_near or _before_furniture(signs, index) else BlockKind.PARAGRAPH
            )
        else:
            kinds[index] = _short_kind(signs, index, start)
    return kinds


def _interrupts(sign: Sign) -> bool:
    """Whether a segment is furniture by itself; the body may go on after it."""
    return sign.evidence not in {Evidence.NONE, Evidence.CAPTION} or sign.repeated is not None


def _next_state(signs: Sequence[Sign], index: int, state: _State, paragraphs: int) -> _State:
    """Whether the body goes on, a list of other reports runs, or the report is over, at `index`."""
    sign = signs[index]
    if state is _State.OVER:
        return state
    if sign.evidence is Evidence.END and _closes(signs, index, paragraphs):
        return _State.OVER
    if sign.evidence is Evidence.LIST:
        return _State.LIST
    if state is _State.LIST and sign.prose and _ends_list(signs, index):
        return _State.BODY
    return state


def _closes(signs: Sequence[Sign], index: int, paragraphs: int) -> bool:
    """Whether an end mark at `index` closes the report: enough was read, or nothing that counts comes after."""
    if index and signs[index - 1].evidence is Evidence.LINE and index + 1 < len(signs):
        after = signs[index + 1]
        if after.evidence is Evidence.LINE and paragraphs < _FULL_BODY_PARAGRAPHS:
            return False  # one button of a bar
    if paragraphs >= _FULL_BODY_PARAGRAPHS:
        return True
    # less than a full body was read: more sentences after the mark than before it are the report
    return sum(sign.prose for sign in signs[index + 1 : index + _LOOK_AHEAD]) <= paragraphs


def _ends_list(signs: Sequence[Sign], index: int) -> bool:
    """Whether the sentences at `index` are the body again and not a teaser in a list of headlines."""
    if len(signs[index].segment.words) < _REAL_SENTENCE_WORDS:
        return False
    near = signs[index + 1 : index + _LOOK_AHEAD]
    following = next((sign for sign in near if sign.evidence in {Evidence.NONE, Evidence.CAPTION}), None)
    if following is None:
        return signs[index].segment.quotes
    return following.prose and len(following.segment.words) >= 4


def _last_paragraph(signs: Sequence[Sign], start: int) -> int:
    """Index of the last segment that `body_kinds` will take for running sentences."""
    state, paragraphs, last = _State.BODY, 0, start
    for index in range(start, len(signs)):
        state = _next_state(signs, index, state, paragraphs)
        if state is _State.BODY and signs[index].prose and signs[index].repeated is None:
            paragraphs += 1
            last = index
    return last


def _beside_buttons(signs: Sequence[Sign], index: int) -> bool:
    """Whether labels of the page stand right before or after: a time there is a player's, not the report's."""
    around = (*signs[max(0, index - 1) : index], *signs[index + 1 : index + 2])
    return any(sign.evidence is Evidence.LINE for sign in around)


def _before_furniture(signs: Sequence[Sign], index: int) -> bool:
    """Whether the next segments of a page's tail are furniture."""
    following = [sign for sign in signs[index + 1 : index + 4] if not sign.prose]
    return any(sign.evidence in _FURNITURE and sign.segment.words for sign in following)


def _short_kind(signs: Sequence[Sign], index: int, start: int) -> BlockKind:
    """The kind of a line without evidence amid the body: a crosshead where it stands alone over a paragraph."""
    segment = signs[index].segment
    alone = index > start and signs[index - 1].prose and index + 1 < len(signs) and signs[index + 1].prose
    heading = segment.hint == "head" or (
        len(segment.words) <= 10
        and (not segment.finished or segment.text[-1] == "?")
        and segment.text[-1] not in ",;:-–—"
    )
    return (
        BlockKind.SUBTITLE if (alone or segment.hint == "head") and heading and index > start else BlockKind.PARAGRAPH
    )
