"""`onrecord read`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.fetching import AllowHostOption, DelayOption, fetch_settings
from onrecord.cli.leaving import SOME_FAILED, say
from onrecord.cli.options import DEFAULT_STORE

if TYPE_CHECKING:
    from onrecord.pipeline import Outcome
    from onrecord.scaling import Workers

#: More failures than this are not listed one by one; `onrecord info` counts them all.
_FAILURES_LISTED = 20


def read(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help="Files, folders, glob patterns, addresses of the web, or - for standard input."
        ),
    ],
    outlet: Annotated[str | None, typer.Option(help="Who published these reports.")] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When: 2025-03-14 or 2025-03-14T18:40.")] = None,
    store: Annotated[
        str, typer.Option(metavar="PATH", help="The store: a SQLite file, made when there is none.")
    ] = DEFAULT_STORE,
    annotate: Annotated[
        bool, typer.Option("--annotate/--no-annotate", help="Find statements and events, or only store the texts.")
    ] = True,
    max_bytes: Annotated[int | None, typer.Option(metavar="BYTES", help="Larger inputs are failures.")] = None,
    workers: Annotated[
        int,
        typer.Option(
            min=0, metavar="N", help="Processes that share the work; 0 for one a core. The record is the same."
        ),
    ] = 1,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Annotate also the reports whose annotation failed before.")
    ] = False,
    delay: DelayOption = 1.0,
    allow_host: AllowHostOption = None,
    max_pages: Annotated[
        int, typer.Option(metavar="N", min=1, help="The most pages that one feed or sitemap may have fetched.")
    ] = 1_000,
) -> None:
    """Read reports into the store, and bring its record up to date.

    Reads text, HTML, Markdown, PDF, mail (.eml, .mbox), JSON and JSON Lines of collectors, web archives (WARC, WET),
    and each packed as .gz. What was read before stays as it is; a command that was stopped goes on where it was. An
    input that can't be read is stored as a failure, the rest is read. The network is used for addresses only, and for
    the pages of a feed, an OPML list or a sitemap that is given by its own name. For thousands of reports use all
    cores: --workers 0.

    Example: onrecord read reports/ --outlet "Helvania Today"
    """
    import onrecord
    from onrecord.cli.progress import shown_progress

    fetch = fetch_settings(allow_host, delay)
    told = {"outlet": outlet, "published": published, "max_bytes": max_bytes, "fetch": fetch, "max_pages": max_pages}
    settings = onrecord.ReadSettings(**{key: value for key, value in told.items() if value is not None})  # type: ignore[arg-type]
    with onrecord.open(store) as book:
        with shown_progress() as progress, _working(workers) as working:
            outcome = book.read(
                paths,
                settings,
                annotate=annotate,
                workers=working,
                retry_failed=retry_failed,
                progress=progress,
                stdin=sys.stdin.buffer,
            )
        stories = book.counts().stories
    _sum_up(outcome, store, stories)
    if outcome.failures:
        raise typer.Exit(SOME_FAILED)


@contextmanager
def _working(workers: int) -> "Iterator[Workers | None]":
    """Who annotates and fuses: so many processes, or None for this one."""
    from onrecord.scaling import Workers

    if workers == 1:
        yield None
        return
    with Workers(workers) as started:
        yield started


def _sum_up(outcome: "Outcome", store: str, stories: int) -> None:
    from onrecord.showing.words import counted, one_line

    known = f"{outcome.unchanged + outcome.seen:,} unchanged"
    say(f"{counted(outcome.added, 'report')} read, {known}, {len(outcome.failures):,} failed")
    for failure in outcome.failures[:_FAILURES_LISTED]:
        say(f"failed ({failure.cause}): {one_line(failure.message)}")
    if len(outcome.failures) > _FAILURES_LISTED:
        say(f"and {len(outcome.failures) - _FAILURES_LISTED:,} more failures; `onrecord info` counts them by cause")
    if outcome.changed:
        say(f"{counted(outcome.changed, 'page')} changed since last read; `onrecord versions URL` shows how")
    for source, why in outcome.skipped:
        say(f"not annotated: {one_line(source)}: {one_line(why)}")
    say(f"{counted(stories, 'story', 'stories')} in {store}")


__all__ = ["read"]
