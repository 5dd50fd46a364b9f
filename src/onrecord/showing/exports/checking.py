"""Check an exported file against itself: seal, hashes, spans and references. No network, no store."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import DamagedRecord, StoreError
from onrecord.recording.answers import Damage
from onrecord.showing.exports.seal import Seal
from onrecord.showing.exports.shape import SECTIONS, Field, ListOf, Object, Scalar, Type

Rows = dict[str, list[dict[str, Any]]]

#: For each section, the keys that name rows of other sections. Speakers may be plain names, so they are not here.
_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "statements": {"report": ("reports",), "inside": ("statements",)},
    "events": {"report": ("reports",), "statement": ("statements",)},
    "stories": {"reports": ("reports",)},
    "copies": {"story": ("stories",), "reports": ("reports",)},
    "claims": {"story": ("stories",), "members": ("statements", "events"), "reports": ("reports",)},
    "demands": {"story": ("stories",), "claim": ("claims",), "reports": ("reports",)},
    "commitments": {"story": ("stories",), "claim": ("claims",), "reports": ("reports",)},
    "prospects": {"story": ("stories",), "claim": ("claims",), "reports": ("reports",)},
}


def check_export(file: Path) -> Iterator[Damage]:
    """Everything in an exported JSON or JSON Lines file that contradicts itself.

    A single changed character of any value is found by the seal; the other checks say where it is.

    Raises:
        StoreError: when the file can't be read.
        DamagedRecord: when it is not an export at all, or is cut off.
    """
    rows, header, seal = _loaded(file)
    if _sealed(rows, header) != seal:
        yield Damage(
            f"{file}: seal",
            "the rows are not those that onrecord wrote: something was changed, added or taken away",
        )
    shape_ok = True
    for section in SECTIONS:
        for number, row in enumerate(rows[section.name], start=1):
            for path, message in _misshapen(row, Object(section.fields), f"{section.name}[{number}]"):
                shape_ok = False
                yield Damage(path, message)
    if shape_ok:
        yield from _texts(rows)
        yield from _spans(rows)
        yield from _references(rows)


def _loaded(file: Path) -> tuple[Rows, dict[str, Any], str]:
    try:
        content = file.read_text(encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{file}: can't be read ({error.strerror}); give the path of an exported file") from error
    except UnicodeDecodeError as error:
        raise DamagedRecord(f"{file}: is not UTF-8 at byte {error.start}; give a file of `onrecord export`") from error
    try:
        return _from_object(json.loads(content)) if _is_object(content) else _from_lines(content)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedRecord(
            f"{file}: is not a whole export ({type(error).__name__}: {error}); export it again from its store"
        ) from error


def _is_object(content: str) -> bool:
    """Whether this is one JSON object, not JSON Lines: a first line of its own is no whole object."""
    first = content.lstrip().split("\n", 1)[0]
    return '"section"' not in first.split(",", 1)[0]


def _from_object(loaded: dict[str, Any]) -> tuple[Rows, dict[str, Any], str]:
    # older exports have none of these
    later: dict[str, Any] = {"judgements": [], "prospects": []}
    return {one.name: list((later | loaded)[one.name]) for one in SECTIONS}, loaded["onrecord"], loaded["seal"]


def _from_lines(content: str) -> tuple[Rows, dict[str, Any], str]:
    found: Rows = {name: [] for name in ("onrecord", *(one.name for one in SECTIONS), "seal")}
    for line in content.split("\n"):
        if line.strip():
            row = json.loads(line)
            found[row.pop("section")].append(row)
    (seal,), (header,) = found.pop("seal"), found.pop("onrecord")
    return found, header, seal["sha256"]


def _sealed(rows: Rows, header: dict[str, Any]) -> str:
    seal = Seal()
    seal.add("onrecord", header)
    for section in SECTIONS:
        for row in rows[section.name]:
            seal.add(section.name, row)
    return seal.hexdigest()


def _misshapen(value: object, kind: Type, path: str) -> Iterator[tuple[str, str]]:
    """Where a value has not the shape that it should have."""
    if value is None:
        if not kind.nullable:
            yield path, "is null, which it must not be"
    elif isinstance(kind, Scalar):
        right = {"string": str, "integer": int, "number": (int, float), "boolean": bool}[kind.json]
        if not isinstance(value, right):  # type: ignore[arg-type]
            yield path, f"is {value!r}, not a {kind.json}"
        elif kind.choices and value not in kind.choices:
            yield path, f"is {value!r}, not one of {', '.join(kind.choices)}"
    elif isinstance(kind, ListOf):
        yield from _misshapen_list(value, kind, path)
    elif not isinstance(value, dict):
        yield path, f"is {value!r}, not an object"
    else:
        yield from _misshapen_object(value, kind.fields, path)


def _misshapen_list(value: object, kind: ListOf, path: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, list) or (kind.length is not None and len(value) != kind.length):
        yield path, f"is {value!r}, not a list{'' if kind.length is None else f' of {kind.length}'}"
        return
    for number, item in enumerate(value, start=1):
        yield from _misshapen(item, kind.item, f"{path}[{number}]")


def _misshapen_object(value: dict[str, Any], fields: tuple[Field, ...], path: str) -> Iterator[tuple[str, str]]:
    names = {one.name for one in fields}
    for extra in sorted(value.keys() - names):
        yield path, f"has a key that does not belong there: {extra!r}"
    for one in fields:
        if one.name in value:
            yield from _misshapen(value[one.name], one.type, f"{path}.{one.name}")
        else:
            yield path, f"lacks the key {one.name!r}"


def _texts(rows: Rows) -> Iterator[Damage]:
    for report in rows["reports"]:
        found = hashlib.sha256(report["text"].encode("utf-8", "surrogatepass")).hexdigest()
        if found != report["text_sha256"]:
            yield Damage(
                f"report {report['id']}, text",
                f"has the SHA-256 {found}, not {report['text_sha256']}: the text was changed",
            )
        if report["id"] != "r" + report["sha256"][:16]:
            yield Damage(f"report {report['id']}, id", f"does not begin the report's SHA-256 {report['sha256']}")


def _spans(rows: Rows) -> Iterator[Damage]:
    lengths = {report["id"]: len(report["text"]) for report in rows["reports"]}
    for section in SECTIONS:
        for row in rows[section.name]:
            own = row["id"] if section.name == "reports" else row.get("report")
            for path, report, start, end in _spans_in(row, own, row.get("id", section.name)):
                if report in lengths and not 0 <= start <= end <= lengths[report]:
                    yield Damage(path, f"span {start}..{end} lies outside the text of {lengths[report]} characters")


def _spans_in(value: object, report: str | None, path: str) -> Iterator[tuple[str, str, int, int]]:
    """Every span under a value, with the report that it points into."""
    if isinstance(value, dict):
        report = value.get("report", report)
        if report is not None and {"start", "end", "kind"} == value.keys():
            yield path, report, value["start"], value["end"]
        for key, item in value.items():
            yield from _spans_in(item, report, f"{path}.{key}")
    elif isinstance(value, list):
        if report is not None and len(value) == 2 and all(type(item) is int for item in value):
            yield path, report, value[0], value[1]
        else:
            for item in value:
                yield from _spans_in(item, report, path)


def _references(rows: Rows) -> Iterator[Damage]:
    known = {name: {row["id"] for row in found if "id" in row} for name, found in rows.items()}
    for section, keys in _NAMES.items():
        for row in rows[section]:
            for key, targets in keys.items():
                named = row[key] if isinstance(row[key], list) else [row[key]]
                for one in named:
                    if one is not None and not any(one in known[target] for target in targets):
                        where = f"{row.get('id', section)}.{key}"
                        yield Damage(where, f"names {one!r}, which is not in {' or '.join(targets)}")


__all__ = ["check_export"]
