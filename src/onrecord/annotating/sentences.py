"""Sentences of the readable blocks: spaCy's, with its breaks repaired."""

import re
from dataclasses import replace

from onrecord.annotating.parse import Parse, ParsedBlock
from onrecord.model import Annotation, Report, Span

#: After these a sentence never ends: a name follows.
_TITLE = re.compile(
    r"(?:^|[\s(“\"‘'])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|Adm|Brig|Rev|Hon|St|Messrs|Cmdr|Amb|Pres|No|vs)\.$",
    re.IGNORECASE,
)
#: After these it may end: it does when a word follows that often begins one.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"‘'])(?:(?:[A-Za-z]\.)+|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.|Inc\.|Ltd\.|Co\.|Corp\.|Jr\.|Sr\.|etc\.|approx\.)$"
)
_BEGINNING = re.compile(
    r"[“\"‘(]*(?:The|A|An|He|She|It|They|We|I|You|This|That|These|Those|But|And|In|On|At|As|If|When|While|However|"
    r"After|Before|Earlier|Meanwhile|Its|His|Her|Their|Our|There|For|What|Asked|Speaking|Both|Also)\b"
)
_ENDED = re.compile(r"[.!?…:;][”\"’')\]]*$|[”\"]$")
_CLOSING = re.compile(r"[”’)\]»]+")


def find_sentences(report: Report, parse: Parse, marks: Annotation) -> Annotation:
    """Mark the sentences of the readable blocks, in text order.

    A break of the parser is dropped after a title or an abbreviation ("Gen.", "U.S."), before a lower-case
    continuation and where nothing ended; closing quotation marks stay with the sentence that they close.
    """
    found = [span for parsed in parse.blocks for span in _of_block(report.text, parsed)]
    return replace(marks, sentences=tuple(found))


def _of_block(text: str, parsed: ParsedBlock) -> list[Span]:
    kept: list[Span] = []
    for tokens in parsed.sentences():
        span = _trimmed(text, parsed.span(tokens))
        if not len(span):
            continue
        if kept:
            kept[-1], span = _closing_moved(text, kept[-1], span)
            if not len(span):
                continue
            if _belongs(text, kept[-1], span):
                kept[-1] = Span(kept[-1].start, span.end)
                continue
        kept.append(span)
    return kept


def _trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _closing_moved(text: str, before: Span, after: Span) -> tuple[Span, Span]:
    """Give quotation marks and brackets that close at the start of `after` to `before`."""
    closing = _CLOSING.match(text, after.start, after.end)
    if closing is None:
        # A straight mark closes when it touches the sentence before and not the one after.
        straight = text[after.start] == '"' and before.end == after.start
        if not straight or not (len(after) == 1 or text[after.start + 1].isspace()):
            return before, after
        end = after.start + 1
    else:
        end = closing.end()
    return Span(before.start, end), _trimmed(text, Span(end, after.end))


def _belongs(text: str, before: Span, after: Span) -> bool:
    """Whether `after` goes on with the sentence `before`."""
    if "\n" in text[before.end : after.start]:
        return text[after.start].islower()
    tail = text[max(before.start, before.end - 12) : before.end]
    if _TITLE.search(tail):
        return True
    if _ABBREVIATION.search(tail):
        return _BEGINNING.match(text, after.start, after.end) is None
    if text[after.start].islower() or text[after.start] in ",;:)":
        return True
    return _ENDED.search(tail) is None


__all__ = ["find_sentences"]
