"""How the record changed, when and why: of each change only what was there before is kept."""

from collections.abc import Iterable

from sqlalchemy import Connection

from onrecord.model import Cause
from onrecord.recording.inserting import insert_missing
from onrecord.recording.schema import judging


def stir(connection: Connection, ids: Iterable[str], cause: Cause, because: str | None) -> None:
    """Keep why reports wait to be fused; the first cause stays."""
    rows = [{"report": one, "cause": cause.value, "because": because} for one in sorted(set(ids))]
    insert_missing(connection, judging.stirred, rows)
