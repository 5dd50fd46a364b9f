"""The command line: one command a file; parse, call, render.

Each command's module is imported at once and so imports nothing heavy itself: what works is imported inside
the command, so that `onrecord --help` is quick.
"""

from inspect import cleandoc
from typing import Annotated

import typer

from onrecord.cli.actors import actors
from onrecord.cli.bench import bench
from onrecord.cli.diff import diff
from onrecord.cli.export import export
from onrecord.cli.info import info
from onrecord.cli.judge import judge
from onrecord.cli.judgements import judgements
from onrecord.cli.leaving import Commands
from onrecord.cli.ledger import ledger
from onrecord.cli.matrix import matrix
from onrecord.cli.mentions import mentions
from onrecord.cli.read import read
from onrecord.cli.remove import remove
from onrecord.cli.search import search
from onrecord.cli.serve import serve
from onrecord.cli.show import show
from onrecord.cli.statements import statements
from onrecord.cli.undo import undo
from onrecord.cli.verify import verify
from onrecord.cli.versions import versions
from onrecord.cli.watch import watch

COMMANDS = (
    *(read, watch, versions, show, matrix, diff, statements, actors, mentions, ledger, search),
    *(judge, undo, judgements, remove, serve, export, verify, info, bench),
)

app = typer.Typer(
    name="onrecord",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="One sourced record of what many news outlets report: who said what, who did what, and on whose word.",
    epilog="Example: onrecord read reports/ && onrecord show. Exit codes: 0 fine, 1 some inputs failed, 2 wrong call "
    "or store, 3 something is not installed, 4 the record is damaged.",
)
for _command in COMMANDS:
    _about, _example = cleandoc(_command.__doc__ or "").split("\n\nExample: ")
    _about = "\n\n".join(paragraph.replace("\n", " ") for paragraph in _about.split("\n\n"))
    app.command(_command.__name__, help=_about, epilog=f"Example: {_example}")(_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        from onrecord import __version__

        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _everything(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; ends the process with an exit code of DESIGN's table."""
    app()


__all__ = ["COMMANDS", "app", "main"]
