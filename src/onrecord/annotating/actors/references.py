"""References: stretches of a passage that may name or refer to an actor, and how they are made."""

from dataclasses import dataclass, replace

from onrecord.annotating.actors.lexicon import Term, country_adjective, country_name, offices
from onrecord.annotating.actors.pieces import Piece
from onrecord.annotating.actors.words import Passage
from onrecord.model import ActorKind, Span

#: Verbs of saying.
SAYING = frozenset(
    "say tell add warn announce deny claim argue insist stress suggest note state declare report describe call "
    "reiterate accuse explain admit confirm ask reply respond write tweet believe think hope want agree reject "
    "demand urge vow pledge promise condemn criticise criticize praise predict acknowledge concede maintain repeat "
    "propose offer refuse threaten emphasise emphasize underline remark comment allege assert caution conclude "
    "dismiss rule welcome praise hail blame thank congratulate defend decline voice raise question quote cite speak "
    "post appeal plead signal reveal contend counter assure inform brief disclose testify joke address order oppose "
    "denounce deplore applaud laud recall reaffirm clarify hint dispute lament complain agree".split()
)


#: What a speaker calls his own side by.
OURS = frozenset("we us our ours".split())
#: What a speaker calls himself by.
MINE = frozenset("i me my mine myself".split())


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of a passage that may name or refer to an actor.

    Attributes:
        kind: None for a name whose kind is not yet decided.
        key: the actor's key where the words alone tell it.
        name: the name without titles, or the description without its article.
        title, country, state: office told with it, of which country (ISO code) and state key.
        calls: the noun of a description ("alliance").
        members: keys of the states that a group phrase names.
        age: digits, where told beside a name or by the description itself.
        owner: index in the passage of a possessive pronoun or description that tells the country.
        apposed: start of the reference that this one stands beside ("the minister, Ana Kell"), or -1.
        nested: inside another reference.
    """

    passage: int
    first: int
    last: int
    span: Span
    sentence: int
    form: str
    kind: ActorKind | None
    key: str | None = None
    name: str = ""
    title: str = ""
    country: str | None = None
    state: str | None = None
    gender: str | None = None
    plural: bool = False
    definite: bool = False
    calls: frozenset[str] = frozenset()
    members: tuple[str, ...] = ()
    age: str = ""
    owner: int = -1
    apposed: int = -1
    nested: bool = False
    quoted: bool = False
    subject: bool = False
    reporting: bool = False
    genitive: bool = False
    loud: bool = False
    confidence: float = 1.0


class Cursor:
    """Looks at the pieces of one passage and makes references of them."""

    def __init__(self, passage: Passage, cut: tuple[Piece, ...]) -> None:
        self._passage = passage
        self._cut = cut
        self._told = offices()

    def _sort(self, at: int) -> str:
        return self._cut[at].sort if 0 <= at < len(self._cut) else ""

    def _lower(self, at: int) -> str:
        return self._passage.words[self._cut[at].first].lower if 0 <= at < len(self._cut) else ""

    def _made(self, start: int, after: int, form: str, kind: ActorKind | None) -> Reference:
        """A reference over the pieces start..after-1 with what the parse says of its position."""
        first, last = self._cut[start].first, self._cut[after - 1].last
        subject, reporting = _subject(self._passage, first, last)
        words = self._passage.words
        genitive = (last < len(words) and words[last].text in ("'s", "’s")) or self._sort(after) == "possessive"
        return Reference(
            passage=self._passage.number, first=first, last=last, span=self._passage.span(first, last),
            sentence=words[first].sentence, form=form, kind=kind, quoted=words[first].quoted,
            subject=subject and not genitive, reporting=reporting and not genitive, genitive=genitive,
            loud=self._passage.loud,
        )  # fmt: skip

    def _span(self, start: int, after: int) -> Span:
        return self._passage.span(self._cut[start].first, self._cut[after - 1].last)

    def _term(self, at: int, term: Term) -> Reference:
        kind = ActorKind.STATE if term.key.startswith("state:") else ActorKind.ORGANISATION
        if term.key == "org:west":
            kind = ActorKind.GROUP
        made = self._made(at, at + 1, "name", kind)
        return replace(made, key=term.key, name=term.name, country=term.country, calls=term.calls,
                       state=term.key if kind is ActorKind.STATE else None)  # fmt: skip

    def _pronoun(self, at: int) -> Reference:
        made = self._made(at, at + 1, "pronoun", None)
        lower = self._lower(at)
        if lower in OURS or lower in MINE:
            return replace(made, name=lower, genitive=lower in ("our", "my"), plural=lower in OURS)
        gender = {"h": "m", "s": "f"}.get(lower[0]) if lower[:3] != "her" else "f"
        plural = lower.startswith("the")
        tag = self._passage.words[self._cut[at].first].tag
        owning = lower in ("his", "its", "their") or tag == "PRP$"
        return replace(made, name=lower, gender=gender, plural=plural, genitive=owning)

    def _name_at(self, at: int) -> int:
        """The name piece at `at`, honorifics skipped; -1 for none."""
        while self._sort(at) == "honorific":
            at += 1
        if self._sort(at) == "name" and self._passage.words[self._cut[at].first].capital:
            return at
        return -1

    def _noun_follows(self, at: int) -> bool:
        words = self._passage.words
        return at < len(words) and words[at].tag in ("NN", "NNS") and words[at].spaced and not words[at].capital

    def _in_compound(self, at: int) -> bool:
        """Whether a hyphen makes the words before `at` part of another word: "military-led", "rebel-held"."""
        words = self._passage.words
        joined = at + 1 < len(words) and words[at].text in "-‐–" and not words[at].spaced
        return joined and not words[at + 1].spaced and not words[at + 1].capital

    def _modifies(self, at: int) -> bool:
        """Whether a noun or an adjective with one follows."""
        words = self._passage.words
        if at < len(words) and words[at].text in "-‐–" and not words[at].spaced:
            return True
        return at < len(words) and words[at].tag[:2] in ("NN", "JJ", "VB") and words[at].text[0].isalpha()


def _subject(passage: Passage, first: int, last: int) -> tuple[bool, bool]:
    """Whether the words first..last-1 are a subject, and one of a verb of saying; "according to" is as good."""
    words = passage.words
    if first > 1 and words[first - 1].lower == "to" and words[first - 2].lower == "according":
        return True, True
    for at in range(first, last):
        word = words[at]
        steps = 0
        while word.dep in ("conj", "appos", "compound", "nmod", "poss") and word.head != at and steps < 3:
            if word.dep != "conj" and first <= word.head < last:
                break
            if word.dep in ("compound", "nmod", "poss"):
                break
            at, word, steps = word.head, words[word.head], steps + 1
        if word.dep in ("nsubj", "nsubjpass") and not (first <= word.head < last):
            return True, words[word.head].lemma in SAYING
    return False, False


def body_key(state: str, slug: str) -> str:
    """The key of a state's body.

    >>> body_key("state:RUS", "foreign-ministry")
    'gov:RUS:foreign-ministry'
    """
    return f"gov:{state.partition(':')[2]}:{slug}"


def body_name(canonical: str, country: Term) -> str:
    """The body's English name: "Russian Ministry of Foreign Affairs"."""
    name = country.name
    adjective = (country_adjective(country.country) if country.country else country.adjective) or name
    if country.country == "USA":
        adjective = name
    if country.country:
        name = country_name(country.country) or name
    return canonical.format(adj=adjective, name=name)


__all__ = ["MINE", "OURS", "SAYING", "Cursor", "Reference", "body_key", "body_name"]
