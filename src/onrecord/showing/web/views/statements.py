"""Statements by speaker: wordings of one utterance side by side, the fullest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model import Act, Claim, Fusion, Statement, StatementKind, Status
from onrecord.showing.references import References
from onrecord.showing.web.views.differing import Run, differing
from onrecord.showing.web.views.telling import Named, Teller, named, tellers
from onrecord.showing.words import listed

_FULLEST = {StatementKind.DIRECT: 2, StatementKind.MIXED: 1, StatementKind.INDIRECT: 0}


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of an utterance and everybody who has it.

    Attributes:
        mark: id of the first statement with it.
        kind: direct, indirect or mixed; of another than the fullest: verbatim, cut, reworded or indirect.
        source: the words that name a source without a name; empty otherwise.
        runs: its words; those in which it differs from the fullest wording are set apart.
        labels: what is to be known of it: position, speaker inferred, told by somebody else.
    """

    mark: str
    kind: str
    source: str
    cue: str
    runs: tuple[Run, ...]
    labels: tuple[str, ...]
    told_by: tuple[Teller, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing that was said, in all its wordings.

    Attributes:
        claim: its id; None for a statement that is no member of a claim.
        place: report number and first code point, to sort by.
    """

    claim: str | None
    status: Status
    wordings: tuple[Wording, ...]
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker, or several who speak together, with what they said."""

    who: tuple[Named, ...]
    roles: str
    utterances: tuple[Utterance, ...]


def speakers(refs: References, fusion: Fusion) -> tuple[Speaker, ...]:
    """Those told by most reports first; statements without a speaker last."""
    groups: dict[tuple[str, ...], list[Utterance]] = {}
    for who, utterance in _utterances(refs, fusion):
        groups.setdefault(who, []).append(utterance)

    def rank(who: tuple[str, ...]) -> tuple[bool, int, int, tuple[str, ...]]:
        told = {by.report for one in groups[who] for wording in one.wordings for by in wording.told_by}
        return (not who, -len(told), -len(groups[who]), refs.names(who))

    return tuple(
        Speaker(named(refs, who), _roles(refs, who), tuple(sorted(groups[who], key=lambda one: one.place)))
        for who in sorted(groups, key=rank)
    )


def _roles(refs: References, who: tuple[str, ...]) -> str:
    roles = [
        ", ".join(_role(role.title, role.country) for role in refs.actor[one].roles) for one in who if one in refs.actor
    ]
    return "; ".join(filter(None, roles))


def _role(title: str, country: str | None) -> str:
    return f"{title} ({country})" if country else title


def _utterances(refs: References, fusion: Fusion) -> Iterator[tuple[tuple[str, ...], Utterance]]:
    claimed: set[str] = set()
    for claim in fusion.claims:
        members = [refs.statement[member] for member in claim.members if member in refs.statement]
        if members:
            claimed.update(one.id for one in members)
            yield _utterance(refs, claim, members)
    for one in refs.record.statements():
        if one.id not in claimed:
            yield _utterance(refs, None, [one])


def _utterance(refs: References, claim: Claim | None, members: list[Statement]) -> tuple[tuple[str, ...], Utterance]:
    variants = () if claim is None else claim.variants
    fullest = {one.against for one in variants}
    kinds = {one.member: str(one.kind) for one in variants if one.member != one.against}

    def rank(one: Statement) -> tuple[bool, int, int, int, str]:
        length = sum(len(span) for span in one.content)
        return (one.id not in fullest, -_FULLEST[one.kind], refs.number[one.report], -length, one.id)

    ordered = sorted(members, key=rank)
    first = ordered[0]
    wordings = _wordings(refs, ordered, kinds)
    place = (refs.number[first.report], first.content[0].start)
    status = Status.SINGLE if claim is None else claim.status
    return refs.actor_ids(first.speakers), Utterance(None if claim is None else claim.id, status, wordings, place)


def _wordings(refs: References, ordered: list[Statement], kinds: dict[str, str]) -> tuple[Wording, ...]:
    """Wordings that read the same are shown once, with everybody who has them."""
    same: dict[tuple[str, str, str], list[Statement]] = {}
    for one in ordered:
        same.setdefault((_source(refs, one), refs.cue(one), refs.joined(one.report, one.content)), []).append(one)
    fullest = next(iter(same))[2]
    made = []
    for (source, cue, words), members in same.items():
        first = members[0]
        runs = (Run(words, False),) if words == fullest else differing(words, fullest)
        kind = kinds.get(first.id, str(first.kind))
        made.append(Wording(first.id, kind, source, cue, runs, tuple(_labels(refs, first)), tellers(refs, members)))
    return tuple(made)


def _source(refs: References, one: Statement) -> str:
    return "" if one.speakers else refs.joined(one.report, one.source)


def _labels(refs: References, one: Statement) -> Iterator[str]:
    if one.act is not Act.SPEECH:
        yield str(one.act)
    if one.anonymity is not None:
        yield str(one.anonymity).replace("-", " ")
    if one.inferred:
        yield "speaker inferred"
    outer = refs.statement.get(one.inside or "")
    if outer is not None:
        yield f"told by {listed(refs.names(refs.actor_ids(outer.speakers))) or 'a speaker not named'}"


__all__ = ["Speaker", "Utterance", "Wording", "speakers"]
