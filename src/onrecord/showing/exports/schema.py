"""The shape as a JSON Schema (draft 2020-12) and as Parquet columns."""

from typing import Any

from onrecord.showing.exports.shape import SCHEMA_VERSION, SECTIONS, Field, ListOf, Scalar, Type

_HEADER = {
    "type": "object",
    "description": "Who wrote the file",
    "properties": {
        "version": {"type": "string", "description": "of onrecord"},
        "schema": {"type": "integer", "const": SCHEMA_VERSION},
    },
    "required": ["version", "schema"],
    "additionalProperties": False,
}
_SEAL = {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256 over all rows; see `onrecord verify`"}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of what `onrecord export --format json` writes."""
    rows = {one.name: {"type": "array", "description": one.meaning, "items": _object(one.fields)} for one in SECTIONS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record exported by onrecord",
        "type": "object",
        "properties": {"onrecord": _HEADER, **rows, "seal": _SEAL},
        "required": ["onrecord", *rows, "seal"],
        "additionalProperties": False,
    }


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    properties = {}
    for one in fields:
        properties[one.name] = _schema_of(one.type)
        if one.meaning:
            properties[one.name]["description"] = one.meaning
    return {
        "type": "object",
        "properties": properties,
        "required": [one.name for one in fields],
        "additionalProperties": False,
    }


def _schema_of(kind: Type) -> dict[str, Any]:
    if isinstance(kind, Scalar):
        found: dict[str, Any] = {"type": kind.json}
        if kind.choices:
            found["enum"] = [*kind.choices, None] if kind.nullable else list(kind.choices)
    elif isinstance(kind, ListOf):
        found = {"type": "array", "items": _schema_of(kind.item)}
        if kind.length is not None:
            found |= {"minItems": kind.length, "maxItems": kind.length}
    else:
        found = _object(kind.fields)
    if kind.nullable:
        found["type"] = [found["type"], "null"]
    return found


def arrow_schema(fields: tuple[Field, ...]) -> Any:
    """The Parquet columns of a section, as a `pyarrow.Schema`."""
    import pyarrow

    return pyarrow.schema([_arrow_field(one) for one in fields])


def _arrow_field(one: Field) -> Any:
    import pyarrow

    return pyarrow.field(one.name, _arrow_type(one.type), nullable=one.type.nullable)


def _arrow_type(kind: Type) -> Any:
    import pyarrow

    scalars = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    if isinstance(kind, Scalar):
        return scalars[kind.json]
    if isinstance(kind, ListOf):
        return pyarrow.list_(pyarrow.field("item", _arrow_type(kind.item), nullable=False))
    return pyarrow.struct([_arrow_field(one) for one in kind.fields])


__all__ = ["arrow_schema", "json_schema"]
