"""Where the report's body runs among the segments of a page, and what interrupts it."""

from collections.abc import Sequence
from enum import Enum, auto

from onrecord.model import BlockKind
from onrecord.reading.furniture import Evidence, reports_speech
from onrecord.reading.signs import Sign

#: Words of a sentence that can end a list of headlines; teasers under headlines are shorter or stand alone.
_REAL_SENTENCE_WORDS = 10
#: Paragraphs after which a copyright line or the comments close the report; before, they are part of a page's head.
_FULL_BODY_PARAGRAPHS = 3


#: Teasers are shorter than that as a rule; longer sentences are the report, whatever comes after them.
_LONG_SENTENCE_WORDS = 25
#: The same for a sentence that says who told it.
_TOLD_WORDS = 12
_FURNITURE = {Evidence.LIST, Evidence.END, Evidence.WALL, Evidence.LINE, Evidence.MAST}
#: What no line of the report stands between: a line without evidence between two of these is theirs.
_SURROUNDING = {Evidence.MAST, Evidence.LIST, Evidence.WALL, Evidence.LINE, Evidence.LINK}
#: The tersest sentences that end a report; shorter ones are labels too.
_TERSE_WORDS = 4
#: A credit closes a report that has no more sentences after it than these.
_MOST_AFTER_CREDIT = 2
#: Segments that a page has at most behind its report; no page's end is looked through that is longer.
_LONGEST_TAIL = 300


#: Segments that a decision looks ahead: far enough for any furniture between two paragraphs.
_LOOK_AHEAD = 40
#: How far behind a standfirst its report's byline or date may stand, where only furniture is between.
_HEAD_AFTER_STANDFIRST = 12


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
    for index in range(first + 1, min(first + _HEAD_AFTER_STANDFIRST, len(signs))):
        sign = signs[index]
        if index >= first + 4 and (sign.prose or any(first < other < index for other in proses)):
            break
        # the page's own address stands in its head, too
        credited = (
            sign.byline is not None or bool(sign.dates) or sign.segment.folded.startswith(("http://", "https://"))
        )
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
        elif sign.clock and beside_buttons(signs, index):
            kinds[index] = BlockKind.BOILERPLATE
        elif sign.dates or sign.clock:
            kinds[index] = BlockKind.DATE
        elif sign.evidence is Evidence.CAPTION:
            kinds[index] = BlockKind.CAPTION
        elif sign.prose:
            kinds[index] = BlockKind.PARAGRAPH
            paragraphs += 1
        elif _surrounded(signs, index):
            kinds[index] = BlockKind.BOILERPLATE
        elif index > last and _ends_body(signs, index, kinds):
            kinds[index] = BlockKind.PARAGRAPH
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
    if sign.evidence is Evidence.CREDIT and paragraphs >= _FULL_BODY_PARAGRAPHS and _nothing_after(signs, index):
        return _State.OVER
    if sign.evidence is Evidence.LIST:
        return _State.LIST
    if state is _State.LIST and signs[index - 1].segment.folded == "end of list":
        return _State.BODY
    if state is _State.LIST and sign.prose and _ends_list(signs, index):
        return _State.BODY
    return state


def _nothing_after(signs: Sequence[Sign], index: int) -> bool:
    """Whether what comes after a credit holds no more of the report: few sentences, none of them reporting."""
    if len(signs) - index > _LONGEST_TAIL:
        return False
    after = [n for n in range(index + 1, len(signs)) if signs[n].prose and signs[n].repeated is None]
    if len(after) > _MOST_AFTER_CREDIT or (len(after) == 2 and after[1] - after[0] == 1):
        return False
    return not any(signs[n].segment.quotes or reports_speech(signs[n].segment) for n in after)


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
    segment = signs[index].segment
    if len(segment.words) < _REAL_SENTENCE_WORDS:
        return False
    if reports_speech(segment) and (segment.quotes or len(segment.words) >= _TOLD_WORDS):
        return True  # teasers under headlines do not go so far
    if len(segment.words) >= _LONG_SENTENCE_WORDS:
        return True
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


def beside_buttons(signs: Sequence[Sign], index: int) -> bool:
    """Whether labels of the page stand right before or after: a time there is a player's, not the report's."""
    around = (*signs[max(0, index - 1) : index], *signs[index + 1 : index + 2])
    return any(sign.evidence is Evidence.LINE for sign in around)


def _ends_body(signs: Sequence[Sign], index: int, kinds: dict[int, BlockKind]) -> bool:
    """Whether a line ends as a sentence and follows right on the body: the terse last words of a report."""
    segment = signs[index].segment
    closed = segment.text.rstrip("\"'”’»)■□▪●◼ ")[-1:] in {".", "!", "?", "…"}
    return closed and len(segment.words) >= _TERSE_WORDS and kinds.get(index - 1) is BlockKind.PARAGRAPH


def _surrounded(signs: Sequence[Sign], index: int) -> bool:
    """Whether a line that is no sentence stands between two pieces of furniture."""
    around = signs[index - 1], signs[index + 1] if index + 1 < len(signs) else None
    return all(
        sign is not None and (sign.evidence in _SURROUNDING or sign.clock) and sign.segment.words for sign in around
    )


def _before_furniture(signs: Sequence[Sign], index: int) -> bool:
    """Whether the next segments of a page's tail are furniture."""
    following = [sign for sign in signs[index + 1 : index + 4] if not sign.prose]
    return any(sign.evidence in _FURNITURE and sign.segment.words for sign in following)


def _short_kind(signs: Sequence[Sign], index: int, start: int) -> BlockKind:
    """The kind of a line without evidence amid the body: a crosshead where it stands alone over a paragraph."""
    segment = signs[index].segment
    # the page's own lines may stand between a crosshead and its paragraphs
    before = signs[max(start, index - 8) : index]
    above = next((sign for sign in reversed(before) if sign.evidence not in _SURROUNDING), signs[start])
    below = next((sign for sign in signs[index + 1 : index + 8] if sign.evidence not in _SURROUNDING), None)
    alone = index > start and above.prose and below is not None and below.prose
    heading = segment.hint == "head" or (
        len(segment.words) <= 10
        and (not segment.finished or segment.text[-1] == "?")
        and segment.text[-1] not in ",;:-–—"
    )
    return (
        BlockKind.SUBTITLE if (alone or segment.hint == "head") and heading and index > start else BlockKind.PARAGRAPH
    )
