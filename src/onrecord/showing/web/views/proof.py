"""The proof of one thing: the sentence in its report, and how it came to be joined with others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.model import Cell, Claim, Event, Reason, Record, Report, Span, Statement
from onrecord.showing.dates import readable
from onrecord.showing.references import References
from onrecord.showing.web.rendering import passage, web_address, with_numbers
from onrecord.showing.web.views.claims import words
from onrecord.showing.web.views.telling import Named, named, proof_of

#: Code points of a link's quotation: a longer one is named by its ends anyway.
_QUOTED = 400


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a report with some words of it set off.

    Attributes:
        pieces: (words, role) in text order; role is "" outside, else content, source, cue, setting or event.
        original: address of the report that opens at the sentence, where it has one.
        anchor: path of the report's page that opens at the words.
    """

    report: Report
    outlet: str
    number: int
    line: int
    pieces: tuple[tuple[str, str], ...]
    original: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class MarkProof:
    """A statement or event with its sentence.

    Attributes:
        facts: (name, value) pairs: kind, act, date, modality, and whatever else is told.
        who: speakers, or the sources of an event; `whom` its targets.
    """

    mark: str
    what: str
    proof: str
    words: str
    who: tuple[Named, ...]
    whom: tuple[Named, ...]
    facts: tuple[tuple[str, str], ...]
    confidence: float
    inferred: bool
    passage: Passage


@dataclass(frozen=True, slots=True)
class Joined:
    """How a mark was joined with others into a claim."""

    claim: str
    kind: str
    status: str
    rule: str
    independent: int
    reports: int
    reasons: tuple[Reason, ...]
    members: tuple[MarkProof, ...]


def mark_proof(refs: References, one: Statement | Event) -> MarkProof:
    """The proof of a statement or event."""
    if isinstance(one, Statement):
        return MarkProof(
            one.id,
            "statement",
            proof_of(one),
            refs.joined(one.report, one.content),
            named(refs, refs.actor_ids(one.speakers)),
            (),
            tuple(_statement_facts(refs, one)),
            one.confidence,
            one.inferred,
            _statement_passage(refs, one),
        )
    return MarkProof(
        one.id,
        "event",
        proof_of(one),
        words(refs, one),
        named(refs, refs.actor_ids(one.sources)),
        named(refs, refs.actor_ids(one.targets)),
        tuple(_event_facts(refs, one)),
        one.confidence,
        False,
        passage_of(refs, one.report, [(span, "event") for span in (one.span, one.topic) if span is not None]),
    )


def _statement_facts(refs: References, one: Statement) -> Iterator[tuple[str, str]]:
    yield (
        "Given",
        {"direct": "in quotation marks", "indirect": "in the reporter's words"}.get(one.kind, "partly quoted"),
    )
    yield "Act", str(one.act)
    if one.said:
        yield "Said", readable(one.said)
    if one.anonymity is not None:
        yield "Source", str(one.anonymity).replace("-", " ")
    if one.inferred:
        yield "Speaker", "inferred from the sentences around"
    if one.setting:
        yield "Setting", refs.joined(one.report, one.setting)
    if (outer := refs.statement.get(one.inside or "")) is not None:
        yield "Told by", ", ".join(refs.names(refs.actor_ids(outer.speakers))) or "a speaker not named"


def _event_facts(refs: References, one: Event) -> Iterator[tuple[str, str]]:
    yield "Type", str(one.type)
    yield "Told as", str(one.modality)
    if one.date:
        yield "Date", readable(one.date)
    if one.place is not None:
        yield "Place", f"{one.place.name} ({one.place.country})" if one.place.country else one.place.name
    for quantity in one.quantities:
        yield "Number", refs.words(Cell(one.report, quantity.span))
    if one.condition is not None:
        yield "Condition", refs.words(Cell(one.report, one.condition))
    if (told := refs.statement.get(one.statement or "")) is not None:
        yield "In the words of", ", ".join(refs.names(refs.actor_ids(told.speakers))) or "a speaker not named"


def _statement_passage(refs: References, one: Statement) -> Passage:
    roles = {"content": one.content, "source": one.source, "cue": one.cue, "setting": one.setting}
    return passage_of(refs, one.report, [(span, role) for role, spans in roles.items() for span in spans])


def passage_of(refs: References, report: str, spans: Iterable[tuple[Span, str]]) -> Passage:
    """The sentences around some words of a report."""
    told = sorted(spans, key=lambda one: (one[0].start, -one[0].end, one[1]))
    found = refs.report[report]
    around = [refs.sentence(Cell(report, span)).span for span, _ in told]
    sentence = Span(min(one.start for one in around), max(max(one.end for one in around), told[-1][0].end))
    cell = Cell(report, told[0][0])
    address = web_address(found.url) or web_address(found.source)
    quoted = sentence.of(found.text)
    return Passage(
        found,
        refs.outlet(report),
        refs.number[report],
        refs.line(cell),
        tuple(_pieces(found.text, sentence, told)),
        None if address is None else passage(address, quoted[:_QUOTED] if len(quoted) > _QUOTED else quoted),
        f"/reports/{report}?at={told[0][0].start}-{told[0][0].end}#at",
    )


def _pieces(text: str, sentence: Span, told: list[tuple[Span, str]]) -> Iterator[tuple[str, str]]:
    at = sentence.start
    for span, role in told:
        start, end = max(span.start, at), span.end
        if start >= end:
            continue
        if at < start:
            yield text[at:start], ""
        yield text[start:end], role
        at = end
    if at < sentence.end:
        yield text[at : sentence.end], ""


def joined(refs: References, claim: Claim) -> Joined:
    """A claim with all its tellings."""
    members = sorted(
        (
            refs.statement.get(one) or refs.event[one]
            for one in claim.members
            if one in refs.statement or one in refs.event
        ),
        key=lambda one: (refs.number[one.report], refs.member(one.id), one.id),
    )
    return Joined(
        claim.id,
        claim.kind,
        str(claim.status),
        with_numbers(claim.rule, refs),
        claim.independent,
        len(claim.reports),
        claim.reasons,
        tuple(mark_proof(refs, one) for one in members),
    )


def claims_of(record: Record, mark: str) -> tuple[Claim, ...]:
    """The claims that a statement or event is a telling of."""
    return tuple(claim for fusion in record.fusions for claim in fusion.claims if mark in claim.members)


__all__ = ["Joined", "MarkProof", "Passage", "claims_of", "joined", "mark_proof", "passage_of"]
