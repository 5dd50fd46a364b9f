"""The encoder's output in, attributions out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from onrecord.annotating.attribution.assembling import Assembler, Attribution, Reading
from onrecord.annotating.attribution.decoding import LABELS, Transitions
from onrecord.annotating.attribution.linking import RELATIONS, Pointers
from onrecord.errors import NotInstalled
from training.encoder.running.encoder import Encoded
from training.encoder.running.settings import AttributionTables


def find_attributions(
    text: str, encoded: Encoded, wanted: Callable[[int], bool] = lambda _: True
) -> tuple[Attribution, ...]:
    """Find the outermost attributions of a report.

    Args:
        text: the whole text; it may hold any code points.
        encoded: what the encoder says of its paragraphs.
        wanted: told where a stretch begins, whether to look there.

    Returns:
        Attributions in order of the first span of each; offsets into `text`. Only a quotation that goes on in the
        next paragraph crosses paragraphs.
    """
    chosen = [n for n, one in enumerate(encoded.stretches) if wanted(one.words[0][0])]
    stretches = [encoded.stretches[number] for number in chosen]
    return assembler_of(encoded.settings.attribution)(text, stretches, [_reading(encoded, n) for n in chosen])


def assembler_of(tables: AttributionTables) -> Assembler:
    """How readings become attributions.

    Raises:
        NotInstalled: the labels are not those of this version.
    """
    if tables.labels != LABELS:
        raise NotInstalled(
            f"the attribution labels are {tables.labels!r}, this version needs {LABELS!r}: "
            "install the weights that belong to this version of onrecord"
        )
    slope, intercept = (float(number) for number in np.asarray(tables.calibration))
    return Assembler(Transitions.constrained(tables.between, tables.first), (slope, intercept))


def _reading(encoded: Encoded, number: int) -> Reading:
    """What the attribution heads say of one stretch."""
    start, end = encoded.bounds[number]
    shape = (end - start, RELATIONS, -1)
    tables = encoded.settings.attribution
    askers, answers = (
        encoded.part(name)[start:end].reshape(shape).transpose(1, 0, 2) for name in ("asker_head", "answer_head")
    )
    return Reading(encoded.tags[start:end], Pointers(askers, answers, tables.nobody, tables.distance))
