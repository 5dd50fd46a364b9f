"""What it costs to join the entities of a new report to the actors of a store, as these grow in number."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import exp, log
from pathlib import Path
from random import Random

from onrecord.fusing import actor_block
from onrecord.model import ActorKind, Annotation, Block, BlockKind, Entity, Mention, Report, Span
from onrecord.pipeline import Book, open_book
from onrecord.scaling.bench.generated import invented_word

#: Entities of one report: the states that every report names, and people.
STATES, PEOPLE = 4, 16
#: Stores are measured at these numbers of actors.
STATIONS = (1_000, 10_000, 100_000, 300_000, 1_000_000)
#: Reports that are joined at each station, one after another.
MEASURED = 20
#: Reports joined at once on the way from station to station.
_FILLED = 500
_GIVEN = 400
#: The n-th surname has about 1 / (n + 30) of all people, up to so many: the first 0.4 % of them.
_COMMON, _SURNAMES = 30, 200_000


@dataclass(frozen=True, slots=True)
class ActorStation:
    """What joining one new report's entities cost.

    Attributes:
        actors: in the store.
        join_ms: milliseconds of CPU a report, the middle one of those measured.
        worst_ms: the most that one report cost.
        largest: entities of the surname that most of them have.
    """

    actors: int
    join_ms: float
    worst_ms: float
    largest: int


def measure_actors(
    number: int, folder: Path, seed: int = 1, say: Callable[[ActorStation], None] = lambda _: None
) -> list[ActorStation]:
    """Fill a store in `folder` with so many actors, and measure on the way.

    Surnames are as unevenly frequent as in the world; nearly every person is told in one report only, so people are
    as many as there can be.
    """
    found: list[ActorStation] = []
    told = _reports(seed)
    with open_book(folder / "actors.db") as book:
        for station in sorted({*(one for one in STATIONS if one < number), number}):
            while (known := book.store.counts().actors) < station:
                wanted = max(1, min(_FILLED, (station - known) // PEOPLE))
                _add(book, [next(told) for _ in range(wanted)])
                book._join_actors()
            costs = sorted(_cost_ms(book, next(told)) for _ in range(MEASURED))
            largest = sum(one.number for one in book.store.profiles([_block(invented_surname(0))]))
            found.append(ActorStation(known, costs[len(costs) // 2], costs[-1], largest))
            say(found[-1])
    return found


def invented_surname(rank: int) -> str:
    """The surname that is the `rank`-th most frequent."""
    return invented_word(Random(f"surname {rank}"), 7).title()


def _cost_ms(book: Book, told: tuple[Report, Annotation]) -> float:
    _add(book, [told])
    began = time.process_time()
    book._join_actors()
    return 1000 * (time.process_time() - began)


def _add(book: Book, told: list[tuple[Report, Annotation]]) -> None:
    book.store.add_reports([(report, None) for report, _ in told])
    for _, marks in told:
        book.store.annotate(marks, {one.id: actor_block(one) for one in marks.entities})


def _block(surname: str) -> str:
    return actor_block(_entity("r.a1", f"Ann {surname}", ActorKind.PERSON, None, None))


def _reports(seed: int) -> Iterator[tuple[Report, Annotation]]:
    dice, n = Random(seed), 0
    while True:
        n += 1
        text = f"Report {seed}/{n}."
        digest = sha256(text.encode()).hexdigest()
        report = Report(
            id="r" + digest[:16],
            source=f"{n}.txt",
            sha256=digest,
            text=text,
            blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH),),
            language="en",
        )
        named = [*(_state(dice) for _ in range(STATES)), *(_person(dice) for _ in range(PEOPLE))]
        entities = tuple(_entity(f"{report.id}.a{at}", *told) for at, told in enumerate(dict.fromkeys(named), start=1))
        yield report, Annotation(report.id, entities=entities)


def _state(dice: Random) -> tuple[str, ActorKind, str, str]:
    code = "".join(dice.choice("ABCDE") for _ in range(2)) + "X"
    return f"State of {code}", ActorKind.STATE, code, f"state:{code}"


def _person(dice: Random) -> tuple[str, ActorKind, str, None]:
    rank = int(exp(dice.uniform(log(_COMMON), log(_SURNAMES)))) - _COMMON
    given = invented_word(Random(f"given {dice.randrange(_GIVEN)}"), 5).title()
    middle = invented_word(dice, 5).title()
    return f"{given} {middle} {invented_surname(rank)}", ActorKind.PERSON, f"{dice.choice('ABCDE')}AX", None


def _entity(identity: str, name: str, kind: ActorKind, country: str | None, key: str | None) -> Entity:
    return Entity(identity, name, kind, (Mention(Span(0, 6), "name"),), key, country, (), (name,))


__all__ = ["STATIONS", "ActorStation", "measure_actors"]
