"""A story of a record -> the parts of its briefing. Words are the reports', labels are ours; nothing is composed."""

from collections.abc import Callable, Iterable, Iterator

from onrecord.model import (
    Actor,
    Cell,
    Claim,
    Commitment,
    Demand,
    Disagreement,
    Event,
    EventType,
    Fusion,
    Modality,
    Prospect,
    Record,
    Span,
    Statement,
)
from onrecord.showing.dates import readable
from onrecord.showing.exports.bibliography import link
from onrecord.showing.exports.briefing.notes import Notes
from onrecord.showing.exports.briefing.parts import Briefing, Entry, Group, Section, Source, Wording
from onrecord.showing.judging import corrected
from onrecord.showing.references import References
from onrecord.showing.words import counted, listed, one_line


def briefings(records: Iterable[Record]) -> Iterator[Briefing]:
    """One briefing for each story, in the order of the records, with what analysts corrected."""
    for record in map(corrected, records):
        for fusion in record.fusions:
            yield briefing(_only(record, fusion), fusion)


def briefing(record: Record, fusion: Fusion) -> Briefing:
    """The briefing of a story; a section with nothing in it is left out."""
    refs = References(record)
    notes = Notes(refs)
    makers = (_meetings, _statements, _events, _disagreements, _demands, _commitments, _prospects)
    sections = tuple(section for make in makers if (section := make(fusion, notes)).groups)
    outlets = {refs.report[one].outlet for one in fusion.story.reports} - {None}
    return Briefing(
        id=fusion.story.id,
        title=one_line(fusion.story.title) or "Untitled story",
        when=_when(fusion),
        counts=f"{counted(len(refs.reports), 'report')}, {counted(len(outlets), 'outlet')}, "
        f"{counted(refs.originals, 'report')} not copied from another",
        sources=tuple(_source(one.id, refs) for one in refs.reports),
        sections=sections,
        notes=notes.all(),
    )


def _only(record: Record, fusion: Fusion) -> Record:
    wanted = set(fusion.story.reports)
    return Record(
        tuple(one for one in record.reports if one.id in wanted),
        tuple(marks for marks in record.annotations if marks.report in wanted),
        record.actors,
        (fusion,),
    )


def _when(fusion: Fusion) -> str:
    start, end = fusion.story.start, fusion.story.end
    return readable(f"{start}/{end}" if start and end else start or end)


def _source(report: str, refs: References) -> Source:
    one = refs.report[report]
    return Source(
        number=refs.number[report],
        title=one_line(one.title or "") or "Untitled report",
        outlet=refs.outlet(report),
        byline=one_line(", ".join(one.byline)),
        date=readable(one.published or one.dateline),
        link=link(one.url, one.source),
        copy_of=tuple(refs.number[other] for other in refs.copied_from.get(report, ())),
        language=one.language,
    )


def _section(title: str, entries: Iterable[Entry]) -> Section:
    found = tuple(entries)
    return Section(title, (Group("", found),) if found else ())


def _meetings(fusion: Fusion, notes: Notes) -> Section:
    def meets(event: Event) -> bool:
        return event.type is EventType.CONSULT and event.modality is Modality.ACTUAL

    return _section("Who met", _event_entries(fusion, notes, meets))


def _events(fusion: Fusion, notes: Notes) -> Section:
    """What else is told as event; demands, promises, threats and offers have sections of their own."""
    elsewhere = {one.claim for one in fusion.demands} | {one.claim for one in fusion.commitments}
    elsewhere |= {one.claim for one in fusion.prospects}

    def other(event: Event) -> bool:
        return not (event.type is EventType.CONSULT and event.modality is Modality.ACTUAL)

    rest = Fusion(fusion.story, claims=tuple(one for one in fusion.claims if one.id not in elsewhere))
    return _section("What is told to have happened or to come", _event_entries(rest, notes, other))


def _event_entries(fusion: Fusion, notes: Notes, wanted: Callable[[Event], bool]) -> Iterator[Entry]:
    refs = notes.refs

    def by_report(event: Event) -> tuple[int, Span, str]:
        return (refs.number[event.report], event.span, event.id)

    for claim in _in_order(fusion.claims, notes):
        events = sorted((refs.event[one] for one in claim.members if one in refs.event), key=by_report)
        if events and wanted(events[0]):
            wordings = _labelled((("", refs.member(one.id)) for one in events), notes)
            yield Entry(str(claim.status), wordings, tuple(_event_facts(events, refs)))


def _event_facts(events: list[Event], refs: References) -> Iterator[str]:
    first = events[0]
    yield f"{first.type}, {first.modality}"
    sources = refs.names(refs.actor_ids(tuple(one for event in events for one in event.sources)))
    targets = refs.names(refs.actor_ids(tuple(one for event in events for one in event.targets)))
    if sources or targets:
        yield " → ".join(filter(None, (listed(sources), listed(targets))))
    yield from dict.fromkeys(readable(event.date) for event in events if event.date)
    yield from dict.fromkeys(one_line(event.place.name) for event in events if event.place)


def _in_order(claims: Iterable[Claim], notes: Notes) -> list[Claim]:
    def first(claim: Claim) -> tuple[tuple[int, int], str]:
        places = [_place(notes.refs.member(one), notes) for one in claim.members if _known(one, notes)]
        return (min(places, default=(0, 0)), claim.id)

    return sorted(claims, key=first)


def _known(member: str, notes: Notes) -> bool:
    return member in notes.refs.event or (member in notes.refs.statement and bool(notes.refs.statement[member].content))


def _place(cell: Cell, notes: Notes) -> tuple[int, int]:
    return (notes.refs.number[cell.report], cell.span.start)


def _statements(fusion: Fusion, notes: Notes) -> Section:
    refs = notes.refs
    groups: dict[tuple[str, ...], list[tuple[Claim, list[Statement]]]] = {}
    for claim in _in_order(fusion.claims, notes):
        members = [refs.statement[one] for one in claim.members if one in refs.statement and _known(one, notes)]
        if members:
            speakers = next((one.speakers for one in members if one.speakers), ())
            groups.setdefault(refs.actor_ids(speakers), []).append((claim, _fullest_first(claim, members, notes)))
    ordered = sorted(groups.items(), key=lambda one: (not one[0], -len(one[1]), refs.names(one[0])))
    return Section("Statements", tuple(_speaker(speakers, told, notes) for speakers, told in ordered))


def _speaker(speakers: tuple[str, ...], told: list[tuple[Claim, list[Statement]]], notes: Notes) -> Group:
    actors = [notes.refs.actor[one] for one in speakers if one in notes.refs.actor]
    about = "; ".join(filter(None, map(_roles, actors)))
    entries = tuple(_statement_entry(claim, members, notes) for claim, members in told)
    return Group(listed(notes.refs.names(speakers)) or "Speaker not named", entries, about)


def _roles(actor: Actor) -> str:
    told = (role.title + (f" ({role.country})" if role.country else "") for role in sorted(actor.roles, key=str))
    return one_line(", ".join(told))


def _fullest_first(claim: Claim, members: list[Statement], notes: Notes) -> list[Statement]:
    fullest = {one.against for one in claim.variants}
    return sorted(
        members,
        key=lambda one: (one.id not in fullest, -sum(map(len, one.content)), notes.refs.number[one.report], one.id),
    )


def _statement_entry(claim: Claim, members: list[Statement], notes: Notes) -> Entry:
    refs = notes.refs
    kinds = {one.member: str(one.kind) for one in claim.variants if one.member != one.against}
    first = members[0]
    facts = [f"said {readable(first.said)}"] if first.said else []
    facts += [str(first.act)] * (str(first.act) != "speech")
    facts += [str(first.anonymity)] if first.anonymity else []
    facts += ["speaker inferred"] * first.inferred
    if not first.speakers and first.source:
        facts.append(refs.joined(first.report, first.source))
    same: dict[str, tuple[str, list[Cell]]] = {}
    for one in members:
        cells = same.setdefault(_words(one, notes), (kinds.get(one.id, str(one.kind)), []))[1]
        cells.extend(Cell(one.report, span) for span in one.content)
    wordings = tuple(notes.wording(words, label, sorted(cells)) for words, (label, cells) in same.items())
    return Entry(str(claim.status), wordings, tuple(facts))


def _words(one: Statement, notes: Notes) -> str:
    cue = notes.refs.cue(one)
    return f"{cue}: {notes.refs.joined(one.report, one.content)}" if cue else notes.refs.joined(one.report, one.content)


def _disagreements(fusion: Fusion, notes: Notes) -> Section:
    found: dict[str, list[Entry]] = {}
    for claim in _in_order(fusion.claims, notes):
        for one in claim.disagreements:
            found.setdefault(str(one.kind), []).append(_disagreement(one, notes))
    return Section("Where the reports differ", tuple(Group(kind, tuple(found[kind])) for kind in sorted(found)))


def _disagreement(one: Disagreement, notes: Notes) -> Entry:
    refs = notes.refs
    told = ((side.cell, refs.words(side.cell) or one_line(side.value)) for side in one.values)
    wordings = tuple(notes.wording(words, refs.outlet(cell.report), [cell]) for cell, words in told)
    return Entry(str(one.kind), wordings)


def _demands(fusion: Fusion, notes: Notes) -> Section:
    return _section("Demands", (_demand(one, notes) for one in fusion.demands))


def _demand(one: Demand, notes: Notes) -> Entry:
    refs = notes.refs
    replies = [(str(reply.answer), reply.cell) for reply in one.replies]
    told = [("", cell) for cell in one.words] + (replies or [("answer", cell) for cell in one.answer_words])
    facts = [f"{_named(one.by, refs)} → {_named(one.of, refs)}"]
    facts += [f"wanted by {readable(one.due)}"] * (one.due is not None)
    facts += [f"answered by {listed(refs.names(one.answered_by))}"] * bool(one.answered_by)
    return Entry(str(one.answer or "unanswered"), _labelled(told, notes), tuple(facts))


def _commitments(fusion: Fusion, notes: Notes) -> Section:
    ordered = sorted(fusion.commitments, key=lambda one: (one.due or "9999", one.id))
    return _section("Commitments", (_commitment(one, notes) for one in ordered))


def _commitment(one: Commitment, notes: Notes) -> Entry:
    refs = notes.refs
    facts = [f"{_named(one.by, refs)} → {_named(one.to, refs)}"]
    facts += [f"due {readable(one.due)}"] * (one.due is not None)
    facts += ["on a condition"] * one.conditional
    told = [("", cell) for cell in one.words] + [("condition", cell) for cell in one.condition]
    told += [(str(turn.state), turn.cell) for turn in one.turns]
    return Entry(str(one.state), _labelled(told, notes), tuple(facts))


def _prospects(fusion: Fusion, notes: Notes) -> Section:
    return _section("Threats and offers", (_prospect(one, notes) for one in fusion.prospects))


def _prospect(one: Prospect, notes: Notes) -> Entry:
    told = [("", cell) for cell in one.words] + [("condition", cell) for cell in one.condition]
    facts = (f"{_named(one.by, notes.refs)} → {_named(one.to, notes.refs)}",)
    return Entry(str(one.kind), _labelled(told, notes), facts)


def _labelled(told: Iterable[tuple[str, Cell]], notes: Notes) -> tuple[Wording, ...]:
    """Words under labels; under each, words that read the same stand once, with all their places."""
    same: dict[tuple[str, str], list[Cell]] = {}
    for label, cell in told:
        same.setdefault((label, notes.refs.words(cell)), []).append(cell)
    return tuple(notes.wording(words, label, sorted(cells)) for (label, words), cells in same.items())


def _named(actors: tuple[str, ...], refs: References) -> str:
    return listed(refs.names(actors)) or "nobody named"


__all__ = ["briefing", "briefings"]
