"""One document -> Report: which kind it is, and the reader of that kind."""

import gzip
import io
import json
import re
import tomllib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import BinaryIO, Literal

from onrecord.errors import UnreadableInput
from onrecord.model import Failure, FailureCause, Report
from onrecord.reading.blocks import find_layout
from onrecord.reading.content import damaged, read_whole, sha256_of, unpacked
from onrecord.reading.decoding import decode
from onrecord.reading.failures import failure, shown, system_failure
from onrecord.reading.markdown import read_markdown
from onrecord.reading.reports import Told, make_report
from onrecord.reading.rows import read_jsonl
from onrecord.reading.settings import ReadSettings

Kind = Literal["text", "html", "markdown", "jsonl"]

_SNIFFED_BYTES = 4_096
_PAGE = re.compile(
    rb"^\s*(?:<!--.{0,2000}?-->\s*)*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_REMEDIES = {
    FailureCause.EMPTY: "leave it out, or get it again",
    FailureCause.BINARY: "give the report as text, HTML, Markdown or JSON Lines",
    FailureCause.UNDECODABLE: "save it as UTF-8",
    FailureCause.OVERSIZED: "give each report by itself or as a row of JSON Lines, or raise the size limit",
    FailureCause.TRUNCATED: "get it again",
    FailureCause.NO_TEXT: "give the report's own page, or its text",
}


@dataclass(frozen=True, slots=True)
class _Suffixes:
    readable: dict[str, Kind]
    other: frozenset[str]


@cache
def _suffixes() -> _Suffixes:
    table = tomllib.loads(files("onrecord.reading").joinpath("lexicons/kinds.toml").read_text(encoding="utf-8"))
    return _Suffixes(table["readable"], frozenset(table["other"]))


def kind_of_name(name: str) -> Kind | Literal["other"] | None:
    """What a file's name says that it is; None where the bytes have to tell.

    >>> kind_of_name("day.jsonl.gz"), kind_of_name("map.PNG"), kind_of_name("report")
    ('jsonl', 'other', None)
    """
    suffixes = [suffix.lower().lstrip(".") for suffix in PurePath(name).suffixes]
    if suffixes and suffixes[-1] == "gz":
        suffixes.pop()
    if not suffixes:
        return None
    known = _suffixes()
    return known.readable.get(suffixes[-1]) or ("other" if suffixes[-1] in known.other else None)


def read_stream(
    stream: BinaryIO, source: str, settings: ReadSettings, name: str | None = None
) -> Iterator[Report | Failure]:
    """The reports of one open file.

    Args:
        stream: raw bytes; gzip is seen by its first two.
        source: what the reports carry.
        settings: limits and what the user says.
        name: the file's name where it tells the kind.
    """
    kind = kind_of_name(name) if name is not None else None
    if kind == "other":
        yield failure(
            source,
            FailureCause.UNSUPPORTED,
            f"files of the kind {PurePath(name or '').suffix!r} hold no reports",
            _OTHER,
        )
        return
    try:
        plain = unpacked(stream)
        sniffed = _peek(plain)
        if kind is None:
            kind = _sniff(sniffed)
        if kind is None:
            yield failure(
                source,
                FailureCause.UNSUPPORTED,
                f"it is neither text nor HTML nor JSON Lines, it begins {shown(sniffed[:20])}",
                _OTHER,
            )
        elif kind == "jsonl":
            yield from read_jsonl(plain, source, settings)
        else:
            yield _read_document(read_whole(plain, settings.max_bytes), source, kind, settings)
    except UnreadableInput as error:
        cause = FailureCause(error.cause)
        yield failure(source, cause, str(error), _REMEDIES.get(cause, "look at the file"))
    except OSError as error:
        yield system_failure(source, error)


_OTHER = "give .txt, .html, .md or .jsonl, or .gz of these"


def _peek(stream: io.BufferedReader) -> bytes:
    """The first bytes, left in the stream."""
    try:
        return stream.peek(_SNIFFED_BYTES)[:_SNIFFED_BYTES]
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise damaged(error) from error


def _sniff(start: bytes) -> Kind | None:
    """The kind by the first bytes: a page, an object a line, a text, or none of these."""
    if _PAGE.match(start):
        return "html"
    line = start.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if line.startswith(b"{"):
        return "jsonl" if _is_row(line, whole=b"\n" in start) else "text"
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    if start.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format", b"\x7fELF")):
        return None
    return "text"


def _is_row(line: bytes, *, whole: bool) -> bool:
    """Whether a line is a JSON object; of one that is longer than what was looked at, its first key has to do."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return not whole and re.match(rb'\{\s*"[^"\\]{1,60}"\s*:', line) is not None


def _read_document(content: bytes, source: str, kind: Kind, settings: ReadSettings) -> Report | Failure:
    """The report of a whole document."""
    sha256 = sha256_of(content)
    try:
        text = decode(content, markup=kind == "html")
        if not text.strip():
            found = f"it has {len(content)} bytes" + (" of white space" if content else "")
            return failure(source, FailureCause.EMPTY, found, _REMEDIES[FailureCause.EMPTY], sha256)
        if kind == "html":
            # trafilatura is slow to import and most corpora hold no HTML
            from onrecord.reading.pages import read_page

            return read_page(text, source, sha256, settings)
        if kind == "markdown":
            return read_markdown(text, source, sha256, settings)
        return make_report(source, sha256, text, find_layout(text), Told(), settings)
    except UnreadableInput as error:
        cause = FailureCause(error.cause)
        return failure(source, cause, str(error), _REMEDIES.get(cause, "look at the file"), sha256)
