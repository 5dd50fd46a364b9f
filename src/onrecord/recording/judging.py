"""Judgements and history of a store: each call is one transaction."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Engine

from onrecord.model import Actor, Judgement
from onrecord.recording import judgements
from onrecord.recording.dialect import reading
from onrecord.recording.dialect import writing as changing
from onrecord.recording.fused_rows import actor_of
from onrecord.recording.judgements import Ruling
from onrecord.recording.schema import ACTORS


class Judging:
    """What analysts decided about the record of a store, and how it changed; `Store.judging` gives it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def judge(self, ruling: Ruling, made: datetime | None = None) -> Judgement:
        """Keep a judgement; what it changes waits to be fused anew.

        Args:
            ruling: the judgement.
            made: when; now, if not given.

        Raises:
            UsageError: it does not fit its targets, or there is no such thing.
        """
        with changing(self._engine) as connection:
            return judgements.judge(connection, ruling, made or datetime.now(UTC))

    def undo(self, judgement: str) -> Judgement:
        """Take a judgement back; what it changed waits to be fused anew.

        Raises:
            UsageError: there is no such judgement.
        """
        with changing(self._engine) as connection:
            return judgements.undo(connection, judgement, datetime.now(UTC))

    def judgements(self, of: Iterable[str] | None = None, *, undone: bool = False) -> tuple[Judgement, ...]:
        """The judgements, or those about these things; with `undone` also those that were taken back. Oldest first."""
        with reading(self._engine) as connection:
            return judgements.judgements(connection, of, undone=undone)

    def about_reports(self, ids: Iterable[str]) -> tuple[Judgement, ...]:
        """The judgements that hold about marks and actors of these reports, oldest first."""
        with reading(self._engine) as connection:
            return judgements.about_reports(connection, ids)

    def about_blocks(self, blocks: Iterable[str]) -> tuple[Judgement, ...]:
        """The judgements that hold about actors of these blocks, oldest first."""
        with reading(self._engine) as connection:
            return judgements.about_blocks(connection, blocks)

    def bound_blocks(self, block: str) -> tuple[str, ...]:
        """The blocks whose actors are joined together with this one's, itself included, sorted."""
        with reading(self._engine) as connection:
            return judgements.bound_blocks(connection, block)

    def actors(self, names: Iterable[str]) -> tuple[Actor, ...]:
        """The actors with these ids, without their entities."""
        with reading(self._engine) as connection:
            loaded = ACTORS.load(connection, names)
            return tuple(actor_of(loaded[key], ()) for key in sorted(loaded))
