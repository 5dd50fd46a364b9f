"""Looking through a store: pages of stories, actors and their doings, without loading whole records.

What a list shows is found by SQL over indices, a page at a time; one story in full is `Store.record`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Engine, Select, func, select

from onrecord.errors import UsageError
from onrecord.model import Story
from onrecord.recording.browsing_actors import actor_card, actor_cards, actors_named, choices, find_actors, names
from onrecord.recording.browsing_doings import meetings, said, stances
from onrecord.recording.browsing_ledger import entries, states
from onrecord.recording.browsing_nouns import (
    ActorCard,
    Choices,
    Entry,
    EntryFilter,
    Heading,
    Met,
    Page,
    Said,
    Stance,
    StoryCard,
    StoryFilter,
)
from onrecord.recording.browsing_reports import headings, report_pages, words_at
from onrecord.recording.browsing_stories import story_cards, story_pages
from onrecord.recording.dialect import reading
from onrecord.recording.schema import fused


class Browsing:
    """Pages of what a store holds. Get one with `Store.browse`; every call sees one state of the store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def stories(
        self, wanted: StoryFilter | None = None, *, limit: int = 20, offset: int = 0, today: date | None = None
    ) -> Page[StoryCard]:
        """Stories as cards, newest first, then by id; with a day they say how much is overdue on it."""
        with reading(self._engine) as connection:
            return story_pages(connection, wanted or StoryFilter(), limit, offset, today)

    def story(self, story: str) -> StoryCard:
        """One story as a card.

        Raises:
            UsageError: there is no such story.
        """
        with reading(self._engine) as connection:
            found = story_cards(connection, [story])
        if not found:
            raise UsageError(f"there is no story {story!r} in the store")
        return found[0]

    def stories_of(self, report: str) -> tuple[Story, ...]:
        """The stories that hold a report, newest first."""
        with reading(self._engine) as connection:
            table = fused.story_report
            ids = connection.scalars(select(table.c.story).where(table.c.report == report)).all()
            return tuple(one.story for one in story_cards(connection, ids))

    def story_of_claim(self, claim: str) -> str:
        """The story of a claim.

        Raises:
            UsageError: there is no such claim.
        """
        return self._owner("claim", claim, select(fused.claim.c.story).where(fused.claim.c.id == claim))

    def story_of_entry(self, entry: str) -> str:
        """The story of a demand or commitment.

        Raises:
            UsageError: there is no such entry.
        """
        return self._owner("entry of the ledger", entry, select(fused.ledger.c.story).where(fused.ledger.c.id == entry))

    def _owner(self, what: str, key: str, query: Select[Any]) -> str:
        with reading(self._engine) as connection:
            found = connection.execute(query).first()
        if found is None:
            raise UsageError(f"there is no {what} {key!r} in the store")
        return str(found[0])

    def headings(self, ids: Sequence[str]) -> dict[str, Heading]:
        """The headings of these reports, by id; those that are not there are left out."""
        with reading(self._engine) as connection:
            return headings(connection, ids)

    def words(self, places: Sequence[tuple[str, int, int]]) -> dict[tuple[str, int, int], str]:
        """The words at (report, start, end) of each place; those that are not there are left out."""
        with reading(self._engine) as connection:
            return words_at(connection, places)

    def reports(self, *, limit: int = 20, offset: int = 0) -> Page[Heading]:
        """All reports, newest first."""
        with reading(self._engine) as connection:
            return report_pages(connection, limit, offset)

    def actors(
        self, part: str = "", *, kind: str | None = None, country: str | None = None, limit: int = 50, offset: int = 0
    ) -> Page[ActorCard]:
        """Actors, those that most reports speak of first; `part` of any name is wanted."""
        with reading(self._engine) as connection:
            return find_actors(connection, part, kind, country, limit, offset)

    def actors_named(self, part: str, limit: int = 8) -> tuple[ActorCard, ...]:
        """The actors with all these words in one name, best known first."""
        with reading(self._engine) as connection:
            return actor_cards(connection, actors_named(connection, part, limit))

    def actor(self, actor: str) -> ActorCard:
        """One actor.

        Raises:
            UsageError: there is no such actor.
        """
        with reading(self._engine) as connection:
            found = actor_card(connection, actor)
        if found is None:
            raise UsageError(f"there is no actor {actor!r} in the store")
        return found

    def names(self, ids: Sequence[str]) -> dict[str, str]:
        """The names of these actors, by id; those that are not there are left out."""
        with reading(self._engine) as connection:
            return names(connection, ids)

    def said(self, actor: str, *, limit: int = 25, offset: int = 0) -> Page[Said]:
        """What reports say an actor said or holds, newest first."""
        with reading(self._engine) as connection:
            return said(connection, actor, limit, offset)

    def stances(self, actor: str, *, limit: int = 60) -> tuple[Stance, ...]:
        """What an actor supports, rejects, demands, promises or threatens, newest first."""
        with reading(self._engine) as connection:
            return stances(connection, actor, limit)

    def meetings(self, actor: str, *, limit: int = 30) -> tuple[Met, ...]:
        """Whom an actor met, most told first."""
        with reading(self._engine) as connection:
            return meetings(connection, actor, limit)

    def entries(self, wanted: EntryFilter | None = None, *, limit: int = 40, offset: int = 0) -> Page[Entry]:
        """Entries of the ledger: overdue first, then by due date, then what has none; newest stories first."""
        with reading(self._engine) as connection:
            return entries(connection, wanted or EntryFilter(), limit, offset)

    def states(self, today: date | None = None) -> dict[str, int]:
        """How many entries of the ledger stand how on a day: commitments, demands by their answer or "unanswered"."""
        with reading(self._engine) as connection:
            return states(connection, today)

    def choices(self) -> Choices:
        """What filters can choose from."""
        with reading(self._engine) as connection:
            return choices(connection)

    def newest(self) -> str | None:
        """The newest day of any story."""
        with reading(self._engine) as connection:
            found = connection.scalar(select(func.max(fused.story.c.stop)))
            return None if found is None else str(found)


__all__ = ["Browsing"]
