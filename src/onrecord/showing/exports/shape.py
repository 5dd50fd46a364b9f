"""The shape of an exported record, told once: the JSON Schema, the Parquet columns and the reference come from here."""

from dataclasses import dataclass

from onrecord.model import (
    Act,
    ActorKind,
    Anonymity,
    Answer,
    BlockKind,
    CommitmentState,
    CopyKind,
    DisagreementKind,
    EventType,
    FailureCause,
    Judged,
    Modality,
    ProspectKind,
    SourceClass,
    StatementKind,
    Status,
    VariantKind,
    Verdict,
)

#: Goes up when a key changes its meaning or goes away; new keys do not raise it.
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, integer, number or boolean; `choices` lists all values a string may take."""

    json: str
    nullable: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; `length` where it is fixed (a span is two integers)."""

    item: "Type"
    nullable: bool = False
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Object:
    """An object with exactly these fields."""

    fields: tuple["Field", ...]
    nullable: bool = False


Type = Scalar | ListOf | Object


@dataclass(frozen=True, slots=True)
class Field:
    """A key, its type, and what it means."""

    name: str
    type: Type
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A list of rows of one kind: a key of the JSON object, a CSV file, a Parquet file."""

    name: str
    meaning: str
    fields: tuple[Field, ...]


TEXT = Scalar("string")
TEXT_OR_NULL = Scalar("string", nullable=True)
WHOLE = Scalar("integer")
NUMBER = Scalar("number")
NUMBER_OR_NULL = Scalar("number", nullable=True)
YES_NO = Scalar("boolean")
TEXTS = ListOf(TEXT)
SPAN = ListOf(WHOLE, length=2)
SPAN_OR_NULL = ListOf(WHOLE, nullable=True, length=2)
SPANS = ListOf(SPAN)
SPANS_OR_NULL = ListOf(SPAN, nullable=True)


def _one_of(values: type, nullable: bool = False) -> Scalar:
    return Scalar("string", nullable, tuple(str(value) for value in values))  # type: ignore[attr-defined]


_CELLS = ListOf(Object((Field("report", TEXT), Field("span", SPAN))))
_BLOCK = Object((Field("kind", _one_of(BlockKind)), Field("start", WHOLE), Field("end", WHOLE)))
_NOTE = Object((Field("field", TEXT), Field("how", TEXT), Field("reason", TEXT), Field("span", SPAN_OR_NULL)))
_ROLE = Object((Field("title", TEXT), Field("country", TEXT_OR_NULL)))
_PLACE = Object(
    (
        Field("name", TEXT),
        Field("country", TEXT_OR_NULL),
        Field("lat", NUMBER_OR_NULL),
        Field("lon", NUMBER_OR_NULL),
        Field("geonames", Scalar("integer", nullable=True)),
    ),
    nullable=True,
)
_QUANTITY = Object(
    (
        Field("span", SPAN),
        Field("value", NUMBER),
        Field("unit", TEXT),
        Field("bound", TEXT),
        Field("high", NUMBER_OR_NULL),
    )
)
_TOLD_VALUE = Object((Field("value", TEXT), Field("report", TEXT), Field("span", SPAN)))
_DISAGREEMENT = Object((Field("kind", _one_of(DisagreementKind)), Field("values", ListOf(_TOLD_VALUE))))
_VARIANT = Object((Field("member", TEXT), Field("against", TEXT), Field("kind", _one_of(VariantKind))))
_REASON = Object((Field("feature", TEXT), Field("value", NUMBER), Field("weight", NUMBER)))

_REPLY = Object((Field("answer", _one_of(Answer)), Field("report", TEXT), Field("span", SPAN)))
_TURN = Object((Field("state", _one_of(CommitmentState)), Field("report", TEXT), Field("span", SPAN)))

_REPORT_FIELDS = (
    Field("id", TEXT, "`r` and 16 hexadecimal digits of `sha256`"),
    Field("source", TEXT, "path or URL; `#N` for row N of a JSON Lines file"),
    Field("outlet", TEXT_OR_NULL, "who published; null where it is not told"),
    Field("title", TEXT_OR_NULL),
    Field("byline", TEXTS, "the authors' names"),
    Field("published", TEXT_OR_NULL, "ISO 8601, as precise as told"),
    Field("dateline", TEXT_OR_NULL, "EDTF date that the text proves, where `published` is unknown"),
    Field("language", TEXT, "ISO 639-1; `und` where the text is too short to tell"),
    Field("source_class", _one_of(SourceClass), "an outlet's own report, or a ministry's own text"),
    Field("url", TEXT_OR_NULL, "the page's own address, where it is told"),
    Field("sha256", TEXT, "of the bytes of the input"),
    Field("text_sha256", TEXT, "of `text` in UTF-8"),
    Field("text", TEXT, "unchanged; all offsets count its Unicode code points"),
    Field("blocks", ListOf(_BLOCK), "what each stretch of the text is"),
    Field("notes", ListOf(_NOTE), "where each field comes from, or why it is missing"),
    Field("skipped", TEXT_OR_NULL, "why the report was not annotated"),
)
_ACTOR_FIELDS = (
    Field("id", TEXT),
    Field("name", TEXT),
    Field("kind", _one_of(ActorKind)),
    Field("country", TEXT_OR_NULL, "ISO 3166-1 alpha-3"),
    Field("roles", ListOf(_ROLE)),
    Field("aliases", TEXTS, "every distinct name told"),
)
_STATEMENT_FIELDS = (
    Field("id", TEXT),
    Field("report", TEXT),
    Field("speakers", TEXTS, "actor ids; a name where no actor was made"),
    Field("kind", _one_of(StatementKind), "in quotation marks, in the reporter's words, or both"),
    Field("act", _one_of(Act), "said, held as a position, or told to be believed"),
    Field("source", SPANS_OR_NULL, "the words that name the source"),
    Field("cue", SPANS_OR_NULL, "the words that attribute"),
    Field("content", SPANS, "what is attributed"),
    Field("said", TEXT_OR_NULL, "EDTF"),
    Field("inside", TEXT_OR_NULL, "the statement whose content this one stands in"),
    Field("anonymity", _one_of(Anonymity, nullable=True), "set where the source has no name"),
    Field("setting", SPANS, "to whom, where or in what form it was said"),
    Field("inferred", YES_NO, "the speaker was taken from the sentences around"),
    Field("confidence", NUMBER, "0 to 1"),
)
_EVENT_FIELDS = (
    Field("id", TEXT),
    Field("report", TEXT),
    Field("type", _one_of(EventType), "PLOVER"),
    Field("modality", _one_of(Modality)),
    Field("sources", TEXTS, "actor ids; both sides of a meeting stand here"),
    Field("targets", TEXTS, "actor ids"),
    Field("date", TEXT_OR_NULL, "EDTF"),
    Field("place", _PLACE),
    Field("span", SPAN, "the words that tell it"),
    Field("topic", SPAN_OR_NULL, "the words that say what it is about"),
    Field("statement", TEXT_OR_NULL, "the innermost statement that it stands in"),
    Field("condition", SPAN_OR_NULL, "the words that make it conditional"),
    Field("quantities", ListOf(_QUANTITY)),
    Field("confidence", NUMBER, "0 to 1, of type and modality together"),
    Field("type_confidence", NUMBER, "0 to 1, of the type alone"),
    Field("modality_confidence", NUMBER, "0 to 1, of the modality alone"),
)
_CLAIM_FIELDS = (
    Field("id", TEXT),
    Field("story", TEXT),
    Field("kind", Scalar("string", choices=("statement", "event"))),
    Field("members", TEXTS, "statement and event ids"),
    Field("reports", TEXTS, "the reports that tell it"),
    Field("independent", WHOLE, "how many tellings do not depend on each other"),
    Field("status", _one_of(Status)),
    Field("rule", TEXT, "the rule behind `status`"),
    Field("disagreements", ListOf(_DISAGREEMENT)),
    Field("variants", ListOf(_VARIANT), "how each wording relates to the fullest one"),
    Field("reasons", ListOf(_REASON), "why the members were joined"),
)
_DEMAND_FIELDS = (
    Field("id", TEXT),
    Field("claim", TEXT),
    Field("story", TEXT),
    Field("by", TEXTS, "actor ids"),
    Field("of", TEXTS, "actor ids"),
    Field("words", _CELLS),
    Field("answer", _one_of(Answer, nullable=True), "null: no report tells an answer"),
    Field("answered_by", TEXTS, "actor ids"),
    Field("answer_words", _CELLS),
    Field("reports", TEXTS),
    Field("replies", ListOf(_REPLY), "each answer told, by day; `answer` sums them up"),
    Field("due", TEXT_OR_NULL, "EDTF: by when it is wanted"),
)
_COMMITMENT_FIELDS = (
    Field("id", TEXT),
    Field("claim", TEXT),
    Field("story", TEXT),
    Field("by", TEXTS, "actor ids"),
    Field("to", TEXTS, "actor ids"),
    Field("words", _CELLS),
    Field("due", TEXT_OR_NULL, "EDTF"),
    Field("state", _one_of(CommitmentState), "by the reports so far; never `overdue`: that is reckoned from a day"),
    Field("conditional", YES_NO),
    Field("reports", TEXTS),
    Field("condition", _CELLS, "the words on which it depends"),
    Field("turns", ListOf(_TURN), "what later reports tell of it, by day"),
)
_PROSPECT_FIELDS = (
    Field("id", TEXT),
    Field("claim", TEXT),
    Field("story", TEXT),
    Field("kind", _one_of(ProspectKind)),
    Field("by", TEXTS, "actor ids"),
    Field("to", TEXTS, "actor ids"),
    Field("words", _CELLS),
    Field("condition", _CELLS, "the words on which it depends"),
    Field("reports", TEXTS),
)
_JUDGEMENT_FIELDS = (
    Field("id", TEXT),
    Field("verdict", _one_of(Verdict)),
    Field("kind", _one_of(Judged)),
    Field("targets", TEXTS, "ids as they were judged"),
    Field("marks", TEXTS, "statements, events, entities and actors that it is about, as they are called now"),
    Field("made", TEXT, "ISO 8601, UTC"),
    Field("field", TEXT_OR_NULL, "what is corrected"),
    Field("value", TEXT_OR_NULL, "what to"),
    Field("machine", TEXT_OR_NULL, "what the machine said when it was judged"),
    Field("note", TEXT_OR_NULL),
    Field("author", TEXT_OR_NULL),
)
_STORY_FIELDS = (
    Field("id", TEXT),
    Field("title", TEXT),
    Field("reports", TEXTS),
    Field("start", TEXT_OR_NULL, "EDTF day of its first report"),
    Field("end", TEXT_OR_NULL, "EDTF day of its last report"),
)
_COPY_FIELDS = (
    Field("story", TEXT),
    Field("reports", TEXTS, "the two reports"),
    Field("kind", _one_of(CopyKind)),
    Field("score", NUMBER, "share of the smaller report's word 5-grams that the other has"),
    Field("by", TEXT, "text, or credit"),
)
_FAILURE_FIELDS = (
    Field("source", TEXT),
    Field("cause", _one_of(FailureCause)),
    Field("message", TEXT),
    Field("sha256", TEXT_OR_NULL),
)

#: In the order in which they are written.
SECTIONS = (
    Section("reports", "One outlet's article each", _REPORT_FIELDS),
    Section("actors", "Persons, states, organisations and groups", _ACTOR_FIELDS),
    Section("statements", "Who says or holds what, by which report", _STATEMENT_FIELDS),
    Section("events", "What a report says happened, will, might or did not", _EVENT_FIELDS),
    Section("stories", "The reports of one happening", _STORY_FIELDS),
    Section(
        "copies", "Pairs of reports of which one took its text from the other, or both from one wire", _COPY_FIELDS
    ),
    Section("claims", "What one or more reports of a story assert", _CLAIM_FIELDS),
    Section("demands", "Claims that somebody must answer", _DEMAND_FIELDS),
    Section("commitments", "Claims that somebody must keep", _COMMITMENT_FIELDS),
    Section("prospects", "Threats and offers", _PROSPECT_FIELDS),
    Section("judgements", "What analysts decided, beside the machine's values", _JUDGEMENT_FIELDS),
    Section("failures", "Inputs that could not be read", _FAILURE_FIELDS),
)


def section(name: str) -> Section:
    """The section of that name.

    Raises:
        KeyError: when there is none.
    """
    return {one.name: one for one in SECTIONS}[name]


__all__ = [
    "SCHEMA_VERSION",
    "SECTIONS",
    "SPAN",
    "SPAN_OR_NULL",
    "Field",
    "ListOf",
    "Object",
    "Scalar",
    "Section",
    "Type",
    "section",
]
