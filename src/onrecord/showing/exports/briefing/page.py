"""A briefing as one HTML page that needs nothing else: no script, no network, fit to print."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, BinaryIO

from onrecord.model import Record
from onrecord.showing.exports.briefing.content import briefings
from onrecord.showing.exports.briefing.parts import Briefing

if TYPE_CHECKING:
    from jinja2 import Template


def write_html(records: Iterable[Record], out: BinaryIO) -> int:
    """Write one page with the briefings of all stories; gives their number."""
    count = _Count()
    style = files(__package__).joinpath("briefing.css").read_text(encoding="utf-8")
    # Nothing but this style may act in the page, whatever a report holds.
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    for piece in _template().generate(briefings=count.through(briefings(records)), style=style, allowed=allowed):
        out.write(piece.encode())
    return count.number


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("onrecord.showing.exports.briefing", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("briefing.html")


class _Count:
    """Counts what goes through."""

    def __init__(self) -> None:
        self.number = 0

    def through(self, items: Iterable[Briefing]) -> Iterator[Briefing]:
        for item in items:
            self.number += 1
            yield item


__all__ = ["write_html"]
