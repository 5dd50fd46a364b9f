"""`onrecord watch`."""

from typing import Annotated

import typer

from onrecord.cli.fetching import AllowHostOption, DelayOption, fetch_settings
from onrecord.cli.leaving import SOME_FAILED, say
from onrecord.cli.options import DEFAULT_STORE


def watch(
    lists: Annotated[
        list[str],
        typer.Argument(metavar="LIST", help="OPML files, and addresses of feeds, OPML lists and sitemaps."),
    ],
    store: Annotated[
        str, typer.Option(metavar="PATH", help="The store: a SQLite file, made when there is none.")
    ] = DEFAULT_STORE,
    rounds: Annotated[int | None, typer.Option(metavar="N", min=1, help="Stop after so many rounds.")] = None,
    once: Annotated[bool, typer.Option("--once", help="One round, as for cron: the same as --rounds 1.")] = False,
    interval: Annotated[float, typer.Option(metavar="SECONDS", min=1, help="Pause between two rounds.")] = 900,
    delay: DelayOption = 1.0,
    allow_host: AllowHostOption = None,
    annotate: Annotated[
        bool, typer.Option("--annotate/--no-annotate", help="Find statements and events, or only store the texts.")
    ] = True,
    max_bytes: Annotated[int | None, typer.Option(metavar="BYTES", help="Larger pages are failures.")] = None,
) -> None:
    """Read feeds, sitemaps and OPML lists again and again: what is new, and what was published anew.

    Each round is one line on stderr. Hosts are asked politely: conditional requests, pauses, robots.txt, longer and
    longer pauses after failures. A page that says something else than before is a new version (`onrecord versions`).
    Stop it with Ctrl-C; the same command goes on where it was.

    Example: onrecord watch feeds.opml --once
    """
    import onrecord
    from onrecord.cli.progress import shown_progress
    from onrecord.showing.rounds import round_line
    from onrecord.watching import Watcher, WatchSettings

    fetch = fetch_settings(allow_host, delay)
    read = onrecord.ReadSettings(fetch=fetch)
    read = read if max_bytes is None else onrecord.ReadSettings(fetch=fetch, max_bytes=max_bytes)
    most = 1 if once else rounds
    done, failed = 0, False
    with onrecord.open(store) as book:
        watcher = Watcher(book, WatchSettings(read, interval_s=interval))
        watcher.follow(lists)
        while most is None or done < most:
            if done:
                watcher.pause()
            with shown_progress() as progress:
                one = watcher.round(annotate=annotate, progress=progress)
            changed = [(change.before, change.after) for change in one.changed]
            say(round_line(one.began, one.new, changed, one.failures, one.unchanged))
            done, failed = done + 1, failed or bool(one.failures)
    if failed:
        raise typer.Exit(SOME_FAILED)


__all__ = ["watch"]
