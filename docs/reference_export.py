"""The reference of the exported record and of the word lists."""

from pathlib import Path

from docs.blocks import ROOT
from onrecord.showing.exports.shape import SCHEMA_VERSION, SECTIONS, ListOf, Scalar, Type
from onrecord.showing.exports.sheets import READING

_HEAD = f"""# The exported record

Made by `make docs` from the code; do not edit.

All offsets are half-open ranges of Unicode code points of that report's `text`. Missing values are null. The shape's
version is {SCHEMA_VERSION}: it goes up when a key changes its meaning or goes away; keys may be added without.

| format | is |
|---|---|
| json | one object: `onrecord` (version, schema), the sections below, `seal`; [JSON Schema](record.schema.json) |
| jsonl | one row a line with its section's name in `section`; first `onrecord`, last `seal` |
| csv | a folder, one file a section, words beside ids; lists joined by "; ", spans as "12-40", the rest as JSON |
| parquet | a folder, one file a section, nested types as in json |

The other formats take what they are for out of the record: [Formats for other programs](formats.md).

A CSV cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe before it, because
spreadsheets would take it for a formula. The others of this table hold every value as it is.

`seal` is the SHA-256 over all rows: for the header and each row, in order, the JSON array [section, row] with sorted
keys, no blanks and non-ASCII characters escaped, and a line feed. `onrecord verify FILE` computes it again.
"""


def export_page() -> str:
    """The page as Markdown."""
    parts = [_HEAD]
    for section in SECTIONS:
        rows = [f"| `{one.name}` | {_told(one.type)} | {one.meaning} |\n" for one in section.fields]
        parts.append(
            f"\n## {section.name}\n\n{section.meaning}.\n\n| key | type | is |\n|---|---|---|\n{''.join(rows)}"
        )
        if section.name in READING:
            parts.append(f"\nCSV adds {', '.join(f'`{name}`' for name in READING[section.name])}.\n")
    return "".join(parts)


def _told(kind: Type) -> str:
    end = " or null" if kind.nullable else ""
    if isinstance(kind, Scalar):
        return (", ".join(f"`{choice}`" for choice in kind.choices) or kind.json) + end
    if isinstance(kind, ListOf):
        if kind.length == 2:
            return f"span{end}"
        return f"list of {_told(kind.item)}{end}"
    inner = ", ".join(f"`{one.name}`" for one in kind.fields)
    return f"{{{inner}}}{end}"


def lexicon_page() -> str:
    """Where the word lists live, by the package that reads them."""
    parts = [
        "# Word lists\n\nMade by `make docs` from the code; do not edit.\n\n"
        "What onrecord knows of words, names and frames is in these files, not in code. "
        "To teach it a word, edit the file and add a test.\n"
    ]
    package = ROOT / "src" / "onrecord"
    for folder in sorted(package.glob("*/lexicons")):
        parts.append(f"\n## onrecord.{folder.parent.name}\n\n| file | is |\n|---|---|\n")
        parts += [f"| `{one.name}` | {_first_comment(one.read_text(encoding='utf-8'))} |\n" for one in _files(folder)]
    return "".join(parts)


def _files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.iterdir() if one.is_file() and not one.name.startswith(("_", ".")))


def _first_comment(text: str) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return first.lstrip("# ").replace("\t", "; ").replace("|", "\\|") if first.startswith("#") else ""


__all__ = ["export_page", "lexicon_page"]
