"""Marks: what annotating finds in one report. Every mark carries its spans; nothing is rewritten."""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.text import Span


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    STATE = "state"
    ORGANISATION = "organisation"
    GROUP = "group"


@dataclass(frozen=True, slots=True, order=True)
class Role:
    """An office as the reports tell it: "foreign minister" of "RUS".

    Attributes:
        title: lower case, without the country ("foreign minister").
        country: ISO 3166-1 alpha-3, where the report says it.
    """

    title: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names or refers to an entity.

    Attributes:
        form: name ("Mr Ryabkov"), description ("the US leader") or pronoun ("he").
    """

    span: Span
    form: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor as one report speaks of it; fusing joins entities of many reports into `Actor`s.

    Attributes:
        id: "<report id>.aN".
        key: what it is across reports, where the report alone decides it: "state:RUS", "org:nato",
            "gov:RUS:foreign-ministry"; None for a person and for an organisation that no lexicon knows.
        name: the fullest name in the report, without titles; a description where no name is told.
        country: ISO 3166-1 alpha-3, where told or known.
        mentions: in text order; pronouns included.
        aliases: the distinct names in the report, sorted.
    """

    id: str
    name: str
    kind: ActorKind
    mentions: tuple[Mention, ...]
    key: str | None = None
    country: str | None = None
    roles: tuple[Role, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """How some entities of one block are told, so that none of them is read again to resolve another one.

    Entities whose fields below are the same, down to `named`, are the same actor; the rest is kept of all of them.

    Attributes:
        block: within which actors are resolved.
        keyed: whether the entities have a key.
        named: whether a report names them.
        first: the smallest entity id.
        number: of entities.
        aliases: the distinct names, sorted, `name` included.
        actor: the id of the actor that they are, as last resolved.
        words: by which it is found among many of its block; None where few are and all of them are read.
    """

    block: str
    name: str
    kind: ActorKind
    country: str | None
    roles: tuple[Role, ...]
    keyed: bool
    named: bool
    first: str
    number: int
    aliases: tuple[str, ...]
    actor: str | None = None
    words: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression and what it means.

    Attributes:
        edtf: Extended Date/Time Format (ISO 8601-2:2019), e.g. "2022-01-24/2022-01-30"; None where the
            report has no date to count from.
        form: date, duration ("for two days"), deadline ("by Friday") or set ("every week").
    """

    span: Span
    edtf: str | None
    form: str = "date"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    Attributes:
        country: ISO 3166-1 alpha-3.
        lat, lon: degrees, WGS 84; None for a country.
        geonames: GeoNames id, where the gazetteer has one.
    """

    name: str
    country: str | None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A span that names a place as a place ("talks in Geneva"), not as a government ("Moscow denies")."""

    span: Span
    place: Place


class StatementKind(StrEnum):
    """How the content is given: inside quotation marks, in the reporter's words, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What the source does: says it, officially holds or does it in words, or is told to think it."""

    SPEECH = "speech"
    POSITION = "position"
    BELIEF = "belief"


class Anonymity(StrEnum):
    """What kind of source has no name."""

    UNNAMED_OFFICIAL = "unnamed-official"
    SOURCES = "sources"
    REPORTS = "reports"
    OTHER_OUTLET = "other-outlet"
    NONE_TOLD = "none-told"


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution: who (source) says or holds (cue) what (content).

    Attributes:
        id: "<report id>.sN".
        speakers: entity ids; a plain name where no entity was made; empty where nobody can be told.
        source: spans of the words that name the source; empty where the source is told elsewhere.
        cue: spans of the words that attribute ("said", "has denied"); empty for a floating quotation.
        content: spans of what is attributed, in text order; several for a split quotation.
        said: EDTF time of saying, where told.
        inside: id of the statement whose content this one stands in, for nested attribution.
        anonymity: set when the source has no name.
        setting: spans that tell to whom, where or in what form it was said ("told reporters").
        inferred: True where the speaker was taken from the sentences around, not from this one.
        confidence: 0..1.
    """

    id: str
    report: str
    speakers: tuple[str, ...]
    kind: StatementKind
    act: Act
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    said: str | None = None
    inside: str | None = None
    anonymity: Anonymity | None = None
    setting: tuple[Span, ...] = ()
    inferred: bool = False
    confidence: float = 1.0


class EventType(StrEnum):
    """PLOVER's sixteen root types (Halterman et al. 2023, "PLOVER and POLECAT")."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    MOBILIZE = "MOBILIZE"
    SANCTION = "SANCTION"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Modality(StrEnum):
    """Whether the report tells an event as done, to come, wanted, depending, denied or only alleged."""

    ACTUAL = "actual"
    PLANNED = "planned"
    DEMANDED = "demanded"
    CONDITIONAL = "conditional"
    DENIED = "denied"
    ALLEGED = "alleged"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that an event tells of: "at least 40 soldiers".

    Attributes:
        unit: the counted thing as a lower-case lemma ("soldier", "troop", "dead").
        bound: exact, at-least, at-most or about.
        high: upper end of a range, else None.
    """

    span: Span
    value: float
    unit: str
    bound: str = "exact"
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What a report says happened, will, might or did not.

    Attributes:
        id: "<report id>.eN".
        sources, targets: entity ids; both sides of a meeting stand in `sources`.
        span: the words that tell it, the trigger with its complement ("amassed 100,000 troops").
        topic: the words that say what it is about: what is demanded, promised, rejected; may equal `span`.
        date: EDTF of the event itself; the due time of a promise.
        statement: id of the innermost statement whose content it stands in, if any.
        condition: the words that make it conditional ("if it invaded").
        confidence: 0..1, of type and modality together.
        type_confidence: 0..1, of the type alone.
        modality_confidence: 0..1, of the modality alone.
    """

    id: str
    report: str
    type: EventType
    modality: Modality
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    span: Span
    topic: Span | None = None
    date: str | None = None
    place: Place | None = None
    statement: str | None = None
    condition: Span | None = None
    quantities: tuple[Quantity, ...] = ()
    confidence: float = 1.0
    type_confidence: float = 1.0
    modality_confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Annotation:
    """All marks of one report. Stages fill it one after another, each giving a new one.

    Attributes:
        report: the report's id.
        skipped: why nothing was annotated ("language is 'fr', only 'en' is annotated"), else None.
    """

    report: str
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    skipped: str | None = None
