"""Nouns as bytes between processes, packed at a quarter of what pickle's own way with them costs.

pickle gives a frozen dataclass with slots to Python code that goes through its fields one by one. Here all values
of a noun leave at once, and its own constructor takes them: 0.25 ms a report instead of 1.07 (34 stories of 80 reports,
2026-11-27); unpacking costs the same either way.
"""

import copyreg
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from io import BytesIO
from operator import attrgetter
from typing import Any

from onrecord import model
from onrecord.working import Gathered

Reduce = Callable[[Any], Any]


def pack(frame: object) -> bytes:
    """A frame as a pickle, which `pickle.loads` reads.

    >>> pickle.loads(pack(model.Span(3, 9)))
    Span(start=3, end=9)
    """
    packed = BytesIO()
    packer = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    packer.dispatch_table = _table()
    packer.dump(frame)
    return packed.getvalue()


@cache
def _table() -> Mapping[type, Reduce]:
    nouns = [noun for noun in (*vars(model).values(), Gathered) if isinstance(noun, type) and is_dataclass(noun)]
    return {**copyreg.dispatch_table, **{noun: _reduce(noun) for noun in nouns}}


def _reduce(noun: type) -> Reduce:
    names = [one.name for one in fields(noun)]
    values = attrgetter(*names)
    if len(names) == 1:
        return lambda it: (noun, (values(it),))
    return lambda it: (noun, values(it))


__all__ = ["pack"]
