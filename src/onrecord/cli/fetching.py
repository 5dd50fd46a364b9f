"""Options of the commands that read the web."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from onrecord.reading import FetchSettings

AllowHostOption = Annotated[
    list[str] | None,
    typer.Option("--allow-host", metavar="HOST", help="A host that may be at an address that is not public."),
]
DelayOption = Annotated[
    float, typer.Option("--delay", metavar="SECONDS", min=0, help="Pause between two requests to one host.")
]


def fetch_settings(allow_host: list[str] | None, delay: float) -> "FetchSettings":
    """How pages are fetched, as the options say."""
    from onrecord.reading import FetchSettings

    return FetchSettings(allow_hosts=frozenset(allow_host or ()), delay_s=delay)


__all__ = ["AllowHostOption", "DelayOption", "fetch_settings"]
