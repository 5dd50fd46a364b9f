"""Analysts' judgements put into effect while a story is fused; the marks themselves stay as they were found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.fusing.actors import join_actors
from onrecord.fusing.starring import Match, Star
from onrecord.model import (
    Act,
    Actor,
    Annotation,
    Claim,
    Commitment,
    Demand,
    Entity,
    Event,
    EventType,
    Judged,
    Judgement,
    Modality,
    Reason,
    Statement,
    StatementKind,
    Verdict,
)

#: Why members are together that the machine would not have joined: the score says what it thought of it.
BY_JUDGEMENT = Match(0.0, (Reason("judgement", 1.0, 1.0),))
#: Parts several actors in the value of a correction.
SEPARATOR = "; "


def parties_of(value: str | None) -> tuple[str, ...]:
    """The actors that a correction names.

    >>> parties_of("state:RUS; Ann Oda")
    ('state:RUS', 'Ann Oda')
    """
    return tuple(part.strip() for part in (value or "").split(SEPARATOR.strip()) if part.strip())


def named_actors(judgements: Iterable[Judgement]) -> tuple[str, ...]:
    """The actor ids and names in corrections of marks, sorted."""
    fields = {"speakers", "sources", "targets"}
    return tuple(sorted({name for one in judgements if one.field in fields for name in parties_of(one.value)}))


def settle(annotations: Sequence[Annotation], judgements: Sequence[Judgement]) -> tuple[Annotation, ...]:
    """The marks as claims are to be made of them: without the rejected ones, with corrected fields.

    Judgements are given oldest first; of two that contradict each other the later one holds.
    """
    rejected = _rejected(judgements)
    corrected: dict[str, dict[str, str | None]] = {}
    for one in judgements:
        if one.verdict is Verdict.CORRECT and one.kind in (Judged.STATEMENT, Judged.EVENT) and one.field:
            for mark in one.marks():
                corrected.setdefault(mark, {})[one.field] = one.value
    if not rejected and not corrected:
        return tuple(annotations)
    return tuple(_settled(marks, rejected, corrected) for marks in annotations)


def _rejected(judgements: Iterable[Judgement]) -> frozenset[str]:
    found: set[str] = set()
    for one in judgements:
        if one.kind in (Judged.STATEMENT, Judged.EVENT, Judged.CLAIM):
            if one.verdict is Verdict.REJECT:
                found.update(one.marks())
            elif one.verdict is Verdict.ACCEPT:
                found.difference_update(one.marks())
    return frozenset(found)


def _settled(
    marks: Annotation, rejected: frozenset[str], corrected: Mapping[str, Mapping[str, str | None]]
) -> Annotation:
    above = {one.id: one.inside for one in marks.statements}

    def standing(statement: str | None) -> str | None:
        while statement in rejected:
            statement = above.get(statement or "")
        return statement

    return replace(
        marks,
        statements=tuple(
            _statement(replace(one, inside=standing(one.inside)), corrected.get(one.id, {}))
            for one in marks.statements
            if one.id not in rejected
        ),
        events=tuple(
            _event(replace(one, statement=standing(one.statement)), corrected.get(one.id, {}))
            for one in marks.events
            if one.id not in rejected
        ),
    )


def _statement(one: Statement, fields: Mapping[str, str | None]) -> Statement:
    for field, value in fields.items():
        if field == "speakers":
            one = replace(one, speakers=parties_of(value), anonymity=None)
        elif field == "kind":
            one = replace(one, kind=StatementKind(value or one.kind))
        elif field == "act":
            one = replace(one, act=Act(value or one.act))
        elif field == "said":
            one = replace(one, said=value)
    return one


def _event(one: Event, fields: Mapping[str, str | None]) -> Event:
    for field, value in fields.items():
        if field == "type":
            one = replace(one, type=EventType(value or one.type))
        elif field == "modality":
            one = replace(one, modality=Modality(value or one.modality))
        elif field == "sources":
            one = replace(one, sources=parties_of(value))
        elif field == "targets":
            one = replace(one, targets=parties_of(value))
        elif field == "date":
            one = replace(one, date=value)
    return one


def hold(stars: Sequence[Star], judgements: Sequence[Judgement]) -> list[Star]:
    """The machine's groups of members with judgements put into effect, one after another, oldest first."""
    kept = list(stars)
    for one in judgements:
        if one.kind is Judged.ACTOR:
            continue
        if one.verdict is Verdict.SPLIT:
            kept = _split(kept, _groups(one))
        elif one.verdict is Verdict.MERGE or (one.verdict is Verdict.ACCEPT and one.kind is Judged.CLAIM):
            groups = [[mark for group in _groups(one) for mark in group]]
            for marks in groups if one.verdict is Verdict.MERGE else _groups(one):
                kept = _merge(kept, frozenset(marks))
    return kept


def _groups(one: Judgement) -> list[tuple[str, ...]]:
    targets = sorted({anchor.target for anchor in one.anchors})
    return [one.marks(target) for target in targets]


def _merge(stars: Sequence[Star], marks: frozenset[str]) -> list[Star]:
    touched = [star for star in stars if marks.intersection(star.members)]
    if len(touched) < 2:
        return list(stars)
    # stars come fullest hub first
    first = touched[0]
    added = [member for star in touched[1:] for member in star.members]
    whole = Star(first.hub, [*first.members, *added], {**first.matches, **dict.fromkeys(added, BY_JUDGEMENT)})
    gone = {star.hub for star in touched[1:]}
    return [whole if star is first else star for star in stars if star.hub not in gone]


def _split(stars: Sequence[Star], groups: Sequence[tuple[str, ...]]) -> list[Star]:
    """Take the groups apart; who is in none stays with the hub's group, or with the first one that is there."""
    group_of = {mark: n for n, group in enumerate(groups) for mark in group}
    kept: list[Star] = []
    for star in stars:
        there = sorted({group_of[member] for member in star.members if member in group_of})
        if len(there) < 2:
            kept.append(star)
            continue
        home = group_of.get(star.hub, there[0])
        for n in (home, *(n for n in there if n != home)):
            members = [member for member in star.members if group_of.get(member, home) == n]
            kept.append(_apart(star, members))
    return kept


def _apart(star: Star, members: list[str]) -> Star:
    """Some members of a star by themselves: they are compared with its hub, or else held by the judgement."""
    if star.hub in members:
        return Star(star.hub, members, {one: star.matches[one] for one in members if one in star.matches})
    return Star(members[0], members, dict.fromkeys(members[1:], BY_JUDGEMENT))


def standing_demands(
    demands: Sequence[Demand], claims: Sequence[Claim], judgements: Sequence[Judgement]
) -> tuple[Demand, ...]:
    """The demands without the rejected ones."""
    gone = _rejected_claims(claims, judgements, Judged.DEMAND)
    return tuple(one for one in demands if one.claim not in gone)


def standing_commitments(
    commitments: Sequence[Commitment], claims: Sequence[Claim], judgements: Sequence[Judgement]
) -> tuple[Commitment, ...]:
    """The commitments without the rejected ones."""
    gone = _rejected_claims(claims, judgements, Judged.COMMITMENT)
    return tuple(one for one in commitments if one.claim not in gone)


def _rejected_claims(claims: Sequence[Claim], judgements: Iterable[Judgement], kind: Judged) -> frozenset[str]:
    marks: set[str] = set()
    for one in judgements:
        if one.kind is kind and one.verdict is Verdict.REJECT:
            marks.update(one.marks())
        elif one.kind is kind and one.verdict is Verdict.ACCEPT:
            marks.difference_update(one.marks())
    return frozenset(claim.id for claim in claims if marks.intersection(claim.members))


def judge_actors(
    actors: Sequence[Actor], judgements: Sequence[Judgement], entities: Sequence[Entity] = ()
) -> tuple[Actor, ...]:
    """The machine's actors with merges and splits put into effect, oldest first; sorted by id.

    Args:
        actors: with all their entities.
        judgements: those about these actors, oldest first.
        entities: those of the actors: what is split is called as its own entities are.
    """
    known = {one.id: one for one in entities}
    kept = list(actors)
    for one in judgements:
        if one.kind is Judged.ACTOR and one.verdict is Verdict.MERGE:
            kept = _merge_actors(kept, one)
        elif one.kind is Judged.ACTOR and one.verdict is Verdict.SPLIT:
            kept = _split_actors(kept, _groups(one), known)
    return tuple(sorted(kept, key=lambda actor: actor.id))


def _merge_actors(actors: Sequence[Actor], one: Judgement) -> list[Actor]:
    marks = frozenset(one.marks())
    touched = [actor for actor in actors if actor.id in marks or marks.intersection(actor.entities)]
    if len(touched) < 2:
        return list(actors)
    first = frozenset(one.marks(0))
    # the actor that was named first gives its id and name, whoever is told more often
    touched.sort(key=lambda actor: (actor.id not in first, not first.intersection(actor.entities), actor.id))
    gone = {actor.id for actor in touched}
    return [actor for actor in actors if actor.id not in gone] + [_united(touched)]


def _united(actors: Sequence[Actor]) -> Actor:
    return replace(
        actors[0],
        country=next((actor.country for actor in actors if actor.country), None),
        roles=tuple(sorted({r for actor in actors for r in actor.roles}, key=lambda r: (r.title, r.country or ""))),
        aliases=tuple(sorted({alias for actor in actors for alias in actor.aliases})),
        entities=tuple(sorted(entity for actor in actors for entity in actor.entities)),
    )


def _split_actors(
    actors: Sequence[Actor], groups: Sequence[tuple[str, ...]], known: Mapping[str, Entity]
) -> list[Actor]:
    """Take each group but the first out of every actor that it shares with another group, or with anybody else."""
    kept: list[Actor] = []
    for actor in actors:
        there = [tuple(entity for entity in group if entity in actor.entities) for group in groups]
        apart = [some for some in there[1:] if some]
        gone = {entity for some in apart for entity in some}
        rest = tuple(entity for entity in actor.entities if entity not in gone)
        if not apart or (not rest and len(apart) < 2):
            kept.append(actor)
            continue
        if rest:
            kept.append(_called(actor, actor.id, rest, known))
        kept += [_called(actor, f"{actor.id}:{some[0]}", some, known) for some in apart]
    return kept


def _called(actor: Actor, identity: str, entities: tuple[str, ...], known: Mapping[str, Entity]) -> Actor:
    """Some entities of an actor as an actor that is called as they are."""
    told = join_actors([known[one] for one in entities if one in known])
    if not told:
        return replace(actor, id=identity, entities=entities)
    fullest = sorted(told, key=lambda one: (-len(one.entities), one.id))
    return replace(_united(fullest), id=identity, entities=entities)


__all__ = [
    "hold",
    "judge_actors",
    "named_actors",
    "parties_of",
    "settle",
    "standing_commitments",
    "standing_demands",
]
