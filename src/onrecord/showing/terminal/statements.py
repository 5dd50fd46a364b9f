"""Statements by speaker: the wordings of one utterance under each other, the fullest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text

from onrecord.model import Act, Actor, Cell, Claim, Fusion, Statement, StatementKind, Status
from onrecord.showing.terminal.styles import MARKS, MARKS_TOLD, Footnotes, grid, heading, indented
from onrecord.showing.words import counted, listed, one_line

_FULLEST = {StatementKind.DIRECT: 2, StatementKind.MIXED: 1, StatementKind.INDIRECT: 0}

#: As wide as the longest kind, "indirect"; outlets with longer names than this go on in the next line.
_KIND_COLUMNS, _TOLD_BY_COLUMNS = 8, 30


@dataclass(frozen=True, slots=True)
class Utterance:
    """One claim about what was said: its status and its wordings, the fullest first."""

    status: Status
    kinds: dict[str, str]
    wordings: tuple[Statement, ...]

    @property
    def fullest(self) -> Statement:
        """The wording that the others are compared with."""
        return self.wordings[0]


def statements(fusion: Fusion, notes: Footnotes) -> Iterator[RenderableType]:
    """All statements of a story, speaker by speaker; those with most utterances first, unnamed ones last."""
    groups: dict[tuple[str, ...], list[Utterance]] = {}
    for one in _utterances(fusion, notes):
        groups.setdefault(notes.refs.actor_ids(one.fullest.speakers), []).append(one)
    if not groups:
        return
    yield heading("Statements", MARKS_TOLD)
    widest = max(len(f"[00:00] {notes.refs.outlet(report.id)} (copy)") for report in notes.refs.reports)
    for number, (speakers, found) in enumerate(sorted(groups.items(), key=lambda one: _rank(one, notes))):
        if number:
            yield Text()
        yield indented(_speaker(speakers, len(found), notes))
        yield indented(_wordings(found, widest, notes))


def _rank(group: tuple[tuple[str, ...], list[Utterance]], notes: Footnotes) -> tuple[bool, int, int, tuple[str, ...]]:
    speakers, found = group
    told = len({one.report for utterance in found for one in utterance.wordings})
    return (not speakers, -told, -len(found), notes.refs.names(speakers))


def _utterances(fusion: Fusion, notes: Footnotes) -> Iterator[Utterance]:
    claimed: set[str] = set()
    for claim in fusion.claims:
        members = [notes.refs.statement[member] for member in claim.members if member in notes.refs.statement]
        if members:
            claimed.update(one.id for one in members)
            yield Utterance(claim.status, _kinds(claim), _ordered(members, claim, notes))
    for one in notes.refs.record.statements():
        if one.id not in claimed:
            yield Utterance(Status.SINGLE, {}, (one,))


def _kinds(claim: Claim) -> dict[str, str]:
    return {variant.member: str(variant.kind) for variant in claim.variants if variant.member != variant.against}


def _ordered(members: list[Statement], claim: Claim, notes: Footnotes) -> tuple[Statement, ...]:
    fullest = {variant.against for variant in claim.variants}

    def rank(one: Statement) -> tuple[bool, int, int, int, str]:
        length = sum(len(span) for span in one.content)
        return (one.id not in fullest, -_FULLEST[one.kind], notes.refs.number[one.report], -length, one.id)

    return tuple(sorted(members, key=rank))


def _speaker(speakers: tuple[str, ...], number: int, notes: Footnotes) -> Text:
    told = Text().append(listed(notes.refs.names(speakers)) or "Speaker not named", style="party")
    roles = [_roles(notes.refs.actor[one]) for one in speakers if one in notes.refs.actor]
    if any(roles):
        told.append(f"  {'; '.join(filter(None, roles))}")
    return told.append(f"  {counted(number, 'statement')}", style="dim")


def _roles(actor: Actor) -> str:
    told = [role.title + (f" ({role.country})" if role.country else "") for role in actor.roles]
    return one_line(", ".join(told))


def _wordings(found: list[Utterance], widest: int, notes: Footnotes) -> RenderableType:
    """The columns stand at the same place for every speaker."""
    table = grid("mark", "kind", "words", "told by")
    table.expand = True
    table.columns[1].width = _KIND_COLUMNS
    table.columns[2].ratio = 1
    table.columns[3].width = min(widest, _TOLD_BY_COLUMNS)
    order = sorted(found, key=lambda one: (_place(one, notes), one.fullest.id))
    for utterance in order:
        for number, (kind, words, members) in enumerate(_same_wordings(utterance, notes)):
            mark = Text("" if number else MARKS[utterance.status], style=str(utterance.status))
            table.add_row(mark, Text(kind, style="dim"), words, _told_by(members, notes))
    return table


def _place(utterance: Utterance, notes: Footnotes) -> tuple[int, int]:
    return (notes.refs.number[utterance.fullest.report], utterance.fullest.content[0].start)


def _same_wordings(utterance: Utterance, notes: Footnotes) -> list[tuple[str, Text, list[Statement]]]:
    """Wordings that read the same are shown once, with every report that has them."""
    rows: dict[str, tuple[str, Text, list[Statement]]] = {}
    for one in utterance.wordings:
        words = _words(one, notes)
        kind = utterance.kinds.get(one.id, str(one.kind))
        rows.setdefault(words.plain, (kind, words, []))[2].append(one)
    return list(rows.values())


def _words(one: Statement, notes: Footnotes) -> Text:
    refs, text = notes.refs, Text()
    if not one.speakers and one.source:
        text.append(f"{refs.joined(one.report, one.source)} ", style="dim")
    cue = refs.cue(one)
    if cue:
        text.append(cue, style="italic").append(": ")
    text.append(refs.joined(one.report, one.content))
    for label in _labels(one, notes):
        text.append(f" ({label})", style="dim")
    return text


def _labels(one: Statement, notes: Footnotes) -> Iterator[str]:
    if one.act is not Act.SPEECH:
        yield str(one.act)
    if one.anonymity is not None:
        yield str(one.anonymity)
    if one.inferred:
        yield "speaker inferred"
    outer = notes.refs.statement.get(one.inside or "")
    if outer is not None:
        yield f"told by {listed(notes.refs.names(notes.refs.actor_ids(outer.speakers))) or 'a speaker not named'}"


def _told_by(members: list[Statement], notes: Footnotes) -> Text:
    told = Text()
    for number, one in enumerate(sorted(members, key=lambda one: (notes.refs.number[one.report], one.content))):
        told.append("\n" if number else "")
        told.append_text(notes.mark(Cell(one.report, one.content[0])))
        told.append(f" {notes.refs.outlet(one.report)}")
        if one.report in notes.refs.copied_from:
            told.append(" (copy)", style="dim")
    return told


__all__ = ["statements"]
