r"""bytes -> Report: files, folders, streams, archives, the web; blocks, metadata, language; what failed and why.

>>> from onrecord.reading import read_bytes
>>> [report] = read_bytes(b"Talks end in Vareni\n\nThe two sides met for an hour and left in silence.", "a.txt")
>>> report.title, report.language, [block.kind.value for block in report.blocks]
('Talks end in Vareni', 'en', ['title', 'paragraph'])
"""

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.model import Failure, Report
from onrecord.reading.documents import named_listing, read_stream
from onrecord.reading.failures import printable, system_failure
from onrecord.reading.fetching import Clock, FetchSettings, is_url
from onrecord.reading.inputs import STDIN, inputs
from onrecord.reading.settings import DEFAULT_MAX_BYTES, ReadSettings

if TYPE_CHECKING:
    from onrecord.reading.web import Web

__all__ = [
    "DEFAULT_MAX_BYTES",
    "STDIN",
    "Clock",
    "FetchSettings",
    "ReadSettings",
    "inputs",
    "is_url",
    "read",
    "read_bytes",
]

_DEFAULTS = ReadSettings()


def read(
    paths: Iterable[str | Path], settings: ReadSettings = _DEFAULTS, stdin: BinaryIO | None = None
) -> Iterator[Report | Failure]:
    """The reports of files, folders, globs and standard input, one after another.

    Bad input raises nothing: each input gives its reports, or failures that say what is wrong with it. Memory does
    not grow with the number of files or rows. The network is used for addresses, and for the pages of a feed, an OPML
    list or a sitemap that is given by its own name; one that is met in a folder is a failure that says so.

    Args:
        paths: addresses; files of every kind that is read, and .gz of each; folders with all below them; globs; "-"
            for standard input.
        settings: what the user says about all of them, and limits.
        stdin: what "-" reads; the process's own standard input where it is not given.

    Yields:
        Reports and failures in the order of the inputs.
    """
    left_out = {path.resolve() for path in settings.leave_out}
    web: Web | None = None
    for given in paths:
        listed = None if is_url(str(given)) else named_listing(given)
        if is_url(str(given)) or listed is not None:
            web = web or _web(settings)
            yield from web.read(str(given)) if listed is None else web.read_list(listed, printable(str(given)))
            continue
        for path in inputs((given,)):
            if isinstance(path, Failure):
                yield path
            elif left_out and path.resolve() in left_out:
                continue
            elif path == STDIN:
                yield from read_stream(stdin or sys.stdin.buffer, settings.stdin_name, settings)
            else:
                yield from _read_file(path, settings)


def _web(settings: ReadSettings) -> "Web":
    # reading files needs no HTTP, which takes time to import
    from onrecord.reading.web import Web

    return Web(settings)


def _read_file(path: Path, settings: ReadSettings) -> Iterator[Report | Failure]:
    source = printable(str(path))
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, source, settings, path.name)
    except OSError as error:
        yield system_failure(source, error)


def read_bytes(content: bytes, source: str, settings: ReadSettings = _DEFAULTS) -> Iterator[Report | Failure]:
    """The reports of bytes in hand; the kind is told by the end of `source`, else by the bytes.

    Args:
        content: of a file; gzip is taken apart.
        source: path or URL.
        settings: as for `read`.
    """
    name = source.split("?", 1)[0].split("#", 1)[0].rsplit("/", 1)[-1] if "://" in source else source
    yield from read_stream(io.BytesIO(content), printable(source), settings, name)
