"""Three outlets of invented countries on one quarrel, annotated by hand; marks are found by their words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from onrecord.fusing import join_actors
from onrecord.model import (
    Act,
    Actor,
    ActorKind,
    Annotation,
    Block,
    BlockKind,
    Entity,
    Event,
    EventType,
    Mention,
    Modality,
    Place,
    Quantity,
    Report,
    Role,
    Span,
    Statement,
    StatementKind,
    TimeMention,
)

KELM = Place("Kelm", "NEU", 51.0, 9.0, 1)


@dataclass
class Writer:
    """Writes one report and marks its words."""

    number: int
    text: str
    outlet: str | None = None
    day: str | None = "2031-03-04"
    title: str | None = None
    entities: dict[str, Entity] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"r{self.number:016x}"

    def span(self, words: str, nth: int = 0) -> Span:
        at = -1
        for _ in range(nth + 1):
            at = self.text.find(words, at + 1)
            if at < 0:
                raise ValueError(f"{words!r} is not in the text of {self.id}")
        return Span(at, at + len(words))

    def actor(
        self, name: str, kind: ActorKind, country: str | None = None, *, key: str | None = None, title: str = ""
    ) -> str:
        if name not in self.entities:
            mentions = []
            at = self.text.find(name)
            while at >= 0:
                mentions.append(Mention(Span(at, at + len(name)), "name"))
                at = self.text.find(name, at + 1)
            self.entities[name] = Entity(
                id=f"{self.id}.a{len(self.entities) + 1}",
                name=name,
                kind=kind,
                mentions=tuple(mentions),
                key=key,
                country=country,
                roles=(Role(title, country),) if title else (),
                aliases=(name,),
            )
        return self.entities[name].id

    def state(self, name: str, country: str) -> str:
        return self.actor(name, ActorKind.STATE, country, key=f"state:{country}")

    def person(self, name: str, country: str | None = None, title: str = "") -> str:
        return self.actor(name, ActorKind.PERSON, country, title=title)

    def says(
        self,
        speaker: str | None,
        *content: str,
        cue: str = "",
        kind: StatementKind = StatementKind.INDIRECT,
        act: Act = Act.SPEECH,
        said: str | None = None,
    ) -> str:
        one = Statement(
            id=f"{self.id}.s{len(self.statements) + 1}",
            report=self.id,
            speakers=(speaker,) if speaker else (),
            kind=kind,
            act=act,
            content=tuple(self.span(words) for words in content),
            cue=(self.span(cue),) if cue else (),
            said=said,
        )
        self.statements.append(one)
        return one.id

    def quotes(self, speaker: str | None, *content: str, cue: str = "") -> str:
        return self.says(speaker, *content, cue=cue, kind=StatementKind.DIRECT)

    def tells(
        self,
        kind: EventType,
        words: str,
        by: Iterable[str] = (),
        to: Iterable[str] = (),
        *,
        modality: Modality = Modality.ACTUAL,
        date: str | None = None,
        place: Place | None = None,
        topic: str | None = None,
        numbers: Sequence[tuple[str, float, str, str]] = (),
        statement: str | None = None,
        condition: str | None = None,
    ) -> str:
        one = Event(
            id=f"{self.id}.e{len(self.events) + 1}",
            report=self.id,
            type=kind,
            modality=modality,
            sources=tuple(by),
            targets=tuple(to),
            span=self.span(words),
            topic=self.span(topic) if topic else None,
            date=date,
            place=place,
            statement=statement,
            condition=self.span(condition) if condition else None,
            quantities=tuple(Quantity(self.span(told), value, unit, bound) for told, value, unit, bound in numbers),
        )
        self.events.append(one)
        return one.id

    def dates(self, words: str, edtf: str) -> None:
        self.times.append(TimeMention(self.span(words), edtf))

    def report(self) -> Report:
        blocks, at = [], 0
        for n, line in enumerate(self.text.split("\n")):
            if line.strip():
                kind = BlockKind.TITLE if n == 0 and self.title else BlockKind.PARAGRAPH
                blocks.append(Block(Span(at, at + len(line)), kind))
            at += len(line) + 1
        return Report(
            id=self.id,
            source=f"{self.number}.txt",
            sha256=self.id * 3,
            text=self.text,
            blocks=tuple(blocks),
            title=self.title,
            outlet=self.outlet,
            published=self.day,
            language="en",
        )

    def marks(self) -> Annotation:
        sentences, at = [], 0
        for line in self.text.split("\n"):
            start = at
            for part in line.replace(". ", ".\x00").split("\x00"):
                if part.strip():
                    sentences.append(Span(start, start + len(part)))
                start += len(part) + 1
            at += len(line) + 1
        return Annotation(
            report=self.id,
            sentences=tuple(sentences),
            entities=tuple(self.entities.values()),
            statements=tuple(self.statements),
            events=tuple(self.events),
            times=tuple(self.times),
        )


def written(number: int, text: str, outlet: str | None = None, day: str | None = "2031-03-04") -> Writer:
    """A report whose first line is its title."""
    return Writer(number, text, outlet, day, title=text.split("\n", 1)[0])


def actor_of(writers: Iterable[Writer]) -> dict[str, Actor]:
    actors = join_actors([entity for writer in writers for entity in writer.entities.values()])
    return {entity: actor for actor in actors for entity in actor.entities}


def without_date(writer: Writer) -> Writer:
    return replace(writer, day=None)
