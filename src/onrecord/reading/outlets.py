"""Which outlet a page says that it is of, where its text says so plainly."""

import re
from dataclasses import dataclass
from itertools import takewhile

from onrecord.reading.blocks import Layout
from onrecord.reading.features import Segment, fold

_PUBLISHED_IN = re.compile(r"^published (?:in|on|by)\b[\s:]*(?P<name>.*)$", re.I)
_OWNED = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–]\s*\d{2,4})?)?,?\s*(?P<name>[^.,|©\d]{2,50}?)"
    r"(?:\s+(?:19|20)\d{2}(?:\s*[-–]\s*\d{2,4})?)?\s*(?:[.,|]|[-–]\s|\s+all rights reserved|$)",
    re.I,
)
_NO_OWNER = re.compile(r"^(?:all rights|the authors?|copyright|getty|reuters|ap|afp|by|this|our|rights)\b", re.I)
_NAME = re.compile(r"^(?:[^\W\d_a-z]|[a-z]+\.[a-z]{2,})")
_TITLE_END = re.compile(r"^(?P<title>.+?)\s+(?P<mark>[|–—-]|::|•|·|»)\s+(?P<name>[^|–—»•·]{2,40})$")
#: A page's name stands among its first lines.
_MASTHEAD_SEGMENTS = 10


@dataclass(frozen=True, slots=True)
class ToldOutlet:
    """An outlet's name, where it stands, and by what it was known."""

    name: str
    start: int
    end: int
    reason: str


def outlet_of(layout: Layout) -> ToldOutlet | None:
    """The outlet that the page's own words tell; None where nothing does so plainly.

    In this order: a name by "Published in", the end of a title line ("Title | Outlet"), one and the same owner in
    all copyright lines, a name that stands over the title and again in the page's furniture or a picture's credit.
    """
    segments = [sign.segment for sign in layout.signs]
    return _published_in(segments) or _after_title(layout, segments) or _owner(segments) or _masthead(layout)


def _published_in(segments: list[Segment]) -> ToldOutlet | None:
    """The name after "Published in" on its line, else on the line after it if it stands before it too."""
    for index, segment in enumerate(segments[:40]):
        match = _PUBLISHED_IN.match(segment.text)
        if match is None or len(segment.words) > 8:
            continue
        name = match["name"].strip(" :.")
        if name:
            if _is_outlet(name):
                start = segment.start + match.start("name")
                return ToldOutlet(name, start, start + len(name), "the page says where it was published")
            continue
        after = segments[index + 1] if index + 1 < len(segments) else None
        before = segments[index - 1] if index else None
        if after is not None and _is_outlet(after.text):
            again = before is not None and before.folded == after.folded
            named_once = before is None or not _is_outlet(before.text)
            if again or named_once:
                return ToldOutlet(after.text, after.start, after.end, 'the page says "Published in" above it')
    return None


def _after_title(layout: Layout, segments: list[Segment]) -> ToldOutlet | None:
    """The name behind the title on a line of the page's head.

    A bar parts title and outlet by custom; a dash may belong to the title, so the title has to stand alone elsewhere.
    """
    lines = {segment.folded for segment in segments[: layout.start + 2]}
    for segment in segments[: min(layout.start, 60)]:
        match = _TITLE_END.match(segment.text)
        if match is None or not _is_outlet(match["name"]) or len(match["title"].split()) < 4:
            continue
        if fold(match["title"])[:400] in lines:
            start = segment.start + match.start("name")
            return ToldOutlet(
                match["name"], start, start + len(match["name"]), "it stands behind the title on the page"
            )
        title_line = any(
            sign.segment is segment and kind == "title" for sign, kind in zip(layout.signs, layout.kinds, strict=True)
        )
        if title_line and match["mark"] in {"|", "::", "•", "·", "»"}:
            start = segment.start + match.start("name")
            return ToldOutlet(
                match["name"], start, start + len(match["name"]), "it stands behind the title on the page"
            )
    return None


def _owner(segments: list[Segment]) -> ToldOutlet | None:
    """The owner that copyright lines name, if they name only one."""
    found: list[ToldOutlet] = []
    for segment in segments:
        if "©" not in segment.folded and "copyright" not in segment.folded and "(c)" not in segment.folded:
            continue
        if "material may not be" in segment.folded:
            continue  # an agency's own line, which other outlets print under its reports
        if len(segment.words) > 40 or (segment.prose and "rights reserved" not in segment.folded):
            continue
        match = _OWNED.search(segment.text)
        if match is not None and _is_outlet(match["name"]) and not _NO_OWNER.match(match["name"]):
            start = segment.start + match.start("name")
            found.append(
                ToldOutlet(match["name"], start, start + len(match["name"]), "the page's copyright line names it")
            )
    names = {fold(one.name) for one in found}
    return found[0] if len(names) == 1 else None


def _masthead(layout: Layout) -> ToldOutlet | None:
    """The name over the title that the page's furniture or a picture's credit repeats."""
    marked = list(zip((sign.segment for sign in layout.signs), layout.kinds, strict=True))
    head = list(takewhile(lambda one: one[1] != "title", marked))[:_MASTHEAD_SEGMENTS]
    if len(head) == len(marked):
        return None
    for index, (segment, kind) in enumerate(head):
        if kind != "boilerplate" or not 2 <= len(segment.words) <= 6 or not _is_outlet(segment.text):
            continue
        name = re.escape(segment.folded.removeprefix("the "))
        again = re.compile(rf"(?<!\w){name}(?!\w)")
        rest = (other for n, other in enumerate(marked) if n != index and other[1] in ("boilerplate", "caption"))
        if any(other.folded != segment.folded and again.search(other.folded) for other, _ in rest):
            return ToldOutlet(
                segment.text, segment.start, segment.end, "it stands over the title and again on the page"
            )
    return None


def _is_outlet(name: str) -> bool:
    """Whether a text can be an outlet's name: one to six words, capital or a domain, no sentence."""
    return 1 <= len(name.split()) <= 6 and len(name) <= 60 and _NAME.match(name) is not None and name[-1] not in "?!:;,"
