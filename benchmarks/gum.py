"""GUM's CoNLL-U documents: text, paragraphs, gold tags, and the mentions of persons, organisations and places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

KINDS: Final = ("person", "organization", "place")
_PIECE = re.compile(r"\((\d+(?:\[\d+/\d+\])?)-([^()]*)(\))?|(\d+(?:\[\d+/\d+\])?)\)")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention: its span, kind, entity, head word's span, how it names (named, nominal, pronoun) and its title."""

    start: int
    end: int
    kind: str
    entity: str
    head: tuple[int, int]
    form: str
    title: str | None


@dataclass(frozen=True, slots=True)
class GumDocument:
    """A document; `words` are (start, end, Penn tag, number of the head word) in text order."""

    id: str
    text: str
    paragraphs: tuple[tuple[int, int], ...]
    words: tuple[tuple[int, int, str, int], ...]
    mentions: tuple[GoldMention, ...]

    def row(self) -> dict[str, Any]:
        """The document as a row of JSON."""
        mentions = [[m.start, m.end, m.kind, m.entity, *m.head, m.form, m.title] for m in self.mentions]
        return {"id": self.id, "text": self.text, "gold_words": self.words, "mentions": mentions}


def read(folder: Path) -> Iterator[GumDocument]:
    """The documents of a folder, by name."""
    for path in sorted(folder.glob("*.conllu")):
        yield read_document(path)


def read_document(path: Path) -> GumDocument:
    """Read one file; its text is built of the words and of blank lines between paragraphs."""
    text, starts, words = "", list[int](), list[tuple[int, int, str, int]]()
    misc, base, paragraph = list[str](), 0, True
    joined: dict[int, bool] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            paragraph = True
        elif not line:
            base, joined = len(words), {}
        elif line[0] != "#":
            columns = line.split("\t")
            if re.fullmatch(r"\d+-\d+", columns[0]):
                # A surface word of several syntactic ones ("Varda's"): no space inside, its own after it.
                first, last = map(int, columns[0].split("-"))
                joined = {number: "SpaceAfter=No" in columns[9] or number < last for number in range(first, last + 1)}
            if not columns[0].isdigit():
                continue
            if paragraph:
                text = text.rstrip() + ("\n\n" if text else "")
                starts.append(len(text))
                paragraph = False
            head = base + int(columns[6]) - 1 if columns[6] != "0" else len(words)
            words.append((len(text), len(text) + len(columns[1]), columns[4], head))
            misc.append(columns[9])
            close = joined.get(int(columns[0]), "SpaceAfter=No" in columns[9])
            text += columns[1] + ("" if close else " ")
    text = text.rstrip()
    ends = [*(start - 2 for start in starts[1:]), len(text)]
    spans = tuple(zip(starts, ends, strict=True))
    return GumDocument(path.stem, text, spans, tuple(words), tuple(_mentions(words, misc)))


def _mentions(words: list[tuple[int, int, str, int]], misc: list[str]) -> Iterator[GoldMention]:
    opened: dict[str, list[tuple[int, list[str]]]] = {}
    found: list[tuple[int, int, list[str], str]] = []
    for number, column in enumerate(misc):
        value = next((part[7:] for part in column.split("|") if part.startswith("Entity=")), "")
        for match in _PIECE.finditer(value):
            key = match[1] or match[4]
            if match[1] is not None:
                fields = match[2].split("-")
                opened.setdefault(key, []).append((number, fields))
            if match[4] is not None or match[3] is not None:
                if not opened.get(key):
                    continue
                start, fields = opened[key].pop()
                if "[" not in key:
                    found.append((start, number, fields, key))
    for start, last, fields, key in sorted(found, key=lambda one: (one[0], -one[1])):
        if fields[0] not in KINDS:
            continue
        head = next((n for n in range(start, last + 1) if not start <= words[n][3] <= last or words[n][3] == n), last)
        tag = words[head][2]
        form = "named" if tag in ("NNP", "NNPS") else "pronoun" if tag in ("PRP", "PRP$", "WP", "WP$") else "nominal"
        title = "-".join(fields[6:]) if len(fields) > 6 else None
        yield GoldMention(
            words[start][0], words[last][1], fields[0], key, (words[head][0], words[head][1]), form, title
        )


__all__ = ["KINDS", "GoldMention", "GumDocument", "read", "read_document"]
