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
from pathlib import Path, PurePath
from typing import BinaryIO, Literal

from onrecord.errors import UnreadableInput
from onrecord.model import Failure, FailureCause, Report
from onrecord.reading.collectors import read_collection
from onrecord.reading.content import damaged, read_whole, unpacked
from onrecord.reading.failures import failure, printable, shown, system_failure
from onrecord.reading.listings import is_listing
from onrecord.reading.prolog import after_prolog
from onrecord.reading.rows import read_jsonl
from onrecord.reading.settings import ReadSettings
from onrecord.reading.whole import Whole, read_document, remedy_of

#: What an input is: one report, or a row, record, message or link for each.
Kind = Whole | Literal["jsonl", "json", "warc", "mbox", "listing"]

_SNIFFED_BYTES = 4_096
_PAGE = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body)\b", re.I)
_MAILBOX = re.compile(rb"From \S+@?\S* +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [^\n]{8,60}\r?\n[A-Za-z][A-Za-z-]*:")


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
    stream: BinaryIO, source: str, settings: ReadSettings, name: str | None = None, kind: Kind | None = None
) -> Iterator[Report | Failure]:
    """The reports of one open file.

    Args:
        stream: raw bytes; gzip is seen by its first two.
        source: what the reports carry.
        settings: limits and what the user says.
        name: the file's name where it tells the kind.
        kind: what it is, where that is known.
    """
    named = kind or (kind_of_name(name) if name is not None else None)
    if named == "other":
        found = f"files of the kind {PurePath(name or '').suffix!r} hold no reports"
        yield failure(source, FailureCause.UNSUPPORTED, found, _OTHER)
        return
    try:
        if named == "warc":
            yield from _read_archive(stream, source, settings)
            return
        plain = unpacked(stream)
        sniffed = _peek(plain)
        found_kind = named or _sniff(sniffed)
        if found_kind is None:
            found = f"it is of no kind that is read, it begins {shown(sniffed[:20])}"
            yield failure(source, FailureCause.UNSUPPORTED, found, _OTHER)
        elif found_kind == "warc":
            if stream.seekable():
                stream.seek(0)  # offsets are those of the file as it is on disk
            yield from _read_archive(stream if stream.seekable() else plain, source, settings)
        else:
            yield from _read_plain(plain, source, settings, found_kind)
    except UnreadableInput as error:
        cause = FailureCause(error.cause)
        yield failure(source, cause, str(error), remedy_of(cause))
    except OSError as error:
        yield system_failure(source, error)


def read_content(
    content: bytes, source: str, settings: ReadSettings, kind: Kind | None = None
) -> Iterator[Report | Failure]:
    """The reports of bytes in hand.

    Args:
        content: of a file or an answer.
        source: path or URL.
        settings: limits and what the user says.
        kind: what it is; its first bytes tell it where it is not given.
    """
    yield from read_stream(io.BytesIO(content), printable(source), settings, kind=kind)


def _read_plain(
    plain: io.BufferedReader, source: str, settings: ReadSettings, kind: Kind
) -> Iterator[Report | Failure]:
    """The reports of a decompressed stream of a known kind."""
    if kind == "jsonl":
        yield from read_jsonl(plain, source, settings)
    elif kind == "mbox":
        from onrecord.reading.mail import read_mailbox

        yield from read_mailbox(plain, source, settings)
    elif kind == "json":
        yield from read_collection(read_whole(plain, settings.max_bytes), source, settings)
    elif kind == "listing":
        if not is_listing(_peek(plain)):
            found = f"this XML is no feed, OPML list or sitemap, it begins {shown(_peek(plain)[:40])}"
            yield failure(source, FailureCause.UNSUPPORTED, found, _OTHER)
            return
        yield failure(
            source,
            FailureCause.UNSUPPORTED,
            "it lists pages of the web, which are fetched only for a list that is given by its own name",
            "give its path or address itself to `onrecord read` or `onrecord watch`",
        )
    elif kind != "warc":
        yield read_document(read_whole(plain, settings.max_bytes), source, kind, settings)


def _read_archive(stream: BinaryIO, source: str, settings: ReadSettings) -> Iterator[Report | Failure]:
    # few corpora are web archives
    from onrecord.reading.archives import read_archive

    yield from read_archive(stream, source, settings)


def named_listing(given: str | Path) -> bytes | None:
    """The content of a file that is a feed, an OPML list or a sitemap; None for everything else.

    A list that can't be read whole, or is none after all, is left to `read_stream`, which says so.
    """
    path = Path(given)
    if kind_of_name(path.name) not in ("listing", None) or not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            plain = unpacked(stream)
            return read_whole(plain, LONGEST_LIST_BYTES) if is_listing(_peek(plain)) else None
    except (OSError, UnreadableInput):
        return None


#: A sitemap has at most 50 MB (sitemaps.org).
LONGEST_LIST_BYTES = 52_428_800

_OTHER = "give text, HTML, Markdown, PDF, mail, JSON Lines, a web archive (WARC), or .gz of these"


def _peek(stream: io.BufferedReader) -> bytes:
    """The first bytes, left in the stream."""
    try:
        return stream.peek(_SNIFFED_BYTES)[:_SNIFFED_BYTES]
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise damaged(error) from error


def _sniff(start: bytes) -> Kind | None:
    """The kind by the first bytes: a page, an object a line, a text, or none of these."""
    if _PAGE.match(after_prolog(start)):
        return "html"
    if is_listing(start):
        return "listing"
    if start.startswith(b"WARC/"):
        return "warc"
    if start.startswith(b"%PDF-"):
        return "pdf"
    if _MAILBOX.match(start):
        return "mbox"
    line = start.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if line.startswith(b"{"):
        return "jsonl" if _is_row(line, whole=b"\n" in start) else "text"
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    if start.startswith((b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format", b"\x7fELF")):
        return None
    return "text"


def _is_row(line: bytes, *, whole: bool) -> bool:
    """Whether a line is a JSON object; of one that is longer than what was looked at, its first key has to do."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return not whole and re.match(rb'\{\s*"[^"\\]{1,60}"\s*:', line) is not None
