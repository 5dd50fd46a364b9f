"""Tellings of one thing in other words: groups of marks of different reports that meet by what they tell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.fusing.ceilings import Ceilings
from onrecord.fusing.happenings import opposite, other_sides, rule_out
from onrecord.fusing.sameness import features, likelihood, opposed, other_persons, shared, voices_agree, weights
from onrecord.fusing.scene import Scene
from onrecord.fusing.starring import CANDIDATE_LIMIT, POSTING_LIMIT, Match, Star
from onrecord.fusing.tellings import Telling, Tellings
from onrecord.model import Act, Reason

#: Likelihood from which two marks, each the other's best in its report, tell one thing. By eye, of 200 such pairs of
#: real reports (2026-11-27): from 0.4 on four in five were right, from 0.3 to 0.4 fewer than half; of 13 from 0.25 to
#: 0.4 under the weights of that day's evening, 5.
SAME = 0.36
#: ... and the same where one voice says both and a word of content is in both: of 14 pairs of real reports that this
#: brought, 12 were right, of 19 such pairs of marks with a lone word in common 16.
ONE_VOICE = 0.1
#: ... and where one of them is an act of words: its verb, which its type tells anyhow, may be all that they share.
ACT = 0.12
ACT_WORD = 0.18
#: ... and where two statements, or a statement and an act of words, have voices that are not known to be one: of 15
#: pairs of real reports from 0.5 on, 10 were right, which is too few for a cell that says who said what; of 44 of
#: `benchmarks.joins` from 0.7 on, 39 (with the shorter lexicon).
OTHER_VOICE = 0.7
#: ... and of what a report says again, beside the mark that meets another report's.
REPEATED = 0.7
#: ... and that of the fullest marks of the two groups, so that groups do not grow by chains.
HUBS = 0.1
#: Two likelihoods that are one when rounded lie closer than this.
_ROUNDED = 2e-6
#: Rarest words of a mark, and of its sentence, that others are looked up by. Over fourteen pairs (2026-11-27)
#: 7 and 3 find what 8 and 8 find, with fewer candidates than 6 and 6, which find less.
_KEYS, _KEYS_AROUND = 7, 3
#: Weight of the words of content that two tellings must share in any case: "We will see" is said of anything. From
#: 0.4 to 0.3, with OTHER_VOICE from 0.85 to 0.7, `benchmarks.joins` has 358 things joined for 336, 0.896 of the pairs
#: of marks right for 0.901 (2026-11-27).
_LEAST_SHARED = 0.3
#: Share of each telling's words that the other one has too, from which "not" in one of them makes it the opposite.
_SAME_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Link:
    """Two marks of different reports that are each other's likeliest, how likely, and by what features."""

    left: str
    right: str
    score: float
    found: Mapping[str, float]


def meet(scene: Scene, stars: Sequence[Star]) -> list[Star]:
    """Groups joined where marks of different reports tell one thing, in whatever words.

    Links are followed from the likeliest down. Those between two statements or two events come first; a statement
    goes to an event of other reports only where it brings a report that the event's group does not have.

    Args:
        scene: the story.
        stars: its statements and events, grouped as far as their words alone decide.
    """
    if len(scene.annotations) < 2:
        return list(stars)
    tellings = Tellings(scene)
    told = {mark: tellings.of(mark) for star in stars for mark in star.members}
    links = _links(told)
    groups = _Groups(stars, told)
    for mixed in (False, True):
        for link in links:
            if (_is_event(told[link.left]) != _is_event(told[link.right])) is mixed:
                groups.join(link, mixed)
    return groups.stars()


def _is_event(one: Telling) -> bool:
    return one.happening is not None


def _links(told: Mapping[str, Telling]) -> list[Link]:
    """The pairs that may be one thing and are each other's best, likeliest first; most are in one group already."""
    best: dict[tuple[str, str, bool, bool], float] = {}
    likely: list[tuple[float, Telling, Telling, Mapping[str, float]]] = []
    ceilings = Ceilings(told.values())
    for ceiling, left, right in _by_ceiling(told, ceilings):
        a, b = told[left], told[right]
        mine, theirs = _key(a, b), _key(b, a)
        # neither is it the best of one of them then, nor does it keep another pair from being that
        if ceiling < min(best.get(mine, 0.0), best.get(theirs, 0.0)) - _ROUNDED:
            continue
        score, found = ceilings.scored(left, right)
        if score < HUBS:
            continue
        likely.append((score, a, b, found))
        best[mine] = max(best.get(mine, 0.0), score)
        best[theirs] = max(best.get(theirs, 0.0), score)
    links = []
    for score, a, b, found in likely:
        rounded = round(score, 6)
        if rounded >= max(round(best[_key(a, b)], 6), round(best[_key(b, a)], 6)):
            links.append(Link(a.mark, b.mark, score, found))
    return sorted(links, key=lambda link: (-round(link.score, 6), link.left, link.right))


def _by_ceiling(told: Mapping[str, Telling], ceilings: Ceilings) -> list[tuple[float, str, str]]:
    """Pairs that may be likely enough, those first that may be likeliest, so that few of the rest need be scored."""
    found = [(ceilings.of(left, right), left, right) for left, right in _candidates(told)]
    return sorted((one for one in found if one[0] >= HUBS), key=lambda one: -one[0])


def _key(one: Telling, other: Telling) -> tuple[str, str, bool, bool]:
    """A mark and where its best is sought."""
    return one.mark, other.report, other.headline, _is_event(other)


def _wanted(a: Telling, b: Telling, found: Mapping[str, float], *, apart: bool = True) -> float:
    """The likelihood that a pair needs: less where one voice says both, more where two say one each.

    Args:
        a: one telling.
        b: the other.
        found: their features.
        apart: whether neither is one with another report's already: a lone word does not make such a group larger.
    """
    said = (a.happening is None) + (b.happening is None)
    if found["one voice"] < 1.0:
        return OTHER_VOICE if said and found["another voice"] == 1.0 else SAME
    words = len(a.plain & b.plain)
    if not words or (words == 1 and not apart):
        return SAME
    if said < 2:
        return ACT if words > 1 else ACT_WORD
    return ONE_VOICE


def contradict(a: Telling, b: Telling) -> bool:
    """Whether two tellings can't be one thing, however alike their words.

    They share nothing but plain words; two persons say them; one says the opposite of the other; one only believes what
    the other says; one tells what is to come and the other what was done; or they are events of other stances, times,
    places or sides, or of which one gives and the other withholds.
    """
    if opposed(a, b) and (_two_may_speak(a, b) or _same_words(a, b)):
        return True
    if _plain_weight(a, b) < _LEAST_SHARED or other_persons(a, b):
        return True
    if a.stands and b.stands and not a.stands & b.stands:
        return True
    if a.types and b.types and all(opposite(one, other) for one in a.types for other in b.types):
        return True
    if a.happening is None or b.happening is None:
        return a.happening is b.happening and (a.act is Act.BELIEF) != (b.act is Act.BELIEF)
    return a.manner != b.manner or rule_out(a.happening, b.happening) or other_sides(a.happening, b.happening)


def _two_may_speak(a: Telling, b: Telling) -> bool:
    """Whether both are statements of voices that are told and not known to be one: then "not" in one is no slip.

    One who speaks twice may well say "don't mind" and "offer"; that two say the opposite and mean the same is rare (of
    1,236 such pairs of marks of seventeen pairs of reports, 7 were one: 2026-11-27).
    """
    statements = a.happening is None and b.happening is None
    return statements and bool(a.voices and b.voices) and voices_agree(a, b)[0] < 1.0


def _same_words(a: Telling, b: Telling) -> bool:
    together = shared(a.wording.weights, b.wording.weights)
    return min(together.left, together.right) >= _SAME_WORDS


def _plain_weight(a: Telling, b: Telling) -> float:
    mine, theirs = a.wording.weights, b.wording.weights
    return sum(mine[concept] for concept in mine if concept in theirs and not concept.startswith("@"))


def _reasons(found: Mapping[str, float]) -> tuple[Reason, ...]:
    known = weights()
    return tuple(Reason(name, round(value, 4), known.get(name, 0.0)) for name, value in found.items() if value)


def _candidates(told: Mapping[str, Telling]) -> Iterable[tuple[str, str]]:
    """Pairs of marks of different reports that share words, each mark with those that share most of them."""
    holders: dict[str, list[str]] = {}
    keys = {mark: _keys(told[mark]) for mark in sorted(told)}
    for mark, words in keys.items():
        for word in words:
            held = holders.setdefault(word, [])
            if len(held) < POSTING_LIMIT:
                held.append(mark)
    report_of = {mark: one.report for mark, one in told.items()}
    pairs: set[tuple[str, str]] = set()
    for mark, words in keys.items():
        shared: dict[str, float] = {}
        for word, weight in words.items():
            for other in holders[word]:
                shared[other] = shared.get(other, 0.0) + weight
        own = report_of[mark]
        nearest = [(-weight, other) for other, weight in shared.items() if report_of[other] != own]
        if len(nearest) > CANDIDATE_LIMIT:
            nearest = sorted(nearest)[:CANDIDATE_LIMIT]
        pairs.update((mark, other) if mark < other else (other, mark) for _, other in nearest)
    return sorted(pairs)


def _keys(one: Telling) -> dict[str, float]:
    found: dict[str, float] = {}
    for words, limit in ((one.rare, _KEYS), (one.around, _KEYS_AROUND)):
        ranked = sorted((concept for concept in words if words[concept] > 0), key=lambda c: (-words[c], c))
        found |= {concept: words[concept] for concept in ranked[:limit]}
    return found


class _Groups:
    """Stars that grow together."""

    def __init__(self, stars: Sequence[Star], told: Mapping[str, Telling]) -> None:
        self._told = told
        self._stars = {star.hub: Star(star.hub, list(star.members), dict(star.matches)) for star in stars}
        self._hub_of = {member: star.hub for star in stars for member in star.members}
        self._reports = {star.hub: self._reports_of(star.members) for star in stars}

    def _reports_of(self, members: Iterable[str]) -> set[str]:
        return {self._told[member].report for member in members}

    def _parts(self, members: Iterable[str]) -> set[tuple[str, bool]]:
        return {(self._told[member].report, self._told[member].headline) for member in members}

    def stars(self) -> list[Star]:
        """As they stand."""
        return list(self._stars.values())

    def join(self, link: Link, mixed: bool) -> None:
        """Put the groups of two marks together, if these are likely enough and it goes with all that both hold."""
        first, second = self._hub_of[link.left], self._hub_of[link.right]
        if first == second:
            return
        a, b = self._told[link.left], self._told[link.right]
        apart = len(self._reports[first]) + len(self._reports[second]) == 2
        if link.score < _wanted(a, b, link.found, apart=apart):
            return
        if not self._fit(first, second, mixed) or contradict(a, b):
            return
        match = Match(round(link.score, 6), _reasons(link.found))
        first, second = self._alone(link.left, link.right), self._alone(link.right, link.left)
        into, gone = (first, second) if self._goes_before(first, second) else (second, first)
        star, other = self._stars[into], self._stars.pop(gone)
        star.members += other.members
        star.matches |= other.matches
        self._reports[into] |= self._reports.pop(gone)
        linked = link.left if self._hub_of[link.left] == gone else link.right
        star.matches[linked] = match
        if linked != gone:
            star.matches[gone] = match
        for member in other.members:
            self._hub_of[member] = into

    def _alone(self, mark: str, other: str) -> str:
        """The hub of a mark's group, without those marks of its own report that do not tell what `other` tells.

        A report that repeats a thing adds to it: only what the other report has too goes with the link.
        """
        star = self._stars[self._hub_of[mark]]
        if len(self._reports[star.hub]) > 1:
            return star.hub
        there = [
            m for m in star.members if m == mark or likelihood(features(self._told[m], self._told[other])) >= REPEATED
        ]
        left = [member for member in star.members if member not in there]
        if not left:
            return star.hub
        del self._stars[star.hub], self._reports[star.hub]
        for members, wanted in ((there, mark), (left, star.hub)):
            hub = star.hub if star.hub in members else wanted if wanted in members else members[0]
            self._stars[hub] = Star(
                hub, members, {m: star.matches[m] for m in members if m != hub and m in star.matches}
            )
            self._reports[hub] = self._reports_of(members)
            self._hub_of.update(dict.fromkeys(members, hub))
        return self._hub_of[mark]

    def _goes_before(self, first: str, second: str) -> bool:
        """Which hub stays: an event before a statement, then the one with more words."""
        one, other = ((_is_event(self._told[hub]), self._told[hub].wording.weight, hub) for hub in (first, second))
        return one > other

    def _fit(self, first: str, second: str, mixed: bool) -> bool:
        one, other = self._stars[first], self._stars[second]
        if not self._reports[first].isdisjoint(self._reports[second]):
            # what one report tells as two things is not made one by what another tells, but for its headlines
            if mixed or not self._parts(one.members).isdisjoint(self._parts(other.members)):
                return False
        elif mixed:
            return True
        if len(one.members) + len(other.members) > 2:
            return likelihood(features(self._told[first], self._told[second])) >= HUBS
        return True
