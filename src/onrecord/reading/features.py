"""What the block finder looks at: one segment of a text, measured once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
#: What may stand behind a last full stop: closing quotes and brackets, and the marks that magazines end reports with.
_TRAILING = re.compile(r"[\s\"'”’»›)\]*_■□▪●◼█#]+$")
_QUOTED = re.compile(r"[\"“„«][^\"”“»]{12,}(?:[\"”“»]|$)")
#: Elements of HTML that saved text still shows now and then; "<Name Corp>" of old wires is none.
_TAG = (
    r"</?(?:a|abbr|article|aside|b|blockquote|br|caption|center|cite|code|div|dd|dl|dt|em|figcaption|figure|font|footer|h[1-6]|"
    r"header|hr|i|iframe|img|li|main|nav|ol|p|picture|pre|q|s|script|section|small|source|span|strong|sub|sup|table|tbody|td|th|"
    r"thead|time|tr|u|ul|video)(?:\s[^<>]{0,300})?/?>"
)
_TAGGED = re.compile(rf"(?:\s*{_TAG})*\s*", re.I)
_ONLY_TAGS = re.compile(rf"(?:{_TAG}\s*)+", re.I)
#: At the end only what closes an element, or an empty one: "<P>" there may be a share's ticker.
_TAGS_AFTER = re.compile(r"\s*(?:(?:</[a-zA-Z][a-zA-Z0-6]{0,11}\s*>|<(?:br|hr|img)(?:\s[^<>]{0,300})?/?>)\s*)+$", re.I)
#: Words looked at: the start of a paragraph tells its kind as well as the whole.
_MOST_WORDS = 80


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that gets one kind.

    Attributes:
        start, end: code points of the text; stray tags at both ends are left outside.
        outer_start, outer_end: the same with the stray tags.
        text: between `start` and `end`.
        folded: the first characters in lower case, white space and quotation marks made one.
        words: the first words in lower case.
        finished: whether it ends as a sentence does.
        function_share: share of English function words among `words`.
        quotes: whether it holds a quotation of more than a few words.
        hint: what the markup says: head, title, item, quote, or nothing.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    text: str
    folded: str
    words: tuple[str, ...]
    finished: bool
    function_share: float
    quotes: bool
    hint: str = ""

    @property
    def tagged(self) -> bool:
        """Whether stray tags stand around it."""
        return self.outer_start < self.start or self.end < self.outer_end

    @property
    def prose(self) -> bool:
        """Whether it reads as running sentences rather than as a headline, a label or a name.

        A sentence ends as one, and either is long or has the little words that headlines leave out.
        """
        count = len(self.words)
        if self.hint in {"head", "title"}:
            return False
        if count >= 30 and (self.finished or self.function_share >= 0.15):
            return True
        if not self.finished or count < 4:
            return self.quotes and count >= 8
        if self.text[-1] == "?" and count < 12 and not self.quotes:
            return False
        return count >= 12 or self.function_share >= 0.2 or self.quotes


@cache
def _function_words() -> frozenset[str]:
    return frozenset(
        files("onrecord.reading").joinpath("lexicons/function_words.txt").read_text(encoding="utf-8").split()
    )


def fold(text: str) -> str:
    """`text` in lower case with plain quotes and single spaces, for looking up.

    >>> fold("Don’t  MISS")
    "don't miss"
    """
    return " ".join(text.lower().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').split())


def measure(text: str, start: int, end: int, hint: str = "") -> Segment:
    """The features of `text[start:end]`."""
    outer_start, outer_end = start, end
    raw = text[start:end]
    if raw[0] == "<" or raw[-1] == ">":
        start, end = _without_tags(raw, start, end)
        raw = text[start:end]
    only_tags = bool(raw) and raw[0] == "<" and _ONLY_TAGS.fullmatch(raw[:2000]) is not None
    words = () if only_tags else tuple(word.lower() for word in _WORD.findall(raw[:800])[:_MOST_WORDS])
    function_words = _function_words()
    closing = _TRAILING.sub("", raw[-12:])
    return Segment(
        start,
        end,
        outer_start,
        outer_end,
        raw,
        fold(raw[:400]),
        words,
        finished=closing[-1:] in {".", "!", "?", "…", "。", "؟"}
        or (closing[-1:] in {",", ":", ";", "—", "–"} and len(words) >= 12),
        function_share=sum(word in function_words for word in words) / len(words) if words else 0.0,
        quotes=_QUOTED.search(raw[:2000]) is not None,
        hint=hint,
    )


def _without_tags(raw: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between the stray tags at both ends; the whole where there is nothing between."""
    before = _TAGGED.match(raw)
    lead = before.end() if before is not None else 0
    after = _TAGS_AFTER.search(raw, max(lead, len(raw) - 600))
    tail = after.start() if after is not None else len(raw)
    return (start + lead, start + tail) if lead < tail else (start, end)


def content_words(segments: Iterable[Segment]) -> frozenset[str]:
    """The words of `segments` that carry meaning, cut to five letters so that forms of one word meet."""
    function_words = _function_words()
    return frozenset(
        word[:5] for segment in segments for word in segment.words if len(word) > 3 and word not in function_words
    )
