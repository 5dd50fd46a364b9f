"""The command line reference, made of the Typer app."""

from enum import Enum
from typing import Any

import typer.main

from onrecord.cli import app

_KINDS = {str: "TEXT", int: "NUMBER"}

_HEAD = """# Command line

Made by `make docs` from the code; do not edit.

`onrecord COMMAND --help` says the same. stdout is what was asked for, stderr is talk; `-` is standard input or
output. Progress bars and colours are for terminals; `NO_COLOR` turns colours off, `COLUMNS` sets the width.

| exit code | means |
|---|---|
| 0 | everything is fine |
| 1 | some inputs failed; all others are read |
| 2 | the call is wrong, or the store can't be opened |
| 3 | something is not installed |
| 4 | the record is damaged |
| 130 | interrupted; the same command goes on from there |
"""


def cli_page() -> str:
    """The page as Markdown."""
    group: Any = typer.main.get_command(app)
    return _HEAD + "".join(_command(name, group.commands[name]) for name in group.commands)


def _command(name: str, command: Any) -> str:
    visible = [one for one in command.params if not getattr(one, "hidden", False)]
    arguments = [one for one in visible if one.param_type_name == "argument"]
    options = [one for one in visible if one.param_type_name == "option"]
    usage = " ".join(["onrecord", name, *map(_argument, arguments), "[OPTIONS]"])
    parts = [f"\n## onrecord {name}\n\n`{usage}`\n\n{command.help}\n"]
    if arguments or options:
        rows = [f"| `{_argument(one)}` | {_escaped(one.help)} |\n" for one in arguments]
        rows += [f"| `{_escaped(_option(one))}` | {_escaped(one.help)}{_default(one)} |\n" for one in options]
        parts.append("\n| | |\n|---|---|\n" + "".join(rows))
    parts.append(f"\n{command.epilog.replace('Example: ', 'Example: `', 1)}`\n")
    return "".join(parts)


def _argument(one: Any) -> str:
    word = (one.metavar or one.name).upper() + ("..." if one.nargs == -1 else "")
    return word if one.required else f"[{word}]"


def _option(one: Any) -> str:
    flags = ", ".join([*one.opts, *one.secondary_opts])
    if getattr(one, "is_flag", False):
        return flags
    kind = one.type_descriptor.annotation
    choices = "|".join(str(one.value) for one in kind) if issubclass(kind, Enum) else None
    return f"{flags} {choices or one.metavar or _KINDS[kind]}"


def _default(one: Any) -> str:
    if getattr(one, "is_flag", False) or one.default is None:
        return ""
    return f" Default: `{getattr(one.default, 'value', one.default)}`."


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


__all__ = ["cli_page"]
