"""`onrecord serve`."""

from contextlib import suppress
from typing import Annotated

import typer

from onrecord.cli.leaving import say
from onrecord.cli.options import DEFAULT_STORE, StoreOption, check_store
from onrecord.errors import UsageError

#: The port that is tried when none is given.
PORT = 8600


def serve(
    store: StoreOption = DEFAULT_STORE,
    host: Annotated[str, typer.Option(metavar="HOST", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any free one.")] = PORT,
    browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    edit: Annotated[
        bool, typer.Option("--edit", help="Let judgements be made; without it nothing is written.")
    ] = False,
    token: Annotated[
        str | None,
        typer.Option(metavar="TOKEN", help="What visitors must show; elsewhere than on this machine one is made."),
    ] = None,
) -> None:
    """Open the record in a browser: stories, reports with their marks, actors, the ledger, and the proof of each.

    Only this machine can reach it unless --host says otherwise; then every visitor needs the token that is printed.
    The same content is there for programs under /api/v1. Stop it with Ctrl-C.

    Example: onrecord serve --open
    """
    from onrecord.showing.web.serving import Serving, serve_desk

    check_store(store)
    if host == "":
        raise UsageError("--host is empty; leave it out to listen on this machine only, or give an address")
    with suppress(KeyboardInterrupt):
        serve_desk(store, Serving(host, port, edit=edit, token=token, browser=browser), say)


__all__ = ["PORT", "serve"]
