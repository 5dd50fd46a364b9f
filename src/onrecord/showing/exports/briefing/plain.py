"""A briefing as Markdown: CommonMark with the footnotes of GitHub and Pandoc."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.model import Record
from onrecord.showing.exports.briefing.content import briefings
from onrecord.showing.exports.briefing.parts import Briefing, Entry, Note, Section, Source, Wording

#: What Markdown, GitHub's and Pandoc's extensions of it or mathematics in it could act on.
_SPECIAL = re.compile(
    r"[\\`*_\[\]<>|~^$#@{}]"  # wherever it stands
    r"|^[-+](?=\s)|^[-=](?=[-=\s]*$)|(?<=^\d)[.)]|(?<=^\d\d)[.)]"  # at the beginning: lists, rules, headings
    r"|&(?=[#\w])|=(?==)|-(?=-)|:(?=//|[a-z_+])|(?<=\bwww)\.",  # entities, ==marks==, dashes, emoji, addresses
    re.IGNORECASE,
)


def write_markdown(records: Iterable[Record], out: BinaryIO) -> int:
    """Write the briefings of all stories, one after another; gives their number."""
    number = 0
    for number, one in enumerate(briefings(records), start=1):
        out.write("".join(f"{line}\n" for line in _lines(one, f"{number}-")).encode())
    return number


def escaped(text: str) -> str:
    r"""The text as Markdown shows it.

    >>> escaped("*All* of [it] at www.a.example")
    '\\*All\\* of \\[it\\] at www\\.a.example'
    """
    return _SPECIAL.sub(r"\\\g<0>", text)


def _lines(one: Briefing, prefix: str) -> Iterator[str]:
    yield from (f"# {escaped(one.title)}", "", f"{escaped(one.when)}. {escaped(one.counts)}.", "", "## Reports", "")
    yield from (_source(source) for source in one.sources)
    for section in one.sections:
        yield from _section(section, prefix)
    yield from ("", "## Sentences", "")
    yield from (_note(note, prefix) for note in one.notes)
    yield ""


def _source(one: Source) -> str:
    title = f"[{escaped(one.title)}](<{_target(one.link)}>)" if one.link else escaped(one.title)
    copies = f", copy of {', '.join(map(str, one.copy_of))}" if one.copy_of else ""
    byline = f", by {escaped(one.byline)}" if one.byline else ""
    return f"{one.number}. {title}. {escaped(one.outlet)}{byline}, {escaped(one.date)}{copies}"


def _section(section: Section, prefix: str) -> Iterator[str]:
    yield from ("", f"## {escaped(section.title)}", "")
    for group in section.groups:
        if group.heading:
            about = f" ({escaped(group.about)})" if group.about else ""
            yield from (f"### {escaped(group.heading)}{about}", "")
        for entry in group.entries:
            yield from _entry(entry, prefix)
        yield ""


def _entry(entry: Entry, prefix: str) -> Iterator[str]:
    facts = "; ".join(map(escaped, entry.facts))
    first, *others = entry.wordings or (Wording("(no words)", "", ()),)
    yield f"- **{escaped(entry.status)}** {_wording(first, prefix)}{f' ({facts})' if facts else ''}"
    yield from (f"    - {_wording(one, prefix)}" for one in others)


def _wording(one: Wording, prefix: str) -> str:
    label = f"*{escaped(one.label)}* " if one.label else ""
    return f"{label}{escaped(one.words)}{''.join(f'[^{prefix}{number}]' for number in one.notes)}"


def _note(one: Note, prefix: str) -> str:
    words = one.words.strip()
    marked = f"{' ' * one.words.startswith(' ')}**{escaped(words)}**{' ' * one.words.endswith(' ')}" if words else ""
    where = f"{escaped(one.outlet)}, {escaped(one.date)}, report {one.source}, line {one.line}"
    where = f"[{where}](<{_target(one.link)}>)" if one.link else where
    return f"[^{prefix}{one.number}]: {escaped(one.before)}{marked}{escaped(one.after)} ({where})"


def _target(url: str | None) -> str:
    """An address between angle brackets; it has no blanks and no control characters."""
    return re.sub(r"[<>\\&]", lambda found: f"%{ord(found[0]):02X}" if found[0] != "&" else "&amp;", url or "")


__all__ = ["escaped", "write_markdown"]
