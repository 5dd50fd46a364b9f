"""What looking through a store gives: pages of cards, each with what a list shows of one thing."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from onrecord.model import ActorKind, EventType, Role, Story

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of the things that were asked for.

    Attributes:
        total: how many there are in all.
        offset: how many stand before these.
        limit: how many a page holds at the most.

    >>> Page(("a", "b"), total=5, offset=2, limit=2).later
    4
    """

    items: tuple[T, ...]
    total: int
    offset: int
    limit: int

    @property
    def earlier(self) -> int | None:
        """The offset of the page before; None on the first."""
        return max(0, self.offset - self.limit) if self.offset else None

    @property
    def later(self) -> int | None:
        """The offset of the page after; None on the last."""
        after = self.offset + self.limit
        return after if after < self.total else None


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """Which stories are wanted; None takes all.

    Attributes:
        since, until: YYYY-MM-DD; stories with a report in between, both days included.
        outlet: as told.
        actor: an actor's id, or a part of a name.
        country: ISO 3166-1 alpha-3 of an actor in it.
        words: all of them in one report (see `Store.search`).
    """

    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    actor: str | None = None
    country: str | None = None
    event_type: EventType | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A report without its text.

    Attributes:
        day: YYYY-MM-DD: published, else proved by its text, else None.
        length: code points of its text.
    """

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    day: str | None
    url: str | None
    length: int


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as a list shows it.

    Attributes:
        headings: its reports by day, those without one last.
        originals: how many reports are left when each group of copies counts once.
        disagreements: how many, wordings left out: framing is no contradiction.
        overdue: commitments whose time has passed on the day that was asked for; 0 where none was.
    """

    story: Story
    headings: tuple[Heading, ...]
    originals: int
    disagreements: int
    demands: int
    commitments: int
    overdue: int = 0

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who tells it, sorted; reports without an outlet add none."""
        return tuple(sorted({one.outlet for one in self.headings if one.outlet}))


@dataclass(frozen=True, slots=True)
class ActorCard:
    """An actor as a list shows it; `reports` is how many reports speak of it."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    roles: tuple[Role, ...]
    aliases: tuple[str, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of one actor, where it stands and which claim it is a telling of."""

    id: str
    content: str
    kind: str
    act: str
    said: str | None
    heading: Heading
    story: str | None
    story_title: str | None
    claim: str | None


@dataclass(frozen=True, slots=True)
class Stance:
    """What an actor does by word or deed towards somebody: an event with the actor as its source.

    Attributes:
        words: of the event, as the report has them.
        targets: (actor id, name) of each target.
    """

    id: str
    type: EventType
    modality: str
    words: str
    date: str | None
    targets: tuple[tuple[str, str], ...]
    heading: Heading
    story: str | None
    story_title: str | None


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody whom an actor met, and the report (and event) that tells of the latest meeting.

    Attributes:
        reports: how many reports tell of a meeting of the two.
    """

    actor: str
    name: str
    reports: int
    event: str
    date: str | None
    place: str | None
    heading: Heading


#: A report, where in its text, and the words that stand there.
Told = tuple[Heading, int, int, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A demand, commitment, threat or offer with the words of each side.

    Attributes:
        kind: demand, commitment, threat or offer.
        by, to: (actor id, name) of those who demand, promise or announce, and of those it is of, to or for.
        answered_by: (actor id, name); of demands.
        words, answer_words, condition: (report, start, end, words), in order.
        told: (state, words) of each reply to a demand, and of what later reports tell of a commitment.
        status: of its claim.
        state: of a commitment on the day that was asked for.
    """

    id: str
    kind: str
    claim: str
    status: str
    story: str
    story_title: str
    by: tuple[tuple[str, str], ...]
    to: tuple[tuple[str, str], ...]
    answered_by: tuple[tuple[str, str], ...]
    words: tuple[Told, ...]
    answer_words: tuple[Told, ...]
    condition: tuple[Told, ...]
    told: tuple[tuple[str, Told], ...]
    answer: str | None
    due: str | None
    state: str | None
    conditional: bool


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries of the ledger are wanted; None takes all.

    Attributes:
        kind: demand, commitment, threat or offer.
        state: of a commitment, or an answer of a demand, or "unanswered".
        actor: an actor's id, or a part of a name, on either side.
        ids: these entries only.
        today: the day from which overdue is reckoned; without one nothing is overdue.
    """

    kind: str | None = None
    state: str | None = None
    actor: str | None = None
    story: str | None = None
    ids: tuple[str, ...] | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What filters can choose from, sorted."""

    outlets: tuple[str, ...]
    countries: tuple[str, ...]


__all__ = [
    "ActorCard",
    "Choices",
    "Entry",
    "EntryFilter",
    "Heading",
    "Met",
    "Page",
    "Said",
    "Stance",
    "StoryCard",
    "StoryFilter",
    "Told",
]
