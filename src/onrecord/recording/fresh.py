"""Marks that this process stored a moment ago: they need not be made of rows again to be fused."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from onrecord.model import Annotation
from onrecord.recording.schema import KEYS, batched, marks

#: Reports whose marks are kept at once: some 20 MB.
LIMIT = 128


class Fresh:
    """The last marks that were stored, each with the seal of its rows."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Annotation]] = {}

    def keep(self, annotation: Annotation, seal: str) -> None:
        """Keep what was just stored under this seal, in place of the oldest."""
        self._kept.pop(annotation.report, None)
        self._kept[annotation.report] = seal, annotation
        if len(self._kept) > LIMIT:
            del self._kept[next(iter(self._kept))]

    def of(self, connection: Connection, ids: Iterable[str]) -> dict[str, Annotation]:
        """Those of these reports' marks that are kept and are in the store as they were put there, by report."""
        table = marks.annotation.c
        found: dict[str, Annotation] = {}
        for some in batched(sorted(self._kept.keys() & set(ids)), KEYS):
            for report, seal in connection.execute(select(table.report, table.seal).where(table.report.in_(some))):
                kept, annotation = self._kept[report]
                if kept == seal:
                    found[report] = annotation
        return found
