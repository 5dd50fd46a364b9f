"""The tables of a store, one for each noun or for a list in it.

Parts are numbered by `n` from 0 in the noun's own order. A half-open range of code points is `start` and `stop`.
A `seal` is a hash over its row and all parts that hang on it (see `onrecord.recording.sealing`).
"""

from onrecord.recording.schema import fused, judging, marks, profiles, reports, watching
from onrecord.recording.schema.columns import UNSEALED, metadata
from onrecord.recording.schema.families import KEYS, Family, Rows, batched, family, places

REPORTS = family(reports.report)
SIGNATURES = family(reports.signature, "report")
ANNOTATIONS = family(marks.annotation, "report")
ACTORS = family(fused.actor)
STORIES = family(fused.story)
JUDGEMENTS = family(judging.judgement)
MOMENTS = family(judging.moment, "number")

__all__ = [
    "ACTORS",
    "ANNOTATIONS",
    "JUDGEMENTS",
    "KEYS",
    "MOMENTS",
    "REPORTS",
    "SIGNATURES",
    "STORIES",
    "UNSEALED",
    "Family",
    "Rows",
    "batched",
    "family",
    "fused",
    "judging",
    "marks",
    "metadata",
    "places",
    "profiles",
    "reports",
    "watching",
]
