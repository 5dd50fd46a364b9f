"""What stands before the head of a phrase: articles, owners, countries, modifiers."""

from dataclasses import dataclass, field

from onrecord.annotating.actors.lexicon import Term
from onrecord.annotating.actors.references import SAYING, Cursor, Reference

_CONNECTORS = frozenset(("and", "&", ",", "or"))
DEFINITE = frozenset("the this that these those both".split())
#: Offices whose word is as often an adjective.
_ALSO_ADJECTIVES = frozenset("rebel official chief general representative militant insurgent executive major".split())
_PLACING = frozenset("in at near around outside inside across from on along over".split())
_DAYS_TOLD = frozenset("yesterday today tomorrow tonight".split())
_OWNERS = frozenset(("name", "body-noun", "body"))
_NUMBERS = frozenset("two three four both several many all".split())


@dataclass(slots=True)
class Phrase:
    """A noun phrase while it is read."""

    start: int
    at: int
    determiner: str = ""
    number: str = ""
    terms: list[int] = field(default_factory=list)
    owner: int = -1
    owned: bool = False
    modifiers: list[str] = field(default_factory=list)
    adjective: str = ""
    kept: list[str] = field(default_factory=list)


class PremodifierReader(Cursor):
    """Reads phrases up to their head, and the country behind it ("of Varda")."""

    def _opens(self, at: int) -> bool:
        """Whether a plain word may open a phrase: "senior officials", "European allies"."""
        word = self._passage.words[self._cut[at].first]
        fitting = word.lower in self._told.modifiers or word.text in self._told.words["group_adjectives"]
        owned = self._sort(at - 1) == "possessive" and word.tag == "NN"
        return (fitting or owned) and word.tag != "RB"

    def _premodifiers(self, at: int) -> Phrase:
        """Read determiner, owner, countries and modifiers up to the head."""
        # "Tosk's spokesman": the owner is a name that was read before.
        phrase = Phrase(at, at, owned=self._sort(at - 1) == "possessive" and self._sort(at - 2) in _OWNERS)
        if self._sort(at) == "determiner":
            self._determiners(phrase)
        if self._sort(phrase.at) == "pronoun" and self._lower(phrase.at) in ("his", "her", "its", "their"):
            phrase.owner, phrase.owned = phrase.at, True
            phrase.at += 1
        elif (
            phrase.determiner in DEFINITE
            and self._sort(phrase.at) == "state-noun"
            and self._sort(phrase.at + 1) == "possessive"
        ):
            phrase.owner, phrase.owned = phrase.at, True
            phrase.at += 2
        while self._premodifier(phrase):
            pass
        return phrase

    def _determiners(self, phrase: Phrase) -> None:
        while self._sort(phrase.at) == "determiner" and phrase.at - phrase.start < 2:
            lower = self._lower(phrase.at)
            if lower in _NUMBERS:
                phrase.number = lower
            phrase.determiner = phrase.determiner or lower
            phrase.at += 1

    def _premodifier(self, phrase: Phrase) -> bool:
        """Take one premodifier; False at the head or where none is."""
        at = phrase.at
        sort, after = self._sort(at), self._sort(at + 1)
        if sort == "term":
            return self._term_premodifier(phrase)
        if sort == "determiner" and self._lower(at) in _NUMBERS and phrase.owned:
            phrase.number = self._lower(at)
            phrase.at += 1
            return True
        if sort in ("office", "body", "body-noun", "government") and after in ("office", "group"):
            phrase.modifiers.append(self._passage.text(self._cut[at].first, self._cut[at].last).lower())
            phrase.kept.append(phrase.modifiers[-1])
            phrase.at += 1
            return True
        if sort == "age" and self._head_near(at + 1):
            phrase.at += 1
            return True
        if sort == "office" and self._lower(at + 1) in "-‐" and self._lower(at + 1):
            return False
        if sort == "name" and phrase.terms and after == "office":
            phrase.modifiers.append("")  # "White House National Security spokesman"
            phrase.at += 1
            return True
        if sort in ("word", "name"):
            word = self._passage.words[self._cut[at].first]
            single = self._cut[at].last - self._cut[at].first == 1
            if single and word.text in self._told.words["group_adjectives"]:
                phrase.adjective = word.text
            elif single and not word.capital and word.tag == "NN" and after == "office":
                phrase.kept.append(word.lower)  # "the tax commissioner"
            elif not (
                single and (word.lower in self._told.modifiers or (word.tag in ("JJ", "CD") and not word.capital))
            ):
                return False
            if len(phrase.modifiers) >= 4 or not self._head_near(at + 1):
                return False
            phrase.modifiers.append(word.lower)
            phrase.at += 1
            return True
        return False

    def _head_near(self, at: int) -> bool:
        """Whether a head follows within the next few pieces, modifiers only between."""
        for ahead in range(at, min(at + 5, len(self._cut))):
            sort = self._cut[ahead].sort
            if sort in ("office", "body", "group", "government", "body-noun", "state-noun"):
                return True
            if sort not in ("word", "term", "name"):
                return False
        return False

    def _term_premodifier(self, phrase: Phrase) -> bool:
        """Take a country or organisation that stands before a head, with those coordinated to it."""
        terms = [phrase.at]
        at = phrase.at + 1
        while self._lower(at) in _CONNECTORS and self._sort(at + 1) in ("term", "determiner"):
            ahead = at + 2 if self._sort(at + 1) == "determiner" else at + 1
            if self._lower(at) == "," and self._lower(ahead) == "and":
                ahead += 1
            if self._sort(ahead) != "term":
                break
            terms.append(ahead)
            at = ahead + 1
        # "In Varda, Oskelian officials": a comma alone joins nothing.
        if len(terms) > 1 and not any(self._lower(one) in ("and", "&", "or") for one in range(terms[-2], terms[-1])):
            terms, at = terms[:1], phrase.at + 1
        owned = self._sort(at) == "possessive"
        at += owned
        if not self._reaches_head(at):
            if len(terms) == 1 or not self._reaches_head(phrase.at + 1 + (self._sort(phrase.at + 1) == "possessive")):
                if not phrase.terms:
                    phrase.terms = [phrase.at]
                return False
            terms, at = terms[:1], phrase.at + 1
            owned = self._sort(at) == "possessive"
            at += owned
        plural = self._head_from(at) == "group"
        if len(terms) > 1 and not plural:
            if not phrase.terms:
                phrase.terms = [phrase.at]
            return False
        phrase.terms.extend(terms)
        phrase.owned = phrase.owned or owned
        phrase.at = at
        return True

    def _head_from(self, at: int) -> str:
        """The sort of the head that the pieces from `at` lead to, or nothing."""
        for ahead in range(at, min(at + 6, len(self._cut))):
            sort = self._cut[ahead].sort
            if sort in ("office", "body", "government") and self._sort(ahead + 1) in ("office", "group"):
                continue
            if sort in ("office", "body", "group", "government", "body-noun", "state-noun", "honorific"):
                return sort
            if sort == "term" or (sort == "name" and self._sort(ahead + 1) == "office"):
                continue
            if sort not in ("word", "name"):
                return ""
            word = self._passage.words[self._cut[ahead].first]
            fits = word.lower in self._told.modifiers or word.text in self._told.words["group_adjectives"]
            compound = word.tag == "NN" and self._sort(ahead + 1) == "office"
            if not fits and (word.capital or not (compound or word.tag in ("JJ", "CD", "JJS"))):
                return ""
        return ""

    def _reaches_head(self, at: int) -> bool:
        return self._head_from(at) != ""

    def _complement(self, after: int) -> tuple[int, Term | None]:
        """The country or body of "president of Varda", "spokesman for the Vardan army"; the piece after it."""
        if self._lower(after) not in ("of", "for", "to", "from"):
            return after, None
        at = after + 1
        if self._sort(at) == "determiner" and self._lower(at) == "the":
            at += 1
        if self._sort(at) != "term":
            return after, None
        term = self._cut[at].term
        if self._sort(at + 1) == "possessive":
            return after, None  # "the head of Varda's bank"
        if term is None or (self._lower(after) in ("to", "from") and term.sort == "capital"):
            return after, None
        if term.sort == "adjective" or self._lower(after) == "to":
            return after, None
        # "president of Varda and Oskelia's envoy": the first only.
        return at + 1, term if term.sort in ("country", "organisation", "capital", "metonym") else None

    def _country(self, phrase: Phrase) -> Term | None:
        """The last state that stands before the head, else the last organisation."""
        terms = [term for at in phrase.terms if (term := self._cut[at].term) is not None]
        states = [term for term in terms if term.key.startswith("state:")]
        return states[-1] if states else (terms[-1] if terms else None)

    def _owner_word(self, phrase: Phrase) -> int:
        return self._cut[phrase.owner].first if phrase.owner >= 0 else -1

    def _without_article(self, phrase: Phrase, after: int) -> str:
        start = phrase.start
        while self._sort(start) == "determiner" and start < after - 1:
            start += 1
        return self._passage.text(self._cut[start].first, self._cut[after - 1].last)

    def _with_owner(self, phrase: Phrase, after: int) -> str:
        """The words of a description, with the name before it: "Kell's spokeswoman"."""
        if phrase.owner < 0 and phrase.owned and self._sort(phrase.start - 1) == "possessive":
            return self._passage.text(self._cut[phrase.start - 2].first, self._cut[after - 1].last)
        return self._without_article(phrase, after)

    def _noun_after_office(self, at: int) -> bool:
        """Whether an office only describes what follows: "the rebel assault", "official media", "the chief envoy"."""
        words, last = self._passage.words, self._cut[at].last
        if self._cut[at].title in _ALSO_ADJECTIVES:
            return self._noun_follows(last) and words[last].lower not in _DAYS_TOLD
        return False

    def _past_complement(self, after: int) -> int:
        """The comma that closes "of its commission," or "for the southern front,"; `after` itself where none does."""
        if self._lower(after) not in ("of", "for", "at", "in", "to"):
            return after
        for at in range(after + 1, min(after + 9, len(self._cut))):
            if self._lower(at) == ",":
                return at
            word = self._passage.words[self._cut[at].first]
            if self._sort(at) == "mark" or word.tag.startswith(("VB", "MD", "WP", "WDT")):
                return after
        return after

    def _second_office(self, phrase: Phrase, after: int) -> int:
        """Where the second office of one person begins: "alliance chairman and Vardan president Mira Tosk"; or -1."""
        if phrase.determiner or phrase.number or self._lower(after) != "and":
            return -1
        second = self._premodifiers(after + 1)
        if self._sort(second.at) != "office" or second.determiner:
            return -1
        return after + 1 if self._name_at(self._complement(second.at + 1)[0]) >= 0 else -1

    def _in_place(self, name: Reference) -> bool:
        """Whether a name that nothing tells to be a person's stands where a place does: "in Kelm, the minister ..."."""
        words = self._passage.words
        at = name.first - 1
        while at > 0 and words[at].lower in ("the", "nearby", "central"):
            at -= 1
        before = words[at].lower if at >= 0 else ""
        return before in _PLACING and not (name.title or name.gender or name.age)

    def _spoken_with(self, at: int) -> bool:
        """Whether words before a piece make it somebody that one deals with: "told the Vardans", "talks with"."""
        first = self._cut[at].first if 0 <= at < len(self._cut) else 0
        before = self._passage.words[first - 1] if first else None
        return before is not None and (before.lower in ("with", "by", "to") or before.lemma in SAYING)


__all__ = ["DEFINITE", "Phrase", "PremodifierReader"]
