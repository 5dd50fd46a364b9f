"""`onrecord verify`."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.leaving import DAMAGED, say
from onrecord.cli.options import DEFAULT_STORE, StoreOption, open_store


def verify(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="An exported .json or .jsonl file, or a store.", show_default=False),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Check every span, hash and reference of a store or an exported file; exit code 4 when something is wrong.

    Works offline and changes nothing. What is damaged is printed, one a line.

    Example: onrecord verify record.json
    """
    from onrecord.showing.words import one_line

    place, found = str(file or store), 0
    if file is not None and file.suffix in (".json", ".jsonl"):
        from onrecord.showing.exports import check_export

        for damage in check_export(file):
            found += 1
            typer.echo(one_line(str(damage)))
    else:
        with open_store(place) as book:
            for damage in book.verify():
                found += 1
                typer.echo(one_line(str(damage)))
    if found:
        say(f"{place}: {found:,} {'place is' if found == 1 else 'places are'} damaged; read or export it anew")
        raise typer.Exit(DAMAGED)
    say(f"{place}: everything fits")


__all__ = ["verify"]
