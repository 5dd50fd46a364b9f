"""Events in the codes of older data: plain PLOVER without modality, CAMEO root codes and quad classes.

The mapping is a file beside this module (`coding.json`), with its sources. Two things do not map one to one: CAMEO has
one root for yielding (08) where PLOVER has CONCEDE and RETREAT, and 18 (assault), 19 (fight) and 20 (mass violence)
where PLOVER has ASSAULT, which is given as 19.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from onrecord.model.marks import EventType, Modality


@dataclass(frozen=True, slots=True)
class Code:
    """An event in older codes.

    Attributes:
        type: plain PLOVER: cooperation to come is AGREE, hostility to come THREATEN.
        cameo: two-digit CAMEO root code.
        quad: verbal or material, cooperation or conflict, of `type`.
    """

    type: EventType
    cameo: str
    quad: str


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    told = json.loads(resources.files("onrecord.model").joinpath("coding.json").read_text(encoding="utf-8"))
    return {name: dict(told[name]) for name in ("cameo", "quad", "to_come")}


def plain_code(kind: EventType, modality: Modality) -> Code | None:
    """The code that older data would have for an event; None where they have none.

    They have none for what is denied, and none for what is demanded: the REQUEST beside it has its own.

    >>> plain_code(EventType.AID, Modality.PLANNED)
    Code(type=<EventType.AGREE: 'AGREE'>, cameo='03', quad='verbal cooperation')
    >>> plain_code(EventType.ASSAULT, Modality.DENIED) is None
    True
    """
    if modality in (Modality.DENIED, Modality.DEMANDED):
        return None
    if modality in (Modality.PLANNED, Modality.CONDITIONAL):
        return _code(EventType(_tables()["to_come"].get(kind.value, kind.value)))
    return _code(kind)


def _code(kind: EventType) -> Code:
    return Code(kind, _tables()["cameo"][kind.value], _tables()["quad"][kind.value])
