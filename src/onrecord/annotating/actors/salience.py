"""Who is in the reader's mind at a point of a report, and whom a pronoun or description means there."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from onrecord.annotating.actors.lexicon import KINGDOMS, offices
from onrecord.annotating.actors.linking import Person
from onrecord.annotating.actors.references import Reference
from onrecord.model import ActorKind, Span

#: How many mentions back an antecedent is looked for: bounds the cost of a pronoun in a long report.
_WINDOW = 60
_SENTENCES_BACK = 4
#: What the actors are that "the two leaders" and "both countries" name.
PAIR_KINDS = {
    ActorKind.PERSON: frozenset(
        "leaders ministers presidents diplomats men women officials envoys ambassadors counterparts politicians "
        "negotiators generals senators".split()
    ),
    ActorKind.STATE: frozenset("countries nations sides governments states powers parties rivals neighbours".split()),
}


@dataclass(slots=True)
class Cluster:
    """The mentions of one actor while a report is read."""

    identity: str
    kind: ActorKind
    name: str
    key: str | None = None
    country: str | None = None
    state: str | None = None
    person: Person | None = None
    plural: bool = False
    calls: frozenset[str] = frozenset()
    mentions: list[tuple[Span, str, float]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention that a later word may refer to."""

    cluster: Cluster
    reference: Reference
    order: int


class Salience:
    """What was mentioned so far, the most recent last."""

    def __init__(self) -> None:
        self._recent: deque[Seen] = deque(maxlen=_WINDOW)
        self._plurals: deque[tuple[tuple[Cluster, ...], int]] = deque(maxlen=12)
        self._last_of_gender: dict[str, Cluster] = {}
        self._last_called: dict[str, Cluster] = {}
        self._last_holder: dict[tuple[str, str | None], Cluster] = {}
        self._speaker: Cluster | None = None
        self._states: Counter[str] = Counter()
        self._order = 0

    def saw(self, cluster: Cluster, reference: Reference) -> None:
        """Remember a mention."""
        self._order += 1
        self._recent.append(Seen(cluster, reference, self._order))
        for call in cluster.calls:
            self._last_called[call] = cluster
        if cluster.kind is ActorKind.STATE and cluster.key is not None:
            self._states[cluster.key] += 1
        if cluster.person is not None:
            for title, _, state in cluster.person.roles:
                self._last_holder[title, state] = cluster
            self._last_of_gender[cluster.person.gender or ""] = cluster
        if reference.reporting and not reference.quoted and cluster.kind is ActorKind.PERSON:
            self._speaker = cluster

    def saw_together(self, clusters: tuple[Cluster, ...], sentence: int) -> None:
        """Remember actors that were named side by side."""
        self._plurals.append((clusters, sentence))

    def person(self, pronoun: Reference, verb: bool) -> Cluster | None:
        """Whom he or she means; `verb`: the pronoun is the subject of a verb of saying."""

        def fits(cluster: Cluster) -> bool:
            if cluster.kind is not ActorKind.PERSON or cluster.person is None:
                return False
            return cluster.person.gender in (None, pronoun.gender) or pronoun.gender is None

        def bonus(seen: Seen) -> float:
            certain = 0.0 if seen.cluster.person and seen.cluster.person.gender else -0.4
            certain -= 0.0 if seen.cluster.names else 0.5
            mention = seen.reference
            again = mention.form == "pronoun" and mention.sentence == pronoun.sentence and not mention.quoted
            certain += 1.0 if again and not pronoun.quoted else 0.0
            goes_on = mention.form == "pronoun" and mention.subject and pronoun.subject and not mention.quoted
            certain += 0.5 if goes_on and not pronoun.quoted else 0.0
            near = mention.passage == pronoun.passage and pronoun.first - mention.last in (1, 2)
            joined = pronoun.genitive and near
            certain += 3.0 if joined else 0.0  # "Kell and his deputy"
            spoke = 0.7 if verb and seen.cluster is self._speaker and not pronoun.quoted else 0.0
            return certain + spoke

        best = self._best(pronoun, fits, bonus)
        if best is not None:
            return best
        return self._last_of_gender.get(pronoun.gender or "")

    def holder(self, called: Reference) -> Cluster | None:
        """Who "the minister" or "the Vardan president" is: by office, country and recency."""
        fits_title = offices().fits

        def rank(cluster: Cluster) -> int:
            if cluster.person is None or (called.gender and cluster.person.gender not in (None, called.gender)):
                return 0
            best = 0
            for title, _, state in cluster.person.roles:
                if called.state and state and state != called.state:
                    continue
                if title == called.title:
                    best = max(best, 4 if state == called.state else 3)
                elif fits_title(called.title, title):
                    best = max(best, 3 if state == called.state and state else 2)
            return best

        def bonus(seen: Seen) -> float:
            return 2.0 * rank(seen.cluster) + (0.0 if proved(seen) else -100.0)

        def proved(seen: Seen) -> bool:
            """An office told without its country is that of "the Vardan leader" only close by, and as a subject."""
            person, mention = seen.cluster.person, seen.reference
            if called.state is None or person is None or person.states() or called.quoted:
                return True
            return mention.subject and not mention.quoted and called.sentence - mention.sentence <= 2

        best = self._best(called, lambda cluster: rank(cluster) > 0, bonus, sentences=30, least=-50.0)
        if best is not None:
            return best
        for (title, state), cluster in reversed(self._last_holder.items()):
            same_state = called.state is None or called.state == state
            if same_state and (title == called.title or fits_title(called.title, title)):
                return cluster
        return None

    def goes_on(self, called: Reference) -> Cluster | None:
        """The last speaker, of whose office nothing was told yet, where "the Vardan leader" is who speaks next.

        News changes the word for a speaker: 'Mira Tosk said on Friday. "We wait," the Vardan leader said.'
        """
        last = self._speaker
        if last is None or last.person is None or last.person.roles or not last.names:
            return None
        if not (called.state and called.definite and called.subject and called.reporting) or called.quoted:
            return None
        if called.gender and last.person.gender not in (None, called.gender):
            return None
        near = any(seen.cluster is last for seen in self._within(called, 1))
        here = any(seen.cluster is last for seen in self._within(called, 0))
        return last if near and not here else None

    def state(self, reference: Reference) -> Cluster | None:
        """Which state "the country" or "the government" is."""
        if "kingdom" in reference.calls:
            return self._best(
                reference,
                lambda one: one.kind is ActorKind.STATE and (one.country is None or one.country in KINGDOMS),
                lambda seen: 0.0 if seen.cluster.country is None else 2.0,
                sentences=12,
            )
        own = self._speakers_states(reference) if reference.calls & {"country", "nation"} else frozenset()
        return self._best(
            reference,
            lambda cluster: cluster.kind is ActorKind.STATE,
            lambda seen: 1.5 if seen.cluster.key in own else 0.0,  # "She said the country had asked for them"
            sentences=6,
        )

    def _speakers_states(self, reference: Reference) -> frozenset[str]:
        """The states for which the speaker of the reference's own sentence holds office."""
        for seen in self._within(reference, 0):
            mention, person = seen.reference, seen.cluster.person
            if mention.subject and mention.reporting and not mention.quoted and person is not None:
                return person.states()
        return frozenset()

    def thing(self, pronoun: Reference) -> Cluster | None:
        """Which state or organisation "it" is."""
        kinds = (ActorKind.STATE, ActorKind.ORGANISATION)
        return self._best(pronoun, lambda cluster: cluster.kind in kinds, sentences=1)

    def subject(self, reference: Reference) -> Cluster | None:
        """The last subject before it in its sentence, on its side of the quotation marks."""
        for seen in self._within(reference, 0):
            if seen.reference.subject and seen.reference.quoted == reference.quoted and not seen.reference.nested:
                return seen.cluster
        return None

    def main_state(self) -> str | None:
        """The state that the report speaks of most so far, where one is told twice as often as any other."""
        (first, most), (_, next_most) = [*self._states.most_common(2), ("", 0), ("", 0)][:2]
        return first if most >= 3 and most >= 2 * next_most else None

    def state_beside(self, reference: Reference) -> Cluster | None:
        """The state named last in the same sentence, or the subject of the one before."""
        for seen in self._within(reference, 1):
            here = seen.reference.sentence == reference.sentence
            if seen.cluster.kind is ActorKind.STATE and (here or seen.reference.subject):
                return seen.cluster
        return None

    def called(self, reference: Reference) -> Cluster | None:
        """Which body "the alliance" or "the ministry" is."""
        nouns = reference.calls

        def fits(cluster: Cluster) -> bool:
            same_state = not reference.state or cluster.state == reference.state
            return bool(nouns & cluster.calls) and same_state and cluster.kind is ActorKind.ORGANISATION

        best = self._best(reference, fits, sentences=20)
        if best is None and not reference.state:
            best = next((self._last_called[noun] for noun in sorted(nouns) if noun in self._last_called), None)
        return best

    def group(self, noun: str) -> Cluster | None:
        """The last group called so."""
        return self._last_called.get(noun)

    def aged(self, reference: Reference) -> Cluster | None:
        """Who "the 58-year-old" is: the last person told with this age, else the most present one."""

        def bonus(seen: Seen) -> float:
            return 50.0 if seen.cluster.person and seen.cluster.person.age == reference.age else 0.0

        def fits(cluster: Cluster) -> bool:
            return cluster.person is not None and cluster.person.age in ("", reference.age)

        return self._best(reference, fits, bonus, sentences=20)

    def together(
        self, reference: Reference, kinds: tuple[ActorKind, ...], count: int | None, title: str = ""
    ) -> tuple[Cluster, ...]:
        """The last actors of these kinds that were named side by side, or the last two that were named.

        With a title ("leader") persons who hold such an office come first.
        """

        def holds(cluster: Cluster) -> bool:
            roles = cluster.person.roles if cluster.person else []
            return not title or any(offices().fits(title, told) for told, _, _ in roles)

        for clusters, sentence in reversed(self._plurals):
            if reference.sentence - sentence > 12:
                break
            if all(cluster.kind in kinds and holds(cluster) for cluster in clusters) and count in (None, len(clusters)):
                return clusters
        return self._last_two(reference, kinds, holds) if count == 2 else ()

    def _last_two(
        self, reference: Reference, kinds: tuple[ActorKind, ...], holds: Callable[[Cluster], bool]
    ) -> tuple[Cluster, ...]:
        last: dict[str, Cluster] = {}
        for seen in reversed(self._recent):
            if reference.sentence - seen.reference.sentence > 6:
                break
            if seen.cluster.kind in kinds and not seen.cluster.plural and holds(seen.cluster):
                last.setdefault(seen.cluster.identity, seen.cluster)
            if len(last) == 2:
                return tuple(sorted(last.values(), key=lambda cluster: cluster.mentions[0][0].start))
        return ()

    def plural(self, pronoun: Reference) -> tuple[Cluster, ...]:
        """Whom they means: the last group or the last actors named side by side."""
        for seen in reversed(self._recent):
            if pronoun.sentence - seen.reference.sentence > 2:
                break
            for clusters, sentence in reversed(self._plurals):
                if sentence == seen.reference.sentence and seen.cluster in clusters:
                    return clusters
            if seen.cluster.plural and not seen.reference.nested:
                return (seen.cluster,)
        return ()

    def _best(
        self,
        reference: Reference,
        fits: Callable[[Cluster], bool],
        bonus: Callable[[Seen], float] = lambda _: 0.0,
        sentences: int = _SENTENCES_BACK,
        least: float = float("-inf"),
    ) -> Cluster | None:
        blocked = self._subjects_of_clause(reference)
        best: tuple[float, int] | None = None
        chosen: Cluster | None = None
        for seen in self._within(reference, sentences):
            if not fits(seen.cluster) or seen.cluster.identity in blocked:
                continue
            score = (_weight(seen, reference) + bonus(seen), seen.order)
            if score[0] < least:
                continue
            if best is None or score > best:
                best, chosen = score, seen.cluster
        return chosen

    def _within(self, reference: Reference, sentences: int) -> Iterator[Seen]:
        for seen in reversed(self._recent):
            if reference.sentence - seen.reference.sentence > sentences:
                return
            yield seen

    def _subjects_of_clause(self, reference: Reference) -> frozenset[str]:
        """An object that is no reflexive is not its own clause's subject ("Varda ... invade the country")."""
        if reference.subject or reference.genitive or reference.name.endswith(("self", "selves")):
            return frozenset()
        return frozenset(
            seen.cluster.identity
            for seen in self._within(reference, 0)
            if seen.reference.subject and seen.reference.quoted == reference.quoted
        )


def _weight(seen: Seen, reference: Reference) -> float:
    """How present a mention is to the reader at a later reference; the constants are first guesses, see the tests."""
    mention = seen.reference
    weight = -0.9 * (reference.sentence - mention.sentence)
    weight += 0.3 if reference.sentence == mention.sentence else 0.0
    weight += 1.0 if mention.subject else 0.0
    weight += 0.4 if mention.reporting else 0.0
    weight -= 1.2 if mention.quoted and not reference.quoted else 0.0
    weight -= 0.7 if mention.nested else (0.4 if mention.genitive else 0.0)
    weight -= 0.5 if mention.loud else 0.0
    return weight


__all__ = ["Cluster", "Salience", "Seen"]
