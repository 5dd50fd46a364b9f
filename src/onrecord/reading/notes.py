"""Notes about a report's writers and outlet: marked as credits, for they read as sentences of the report.

"Lind covers the north for the Morrow Herald." has the form of news. What gives it away is whom it is about: a writer
of this report, or the outlet itself where nothing of the report comes after.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from onrecord.reading.features import Segment, fold
from onrecord.reading.furniture import Evidence, reports_speech
from onrecord.reading.known_outlets import leading_outlet
from onrecord.reading.names import is_role
from onrecord.reading.signs import Sign

#: What such notes say of a writer, right after the name.
_DOES = re.compile(
    r",? (?:who )?(?:is|was|has|have|covers?|covered|reports?|reported|writes?|wrote|joined|leads?|works?|worked|"
    r"contributed|focuses|speciali[sz]es|serves|served|previously|lives|oversees|edits|edited|anchors|heads|"
    r"can be reached|in [A-Z][\w ,]{2,40} contributed)\b"
)
#: The same after a surname, which others have too: only what is said of writers.
_WRITES = re.compile(
    r" (?:covers|has covered|reported from|contributed|reports (?:on|for|from)|writes (?:about|for)|"
    r"is (?:an?|the|based)\b[^.]{0,60}\b"
    r"(?:correspondent|reporter|editor|columnist|journalist|chief|writer|producer|covering|based in))\b"
)
_ROLE = re.compile(
    r"\b(?:correspondent|reporter|editor|columnist|journalist|bureau chief|news director|writer|producer|freelancer?|"
    r"covering|covers)\b",
    re.I,
)
_FOR = re.compile(r"\b(?:for|at|with|of|based in|covering|covers|in)\b")
_PERSON = re.compile(r"^(?:[A-Z][\w.'’-]+ ){2,4}(?:is|covers|writes|reports|was)\b")
#: What pages say of their own outlet at their end.
_OF_ITSELF = re.compile(
    r"(?:['’]s [\w ]{2,30})?,? (?:is (?:an?|the|not)\b|websites?\b|provides|delivers|operates|publishes|reaches|"
    r"was founded|receives|has (?:been|a)\b)"
)
_LONGEST_WORDS = 70
#: A note on a writer whom no byline names counts only behind a report: so many sentences before, so few after.
_FEWEST_BEFORE, _MOST_AFTER = 4, 2
_HEAD_SEGMENTS = 60
#: More names than a byline has: each is looked for in each segment.
_MOST_WRITERS = 12


def mark_notes(signs: Sequence[Sign]) -> list[Sign]:
    """`signs` with the notes on writers and outlets as credits."""
    writers = _writers(signs)
    prose = [index for index, sign in enumerate(signs) if sign.prose and sign.repeated is None]
    first = prose[0] if prose else len(signs)
    marked = list(signs)
    for index, sign in enumerate(signs):
        if not sign.plain or len(sign.segment.words) > _LONGEST_WORDS:
            continue
        segment = sign.segment
        alone = index > first and segment.folded in writers
        if alone or (
            not segment.quotes
            and (_on_writer(segment, writers) or (_behind(prose, index) and _on_outlet_or_person(segment)))
        ):
            marked[index] = replace(sign, evidence=Evidence.CREDIT)
    return marked


def _writers(signs: Sequence[Sign]) -> frozenset[str]:
    """The names of the report's writers in lower case: of bylines, and of lines of names over an office or a date."""
    found: list[str] = []
    for index, sign in enumerate(signs):
        if sign.byline is not None:
            found += sign.byline.names
        elif sign.names and index < _HEAD_SEGMENTS:
            near = signs[index + 1 : index + 3]
            if any(one.dates for one in near) or (near and is_role(near[0].segment.text)):
                found += sign.names
    return frozenset(fold(name) for name in found[:_MOST_WRITERS])


def _on_writer(segment: Segment, writers: frozenset[str]) -> bool:
    """Whether a segment tells where a writer of the report is, what they cover or who they are."""
    for name in writers:
        if segment.folded.startswith(name + " ") or segment.folded.startswith(name + ","):
            after = segment.text[len(name) :]
            if _DOES.match(after) or (not segment.prose and _ROLE.search(after[:80])):
                return True
        surname = name.rsplit(" ", 1)[-1]
        if (
            len(surname) > 2
            and segment.folded.startswith(surname + " ")
            and _WRITES.match(segment.text[len(surname) :])
        ):
            return True
    return False


def _behind(prose: Sequence[int], index: int) -> bool:
    """Whether a segment stands behind a report, or nearly so."""
    before, upto = bisect_left(prose, index), bisect_right(prose, index)
    return before >= _FEWEST_BEFORE and len(prose) - upto <= _MOST_AFTER


def _on_outlet_or_person(segment: Segment) -> bool:
    """Whether a segment at the end describes a journalist or the outlet, and reports nothing."""
    if reports_speech(segment):
        return False
    text = segment.text
    outlet = leading_outlet(text.removeprefix("The "))
    if outlet is not None and _OF_ITSELF.match(text.removeprefix("The ")[outlet[0] :]):
        return True
    person = _PERSON.match(text)
    return person is not None and _ROLE.search(text, person.start(), 140) is not None and _FOR.search(text) is not None
