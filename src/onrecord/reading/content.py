"""Files and streams -> bytes, never more than the limit."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from onrecord.errors import UnreadableInput
from onrecord.model import FailureCause

GZIP_MAGIC = b"\x1f\x8b"
_CHUNK_BYTES = 1 << 16


def sha256_of(content: bytes) -> str:
    """The SHA-256 of `content` in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def unpacked(stream: BinaryIO) -> io.BufferedReader:
    """`stream`, decompressed while it is read if its first bytes say gzip."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    if buffered.peek(2)[:2] == GZIP_MAGIC:
        return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=buffered)), _CHUNK_BYTES)
    return buffered


def read_whole(stream: BinaryIO, max_bytes: int) -> bytes:
    """All of a stream.

    Raises:
        UnreadableInput: it is longer than `max_bytes`, or its compression is damaged.
    """
    parts: list[bytes] = []
    left = max_bytes + 1
    try:
        while left and (part := stream.read(min(left, _CHUNK_BYTES))):
            parts.append(part)
            left -= len(part)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise damaged(error) from error
    if not left:
        raise UnreadableInput(f"it has more than {max_bytes} bytes (after decompression)", FailureCause.OVERSIZED)
    return b"".join(parts)


def damaged(error: Exception) -> UnreadableInput:
    """What a broken compression means: cut off, or no gzip at all."""
    if isinstance(error, EOFError):
        return UnreadableInput("its gzip compression ends too early", FailureCause.TRUNCATED)
    return UnreadableInput(f"its gzip compression is damaged ({error})", FailureCause.TRUNCATED)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a stream.

    Attributes:
        number: from 1, blank lines counted.
        content: without its line end; only the start of a line that is too long.
        oversized: whether the line was longer than the limit.
    """

    number: int
    content: bytes
    oversized: bool = False


def read_rows(stream: BinaryIO, max_bytes: int) -> Iterator[Row]:
    """The lines of a stream, one in memory at a time; blank ones are left out.

    Raises:
        UnreadableInput: the compression is damaged; the rows before were given.
    """
    number = 0
    while True:
        try:
            line = stream.readline(max_bytes + 2)
            oversized = len(line) > max_bytes and len(line.rstrip(b"\r\n")) > max_bytes
            if oversized:
                rest = line
                while rest and not rest.endswith(b"\n"):
                    rest = stream.readline(_CHUNK_BYTES)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise damaged(error) from error
        if not line:
            return
        number += 1
        if oversized:
            yield Row(number, line[:200], oversized=True)
        elif content := line.rstrip(b"\r\n"):
            if number == 1:
                content = content.removeprefix(b"\xef\xbb\xbf")
            if content.strip():
                yield Row(number, content)
