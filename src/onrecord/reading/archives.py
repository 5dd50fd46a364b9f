"""Web archives -> Report: WARC with the pages as they were served, WET with their text.

FastWARC (Bevendorff et al., "Elastic ChatNoir", ECIR 2018) walks the records; one is in memory at a time. A damaged
stretch costs the records in it: reading goes on at the next record that can be found.
"""

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.model import Failure, FailureCause, Report
from onrecord.reading.content import GZIP_MAGIC, sha256_of
from onrecord.reading.failures import failure
from onrecord.reading.fetching.bodies import dechunked, whole_body
from onrecord.reading.fetching.failing import FetchFailed
from onrecord.reading.settings import ReadSettings
from onrecord.reading.whole import Whole, read_document

if TYPE_CHECKING:
    from typing_extensions import Buffer

_WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_KINDS: dict[str, Whole] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "application/pdf": "pdf",
    "message/rfc822": "mail",
}
_START = re.compile(rb"(?<=\n)WARC/[01]\.\d+\r?\n")
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_SCAN_BYTES = 1 << 20
#: What crawlers store is not built against their readers as often as what a stranger serves: text packs 1,000 to 1.
_MAX_RATIO = 1_000
_OTHER = "give a WARC or WET file, plain or gzip"
_AGAIN = "get the archive again; all other records were read"


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A record that may hold a report.

    Attributes:
        place: "FILE#OFFSET": where the record begins in the file as it is on disk, as a CDX index has it. Records of
            one gzip member ("FILE#OFFSET+1") count on from its start.
        url: WARC-Target-URI.
        kind: of its content, None for pictures and all else that is no report.
        content: as stored: still chunked and compressed where it was served so.
        oversized: whether there was more than the limit.
    """

    place: str
    url: str
    kind: Whole | None
    content: bytes
    chunked: bool = False
    encodings: tuple[str, ...] = ()
    oversized: bool = False


def read_archive(stream: BinaryIO, source: str, settings: ReadSettings) -> Iterator[Report | Failure]:
    """The reports of a WARC or WET file, plain or gzip.

    Requests, revisits, redirects and what is no text are no reports and are passed over.

    Args:
        stream: as it is on disk, so that offsets are those of the file.
        source: path or URL of the whole.
        settings: `max_bytes` holds for each record's page.
    """
    found = False
    for item in archived_pages(stream, source, settings.max_bytes):
        if isinstance(item, Failure):
            found = True
            yield item
        elif item.kind is not None:
            found = True
            yield _read(item, item.kind, settings)
    if not found:
        yield failure(source, FailureCause.EMPTY, "it holds no record of a page", "leave it out, or get it again")


def archived_pages(stream: BinaryIO, source: str, max_bytes: int) -> Iterator[ArchivedPage | Failure]:
    """The pages of an archive before anything is read out of them.

    Args:
        stream: plain or gzip; where it can't seek, a damaged record ends the reading.
        source: path or URL of the whole.
        max_bytes: of one record that are kept in memory.
    """
    seekable = stream.seekable()
    packed = stream.read(2) if seekable else b""
    records_in: BinaryIO = stream if seekable else cast("BinaryIO", _Counted(stream))
    start = 0
    while True:
        if seekable:
            stream.seek(start)
        walk = _Walk(source, start)
        try:
            yield from walk.pages(ArchiveIterator(records_in, record_types=_WANTED, parse_http=True), max_bytes)
            return
        except (OSError, EOFError, ValueError) as error:
            if not (walk.any or start):
                yield failure(source, FailureCause.MALFORMED, f"it is no web archive ({str(error)[:80]})", _OTHER)
            elif walk.any and not walk.told_last:  # a stretch of damage is told once
                yield failure(
                    walk.place, FailureCause.TRUNCATED, f"the archive is damaged after here ({str(error)[:80]})", _AGAIN
                )
        found = _next_start(stream, walk.position + 1, packed=packed == GZIP_MAGIC) if seekable else None
        if found is None:
            return
        start = found


class _Walk:
    """Goes through the records from one place on, and knows where it is when that fails."""

    def __init__(self, source: str, start: int) -> None:
        self.source = source
        self.position = start
        self.within = 0
        self.told_last = False
        self.any = False

    @property
    def place(self) -> str:
        return f"{self.source}#{self.position}" + (f"+{self.within}" if self.within else "")

    def pages(self, records: Iterable[WarcRecord], max_bytes: int) -> Iterator[ArchivedPage | Failure]:
        for record in records:
            position = record.stream_pos
            self.within = self.within + 1 if self.any and position == self.position else 0
            self.position, self.any, self.told_last = position, True, False
            length = record.content_length
            if not _is_page(record):
                continue
            content = record.reader.read(max_bytes + 1)
            if len(content) < min(length, max_bytes + 1):
                self.told_last = True
                found = f"the record has {len(content)} of its {length} bytes: the archive is cut off"
                yield failure(self.place, FailureCause.TRUNCATED, found, _AGAIN)
                continue
            yield _page(record, self.place, content, max_bytes)


class _Counted(io.RawIOBase):
    """A stream that can't seek, with the position that FastWARC asks for."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self._position = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        view = memoryview(buffer)
        piece = self._inner.read(len(view))
        view[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._position


def _is_page(record: WarcRecord) -> bool:
    """Whether a record is the answer that a page was, or a text made of one."""
    if record.record_type != WarcRecordType.response:
        return True
    return record.is_http and record.http_headers.status_code == 200


def _page(record: WarcRecord, place: str, content: bytes, max_bytes: int) -> ArchivedPage:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    oversized = len(content) > max_bytes
    if record.record_type == WarcRecordType.conversion:
        return ArchivedPage(place, url, "text", content, oversized=oversized)
    headers = record.http_headers if record.record_type == WarcRecordType.response else record.headers
    told = (headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    encodings = tuple((headers.get("Content-Encoding") or "").lower().split(","))
    chunked = "chunked" in (headers.get("Transfer-Encoding") or "").lower()
    return ArchivedPage(place, url, _KINDS.get(told), content, chunked, encodings, oversized)


def _read(page: ArchivedPage, kind: Whole, settings: ReadSettings) -> Report | Failure:
    """The report of a record."""
    if page.oversized:
        found = f"the record has more than {settings.max_bytes} bytes"
        return failure(page.place, FailureCause.OVERSIZED, found, "raise the size limit if it is a report")
    mine = replace(settings, address=page.url or None)
    try:
        # some crawlers store the body as served, some take chunks and compression away and keep the header
        body = dechunked(page.content) if page.chunked else page.content
        packed = page.encodings if body.startswith(GZIP_MAGIC) or "deflate" in page.encodings else ()
        try:
            body = whole_body((body,), packed, settings.max_bytes, _MAX_RATIO)
        except FetchFailed as failed:
            if failed.cause != FailureCause.TRUNCATED or "deflate" not in page.encodings:
                raise
        return read_document(body, page.place, kind, mine)
    except FetchFailed as failed:
        return failure(page.place, FailureCause(failed.cause), str(failed), failed.remedy, sha256_of(page.content))


def _next_start(stream: BinaryIO, after: int, *, packed: bool) -> int | None:
    """Where the next record begins at or after an offset; None where there is no further one."""
    stream.seek(max(after - 1, 0))
    position, window = stream.tell(), b""
    while chunk := stream.read(_SCAN_BYTES):
        window += chunk
        for match in (_MEMBER if packed else _START).finditer(window):
            place = position + match.start()
            if place >= after and (not packed or _begins_record(window[match.start() :])):
                return place
        # a start may lie across two chunks
        keep = min(len(window), 256)
        position += len(window) - keep
        window = window[-keep:]
    return None


def _begins_record(member: bytes) -> bool:
    """Whether a gzip member's first bytes are those of a record."""
    try:
        return zlib.decompressobj(wbits=31).decompress(member[:256], 5) == b"WARC/"
    except zlib.error:
        return False
