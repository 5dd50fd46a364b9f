"""Why tellings of many reports are one actor: the features that were compared, with what they weigh."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from onrecord.fusing.names import name_words, surname
from onrecord.model import ActorKind, Reason
from onrecord.model.marks import Profile


@dataclass(frozen=True, slots=True)
class Joining:
    """One way in which reports tell an actor, held against the way in which most of them do.

    Attributes:
        score: 0..1, the weighted mean of the features.
        judged: whether an analyst joined them, whatever the score.
    """

    told: Profile
    against: Profile
    score: float
    reasons: tuple[Reason, ...]
    judged: bool = False


def why_one(told: Sequence[Profile], *, judged: bool = False) -> tuple[Joining, ...]:
    """Why some tellings are one actor: each against the fullest of those that most reports have.

    Args:
        told: the profiles of one actor.
        judged: whether a judgement merges actors of these blocks.
    """
    if not told:
        return ()
    most = min(told, key=lambda one: (len(name_words(one.name)) < 2, -one.number, one.name, one.first))
    found = [_held_against(one, most, judged) for one in told]
    return tuple(sorted(found, key=lambda one: (-one.score, -one.told.number, one.told.name, one.told.first)))


def _held_against(one: Profile, most: Profile, judged: bool) -> Joining:
    reasons = _reasons(one, most)
    score = sum(reason.value * reason.weight for reason in reasons) / sum(reason.weight for reason in reasons)
    return Joining(one, most, round(score, 6), reasons, judged and one.block != most.block)


def _reasons(one: Profile, most: Profile) -> tuple[Reason, ...]:
    if one.keyed and one.block == most.block:
        return (Reason("one key: the name alone says who it is", 1.0, 1.0),)
    countries = _agreement({one.country}, {most.country})
    roles = _agreement({role.title for role in one.roles}, {role.title for role in most.roles})
    rest = (Reason("countries agree", countries, 0.15), Reason("offices agree", roles, 0.1))
    if one.kind is not ActorKind.PERSON:
        return (Reason("names are spelled alike", _alike(one.name, most.name), 0.75), *rest)
    mine, theirs = name_words(one.name), name_words(most.name)
    own, other = surname(mine, one.country), surname(theirs, most.country)
    given, known = (
        " ".join(word for word in words if word != family) for words, family in ((mine, own), (theirs, other))
    )
    # who is told without a given name can be no one else only where no other person has that surname
    return (
        Reason("surnames are spelled alike", _alike(own, other), 0.45),
        Reason("given names agree", _alike(given, known) if given and known else 0.5, 0.3),
        *rest,
    )


def _alike(one: str, other: str) -> float:
    return round(JaroWinkler.similarity(one.casefold(), other.casefold()), 6)


def _agreement(one: set[str] | set[str | None], other: set[str] | set[str | None]) -> float:
    """1 where both tell the same, 0 where they tell others, a half where one tells nothing."""
    mine, theirs = ({value for value in values if value} for values in (one, other))
    if not mine or not theirs:
        return 0.5
    return 1.0 if mine & theirs else 0.0


__all__ = ["Joining", "why_one"]
