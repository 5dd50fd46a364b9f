"""How a command ends: the one place where errors become messages and exit codes."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from onrecord.errors import DamagedRecord, NotInstalled, OnrecordError, UnreadableInput

FINE, SOME_FAILED, WRONG_CALL, NOT_INSTALLED, DAMAGED = 0, 1, 2, 3, 4

#: By convention 128 and the number of the signal (SIGINT).
INTERRUPTED = 130


def exit_code(error: OnrecordError) -> int:
    """The exit code of an error: 4 damaged, 3 not installed, 1 unreadable input, 2 everything that the caller can mend.

    >>> exit_code(NotInstalled("no model"))
    3
    """
    kinds = ((DamagedRecord, DAMAGED), (NotInstalled, NOT_INSTALLED), (UnreadableInput, SOME_FAILED))
    return next((code for kind, code in kinds if isinstance(error, kind)), WRONG_CALL)


def say(words: str) -> None:
    """Talk goes to stderr: stdout is for what was asked for."""
    typer.echo(words, err=True)


@contextmanager
def _leaving() -> Iterator[None]:
    try:
        yield
        sys.stdout.flush()
    except OnrecordError as error:
        say(f"onrecord: {error}")
        raise typer.Exit(exit_code(error)) from error
    except BrokenPipeError as error:
        # The reader of a pipe (`| head`) has what it wants. Python would complain again when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(FINE) from error
    except KeyboardInterrupt as error:
        say("onrecord: interrupted; what is read so far is stored, the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from error


class Commands(TyperGroup):
    """The commands, each ended as `exit_code` says."""

    def invoke(self, ctx: Any) -> Any:  # typer brings its own click: its Context has no public name
        """Run a command."""
        with _leaving():
            return super().invoke(ctx)


__all__ = ["DAMAGED", "FINE", "SOME_FAILED", "Commands", "exit_code", "say"]
