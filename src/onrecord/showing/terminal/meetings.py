"""Who met: the CONSULT events with two parties or more that are told as done or planned."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from onrecord.model import ActorKind, Claim, Event, EventType, Fusion, Modality
from onrecord.showing.dates import readable
from onrecord.showing.terminal.styles import MARKS, Footnotes, grid, heading, indented
from onrecord.showing.words import listed, one_line


def meeting_of(claim: Claim, notes: Footnotes) -> tuple[Event, ...]:
    """The events of a claim about a meeting; nothing for any other claim."""
    events = tuple(notes.refs.event[member] for member in claim.members if member in notes.refs.event)
    met = all(one.type is EventType.CONSULT and one.modality in (Modality.ACTUAL, Modality.PLANNED) for one in events)
    return events if events and met and len(parties(events, notes)) > 1 else ()


def parties(events: tuple[Event, ...], notes: Footnotes) -> tuple[str, ...]:
    """Everyone named in any of the events, sorted."""
    ids = {actor for one in events for actor in notes.refs.actor_ids((*one.sources, *one.targets))}
    return tuple(sorted(notes.refs.names(tuple(ids))))


def meetings(fusion: Fusion, notes: Footnotes) -> Iterator[RenderableType]:
    """The meetings of a story, the best told first."""
    found = [(claim, events) for claim in fusion.claims if (events := meeting_of(claim, notes))]
    if not found:
        return
    yield heading("Who met")
    table = grid("mark", "meeting", "references")
    for claim, events in sorted(found, key=lambda one: (-one[0].independent, parties(one[1], notes), one[0].id)):
        cells = [notes.refs.member(one.id) for one in events]
        table.add_row(Text(MARKS[claim.status], style=str(claim.status)), _told(events, notes), notes.mark(*cells))
    yield indented(table)


def _told(events: tuple[Event, ...], notes: Footnotes) -> Text:
    main, rest = _people_first(events, notes)
    text = Text().append(listed(main), style="party")
    if rest:
        text.append(f"\nalso named: {listed(rest)}", style="dim")
    dates = tuple(dict.fromkeys(readable(one.date) for one in events if one.date))
    places = tuple(dict.fromkeys(one_line(one.place.name) for one in events if one.place))
    planned = ("planned",) if all(one.modality is Modality.PLANNED for one in events) else ()
    details = (*planned, " or ".join(dates) or "date not told", " or ".join(places) or "place not told")
    return text.append(f"\n{' · '.join(details)}", style="dim")


def _people_first(events: tuple[Event, ...], notes: Footnotes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where two persons met, the states and groups that are named with them or for them stand apart."""
    names = parties(events, notes)
    ids = {actor for one in events for actor in notes.refs.actor_ids((*one.sources, *one.targets))}
    people = {
        notes.refs.name(one)
        for one in ids
        if one in notes.refs.actor and notes.refs.actor[one].kind is ActorKind.PERSON
    }
    if len(people) < 2:
        return names, ()
    return tuple(name for name in names if name in people), tuple(name for name in names if name not in people)


__all__ = ["meeting_of", "meetings", "parties"]
