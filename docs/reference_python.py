"""The Python reference, made of signatures and docstrings."""

import dataclasses
import inspect
import re
from enum import Enum
from typing import Any

import onrecord
from onrecord import errors, model

_HEAD = "# {title}\n\nMade by `make docs` from the code; do not edit.\n\n{about}\n"


def python_page() -> str:
    """The public surface: `onrecord`, the book, the errors."""
    parts = [_HEAD.format(title="Python", about="Everything here can be imported from `onrecord`.")]
    for name in sorted(onrecord.__all__, key=str.casefold):
        if name.startswith("__"):
            continue
        parts.append(_entry(f"onrecord.{name}", getattr(onrecord, name)))
    parts.append("\n## onrecord.errors\n" + _docstring(errors))
    return "".join(parts)


def model_page() -> str:
    """The nouns of the record."""
    parts = [_HEAD.format(title="Nouns", about="Everything here can be imported from `onrecord.model`.")]
    parts += [_entry(name, getattr(model, name)) for name in model.__all__]
    return "".join(parts)


def _entry(name: str, thing: Any) -> str:
    if inspect.isclass(thing) and issubclass(thing, Enum):
        return f"\n## {name}\n{_docstring(thing)}\nOne of {', '.join(f'`{one.value}`' for one in thing)}.\n"
    if inspect.isclass(thing):
        return f"\n## {name}\n{_docstring(thing)}{_fields(thing)}{_methods(thing)}"
    if inspect.isfunction(thing):
        return f"\n## {name}\n\n`{_signature(name, thing)}`\n{_docstring(thing)}"
    return f"\n## {name}\n\n{', '.join(f'`{one}`' for one in thing)}.\n"


def _fields(thing: Any) -> str:
    if not dataclasses.is_dataclass(thing):
        return ""
    rows = [
        f"| `{one.name}` | `{_in_cell(_type(one.type))}` | {_default(one)} |\n" for one in dataclasses.fields(thing)
    ]
    return "\n| field | type | default |\n|---|---|---|\n" + "".join(rows)


def _in_cell(text: str) -> str:
    """A bar ends a cell of a Markdown table, inside code too."""
    return text.replace("|", "\\|")


def _default(one: "dataclasses.Field[Any]") -> str:
    if one.default is dataclasses.MISSING:
        return ""
    shown = one.default.value if isinstance(one.default, Enum) else one.default
    return f"`{shown!r}`"


def _methods(thing: Any) -> str:
    parts = []
    for name, member in vars(thing).items():
        if name.startswith("_") or not (inspect.isfunction(member) or isinstance(member, property)):
            continue
        if isinstance(member, property):
            parts.append(f"\n### {name}\n{_docstring(member)}")
        else:
            parts.append(f"\n### {name}\n\n`{_signature(name, member)}`\n{_docstring(member)}")
    return "".join(parts)


def _signature(name: str, function: Any) -> str:
    signature = inspect.signature(function)
    words = [str(one).replace("onrecord.model.", "") for key, one in signature.parameters.items() if key != "self"]
    if any(one.kind is one.KEYWORD_ONLY for one in signature.parameters.values()):
        first = next(at for at, one in enumerate(signature.parameters.values()) if one.kind is one.KEYWORD_ONLY)
        words.insert(first - ("self" in signature.parameters), "*")
    returns = signature.return_annotation
    shown = "" if returns is signature.empty else f" -> {_type(returns)}"
    return _short(f"{name}({', '.join(words)}){shown}")


def _type(annotation: Any) -> str:
    if isinstance(annotation, str):
        return annotation
    if inspect.isclass(annotation) and not hasattr(annotation, "__args__"):
        return annotation.__name__
    return _short(str(annotation))


def _short(text: str) -> str:
    """Names without their modules; a function that is a default is named, not shown by its address."""
    text = re.sub(r"<function (\w+) at 0x[0-9a-f]+>", r"\1", text)
    return re.sub(r"\b(?:onrecord|collections|pathlib|typing)(?:\.[a-z_]+)*\.(?=[A-Z])", "", text)


def _docstring(thing: Any) -> str:
    """A Google docstring as Markdown: the named sections become lists, doctests become blocks."""
    text = inspect.getdoc(thing) or ""
    lines, section = [""], ""
    for line in text.split("\n"):
        if line in ("Args:", "Attributes:", "Raises:", "Returns:", "Yields:"):
            section = line
            lines += [f"**{line[:-1]}**", ""]
        elif section and line.startswith("    ") and not line.startswith("     "):
            name, _, rest = line.strip().partition(": ")
            lines.append(f"- `{name}`: {rest}" if rest else f"- {name}")
        elif section and line.startswith("     "):
            lines[-1] += f" {line.strip()}"
        else:
            section = "" if line.strip() else section
            lines.append(line)
    return _fenced(lines) + "\n"


def _fenced(lines: list[str]) -> str:
    """Doctests and drawings, which must keep their line breaks, are fenced."""
    out: list[str] = []
    inside = False
    for at, line in enumerate(lines):
        example = line.startswith((">>> ", "... ", "    ")) or (inside and bool(line.strip()))
        if example and not inside:
            out += ["```pycon" if line.startswith((">>> ", "... ")) else "```text"]
        if inside and not example:
            if not line.strip() and at + 1 < len(lines) and lines[at + 1].startswith((">>> ", "    ")):
                out.append(line)
                continue
            out += ["```"]
        inside = example
        out.append(line)
    return "\n".join([*out, "```"] if inside else out)


__all__ = ["model_page", "python_page"]
