"""Stories as a list."""

from collections.abc import Iterable

from onrecord.model import Story
from onrecord.showing.dates import readable
from onrecord.showing.exports.rows import story_fields
from onrecord.showing.lists.listing import Column, Listing
from onrecord.showing.words import one_line

_KEYS = ("id", "title", "reports", "start", "end")
_COLUMNS = (
    Column("story", lambda row: row["id"]),
    Column("from", lambda row: readable(row["start"])),
    Column(">reports", lambda row: str(len(row["reports"]))),
    Column("title", lambda row: one_line(row["title"])),
)


def list_stories(stories: Iterable[Story]) -> Listing:
    """The stories in the order given."""
    return Listing(_KEYS, _COLUMNS, (story_fields(one) for one in stories), "No stories.")


__all__ = ["list_stories"]
