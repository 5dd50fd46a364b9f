"""Nouns <-> JSON, for the history: what was there before is kept as it was."""

import json
import types
import zlib
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def value_of(noun: Any) -> dict[str, Any]:
    """A noun's fields, down to what JSON can say."""
    found: dict[str, Any] = json.loads(json.dumps(asdict(noun)))
    return found


def noun_of(kind: type[T], value: Mapping[str, Any]) -> T:
    """The noun that `value_of` made this of; fields that it did not know yet take their default.

    Raises:
        ValueError, LookupError, TypeError: it was made of something else.
    """
    hints = get_type_hints(kind)
    known = [field.name for field in fields(kind) if field.name in value]  # type: ignore[arg-type]
    return kind(**{name: _revived(hints[name], value[name]) for name in known})


def packed(value: Any) -> bytes:
    """A value as the history keeps it.

    >>> unpacked(packed({"state": "open"}))
    {'state': 'open'}
    """
    return zlib.compress(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def unpacked(kept: bytes) -> Any:
    """The value that was packed."""
    return json.loads(zlib.decompress(kept))


def _revived(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, args = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return _revived(next(arg for arg in args if arg is not types.NoneType), value)
    if origin is tuple:
        inner = args[:1] * len(value) if args[-1] is Ellipsis else args
        return tuple(_revived(one, each) for one, each in zip(inner, value, strict=True))
    if origin is Literal:
        return value
    if is_dataclass(hint) and isinstance(hint, type):
        return noun_of(hint, value)
    return hint(value) if isinstance(hint, type) and issubclass(hint, Enum | float) else value
