"""Gathering members around the fullest one of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.model import Reason

#: Members looked at for one key; more than these share only words that say little.
POSTING_LIMIT = 64
#: Hubs compared with one member at most, those that share most keys first.
CANDIDATE_LIMIT = 32


@dataclass(frozen=True, slots=True)
class Match:
    """How well two members go together, and why; `score` 0..1."""

    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class Star:
    """A hub and the members that match it."""

    hub: str
    members: list[str]
    matches: dict[str, Match] = field(default_factory=dict)


def gather(
    members: Sequence[str],
    keys: Mapping[str, Sequence[str]],
    compare: Callable[[str, str], Match | None],
) -> list[Star]:
    """Gather members around hubs.

    Members come fullest first; each joins the hub it matches best (ties: the earlier hub) or becomes a hub
    itself. Everything is compared with a hub, never with another's neighbour, so claims do not grow by chains;
    and only with hubs that share a key, at most CANDIDATE_LIMIT, so the cost stays near-linear in the members.

    Args:
        members: ids, fullest first.
        keys: what members must share to be compared, rarest first.
        compare: (member, hub) to how well they go together, None if not.
    """
    stars: dict[str, Star] = {}
    holders: dict[str, list[str]] = {}
    for member in members:
        best: tuple[float, str, Match] | None = None
        for hub in _candidates(keys[member], holders):
            match = compare(member, hub)
            if match is not None and (best is None or match.score > best[0]):
                best = (match.score, hub, match)
        if best is not None:
            stars[best[1]].members.append(member)
            stars[best[1]].matches[member] = best[2]
            continue
        stars[member] = Star(member, [member])
        for key in dict.fromkeys(keys[member]):
            holders.setdefault(key, []).append(member)
    return list(stars.values())


def _candidates(keys: Sequence[str], holders: Mapping[str, Sequence[str]]) -> list[str]:
    shared: dict[str, int] = {}
    for key in dict.fromkeys(keys):
        for hub in holders.get(key, ())[:POSTING_LIMIT]:
            shared[hub] = shared.get(hub, 0) + 1
    # Python's sort is stable: among equals the earlier hub, which is the fuller one, comes first.
    return sorted(shared, key=lambda hub: -shared[hub])[:CANDIDATE_LIMIT]
