"""What differs between two versions of a report: paragraphs that came, went or say something else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.model import Report

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
#: Two paragraphs with fewer words in common are another text, not the same one changed.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Difference:
    """A paragraph that differs.

    Attributes:
        before: as it was; None where it came.
        after: as it is; None where it went.
    """

    before: str | None
    after: str | None


def differences(before: Report, after: Report) -> tuple[Difference, ...]:
    """The paragraphs in which two versions differ, in the order of the text; page furniture does not count.

    Args:
        before: the older version.
        after: the newer one.
    """
    old, new = (tuple(block.span.of(one.text) for block in one.readable()) for one in (before, after))
    found: list[Difference] = []
    for kind, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind != "equal":
            found.extend(_paired(old[i:j], new[k:m]))
    return tuple(found)


def marked(difference: Difference) -> str:
    """A changed paragraph on one line, what went as [-...-] and what came as {+...+}, as `git diff --word-diff`.

    >>> marked(Difference("The port is open.", "The port is shut."))
    'The port is [-open-]{+shut+}.'
    """
    if difference.before is None or difference.after is None:
        return f"{{+{difference.after}+}}" if difference.before is None else f"[-{difference.before}-]"
    old, new = _WORDS.findall(difference.before), _WORDS.findall(difference.after)
    parts: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append("".join(old[i:j]))
        else:
            gone, come = "".join(old[i:j]), "".join(new[k:m])
            parts.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return "".join(parts)


def _paired(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Difference]:
    """Paragraphs that were replaced, each with the one that it became, where one is alike."""
    left = list(old)
    for text in new:
        best = next((one for one in left if _alike(one, text)), None)
        if best is None:
            yield Difference(None, text)
            continue
        while left[0] != best:
            yield Difference(left.pop(0), None)
        yield Difference(left.pop(0), text)
    yield from (Difference(one, None) for one in left)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(a=one.split(), b=other.split(), autojunk=False).ratio() >= _ALIKE


__all__ = ["Difference", "differences", "marked"]
