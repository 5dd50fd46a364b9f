"""What speaks for and against two mentions being one: numbered signs of a mention and of each earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.annotating.actors.lexicon import given_names
from onrecord.annotating.chains.kinds import KINDS, form_of
from onrecord.annotating.chains.phrases import Phrase, Words
from onrecord.annotating.folding import fold

Ints = NDArray[np.int32]

#: How many mentions back any antecedent is looked for; further back only what shares a word or our actor.
WINDOW: Final = 60
_PERSONS: Final = {
    word: at
    for at, told in enumerate(
        ("i me my mine myself", "we us our ours ourselves", "you your yours yourself yourselves", "he him his himself",
         "she her hers herself", "it its itself", "they them their theirs themselves themself")
    )
    for word in told.split()
}  # fmt: skip
_NAME, _SINGULAR, _PLURAL = 7, 8, 9
CLASSES: Final = 10
COARSE: Final = np.array([0, 0, 0, 0, 0, 0, 0, 1, 2, 2], np.int32)
_MALE: Final = frozenset(
    (
        "man boy father son brother husband uncle king prince mr mr. sir lord grandfather nephew gentleman emperor "
        "actor businessman congressman spokesman chairman monk priest pope bishop"
    ).split()
)
_FEMALE: Final = frozenset(
    (
        "woman girl mother daughter sister wife aunt queen princess mrs mrs. ms ms. miss lady grandmother niece "
        "widow actress businesswoman congresswoman spokeswoman chairwoman nun"
    ).split()
)
_DEPS: Final = {"nsubj": 1, "nsubjpass": 1, "dobj": 2, "pobj": 3, "poss": 4, "appos": 5, "attr": 6, "conj": 7}
_APPOS, _ATTR, _CONJ = _DEPS["appos"], _DEPS["attr"], _DEPS["conj"]
#: Chains by their size: one, two, up to five, up to twelve, more.
_SIZES: Final = np.array([1, 2, 5, 12])
_DETS: Final = {
    "the": 1,
    "this": 2,
    "that": 2,
    "these": 2,
    "those": 2,
    "a": 3,
    "an": 3,
    "another": 3,
    "some": 3,
    "no": 3,
    "any": 3,
    "every": 3,
    "each": 3,
}
_SENTENCES: Final = np.array([0, 1, 2, 3, 3, 4, 4, 4, 4] + [5] * 8 + [6], np.int32)
_ORDER: Final = np.array([0, 1, 2] + [3] * 3 + [4] * 5 + [5] * 10 + [6] * 20 + [7], np.int32)
#: The signs of a pair with how many values each has.
SIGNS: Final = (
    ("sentences", 7), ("order", 8), ("string", 2), ("head", 3), ("name", 7), ("modifiers", 6), ("number", 4),
    ("gender", 3),
    ("kinds", 16), ("actor", 4), ("deps", 72), ("quoted", 4), ("blocks", 20), ("grammar", 6), ("articles", 30),
    ("certain", 16), ("between", 6), ("size", 5), ("chain", 8), ("front", 2), ("inside", 4), ("own", 4), ("bias", 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase with its chances of being each kind, and what pairs look at."""

    phrase: Phrase
    form: str
    chances: tuple[float, ...]
    kind: int
    sort: int
    gender: int
    plural: int
    lemma: str
    lower: str
    core: tuple[str, ...]
    modifiers: frozenset[str]
    article: int
    dep: int
    quoted: bool
    sentence: int
    actor: str
    certain: int
    verb: int
    top: int
    governor: str


def mention_of(words: Words, phrase: Phrase, chances: Sequence[float]) -> Mention:
    """The mention of a phrase; `chances` are those of KINDS."""
    n, form = phrase.head, form_of(words, phrase.head)
    lower, tag, dep = words.lower[n], words.tag[n], words.dep[n]
    kind = int(np.argmax(chances[1:])) + 1
    person = _PERSONS.get(lower)
    plural = int(tag in ("NNS", "NNPS") or person in (1, 6))
    sort = person if form == "pronoun" and person is not None else _NAME if form == "name" else _SINGULAR + plural
    first, last = phrase.first, n
    if form == "name":
        while last < phrase.last and words.tag[last + 1].startswith("NNP"):
            last += 1
    core = tuple(words.lower[one] for one in range(first, last + 1) if words.text[one][0].isalnum())
    core = core[1:] if core[:1] in (("the",), ("a",), ("an",)) and len(core) > 1 else core
    left = [one for one in range(first, n) if words.tag[one][:2] in ("NN", "JJ", "CD")]
    opener = words.lower[first]
    article = _DETS.get(opener, 0)
    if words.tag[first] in ("PRP$",) or (first < n and words.dep[first] == "poss"):
        article = 4
    top = words.head[n]
    return Mention(
        phrase, form, tuple(chances), kind, sort, _gender(words, phrase, form, person, kind), plural, words.lemma[n],
        lower, core,
        frozenset(words.lemma[one] for one in left), article, _DEPS.get(dep, 0), words.quoted[n], words.sentence[n],
        words.marked.get(n, ("",))[0], min(int(sum(chances[1:]) * 4), 3),
        top if dep in ("nsubj", "nsubjpass", "dobj", "attr") else -1,
        top, f"{lower}:{words.lemma[top]}",
    )  # fmt: skip


def _gender(words: Words, phrase: Phrase, form: str, person: int | None, kind: int) -> int:
    """0 unknown, 1 male, 2 female, 3 neither."""
    if form == "pronoun":
        return {3: 1, 4: 2, 5: 3}.get(-1 if person is None else person, 0)
    told = (
        [words.lower[one] for one in range(phrase.first, phrase.head + 1)]
        if form == "name"
        else [words.lemma[phrase.head]]
    )
    for word in told:
        if word in _MALE:
            return 1
        if word in _FEMALE:
            return 2
    if kind != 1:
        return 3
    if form == "name":
        genders = given_names()[0]
        for word in told:
            if found := genders.get(fold(word)):
                return 1 if found == "m" else 2
    return 0


class Pairs:
    """The mentions of a document, and the signs of each with those before it, while chains grow."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        size = len(mentions)

        def column(values: Any) -> Ints:
            return np.array(list(values), np.int32).reshape(size)

        self.sort = column(one.sort for one in mentions)
        self.kind = column(one.kind for one in mentions)
        self.gender = column(one.gender for one in mentions)
        self.plural = column(one.plural for one in mentions)
        self.article = column(one.article for one in mentions)
        self.dep = column(one.dep for one in mentions)
        self.quoted = column(one.quoted for one in mentions)
        self.sentence = column(one.sentence for one in mentions)
        self.block = column(one.phrase.block for one in mentions)
        self.certain = column(one.certain for one in mentions)
        self.inside = column(one.phrase.inside for one in mentions)
        self.first = column(one.phrase.first for one in mentions)
        self.last = column(one.phrase.last for one in mentions)
        self.head = column(one.phrase.head for one in mentions)
        self.top = column(one.top for one in mentions)
        self.verb = column(one.verb for one in mentions)
        self.actor = _numbered([one.actor for one in mentions])
        self.lemma = _numbered([one.lemma for one in mentions])
        self.core = _numbered([" ".join(one.core) for one in mentions])
        self.chain = np.arange(size, dtype=np.int32)
        self.chain_gender = self.gender.copy()
        self.chain_plural = self.plural.copy()
        self.chain_size = np.ones(size, np.int32)
        self.chain_actor = self.actor.copy()
        self._members: list[list[int]] = [[at] for at in range(size)]
        self._by_word: dict[str, list[int]] = {}
        self._heads: set[str] = set()
        self._cores: set[tuple[str, ...]] = set()

    def candidates(self, at: int) -> Ints:
        """The earlier mentions that may be the antecedent, in order; call it for each mention in turn."""
        one = self.mentions[at]
        keys = (
            {f"w:{word}" for word in (*one.core[-1:], *one.core[:1], one.lemma)}
            if one.form != "pronoun"
            else {f"p:{one.sort}"}
        )
        if one.actor:
            keys.add(f"a:{one.actor}")
        far: set[int] = set()
        for key in sorted(keys):
            seen = self._by_word.setdefault(key, [])
            far.update(seen[-4:])
            far.update(seen[:2])
            seen.append(at)
        low = max(0, at - WINDOW)
        return np.array([*sorted(n for n in far if n < low), *range(low, at)], np.int32)

    def news(self, at: int) -> tuple[str, ...]:
        """What tells whether a mention is the first of its chain; call it for each mention in turn."""
        one = self.mentions[at]
        plain = one.form != "pronoun"
        head, core = plain and one.lemma in self._heads, plain and one.core in self._cores
        self._heads.add(one.lemma)
        self._cores.add(one.core)
        kind, sort, article = KINDS[one.kind], one.sort, one.article
        size = f"{min(len(one.modifiers), 3)}:{one.phrase.last > one.phrase.head}"
        return (
            "new", f"s:{sort}", f"s:{sort}:{article}", f"s:{sort}:{one.certain}", f"s:{sort}:{kind}",
            f"h:{sort}:{head}:{core}:{article}", f"c:{sort}:{core}:{one.phrase.inside}", f"d:{sort}:{one.dep}",
            f"q:{sort}:{one.quoted}", f"l:{one.lemma}", f"la:{one.lemma}:{article}",
            f"m:{sort}:{size}" if plain else f"g:{one.governor}",
        )  # fmt: skip

    def apart(self, at: int, of: Ints) -> Ints:
        """Those of the candidates that do not lie in the mention or around it: a whole is not its part.

        Of 12,848 gold mentions of GUM's training documents 69 are in a chain with one inside them. CoNLL mean over the
        27 training documents left out .640, without this .636; over dev .644 and .648 (8 documents, 2026-11-27).
        """
        nested = (self.block == self.block[at]) & (self.first[at] <= self.last) & (self.first <= self.last[at])
        kept: Ints = of[~nested[of]]
        return kept

    def join(self, at: int, antecedent: int) -> None:
        """Put a mention into the chain of an earlier one."""
        chain, own = int(self.chain[antecedent]), int(self.chain[at])
        if chain == own:
            return
        for member in self._members[own]:
            self.chain[member] = chain
        self._members[chain] += self._members[own]
        self.chain_size[chain] += self.chain_size[own]
        for told in (self.chain_gender, self.chain_actor):
            if told[chain] <= 0 or (told is self.chain_gender and told[chain] == 3 and told[own] in (1, 2)):
                told[chain] = told[own]

    def _like_chain(self, one: Mention, chain: int, alike: dict[int, int]) -> int:
        """How a name is like the name in a chain that is most like it; 0 where it has none."""
        named = [m for m in self._members[chain] if self.sort[m] == _NAME][-8:]
        return max((alike[m] if m in alike else _names(one, self.mentions[m]) for m in named), default=0)

    def signs(self, at: int, of: Ints) -> Ints:
        """For each candidate the value of each of SIGNS."""
        one = self.mentions[at]
        chain = self.chain[of]
        steps = self.sentence[at] - self.sentence[of]
        blocks = np.minimum(self.block[at] - self.block[of], 4)
        heads = (self.lemma[of] == self.lemma[at]).astype(np.int32)
        names, chain_names = self._likeness(at, of)
        extra = np.array([min(len(one.modifiers - self.mentions[j].modifiers), 2) for j in of], np.int32)
        gender = _agreeing(self.chain_gender[chain], int(self.gender[at]))
        fits = (gender != 2) & ((self.plural[of] == self.plural[at]) | (one.sort == 6)) & (self.certain[of] >= 2)
        columns = (
            _SENTENCES[np.minimum(steps, 17)], _ORDER[np.minimum(at - of - 1, 41)],
            (self.core[of] == self.core[at]) & (one.form != "pronoun"), np.where(one.form == "pronoun", 2, heads),
            names, heads * 3 + extra, (self.plural[of] != self.plural[at]) + 2 * self.plural[at], gender,
            (self.kind[at] * 4 + self.kind[of]).clip(0, 15), self._actors(at, of),
            self.dep[at] * 9 + self.dep[of], self.quoted[at] * 2 + self.quoted[of],
            blocks * 4 + self.quoted[at] * 2 + self.quoted[of], self._grammar(at, of),
            self.article[at] * 6 + self.article[of], self.certain[at] * 4 + self.certain[of],
            np.minimum(np.cumsum(fits[::-1])[::-1] - fits, 5), np.searchsorted(_SIZES, self.chain_size[chain]),
            chain_names, self.sentence[of] == 0, self.inside[at] * 2 + self.inside[of],
            _agreeing(self.chain_actor[chain], int(self.actor[at])), np.zeros(len(of), np.int32),
        )  # fmt: skip
        return np.stack([np.asarray(column, np.int32) for column in columns], 1)

    def _likeness(self, at: int, of: Ints) -> tuple[Ints, Ints]:
        """How a name is like each candidate, and like the name in the candidate's chain that is most like it."""
        one = self.mentions[at]
        if one.sort != _NAME:
            none = np.zeros(len(of), np.int32)
            return none, none
        alike = {j: _names(one, self.mentions[j]) for j in of.tolist()}
        chain = self.chain[of].tolist()
        told = {c: self._like_chain(one, c, alike) for c in set(chain)}
        return np.array([alike[j] for j in of.tolist()], np.int32), np.array([told[c] for c in chain], np.int32)

    def _actors(self, at: int, of: Ints) -> Ints:
        """0 where the record knows neither, 1 one of them, 2 both as the same, 3 as different ones."""
        mine, others = int(self.actor[at]), self.actor[of]
        both = np.where(others == mine, 2, 3)
        return np.where((others == 0) | (mine == 0), ((others != 0) | (mine != 0)).astype(np.int32), both)

    def _grammar(self, at: int, of: Ints) -> Ints:
        """What the parse has between the two: apposition, "X is Y", one inside the other, a list, one verb."""
        same = self.block[of] == self.block[at]
        apposed = ((self.dep[at] == _APPOS) & (self.top[at] == self.head[of])) | (
            (self.dep[of] == _APPOS) & (self.top[of] == self.head[at])
        )
        contains = (self.first[of] <= self.first[at]) & (self.last[at] <= self.last[of])
        equal = (self.verb[at] >= 0) & (self.verb[of] == self.verb[at])
        copula = equal & (self.dep[at] == _ATTR) & (self.dep[of] == 1)
        listed = (self.dep[at] == _CONJ) & (self.top[at] == self.head[of])
        return np.select([same & one for one in (apposed, copula, contains, listed, equal)], [1, 2, 3, 4, 5], 0)


def _agreeing(others: Ints, mine: int) -> Ints:
    """0 where one of the two is not known, 1 where they are the same, 2 where not."""
    return np.where((others == 0) | (mine == 0), 0, np.where(others == mine, 1, 2))


def _names(one: Mention, other: Mention) -> int:
    """How two names are alike: 0 not comparable, 1 nothing shared, ... 6 the same."""
    if one.sort != _NAME or other.sort != _NAME:
        return 0
    a, b = one.core, other.core
    if a == b:
        return 6
    if not a or not b:
        return 0
    if a[-1] == b[-1] and (len(a) == 1 or len(b) == 1):
        return 5
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    if set(small) <= set(large):
        return 4
    if (
        len(small) == 1
        and len(large) > 1
        and small[0].replace(".", "") == "".join(w[0] for w in large if w not in ("of", "the", "and", "for"))
    ):
        return 3
    if set(a) & set(b):
        return 2
    return 1


def _numbered(values: Sequence[str]) -> Ints:
    known: dict[str, int] = {"": 0}
    return np.array([known.setdefault(one, len(known)) for one in values], np.int32).reshape(len(values))


__all__ = ["CLASSES", "COARSE", "SIGNS", "WINDOW", "Mention", "Pairs", "mention_of"]
