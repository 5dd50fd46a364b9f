"""Bodies -> bytes, decompressed, never more than the limits whatever the server says."""

import zlib
from collections.abc import Iterable, Iterator

from onrecord.model import FailureCause
from onrecord.reading.content import GZIP_MAGIC
from onrecord.reading.fetching.failing import FetchFailed

#: Decompressed bytes up to which any ratio will do: a short page of little variety is no bomb.
FREE_BYTES = 1_000_000
_STEP_BYTES = 1 << 16
_SMALLER = "raise the size limit if it is a report"
_UNFIT = "save the page and give the file"


def whole_body(
    chunks: Iterable[bytes], encodings: Iterable[str], max_bytes: int, max_ratio: int, *, inflate: bool = True
) -> bytes:
    """A body, its transfer coding undone already, its content codings undone here.

    Args:
        chunks: as they arrive.
        encodings: of the Content-Encoding header, in the order in which they were applied.
        max_bytes: of the body, as sent and decompressed.
        max_ratio: of the two, above `FREE_BYTES`.
        inflate: whether a body that is a gzip file is unpacked too, once.

    Raises:
        FetchFailed: too large, a bomb, damaged, or a coding that was not asked for.
    """
    codings = [coding for name in encodings if (coding := name.strip().lower()) not in ("", "identity")]
    if len(codings) > 1 or (codings and codings[0] not in ("gzip", "x-gzip", "deflate")):
        raise FetchFailed(
            f"it is compressed as {', '.join(codings)[:60]!r}, which was not asked for",
            FailureCause.UNSUPPORTED,
            _UNFIT,
        )
    body = b"".join(_bounded(_undone(chunks, codings[0] if codings else "", max_bytes, max_ratio), max_bytes))
    if inflate and body.startswith(GZIP_MAGIC):
        body = gunzip(body, max_bytes, max_ratio)
        if body.startswith(GZIP_MAGIC):
            raise FetchFailed("it is compressed several times over", FailureCause.UNSUPPORTED, _UNFIT)
    return body


def gunzip(content: bytes, max_bytes: int, max_ratio: int) -> bytes:
    """The bytes of a gzip file of one or more members, within the limits.

    Raises:
        FetchFailed: as `whole_body`.
    """
    return b"".join(_bounded(_undone((content,), "gzip", max_bytes, max_ratio), max_bytes))


def _undone(chunks: Iterable[bytes], coding: str, max_bytes: int, max_ratio: int) -> Iterator[bytes]:
    """The chunks, decompressed in steps: a small chunk can hold gigabytes."""
    if not coding:
        yield from chunks
        return
    took, gave = 0, 0
    unpacker = _Unpacker(coding)
    for chunk in _bounded(chunks, max_bytes):
        took += len(chunk)
        for piece in unpacker.steps(chunk):
            gave += len(piece)
            if gave > FREE_BYTES and gave > max_ratio * took:
                raise FetchFailed(
                    f"it grows more than {max_ratio} times by decompression: a decompression bomb",
                    FailureCause.OVERSIZED,
                    "leave it out",
                )
            yield piece
    if not unpacker.complete:
        raise FetchFailed("its compression ends too early", FailureCause.TRUNCATED, "get it again")


class _Unpacker:
    """Undoes gzip of several members, or deflate with or without its zlib header."""

    def __init__(self, coding: str) -> None:
        self._gzip = coding != "deflate"
        self._stream: zlib._Decompress | None = None
        self.complete = True

    def steps(self, chunk: bytes) -> Iterator[bytes]:
        """What a chunk gives, at most `_STEP_BYTES` at a time."""
        while chunk:
            if self._stream is None:
                if self._gzip and not chunk.strip(b"\0"):
                    return  # padding after the last member (RFC 1952 allows zeros)
                self._stream = self._started(chunk)
                self.complete = False
            try:
                piece = self._stream.decompress(chunk, _STEP_BYTES)
            except zlib.error as error:
                raise FetchFailed(
                    f"its compression is damaged ({error})", FailureCause.TRUNCATED, "get it again"
                ) from error
            chunk = self._stream.unconsumed_tail
            if self._stream.eof:
                chunk = self._stream.unused_data if self._gzip else b""
                self._stream, self.complete = None, True
            if piece:
                yield piece

    def _started(self, chunk: bytes) -> "zlib._Decompress":
        if self._gzip:
            return zlib.decompressobj(wbits=31)
        # RFC 9110 8.4.1.2: some servers send deflate without the zlib header that they should
        return zlib.decompressobj(wbits=15 if chunk[0] & 0x0F == 8 else -15)


def _bounded(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > max_bytes:
            raise FetchFailed(f"it has more than {max_bytes} bytes", FailureCause.OVERSIZED, _SMALLER)
        yield chunk


def dechunked(content: bytes) -> bytes:
    r"""A body without its chunks (RFC 9112 7.1); one that is not chunked after all is given back as it is.

    >>> dechunked(b"3\r\nKel\r\n1\r\nm\r\n0\r\n\r\n"), dechunked(b"<p>Kelm")
    (b'Kelm', b'<p>Kelm')
    """
    parts: list[bytes] = []
    at = 0
    while (end := content.find(b"\r\n", at, at + 40)) >= 0:
        size = content[at:end].partition(b";")[0].strip()
        if not size or not all(digit in b"0123456789abcdefABCDEF" for digit in size):
            return content
        length = int(size[:12], 16)
        if not length:
            return b"".join(parts)
        parts.append(content[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
    return content if not parts else b"".join(parts)
