"""What a briefing is made of, before it is written as a page or as plain text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of reports.

    Attributes:
        words: on one line, as they stand in the report.
        label: how they are told: "direct", "cut", "indirect"; empty where there is nothing to say.
        notes: numbers of the footnotes that prove them.
        language: of the report, ISO 639-1.
    """

    words: str
    label: str
    notes: tuple[int, ...]
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on record.

    Attributes:
        status: corroborated, single, disputed, or the state of a demand or commitment.
        wordings: the fullest first.
        facts: short facts of ours beside the words, e.g. "due 14 March 2025".
    """

    status: str
    wordings: tuple[Wording, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading, e.g. one speaker's; `about` stands beside the heading."""

    heading: str
    entries: tuple[Entry, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section; the groups of some have no headings."""

    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A report in the list of reports; `copy_of` holds the numbers of the reports that it shares its text with."""

    number: int
    title: str
    outlet: str
    byline: str
    date: str
    link: str | None
    copy_of: tuple[int, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the sentence with the words that are meant, and where it stands.

    Attributes:
        source: the number of the report.
        line: of the report's text, from 1.
        link: leads to the sentence in the web page, where the report has one.
    """

    number: int
    source: int
    outlet: str
    date: str
    line: int
    before: str
    words: str
    after: str
    link: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """One story, ready to be written."""

    id: str
    title: str
    when: str
    counts: str
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


__all__ = ["Briefing", "Entry", "Group", "Note", "Section", "Source", "Wording"]
