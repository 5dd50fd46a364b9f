"""Re-checks a store against its own texts, seals and references."""

from collections.abc import Iterator

from sqlalchemy import Engine

from onrecord.recording.answers import Damage


def verify(engine: Engine) -> Iterator[Damage]:
    """Every contradiction in a store."""
    yield from ()
