"""Which statements of many reports are one utterance."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.fusing.alignment import RUN_WORDS, Alignment, Wording, align, longest_run, wording, words_in_order
from onrecord.fusing.framing import Framing, framing_of, same_object
from onrecord.fusing.scene import Party, Scene
from onrecord.fusing.starring import Match, Star, gather
from onrecord.fusing.times import overlap
from onrecord.model import Act, ActorKind, Reason, Statement, StatementKind

#: Weight of rare shared words by which a run shared word for word is one utterance.
RUN_WEIGHT = 0.9
#: Share of the shorter wording that a reworded one must have.
COVERED = 0.6
#: ... and the distinct words of content, and their weight, that must be shared whatever the share.
SHARED_WORDS = 3
SHARED_WEIGHT = 1.1
#: Of one speaker's few words fewer need be shared, if hardly any other is told.
FEW_WORDS = 2
FEW_COVERED = 0.7
FEW_WEIGHT = 0.8
#: Share of two direct quotations' words, in order, by which they are translations of one.
IN_ORDER = 0.6
_IN_ORDER_WORDS = 9
_NEARLY_ALL = 0.8
_HALF = 0.5
_ALL = 0.95
#: Quoted words that are more than a turn of phrase.
_FRAGMENT_WORDS = 3
#: What is taken off when a person is held against a state or ministry of the same country.
_COUNTRY_ONLY = 0.1
_KEYS = 10


@dataclass(frozen=True, slots=True)
class Utterance:
    """A statement made comparable."""

    statement: Statement
    speakers: tuple[Party, ...]
    wording: Wording
    quoted: Wording
    framing: Framing | None

    @property
    def weight(self) -> float:
        """How much it tells."""
        return self.wording.weight


def join_statements(scene: Scene) -> list[Star]:
    """Gather the statements of a story around their fullest tellings."""
    utterances = {one.id: _utterance(scene, one) for one in scene.statements.values()}
    order = sorted(utterances, key=lambda one: (-round(utterances[one].weight, 6), one))

    def compare(member: str, hub: str) -> Match | None:
        return same_utterance(utterances[member], utterances[hub])

    return gather(order, {one: _keys(utterances[one]) for one in order}, compare)


def _utterance(scene: Scene, statement: Statement) -> Utterance:
    told = wording_of(scene, statement)
    inside = [token for token in told.tokens if token.quoted]
    # of what is quoted as a whole nothing is reckoned twice
    quoted = told if len(inside) == len(told.tokens) else wording(inside)
    speakers = scene.parties(statement.speakers)
    return Utterance(statement, speakers, told, quoted, framing_of(scene, statement))


def wording_of(scene: Scene, statement: Statement) -> Wording:
    """The words that a statement tells."""
    return scene.kept("wording", statement, lambda: wording(scene.tokens(statement.report, statement.content)))


def _keys(utterance: Utterance) -> list[str]:
    sides = _sides(utterance.speakers)
    ranked = sorted(
        {(-t.weight, t.concept) for t in utterance.wording.tokens if t.weight and not t.concept.startswith("@")}
    )
    topics = [concept for _, concept in ranked[:_KEYS]]
    if utterance.framing is not None:
        topics.append(f"about {utterance.framing.object}")
    return [f"{side} {topic}" for topic in topics for side in sides]


def _sides(speakers: Sequence[Party]) -> list[str]:
    return sorted({party.country or party.actor for party in speakers}) or ["?"]


def same_utterance(a: Utterance, b: Utterance) -> Match | None:
    """Whether two statements are one utterance, and by what.

    The speakers must be able to be one; then the wordings must share a run word for word, or, in another
    order or translation, enough of the shorter one's rare words within one stretch, and be negated alike.
    """
    speakers = speakers_agree(a.speakers, b.speakers)
    if not speakers or (Act.BELIEF in (a.statement.act, b.statement.act) and a.statement.act is not b.statement.act):
        return None
    laid = align(a.wording, b.wording)
    match = (
        _verbatim(a, b, laid) or _fragment(a, b, speakers) or _translated(a, b, laid) or _reworded(a, b, laid, speakers)
    )
    if match is None and speakers == 1.0 and same_object(a.framing, b.framing):
        match = Match(0.5, (Reason("one speaker describes one thing", 1.0, 0.5),))
    if match is None:
        return None
    return Match(match.score, (Reason("speakers are one", speakers, 1.0), *match.reasons))


def speakers_agree(a: Sequence[Party], b: Sequence[Party]) -> float:
    """1 if a speaker is shared, less if only a person's country is the other's state or ministry, else 0."""
    if not a or not b:
        return 0.5 if not a and not b else 0.0
    if {party.actor for party in a} & {party.actor for party in b}:
        return 1.0
    for one in a:
        for other in b:
            persons = (one.kind is ActorKind.PERSON) + (other.kind is ActorKind.PERSON)
            if one.country and one.country == other.country and persons < 2:
                return 1.0 - _COUNTRY_ONLY
    return 0.0


def _verbatim(a: Utterance, b: Utterance, laid: Alignment) -> Match | None:
    """A run of words that both have, long and rare enough not to be chance, and most of a quotation."""
    if laid.shared < 0.4 or laid.content < 2:
        return None
    run = longest_run(a.wording, b.wording)
    if run.words < RUN_WORDS or run.weight < RUN_WEIGHT:
        return None
    # What stands outside a run that is nearly all of the shorter one can't make it the opposite.
    if laid.negated and run.words < _NEARLY_ALL * min(len(a.wording.tokens), len(b.wording.tokens)):
        return None
    shorter = min(a.weight, b.weight)
    if laid.covered < 0.4 and run.weight < 0.4 * shorter:
        return None
    score = min(1.0, 0.7 + 0.3 * laid.covered)
    return Match(
        score, (Reason("words in a run", run.words, 0.7), Reason("share of the shorter wording", laid.covered, 0.3))
    )


def _fragment(a: Utterance, b: Utterance, speakers: float) -> Match | None:
    """A speaker's few quoted words that stand in the other's quotation as they are: had "nothing to hide"."""
    if speakers < 1.0:
        return None
    for part, whole in ((a, b), (b, a)):
        quoted = part.quoted
        few = _FRAGMENT_WORDS <= len(quoted.tokens) <= _IN_ORDER_WORDS
        if part.statement.kind is not StatementKind.MIXED or not few or align(quoted, whole.quoted).content < 2:
            continue
        run = longest_run(quoted, whole.quoted)
        if run.words == len(quoted.tokens):
            return Match(0.7, (Reason("quoted words that both have", run.words, 0.7),))
    return None


def _translated(a: Utterance, b: Utterance, laid: Alignment) -> Match | None:
    """Two quotations with the same words in the same order but for some."""
    direct = StatementKind.INDIRECT not in (a.statement.kind, b.statement.kind)
    if not direct or laid.negated or laid.content < 2 or laid.covered < 0.4:
        return None
    in_order = words_in_order(a.wording, b.wording)
    order = in_order / min(len(a.wording.tokens), len(b.wording.tokens))
    # A short quotation has no nine words: then nearly all that it tells must be there.
    whole = laid.covered >= _NEARLY_ALL and laid.content > FEW_WORDS and order >= _HALF
    if not whole and (order < IN_ORDER or in_order < _IN_ORDER_WORDS):
        return None
    return Match(0.5 + 0.4 * order, (Reason("words in the same order", round(order, 4), 0.9),))


def _reworded(a: Utterance, b: Utterance, laid: Alignment, speakers: float) -> Match | None:
    """Enough of the shorter wording's rare words in one stretch of the longer one."""
    wanted = COVERED + (1.0 - speakers)
    quoted = _shared_quotation(a, b)
    if quoted:
        wanted -= 0.2
    few = laid.content == FEW_WORDS and speakers == 1.0 and laid.covered >= FEW_COVERED
    least = FEW_WEIGHT if few and laid.covered >= _ALL else SHARED_WEIGHT
    if laid.negated or laid.shared < least or laid.covered < wanted:
        return None
    # A name that both tell, besides the speaker's, says as much as a word.
    if laid.content < FEW_WORDS or (laid.content + laid.named < SHARED_WORDS and not few):
        return None
    if overlap(a.statement.said, b.statement.said) is False:
        return None
    reasons = [
        Reason("share of the shorter wording", laid.covered, 0.8),
        Reason("shared words of content", laid.content, 0.1),
    ]
    if quoted:
        reasons.append(Reason("words shared inside quotation marks", quoted, 0.2))
    return Match(min(1.0, 0.8 * laid.covered + 0.1 + (0.1 if quoted else 0.0)), tuple(reasons))


def _shared_quotation(a: Utterance, b: Utterance) -> int:
    """Words of the longest quoted run that both have, 0 if it says little."""
    if align(a.quoted, b.quoted).content < 2:
        return 0
    run = longest_run(a.quoted, b.quoted)
    return run.words if run.words >= _FRAGMENT_WORDS else 0
