"""Which outlet a page is of: told where its text names it as its own, inferred where only signs point to it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from onrecord.model import BlockKind
from onrecord.reading.blocks import Layout
from onrecord.reading.features import Segment, fold
from onrecord.reading.furniture import Evidence
from onrecord.reading.known_outlets import (
    DateOrder,
    KnownOutlet,
    outlet_line,
    outlet_of_host,
    outlet_of_owner,
    outlets_in,
)
from onrecord.reading.mastheads import as_printed, names_outlet
from onrecord.reading.outlet_hints import ToldOutlet, asking, noted

_PUBLISHED_IN = re.compile(r"^published (?:in|on|by)\b[\s:]*(?P<name>.*)$", re.I)
_OWNED = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–]\s*\d{2,4})?)?,?\s*(?P<name>[^.,|©\d]{2,50}?)"
    r"(?:\s+(?:19|20)\d{2}(?:\s*[-–]\s*\d{2,4})?)?\s*(?:[.,|]|[-–]\s|\s+all rights reserved|$)",
    re.I,
)
#: The same where an owner's name holds commas or stops ("X Publishing Co., Inc."): looked up whole only.
_OWNED_WHOLE = re.compile(
    r"(?:©|\(c\)|copyright)[\s©]*(?:\d{4}(?:\s*[-–]\s*\d{2,4})?)?,?\s*(?P<name>[^|©\d]{2,80}?)\s*"
    r"(?:[.,]?\s+all rights reserved|$)",
    re.I,
)
_NO_OWNER = re.compile(r"^(?:all rights|the authors?|copyright|getty|reuters|ap|afp|by|this|our|rights)\b", re.I)
_NAME = re.compile(r"^(?:[^\W\d_a-z]|[a-z]+\.[a-z]{2,})")
_TITLE_END = re.compile(r"^(?P<title>.+?)\s+(?P<mark>[|–—-]|::|•|·|»)\s+(?P<name>[^|–—»•·]{2,40})$")
#: A page's name stands among its first lines.
_MASTHEAD_SEGMENTS = 10
#: ... and a name that no lexicon knows among the very first.
_FIRST_LINES = 3
#: Pages have up to some dozen lines of menus over their title.
_HEAD_SEGMENTS = 60
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")
#: "(FRANCE 24 with AFP)", "Source: Al Jazeera and news agencies": who the report is of, and who helped.
_OWN_CREDIT = re.compile(r"^(?:\(|sources? ?: ?)", re.I)
#: "VARENI, May 4 (Reuters) - ", "PORT SOLLEN, Ostrel (AP) — ", "Vareni (dpa) - ".
_DATELINE = re.compile(
    r"^[A-Z][^()\n]{1,80}?[\s.]\((?P<name>[A-Z][\w ./-]{1,30}|dpa)\)\s*(?:[-–—:.]|$|(?=[A-Z]))|"
    r"^\((?P<lone>[A-Z][\w ./-]{1,20})\)\s*[-–—]"
)
#: "VARENI, May 4. /TASS/.", "VARENI, May 4, SPA --", "Vareni, SANA - ".
_DATELINE_BARE = re.compile(
    r"^[A-Z][^()\n]{1,60}?(?:[.,]? ?/(?P<slashed>[A-Z][\w ./-]{1,20})/|,\s(?P<name>[A-Z]{3,6})\s?[-–—_]+)"
)


def outlet_of(layout: Layout) -> ToldOutlet | None:
    """The outlet that the page's own words tell; None where nothing does.

    In this order. Told: a name by "Published in", the end of a title line ("Title | Outlet"), a known name alone on a
    line over the title, one beside or in place of the writers' names, one in the credit at the end, one and the same
    owner in all copyright lines, a name that stands over the title and again in the page's furniture, a picture's
    credit or the dateline, and what looks like an outlet's name among the page's first lines. Inferred: the host of an
    address on the page, an agency's dateline, what writers' notes say of whom they work for, and the outlet that people
    are said to have told. An agency that stands where the writers would is credited by somebody else: no outlet.
    """
    segments = [sign.segment for sign in layout.signs]
    own = _published_in(segments) or _after_title(layout, segments) or _mast_line(layout) or _by_staff(layout)
    told = own or _own_credit(layout) or _owner(layout) or _masthead(layout) or _unknown_masthead(layout)
    found = told or _address(segments) or _agency(layout) or noted(layout) or asking(layout)
    if found is None or found.name is None:
        return found
    known = outlet_of_owner(found.name)
    if known is not None and known.name.isupper():
        return found  # it prints itself so
    return replace(found, name=as_printed(found.name, (segment.text for segment in segments)))


def date_order(name: str | None) -> DateOrder | None:
    """Which of day and month stands first in a known outlet's dates in figures."""
    outlet = outlet_of_owner(name) if name is not None else None
    return outlet.order if outlet is not None else None


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

    A bar parts title and outlet by custom; a dash may belong to the title, so the title has to stand alone elsewhere,
    or the name has to be known.
    """
    lines = {segment.folded for segment in segments[: layout.start + 2]}
    for index, segment in enumerate(segments[: min(layout.start, _HEAD_SEGMENTS)]):
        match = _TITLE_END.match(segment.text)
        if match is None or not _is_outlet(match["name"]) or len(match["title"].split()) < 4:
            continue
        known = outlet_line(match["name"])
        title_line = layout.kinds[index] is BlockKind.TITLE
        if (
            fold(match["title"])[:400] in lines
            or (title_line and match["mark"] in {"|", "::", "•", "·", "»"})
            or (title_line and known is not None)
        ):
            start = segment.start + match.start("name")
            name = known[1] if known is not None else match["name"]
            return ToldOutlet(name, start, start + len(match["name"]), "it stands behind the title on the page")
    return None


def _mast_line(layout: Layout) -> ToldOutlet | None:
    """The known name alone on a line over the title, the last one where several stand there."""
    title = next((index for index, kind in enumerate(layout.kinds) if kind is BlockKind.TITLE), layout.start)
    found: list[tuple[Segment, KnownOutlet, str]] = []
    for sign in layout.signs[: min(title, _HEAD_SEGMENTS)]:
        if sign.evidence is Evidence.MAST and (named := outlet_line(sign.segment.text)) is not None:
            found.append((sign.segment, *named))
    if not found or len({outlet.name for _, outlet, _ in found}) > 1:
        return None
    # an agency's initials before the name that they stand for
    segment, _, name = next((one for one in found if one[2] == one[1].name), found[0])
    return ToldOutlet(name, segment.start, segment.end, "its name stands over the title")


def _by_staff(layout: Layout) -> ToldOutlet | None:
    """The known outlet in the lines of the writers: "By Mara Lind, BBC News", "FRANCE 24 with AFP", "ToI Staff".

    Agencies are no answer here: others print their reports with their writers' names.
    """
    for sign, kind in zip(layout.signs, layout.kinds, strict=True):
        if kind not in {BlockKind.BYLINE, BlockKind.DATE} or len(sign.segment.text) > 200:
            continue
        for begin, end, outlet in outlets_in(sign.segment.text):
            if not outlet.agency:
                return ToldOutlet(
                    outlet.name, sign.segment.start + begin, sign.segment.start + end, "it stands by the writers' names"
                )
    return None


def _own_credit(layout: Layout) -> ToldOutlet | None:
    """The known outlet that a credit line names before the agencies that helped."""
    for sign in reversed(layout.signs):
        segment = sign.segment
        if (
            len(segment.words) > 12
            or _OWN_CREDIT.match(segment.text) is None
            or segment.prose
            or sign.evidence is Evidence.CAPTION
        ):
            continue
        first = next(outlets_in(segment.text), None)
        if first is not None and not first[2].agency:
            begin, end, outlet = first
            return ToldOutlet(
                outlet.name, segment.start + begin, segment.start + end, "the credit of the report names it as its own"
            )
    return None


def _owner(layout: Layout) -> ToldOutlet | None:
    """The owner that copyright lines name, if they name only one; the outlet of a known owner.

    A writer who owns a page is its writer, and what has no year may be a picture's credit.
    """
    found: list[ToldOutlet] = []
    writers = {fold(name) for sign in layout.signs if sign.byline is not None for name in sign.byline.names}
    writers |= {
        fold(name)
        for sign, kind in zip(layout.signs, layout.kinds, strict=True)
        if kind == "byline"
        for name in sign.names
    }
    for sign in layout.signs:
        segment = sign.segment
        if "©" not in segment.folded and "copyright" not in segment.folded and "(c)" not in segment.folded:
            continue
        if "material may not be" in segment.folded:
            continue  # an agency's own line, which other outlets print under its reports
        whole = _OWNED_WHOLE.search(segment.text) if len(segment.words) <= 40 else None
        known = outlet_of_owner(whole["name"]) if whole is not None else None
        match = _OWNED.search(segment.text)
        if known is None and match is not None:
            known = outlet_of_owner(match["name"])
        if known is None and (len(segment.words) > 40 or (segment.prose and "rights reserved" not in segment.folded)):
            continue
        if _credits_picture(segment) and (known is None or known.agency or sign.evidence is Evidence.CAPTION):
            continue
        if known is not None and not segment.quotes:
            found.append(ToldOutlet(known.name, segment.start, segment.end, "the page's copyright line names it"))
        elif (
            match is not None
            and (match.start() == 0 or re.search(r"\d{4}|rights", match.group()))
            and _is_outlet(match["name"])
            and not _NO_OWNER.match(match["name"])
            and fold(match["name"]) not in writers
        ):
            start = segment.start + match.start("name")
            found.append(
                ToldOutlet(match["name"], start, start + len(match["name"]), "the page's copyright line names it")
            )
    names = {fold(one.name or "") for one in found}
    return found[0] if len(names) == 1 else None


def _credits_picture(segment: Segment) -> bool:
    """Whether a copyright line may be a picture's: no year, nothing on rights, more than a name behind the mark."""
    if re.search(r"\d{4}", segment.text) is not None or "rights" in segment.folded:
        return False
    return "/" in segment.text or re.match(r"(?:©|\(c\)|copyright)", segment.folded) is None


def _masthead(layout: Layout) -> ToldOutlet | None:
    """The name over the title that the page's furniture, a picture's credit or the dateline repeats."""
    marked = list(zip((sign.segment for sign in layout.signs), layout.kinds, strict=True))
    head = list(takewhile(lambda one: one[1] != "title", marked))[:_MASTHEAD_SEGMENTS]
    if len(head) == len(marked):
        return None
    dateline = {fold(printed): printed for _, printed in _datelines(layout)}
    for index, (segment, kind) in enumerate(head):
        if kind != "boilerplate" or len(segment.words) > 6 or not _is_outlet(segment.text):
            continue
        if segment.folded in dateline:
            printed = dateline[segment.folded]
            return ToldOutlet(printed, segment.start, segment.end, "it stands over the title and in the dateline")
        name = re.escape(segment.folded.removeprefix("the "))
        again = re.compile(rf"(?<!\w){name}(?!\w)")
        rest = (other for n, other in enumerate(marked) if n != index and other[1] in ("boilerplate", "caption"))
        if len(segment.words) > 1 and any(
            other.folded != segment.folded and again.search(other.folded) for other, _ in rest
        ):
            return ToldOutlet(
                segment.text, segment.start, segment.end, "it stands over the title and again on the page"
            )
    return None


def _unknown_masthead(layout: Layout) -> ToldOutlet | None:
    """What looks like an outlet's name among the first lines of a page, over its title."""
    for sign, kind in list(zip(layout.signs, layout.kinds, strict=True))[:_FIRST_LINES]:
        if kind is BlockKind.TITLE:
            return None
        segment = sign.segment
        if kind is BlockKind.BOILERPLATE and names_outlet(segment.text):
            return ToldOutlet(segment.text, segment.start, segment.end, "it stands at the head of the page")
    return None


def _address(segments: list[Segment]) -> ToldOutlet | None:
    """The known outlet on whose host the addresses of the page are, if it is one and the same."""
    found: list[tuple[Segment, KnownOutlet]] = []
    for segment in segments:
        if len(segment.text) <= 300 and _ADDRESS.match(segment.text):
            outlet = outlet_of_host(segment.text)
            if outlet is None:
                return None
            found.append((segment, outlet))
    if len({outlet.name for _, outlet in found}) != 1:
        return None
    segment, outlet = found[0]
    return ToldOutlet(outlet.name, segment.start, segment.end, "the address on the page is its", "inferred")


def _agency(layout: Layout) -> ToldOutlet | None:
    """The agency whose dateline opens the body; nobody where agencies are credited in place of writers."""
    for sign in layout.signs[: layout.start + 2]:
        text = sign.segment.text
        credited = sign.evidence is Evidence.MAST or (sign.byline is not None and not sign.byline.names)
        if credited and len(text) <= 120 and "staff" not in sign.segment.folded:
            first = next(outlets_in(text), None)
            if first is not None and first[2].agency:
                start = sign.segment.start
                reason = f"it credits an agency ({first[2].name}) and does not name who printed it"
                return ToldOutlet(None, start + first[0], start + first[1], reason, "missing")
    for start, printed in _datelines(layout):
        outlet = outlet_of_owner(printed)
        if outlet is not None:
            return ToldOutlet(outlet.name, start, start + len(printed), "the dateline is its", "inferred")
    return None


def _datelines(layout: Layout) -> Iterator[tuple[int, str]]:
    """The names in the datelines that open the body, and where they stand."""
    for sign, kind in list(zip(layout.signs, layout.kinds, strict=True))[layout.start : layout.start + 4]:
        head = sign.segment.text[:140]
        match = _DATELINE.match(head) or _DATELINE_BARE.match(head)
        if kind is BlockKind.PARAGRAPH and match is not None:
            for group, printed in match.groupdict().items():
                if printed:
                    yield sign.segment.start + match.start(group), printed


def _is_outlet(name: str) -> bool:
    """Whether a text can be an outlet's name: one to six words, capital or a domain, no sentence."""
    return 1 <= len(name.split()) <= 6 and len(name) <= 60 and _NAME.match(name) is not None and name[-1] not in "?!:;,"
