import io
import json
from collections.abc import Iterator
from typing import Any

from onrecord.showing.exports import export
from onrecord.showing.exports.schema import json_schema
from onrecord.showing.exports.shape import SECTIONS, Field, ListOf, Object, Type
from tests.showing.builders import FAILURES, RECORD

TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}


def breaches(schema: dict[str, Any], value: object, path: str = "$") -> Iterator[str]:
    """Where a value breaks the part of JSON Schema that ours uses (jsonschema itself is not installed)."""
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if value is None:
        if "null" not in kinds:
            yield f"{path} is null"
        return
    if not isinstance(value, TYPES[kinds[0]]):
        yield f"{path} is not {kinds[0]}"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{path} is not in the enum"
    elif isinstance(value, dict):
        assert schema["additionalProperties"] is False
        if list(value) != list(schema["properties"]) or schema["required"] != list(schema["properties"]):
            yield f"{path} has other keys: {sorted(value.keys() ^ schema['properties'].keys())}"
            return
        for key, item in value.items():
            yield from breaches(schema["properties"][key], item, f"{path}.{key}")
    elif isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{path} has {len(value)} items"
        for item in value:
            yield from breaches(schema["items"], item, f"{path}[]")


def loaded() -> dict[str, Any]:
    out = io.BytesIO()
    export([RECORD], FAILURES, "json", out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_an_export_fits_its_schema() -> None:
    assert list(breaches(json_schema(), loaded())) == []


def test_the_schema_notices_what_does_not_fit() -> None:
    broken = loaded()
    broken["statements"][0]["kind"] = "sung"
    broken["events"][0]["span"] = [1]
    del broken["claims"][0]["rule"]
    found = list(breaches(json_schema(), broken))
    assert len(found) == 3


def _leaves(fields: tuple[Field, ...]) -> Iterator[tuple[str, Type]]:
    for one in fields:
        yield one.name, one.type
        inner = one.type.item if isinstance(one.type, ListOf) else one.type
        if isinstance(inner, Object):
            yield from _leaves(inner.fields)


def test_every_section_is_made_of_told_fields() -> None:
    for section in SECTIONS:
        assert section.meaning
        names = [one.name for one in section.fields]
        assert len(names) == len(set(names))
        assert all(kind is not None for _, kind in _leaves(section.fields))
