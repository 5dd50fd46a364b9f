"""What training found beside the weights: inventories of labels, and the small tables of the heads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import NotInstalled

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AttributionTables:
    """Attribution labels, scores of one after another and of the first, and of links; see `annotating.attribution`.

    `nobody` is relations x dimensions, the answer that stands for "no source"; `distance` is what the distance between
    two words adds to their link; `calibration` maps log-odds to the chance of being right.
    """

    labels: tuple[str, ...]
    between: Scores
    first: Scores
    nobody: Scores
    distance: Scores
    calibration: Scores


@dataclass(frozen=True, slots=True)
class GrammarTables:
    """Labels of the grammar heads; `distance` is what the distance to a head adds, `relation_*` the last layer."""

    tags: tuple[str, ...]
    parts: tuple[str, ...]
    names: tuple[str, ...]
    relations: tuple[str, ...]
    distance: Scores
    relation_weight: Scores
    relation_bias: Scores


@dataclass(frozen=True, slots=True)
class CoreferenceTables:
    """Labels of mention heads, what distance adds to a mention's edges, and the layers over pairs of mentions."""

    labels: tuple[str, ...]
    edge_distance: Scores
    new_weight: Scores
    new_bias: Scores
    pair_inner_weight: Scores
    pair_inner_bias: Scores
    pair_outer_weight: Scores
    pair_outer_bias: Scores


@dataclass(frozen=True, slots=True)
class Settings:
    """The tables of all heads.

    `columns` names the parts of the network's output `heads` with their first and last column (half-open); `roots`
    are the event types.
    """

    columns: dict[str, tuple[int, int]]
    attribution: AttributionTables
    grammar: GrammarTables
    coreference: CoreferenceTables
    roots: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read `settings.json`.

        Raises:
            NotInstalled: a table is missing: the file belongs to another version.
        """
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        try:
            return cls(
                columns={name: (start, end) for name, (start, end) in told["columns"].items()},
                attribution=_tables(AttributionTables, told["attribution"]),
                grammar=_tables(GrammarTables, told["grammar"]),
                coreference=_tables(CoreferenceTables, told["coreference"]),
                roots=tuple(told["roots"]),
            )
        except (KeyError, TypeError) as error:
            raise NotInstalled(
                f"{path}: {error}: install the weights that belong to this version of onrecord"
            ) from error


def _tables(kind: type[Any], told: dict[str, Any]) -> Any:
    """Lists of labels become tuples, other lists arrays."""
    made = {
        name: tuple(values) if values and isinstance(values[0], str) else np.array(values, np.float32)
        for name, values in told.items()
    }
    return kind(**made)
