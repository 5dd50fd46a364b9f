"""What a caller may decide about reading."""

from dataclasses import dataclass, field
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.reading.dates import iso_date
from onrecord.reading.fetching.settings import FetchSettings

#: Ten million bytes. The page of an article seldom has one million, and a plain report far less. HTML of this size
#: costs about 5 s and 25 times its bytes in memory (8.7 MB of paragraphs: 4.4 s, 210 MB, 2026-11-22, two busy cores),
#: so that one hostile input can hold up a run for seconds, not for minutes.
DEFAULT_MAX_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How `onrecord.reading.read` reads.

    Attributes:
        outlet: who published, said by the user for every input of the call; wins over what an input tells.
        published: ISO 8601 day or day and time, said by the user for every input; wins over what an input tells.
        max_bytes: the largest input in bytes after decompression: a file, or one row of a JSON Lines file (the file
            itself may have any size, it is read row by row). Decompression stops at the limit.
        stdin_name: the source that reports from standard input carry.
        address: web address of the input, where it was fetched or archived; its own canonical address wins.
        fetch: how pages of the web are fetched, where an address or a list of them is read.
        max_pages: the most pages that one list (feed, OPML, sitemap) may have fetched in a call.
        leave_out: files of the caller's own that may lie among the inputs, such as the store; passed over in silence.

    Raises:
        UsageError: `published` is no ISO 8601 date or `max_bytes` is not positive.

    >>> ReadSettings(published="2031-05-04").published
    '2031-05-04'
    """

    outlet: str | None = None
    published: str | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    stdin_name: str = "-"
    address: str | None = None
    fetch: FetchSettings = field(default_factory=FetchSettings)
    max_pages: int = 1_000
    leave_out: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if self.published is not None and iso_date(self.published) is None:
            raise UsageError(
                f"the publication date {self.published[:60]!r} is no ISO 8601 date: "
                "write a day such as 2031-05-04 or a day and time such as 2031-05-04T16:22 or 2031-05-04T16:22:00Z"
            )
        if self.max_bytes < 1:
            raise UsageError(f"the size limit is {self.max_bytes}: give a number of bytes above 0, e.g. 10000000")
