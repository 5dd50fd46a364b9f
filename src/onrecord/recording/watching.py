"""What is watched on the web: lists and pages, when to ask for each again, and the versions of pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Engine, func, select

from onrecord.model import Report, Signature, Version
from onrecord.recording.dialect import reading, writing
from onrecord.recording.inserting import put
from onrecord.recording.schema import KEYS, batched, watching
from onrecord.recording.versions import Seen, add_version, report_at, versions

WatchedKind = Literal["list", "page"]


@dataclass(frozen=True, slots=True)
class Watched:
    """An address that is asked for again.

    Attributes:
        kind: list (feed, OPML, sitemap) or page.
        listed_in: the list that a page was found in.
        stamp: what the list told of the page when it was last asked for.
        etag, last_modified: of the last answer, for a conditional request.
        due: ISO 8601 time (UTC) from which it is asked for; None for never again.
        failures: one after another.
        checks: how often it was found unchanged since it last changed.
    """

    url: str
    kind: WatchedKind
    listed_in: str | None = None
    stamp: str = ""
    etag: str | None = None
    last_modified: str | None = None
    due: str | None = None
    failures: int = 0
    checks: int = 0


class Watching:
    """The watched addresses of a store. Each call is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def due(self, kind: WatchedKind, now: str, urls: Iterable[str] | None = None) -> tuple[Watched, ...]:
        """What is to be asked for, longest overdue first, then by address.

        Args:
            kind: of what.
            now: ISO 8601 time (UTC).
            urls: only these.
        """
        table = watching.watched
        query = select(table).where(table.c.kind == kind, table.c.due <= now).order_by(table.c.due, table.c.url)
        wanted = None if urls is None else frozenset(urls)
        with reading(self._engine) as connection:
            found = (Watched(**row) for row in connection.execute(query).mappings())
            return tuple(one for one in found if wanted is None or one.url in wanted)

    def next_due(self) -> str | None:
        """When the next of all is to be asked for; None where nothing is."""
        with reading(self._engine) as connection:
            found: str | None = connection.scalar(select(func.min(watching.watched.c.due)))
            return found

    def known(self, urls: Iterable[str]) -> dict[str, Watched]:
        """Those of these addresses that are watched, by address."""
        with reading(self._engine) as connection:
            return _known(connection, urls)

    def keep(self, watched: Iterable[Watched]) -> None:
        """Store addresses, in place of what was known of them: all of them or none."""
        with writing(self._engine) as connection:
            put(connection, watching.watched, [_row(one) for one in watched])

    def add(
        self, report: Report, signature: Signature | None, seen: str, then: tuple[Watched, Watched] | None = None
    ) -> Seen:
        """Store what was read at an address, and when to ask again, together.

        Args:
            report: its source is the address.
            signature: for grouping.
            seen: ISO 8601 time (UTC).
            then: what is then known of the address where it is new or changed, and where it is neither.
        """
        with writing(self._engine) as connection:
            how = add_version(connection, report, signature, seen)
            if then is not None:
                put(connection, watching.watched, [_row(then[how == "unchanged"])])
            return how

    def versions(self, wanted: str) -> tuple[Version, ...]:
        """All versions of the pages with this address, or that this report is a version of."""
        with reading(self._engine) as connection:
            return versions(connection, wanted)

    def report(self, version: Version) -> Report:
        """The report of a version, superseded or not.

        Raises:
            UsageError: there is none.
        """
        with reading(self._engine) as connection:
            return report_at(connection, version)


def _known(connection: Connection, urls: Iterable[str]) -> dict[str, Watched]:
    table = watching.watched
    return {
        row["url"]: Watched(**row)
        for some in batched(sorted(set(urls)), KEYS)
        for row in connection.execute(select(table).where(table.c.url.in_(some))).mappings()
    }


def _row(one: Watched) -> dict[str, Any]:
    return {
        "url": one.url,
        "kind": one.kind,
        "listed_in": one.listed_in,
        "stamp": one.stamp,
        "etag": one.etag,
        "last_modified": one.last_modified,
        "due": one.due,
        "failures": one.failures,
        "checks": one.checks,
    }
