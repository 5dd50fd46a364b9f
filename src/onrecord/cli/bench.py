"""`onrecord bench`."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.leaving import say


def bench(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Reports of your own; without any, reports are generated."),
    ] = None,
    reports: Annotated[int, typer.Option(min=1, metavar="N", help="How many are generated.")] = 60,
    workers: Annotated[
        list[int] | None, typer.Option(min=2, metavar="N", help="Measure a whole read with so many workers too.")
    ] = None,
    growth: Annotated[
        int, typer.Option(min=0, metavar="N", help="Measure also what a report costs as a store grows to N reports.")
    ] = 0,
    actors: Annotated[
        int,
        typer.Option(min=0, metavar="N", help="Measure also what a report's actors cost as a store grows to N actors."),
    ] = 0,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Put the tables into this page, not on standard output.")
    ] = None,
) -> None:
    """Measure what onrecord costs on this machine, beside plain spaCy and textacy.

    Prints tables in Markdown: reports a second on one core, stage by stage, as ratios to plain spaCy on the same texts;
    a whole read by the clock, with workers if asked for; memory, and the size of the store; what a new report costs in
    a store that grows. Nothing is kept. No network is used.

    Example: onrecord bench reports/ --workers 2
    """
    import tempfile

    from onrecord.errors import UsageError
    from onrecord.model import Report
    from onrecord.reading import read
    from onrecord.scaling.bench.generated import write_rows
    from onrecord.scaling.bench.growth import measure_growth
    from onrecord.scaling.bench.namesakes import measure_actors
    from onrecord.scaling.bench.page import actor_table, growth_table, put_section, speed_table
    from onrecord.scaling.bench.speed import measure_speed, with_whole

    def show(section: str, table: str) -> None:
        # at once: a later part that is stopped takes nothing away
        if output is None:
            typer.echo(table + "\n")
        else:
            put_section(output, section, table)

    with tempfile.TemporaryDirectory() as folder:
        given = paths or [str(write_rows(Path(folder) / "generated.jsonl", reports))]
        found = [item for item in read(given) if isinstance(item, Report)]
        if not found:
            raise UsageError("none of the inputs is a report: there is nothing to measure; `onrecord read` says why")
        say(f"measuring on {len(found):,} reports")
        speed = with_whole(measure_speed(given, found, workers or ()), given, found)
        show("speed", speed_table(speed, "your own" if paths else "generated"))
        if growth:
            say(f"growing a store to {growth:,} reports")
            show("reports", growth_table(measure_growth(growth, Path(folder))))
        if actors:
            say(f"growing a store to {actors:,} actors")
            show("actors", actor_table(measure_actors(actors, Path(folder))))


__all__ = ["bench"]
