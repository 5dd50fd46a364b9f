"""Judgements and history of a store: each call is one transaction."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Engine

from onrecord.model import Actor, Change, Judgement, Record, Report, Story
from onrecord.recording import judgements, loading, news, past
from onrecord.recording.dialect import reading
from onrecord.recording.dialect import writing as changing
from onrecord.recording.judgements import Ruling


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

    def judgements(
        self,
        of: Iterable[str] | None = None,
        *,
        undone: bool = False,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
    ) -> tuple[Judgement, ...]:
        """The judgements, or those about these things; with `undone` also those that were taken back. Oldest first.

        Args:
            of: ids of things.
            undone: whether those are given that were taken back.
            after: `place` of a judgement: only later ones are given.
            limit: how many at the most.
        """
        with reading(self._engine) as connection:
            return judgements.judgements(connection, of, undone=undone, after=after, limit=limit)

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
            return loading.actors(connection, names)

    def changes(self, since: datetime, until: datetime | None = None, story: str | None = None) -> tuple[Change, ...]:
        """What is another than it was, with its time and cause: of several changes of one thing what they come to.

        Args:
            since: when it was as `before` says.
            until: when it was as `after` says; now, if not given.
            story: only what belongs or belonged to this story.

        Raises:
            UsageError: the history of the store begins later.
        """
        with reading(self._engine) as connection:
            return news.changes(connection, since, until, story)

    def newest(self) -> tuple[int, ...]:
        """What is unlike whenever something has changed, and costs little to ask."""
        with reading(self._engine) as connection:
            return news.newest(connection)

    def record_at(self, story: str | None, when: datetime) -> Record:
        """One story, or everything, as it was.

        Raises:
            UsageError: there was no such story, or the history of the store begins later.
        """
        with reading(self._engine) as connection:
            return past.record_at(connection, story, when)

    def stories_at(self, when: datetime) -> tuple[Story, ...]:
        """The stories as they were, newest first.

        Raises:
            UsageError: the history of the store begins later.
        """
        with reading(self._engine) as connection:
            return past.stories_at(connection, when)

    def began(self) -> datetime:
        """Since when the store keeps its history."""
        with reading(self._engine) as connection:
            return past.began(connection)

    def entities_of(self, actor: str, limit: int | None = None) -> tuple[str, ...]:
        """The ids of an actor's entities, by id; none where there is no such actor."""
        with reading(self._engine) as connection:
            return loading.entities_of(connection, actor, limit)

    def blocks_of_entities(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The blocks that these entities are in, sorted."""
        with reading(self._engine) as connection:
            return judgements.blocks_of_entities(connection, ids)

    def reports(self, ids: Iterable[str]) -> tuple[Report, ...]:
        """These reports, by id; those that are not there are left out."""
        with reading(self._engine) as connection:
            return loading.report_nouns(connection, ids)

    def find_report(self, wanted: str) -> str:
        """The id of a report from the beginning of it, or from a path or URL that it came from.

        Raises:
            UsageError: there is none, or more than one.
        """
        with reading(self._engine) as connection:
            return loading.report_named(connection, wanted)
