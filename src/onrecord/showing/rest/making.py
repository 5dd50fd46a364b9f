"""Nouns -> shapes."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from onrecord import model
from onrecord.model import Cell, Span
from onrecord.recording import browsing_nouns as cards
from onrecord.showing.references import References
from onrecord.showing.rest import models

#: What words stand at a place of a report: (report, start, end) -> words.
Words = Mapping[tuple[str, int, int], str]


def heading(one: cards.Heading) -> models.Heading:
    """A report without its text."""
    return models.Heading(
        id=one.id,
        title=one.title,
        outlet=one.outlet,
        published=one.published,
        day=one.day,
        url=one.url,
        length=one.length,
    )


def report(one: model.Report, stories: Iterable[str], skipped: str | None) -> models.Report:
    """A report with its text."""
    return models.Report(
        id=one.id,
        source=one.source,
        outlet=one.outlet,
        title=one.title,
        byline=list(one.byline),
        published=one.published,
        dateline=one.dateline,
        language=one.language,
        source_class=one.source_class,
        url=one.url,
        sha256=one.sha256,
        text_sha256=hashlib.sha256(one.text.encode()).hexdigest(),
        text=one.text,
        blocks=[models.Block(kind=block.kind, start=block.span.start, end=block.span.end) for block in one.blocks],
        notes=[_note(note) for note in one.notes],
        skipped=skipped,
        stories=list(stories),
    )


def _note(one: model.FieldNote) -> models.Note:
    span = None if one.span is None else offsets(one.span)
    return models.Note(field=one.field, how=one.how, reason=one.reason, span=span)


def story_card(one: cards.StoryCard) -> models.StoryCard:
    """A story as a list shows it."""
    return models.StoryCard(
        id=one.story.id,
        title=one.story.title,
        start=one.story.start,
        end=one.story.end,
        reports=len(one.headings),
        outlets=list(one.outlets),
        originals=one.originals,
        disagreements=one.disagreements,
        demands=one.demands,
        commitments=one.commitments,
        overdue=one.overdue,
    )


def statement(one: model.Statement, refs: References) -> models.Statement:
    """A statement; its speakers become actors."""
    return models.Statement(
        id=one.id,
        report=one.report,
        speakers=named(refs.actor_ids(one.speakers), refs),
        kind=one.kind,
        act=one.act,
        content=_cells(one.report, one.content, refs),
        source=_cells(one.report, one.source, refs),
        cue=_cells(one.report, one.cue, refs),
        setting=_cells(one.report, one.setting, refs),
        said=one.said,
        inside=one.inside,
        anonymity=one.anonymity,
        inferred=one.inferred,
        confidence=one.confidence,
    )


def event(one: model.Event, refs: References) -> models.Event:
    """An event; its parties become actors."""
    return models.Event(
        id=one.id,
        report=one.report,
        type=one.type,
        modality=one.modality,
        sources=named(refs.actor_ids(one.sources), refs),
        targets=named(refs.actor_ids(one.targets), refs),
        words=cell_in(Cell(one.report, one.span), refs),
        topic=cell_in(Cell(one.report, one.topic), refs) if one.topic else None,
        condition=cell_in(Cell(one.report, one.condition), refs) if one.condition else None,
        date=one.date,
        place=None if one.place is None else _place(one.place),
        statement=one.statement,
        quantities=[_quantity(quantity) for quantity in one.quantities],
        confidence=one.confidence,
        type_confidence=one.type_confidence,
        modality_confidence=one.modality_confidence,
    )


def _place(one: model.Place) -> models.Place:
    return models.Place(name=one.name, country=one.country, lat=one.lat, lon=one.lon, geonames=one.geonames)


def _quantity(one: model.Quantity) -> models.Quantity:
    return models.Quantity(value=one.value, unit=one.unit, bound=one.bound, high=one.high, span=offsets(one.span))


def named(actors: Iterable[str], refs: References) -> list[models.Named]:
    """Actors with their names, as they stand in the record."""
    return [models.Named(id=one, name=refs.actor[one].name if one in refs.actor else one) for one in actors]


def cell_in(cell: Cell, refs: References) -> models.Cell:
    """A place in a report that is loaded."""
    words = cell.span.of(refs.report[cell.report].text)
    return models.Cell(report=cell.report, span=offsets(cell.span), words=words)


def _cells(report: str, spans: Iterable[Span], refs: References) -> list[models.Cell]:
    return [cell_in(Cell(report, span), refs) for span in spans]


def cell(one: Cell, words: Words) -> models.Cell:
    """A place in a report of which only some words are loaded."""
    return models.Cell(report=one.report, span=offsets(one.span), words=words.get(place(one), ""))


def place(one: Cell) -> tuple[str, int, int]:
    """Report, start and end."""
    return (one.report, one.span.start, one.span.end)


def offsets(span: Span) -> tuple[int, int]:
    """A span as two numbers."""
    return (span.start, span.end)


def actor(one: cards.ActorCard) -> models.Actor:
    """An actor."""
    return models.Actor(
        id=one.id,
        name=one.name,
        kind=one.kind,
        country=one.country,
        roles=[models.Role(title=role.title, country=role.country) for role in one.roles],
        aliases=list(one.aliases),
        reports=one.reports,
    )


def claim(one: model.Claim, places: Mapping[str, tuple[Cell, ...]], words: Words) -> models.Claim:
    """A claim with the words of its members."""
    variants = {variant.member: variant.kind for variant in one.variants if variant.member != variant.against}
    return models.Claim(
        id=one.id,
        story=one.story,
        kind=one.kind,
        members=[
            models.Member(
                id=member, words=[cell(at, words) for at in places.get(member, ())], variant=variants.get(member)
            )
            for member in one.members
        ],
        reports=list(one.reports),
        independent=one.independent,
        status=one.status,
        rule=one.rule,
        disagreements=[
            models.Disagreement(
                kind=differing.kind,
                values=[models.Telling(value=told.value, cell=cell(told.cell, words)) for told in differing.values],
            )
            for differing in one.disagreements
        ],
        reasons=reasons(one),
    )


def reasons(one: model.Claim) -> list[models.Reason]:
    """Why a claim's members were joined."""
    return [models.Reason(feature=why.feature, value=why.value, weight=why.weight) for why in one.reasons]


def demand(one: model.Demand, names: Mapping[str, str], words: Words) -> models.Demand:
    """A demand."""
    return models.Demand(
        id=one.id,
        claim=one.claim,
        story=one.story,
        by=_called(one.by, names),
        of=_called(one.of, names),
        words=[cell(at, words) for at in one.words],
        answer=one.answer,
        answered_by=_called(one.answered_by, names),
        answer_words=[cell(at, words) for at in one.answer_words],
        replies=[models.Reply(answer=reply.answer, words=cell(reply.cell, words)) for reply in one.replies],
        due=one.due,
    )


def commitment(one: model.Commitment, names: Mapping[str, str], words: Words, today: date) -> models.Commitment:
    """A commitment, as it stands on a day."""
    return models.Commitment(
        id=one.id,
        claim=one.claim,
        story=one.story,
        by=_called(one.by, names),
        to=_called(one.to, names),
        words=[cell(at, words) for at in one.words],
        due=one.due,
        state=model.state_on(one, today),
        conditional=one.conditional,
        condition=[cell(at, words) for at in one.condition],
        turns=[models.Turn(state=turn.state, words=cell(turn.cell, words)) for turn in one.turns],
    )


def prospect(one: model.Prospect, names: Mapping[str, str], words: Words) -> models.Prospect:
    """A threat or an offer."""
    return models.Prospect(
        id=one.id,
        claim=one.claim,
        story=one.story,
        kind=one.kind,
        by=_called(one.by, names),
        to=_called(one.to, names),
        words=[cell(at, words) for at in one.words],
        condition=[cell(at, words) for at in one.condition],
    )


def _called(actors: Iterable[str], names: Mapping[str, str]) -> list[models.Named]:
    return [models.Named(id=one, name=names.get(one, one)) for one in actors]
