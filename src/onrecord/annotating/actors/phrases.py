"""Noun phrases that name or describe an actor, read off the pieces of a passage."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from onrecord.annotating.actors.lexicon import Term, country_adjective, country_name, offices
from onrecord.annotating.actors.locatives import in_place_position
from onrecord.annotating.actors.pieces import Piece
from onrecord.annotating.actors.words import Passage
from onrecord.model import ActorKind, Span

_CONNECTORS = frozenset(("and", "&", ",", "or"))
_DEFINITE = frozenset("the this that these those both".split())
#: Bodies whose noun mostly describes another one: "a military helicopter", "police station".
_OFTEN_ADJECTIVES = frozenset(("army", "police", "navy", "air-force", "intelligence", "parliament", "lower-house"))
_NUMBERS = frozenset("two three four both several many all".split())
_SAYING = frozenset(
    "say tell add warn announce deny claim argue insist stress suggest note state declare report describe call "
    "reiterate accuse explain admit confirm ask reply respond write tweet believe think hope want agree reject "
    "demand urge vow pledge promise condemn criticise criticize praise predict acknowledge concede maintain repeat "
    "propose offer refuse threaten emphasise emphasize underline remark comment allege assert caution conclude".split()
)


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
    owner: int = -1
    apposed: int = -1
    nested: bool = False
    quoted: bool = False
    subject: bool = False
    reporting: bool = False
    genitive: bool = False
    loud: bool = False
    confidence: float = 1.0


@dataclass(slots=True)
class _Phrase:
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


class PhraseReader:
    """Reads the references of one passage, left to right."""

    def __init__(self, passage: Passage, cut: tuple[Piece, ...]) -> None:
        self._passage = passage
        self._cut = cut
        self._told = offices()

    def references(self) -> Iterator[Reference]:
        """The references in text order, those inside others after them."""
        at = 0
        while at < len(self._cut):
            found, after = self._phrase(at)
            yield from found
            at = max(after, at + 1)

    def _sort(self, at: int) -> str:
        return self._cut[at].sort if 0 <= at < len(self._cut) else ""

    def _lower(self, at: int) -> str:
        return self._passage.words[self._cut[at].first].lower if 0 <= at < len(self._cut) else ""

    def _phrase(self, at: int) -> tuple[list[Reference], int]:
        """The references of the phrase that begins at a piece, and the piece after it."""
        sort = self._sort(at)
        if sort == "pronoun" and self._lower(at) not in ("his", "her", "its", "their"):
            return [self._pronoun(at)], at + 1
        if sort in ("word", "mark", "possessive") and not self._opens(at):
            return [], at + 1
        phrase = self._premodifiers(at)
        head = self._sort(phrase.at)
        reading = {
            "office": self._office,
            "body": self._body,
            "group": self._group,
            "honorific": self._honorific,
            "name": self._name,
            "state-noun": self._state_noun,
            "government": self._government,
            "body-noun": self._body_noun,
        }.get(head)
        if reading is not None:
            found, after = reading(phrase)
            if found:
                return [*found, *self._nested(phrase)], after
        if phrase.terms:
            return self._bare(phrase), self._after_terms(phrase)
        own = [self._pronoun(at)] if sort == "pronoun" else []
        return own, at + 1

    def _opens(self, at: int) -> bool:
        """Whether a plain word may open a phrase: "senior officials", "European allies"."""
        word = self._passage.words[self._cut[at].first]
        fitting = word.lower in self._told.modifiers or word.text in self._told.words["group_adjectives"]
        return fitting and word.tag != "RB"

    def _premodifiers(self, at: int) -> _Phrase:
        """Read determiner, owner, countries and modifiers up to the head."""
        phrase = _Phrase(at, at)
        if self._sort(at) == "determiner":
            self._determiners(phrase)
        if self._sort(phrase.at) == "pronoun" and self._lower(phrase.at) in ("his", "her", "its", "their"):
            phrase.owner, phrase.owned = phrase.at, True
            phrase.at += 1
        elif phrase.determiner in _DEFINITE and self._sort(phrase.at) == "state-noun":
            if self._sort(phrase.at + 1) == "possessive":
                phrase.owner, phrase.owned = phrase.at, True
                phrase.at += 2
        while self._premodifier(phrase):
            pass
        return phrase

    def _determiners(self, phrase: _Phrase) -> None:
        while self._sort(phrase.at) == "determiner" and phrase.at - phrase.start < 2:
            lower = self._lower(phrase.at)
            if lower in _NUMBERS:
                phrase.number = lower
            phrase.determiner = phrase.determiner or lower
            phrase.at += 1

    def _premodifier(self, phrase: _Phrase) -> bool:
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
        if sort == "office" and self._lower(at + 1) in "-‐" and self._lower(at + 1):
            return False
        if sort in ("word", "name"):
            word = self._passage.words[self._cut[at].first]
            single = self._cut[at].last - self._cut[at].first == 1
            if single and word.text in self._told.words["group_adjectives"]:
                phrase.adjective = word.text
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

    def _term_premodifier(self, phrase: _Phrase) -> bool:
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
            if sort == "term":
                continue
            if sort not in ("word", "name"):
                return ""
            word = self._passage.words[self._cut[ahead].first]
            fits = word.lower in self._told.modifiers or word.text in self._told.words["group_adjectives"]
            if not fits and (word.capital or word.tag not in ("JJ", "CD", "JJS")):
                return ""
        return ""

    def _reaches_head(self, at: int) -> bool:
        return self._head_from(at) != ""

    # Heads -------------------------------------------------------------------------------------------------

    def _office(self, phrase: _Phrase) -> tuple[list[Reference], int]:
        """A titled person ("Vardan president Mira Tosk"), or a description by office."""
        piece = self._cut[phrase.at]
        kept = [word for word in phrase.modifiers if word in self._told.kept_modifiers or word in phrase.kept]
        title = " ".join([*kept, piece.title])
        if title in ("secretary", "chief", "deputy", "major", "justice", "general", "speaker") and not phrase.owned:
            lower = not self._passage.words[piece.first].capital
            if lower and phrase.determiner not in ("the", "a") and self._sort(phrase.at + 1) != "name":
                return [], phrase.at + 1
        after, country = self._complement(phrase.at + 1)
        country = self._country(phrase) or country
        name_at = self._name_at(after)
        if name_at >= 0:
            return self._titled(phrase, title, country, after, name_at)
        alone = phrase.determiner or phrase.owned or phrase.terms or phrase.modifiers
        if not alone and not self._passage.words[piece.first].capital:
            return [], phrase.at + 1
        named = [self._cut[at].term for at in phrase.terms]
        described = self._made(phrase.start, after, "description", ActorKind.PERSON)
        definite = phrase.determiner in _DEFINITE or phrase.owned or (not phrase.determiner and bool(named))
        described = replace(
            described,
            name=self._without_article(phrase, after),
            title=title,
            country=country.country if country else None,
            state=country.key if country else None,
            gender=self._told.gender(title),
            definite=definite,
            owner=self._owner_word(phrase),
            members=tuple(term.key for term in named if term),
        )
        return self._apposed(described, phrase, title, country, after)

    def _titled(
        self, phrase: _Phrase, title: str, country: Term | None, after: int, name_at: int
    ) -> tuple[list[Reference], int]:
        """A title with the name right after it: one mention."""
        named = self._made(phrase.start, name_at + 1, "name", ActorKind.PERSON)
        honorific = self._cut[after].title if self._sort(after) == "honorific" else ""
        gender = self._told.gender(title) or self._told.honorifics.get(honorific) or None
        named = replace(
            named,
            name=self._passage.text(self._cut[name_at].first, self._cut[name_at].last),
            title=title,
            country=country.country if country else None,
            state=country.key if country else None,
            gender=gender,
            owner=self._owner_word(phrase),
        )
        return [named], name_at + 1

    def _apposed(
        self, described: Reference, phrase: _Phrase, title: str, country: Term | None, after: int
    ) -> tuple[list[Reference], int]:
        """The description, with the name that follows a comma: "the Vardan envoy, Ana Kell"."""
        found = [described]
        name_at = self._name_at(after + 1) if self._lower(after) in (",", "–", "—") else -1
        closed = name_at >= 0 and (
            self._sort(name_at + 1) in ("mark", "") or self._lower(name_at + 1) in ("and", "who")
        )
        if closed and (described.definite or phrase.determiner):
            start = after + 1
            named = self._made(start, name_at + 1, "name", ActorKind.PERSON)
            name = self._passage.text(self._cut[name_at].first, self._cut[name_at].last)
            state = country.key if country else None
            iso = country.country if country else None
            found.append(
                replace(named, name=name, title=title, country=iso, state=state, gender=described.gender,
                        owner=described.owner, apposed=described.span.start)
            )  # fmt: skip
            return found, name_at + 1
        return found, after

    def _body(self, phrase: _Phrase) -> tuple[list[Reference], int]:
        """A government body: "the Vardan foreign ministry", "Varda's parliament"."""
        piece = self._cut[phrase.at]
        body = piece.body
        if body is None:
            return [], phrase.at + 1
        after, told = self._complement(phrase.at + 1)
        country = self._country(phrase) or told
        capital = self._passage.words[piece.first].capital
        if body.slug in _OFTEN_ADJECTIVES and self._noun_follows(piece.last):
            return [], phrase.at + 1
        if phrase.determiner in ("a", "an") and country is None:
            return [], phrase.at + 1
        if not (phrase.determiner or phrase.owned or country or capital):
            bare = body.slug in ("parliament", "police", "state-media")
            if not bare:
                return [], phrase.at + 1
        made = self._made(phrase.start, after, "name" if country else "description", ActorKind.ORGANISATION)
        made = replace(made, calls=body.calls | {body.slug}, definite=phrase.determiner in _DEFINITE or phrase.owned,
                       owner=self._owner_word(phrase), title=body.slug, name=body.canonical)  # fmt: skip
        if country is not None:
            made = replace(made, key=body_key(country.key, body.slug), name=body_name(body.canonical, country),
                           country=country.country, state=country.key)  # fmt: skip
        return [made], after

    def _group(self, phrase: _Phrase) -> tuple[list[Reference], int]:
        """A group: "Vardan and Oskelian diplomats", "European allies", "the two leaders"."""
        piece = self._cut[phrase.at]
        terms = [term for at in phrase.terms if (term := self._cut[at].term) is not None]
        after, told = self._complement(phrase.at + 1)
        if told is not None:
            terms.append(told)
            while self._lower(after) == "and" and self._sort(after + 1) == "term" and not self._reaches_head(after + 2):
                terms.extend(term for term in [self._cut[after + 1].term] if term is not None)
                phrase.terms.append(after + 1)
                after += 2
            phrase.terms.append(phrase.at + 2 + (self._sort(phrase.at + 2) == "determiner"))
        if not (terms or phrase.adjective or phrase.owned or phrase.number or phrase.determiner in _DEFINITE):
            return [], phrase.at + 1
        if phrase.determiner in ("a", "an") and not terms and not phrase.adjective:
            return [], phrase.at + 1
        noun = self._passage.text(piece.first, piece.last).lower()
        if noun in self._told.words["crowd_nouns"] and not (terms or phrase.adjective):
            return [], phrase.at + 1
        states = tuple(term.key for term in terms)
        isos = sorted({term.country for term in terms if term.country})
        made = self._made(phrase.start, after, "description", ActorKind.GROUP)
        made = replace(
            made,
            name=self._without_article(phrase, after),
            calls=frozenset((noun, phrase.number) if phrase.number else (noun,)),
            country=isos[0] if len(isos) == 1 and len(set(states)) == 1 else None,
            state=states[0] if len(set(states)) == 1 else None,
            members=states,
            plural=True,
            definite=phrase.determiner in _DEFINITE,
            owner=self._owner_word(phrase),
        )
        return [made], after

    def _honorific(self, phrase: _Phrase) -> tuple[list[Reference], int]:
        """A person with an honorific: "Ms Tosk", "Lt. Gen. Kell"."""
        at, gender = phrase.at, None
        while self._sort(at) in ("honorific", "office"):
            gender = self._told.honorifics.get(self._cut[at].title) or gender
            at += 1
        if self._sort(at) not in ("name", "term"):
            return [], phrase.at + 1
        made = self._made(phrase.start, at + 1, "name", ActorKind.PERSON)
        name = self._passage.text(self._cut[at].first, self._cut[at].last)
        found = [replace(made, name=name, gender=gender)]
        return self._office_after(found, at + 1)

    def _name(self, phrase: _Phrase) -> tuple[list[Reference], int]:
        """A name whose kind later votes decide; an office after a comma makes it a person."""
        piece = self._cut[phrase.at]
        start = phrase.at
        last_word = self._passage.words[piece.last - 1].lower
        if phrase.terms and last_word in self._told.words["organisation_heads"] and not phrase.owned:
            start = phrase.terms[0]
        made = self._made(start, phrase.at + 1, "name", None)
        name = self._passage.text(self._cut[start].first, piece.last)
        if start != phrase.at:
            phrase.terms = []
        return self._office_after([replace(made, name=name)], phrase.at + 1)

    def _office_after(self, found: list[Reference], after: int) -> tuple[list[Reference], int]:
        """Add "..., the Vardan envoy," to the name before it."""
        if self._lower(after) != "," or self._sort(after + 1) not in ("determiner", "term", "office", "word", "body"):
            return found, after
        phrase = self._premodifiers(after + 1)
        if self._sort(phrase.at) != "office" or not (
            phrase.determiner or phrase.terms or phrase.modifiers or phrase.at
        ):
            return found, after
        end, country = self._complement(phrase.at + 1)
        if self._name_at(end) >= 0 or self._sort(end) not in ("mark", "", "word"):
            return found, after
        if self._sort(end) == "word" and self._lower(end) not in ("and", "who", "in", "at", "on", "said", "told"):
            return found, after
        kept = [word for word in phrase.modifiers if word in self._told.kept_modifiers or word in phrase.kept]
        title = " ".join([*kept, self._cut[phrase.at].title])
        country = self._country(phrase) or country
        iso, state = (country.country, country.key) if country else (None, None)
        gender = found[0].gender or self._told.gender(title)
        named = replace(found[0], kind=ActorKind.PERSON, title=title, country=iso, state=state, gender=gender,
                        owner=self._owner_word(phrase))  # fmt: skip
        described = self._made(phrase.start, end, "description", ActorKind.PERSON)
        described = replace(described, name=self._without_article(phrase, end), title=title, country=iso, state=state,
                            apposed=named.span.start, definite=True)  # fmt: skip
        return [named, described, *self._nested(phrase)], end

    def _state_noun(self, phrase: _Phrase) -> tuple[list[Reference], int]:
        """ "The country", "his country", "that nation"."""
        if phrase.terms or (phrase.modifiers and phrase.modifiers[-1] not in ("small", "whole")):
            return [], phrase.at + 1
        definite = phrase.determiner in ("the", "this", "that") or phrase.owned
        if not definite or phrase.number or self._lower(phrase.at) == "state":
            return [], phrase.at + 1
        made = self._made(phrase.start, phrase.at + 1, "description", ActorKind.STATE)
        owner = self._owner_word(phrase)
        made = replace(made, calls=frozenset((self._lower(phrase.at),)), definite=True, owner=owner)
        return [made], phrase.at + 1

    def _government(self, phrase: _Phrase) -> tuple[list[Reference], int]:
        """ "The Vardan government": the state itself; "the government" alone: the state that is spoken of."""
        after, told = self._complement(phrase.at + 1)
        country = self._country(phrase) or told
        if country is None and self._lower(after) in ("of", "in"):
            return [], phrase.at + 1
        if country is None and phrase.determiner != "the" and not phrase.owned:
            return [], phrase.at + 1
        made = self._made(phrase.start, after, "description", ActorKind.STATE)
        made = replace(made, calls=frozenset(("government",)), definite=True, owner=self._owner_word(phrase))
        if country is not None and country.key.startswith("state:"):
            made = replace(made, key=country.key, name=country.name, country=country.country, state=country.key)
        return [made], after

    def _body_noun(self, phrase: _Phrase) -> tuple[list[Reference], int]:
        """ "The alliance", "the ministry"; an unknown body of a country stays a description."""
        if phrase.determiner not in ("the", "this", "that") and not phrase.owned:
            return [], phrase.at + 1
        after = phrase.at + 1
        if self._sort(after) in ("name", "office", "group"):
            return [], after
        noun = self._lower(phrase.at)
        made = self._made(phrase.start, after, "description", ActorKind.ORGANISATION)
        country = self._country(phrase)
        made = replace(made, calls=frozenset((noun,)), definite=True, owner=self._owner_word(phrase),
                       country=country.country if country else None, state=country.key if country else None,
                       name=self._without_article(phrase, after))  # fmt: skip
        return [made], after

    # Parts -------------------------------------------------------------------------------------------------

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
        if term is None or (self._lower(after) in ("to", "from") and term.sort == "capital"):
            return after, None
        if term.sort == "adjective" or self._lower(after) == "to":
            return after, None
        # "president of Varda and Oskelia's envoy": the first only.
        return at + 1, term if term.sort in ("country", "organisation", "capital", "metonym") else None

    def _name_at(self, at: int) -> int:
        """The name piece at `at`, honorifics skipped; -1 for none."""
        while self._sort(at) == "honorific":
            at += 1
        if self._sort(at) == "name" and self._passage.words[self._cut[at].first].capital:
            return at
        return -1

    def _country(self, phrase: _Phrase) -> Term | None:
        """The last state that stands before the head, else the last organisation."""
        terms = [term for at in phrase.terms if (term := self._cut[at].term) is not None]
        states = [term for term in terms if term.key.startswith("state:")]
        return states[-1] if states else (terms[-1] if terms else None)

    def _owner_word(self, phrase: _Phrase) -> int:
        return self._cut[phrase.owner].first if phrase.owner >= 0 else -1

    def _without_article(self, phrase: _Phrase, after: int) -> str:
        start = phrase.start
        while self._sort(start) == "determiner" and start < after - 1:
            start += 1
        return self._passage.text(self._cut[start].first, self._cut[after - 1].last)

    def _nested(self, phrase: _Phrase) -> list[Reference]:
        """The countries, organisations and pronouns inside a phrase."""
        found = []
        if phrase.owner >= 0:
            if self._sort(phrase.owner) == "pronoun":
                found.append(replace(self._pronoun(phrase.owner), nested=True))
            else:
                made = self._made(phrase.start, phrase.owner + 1, "description", ActorKind.STATE)
                calls = frozenset((self._lower(phrase.owner),))
                found.append(replace(made, calls=calls, definite=True, nested=True, genitive=True))
        for at in phrase.terms:
            term = self._cut[at].term
            if term is not None:
                made = self._term(at, term)
                found.append(replace(made, nested=True, subject=False, reporting=False, genitive=True))
        return found

    def _after_terms(self, phrase: _Phrase) -> int:
        return phrase.terms[-1] + 1

    def _bare(self, phrase: _Phrase) -> list[Reference]:
        """Known names that stand alone: "Varda", "the United Nations", "Kessin" where it acts."""
        found = []
        for at in phrase.terms:
            term, piece = self._cut[at].term, self._cut[at]
            if term is None:
                continue
            if term.sort == "capital" and in_place_position(self._passage, piece.first, piece.last):
                continue
            if term.sort == "adjective" and not self._modifies(piece.last):
                continue
            made = self._term(at, term)
            # The article belongs to "the United States", not to "the Vardan responses".
            if at == phrase.start + 1 and phrase.determiner == "the" and term.sort != "adjective":
                if not self._modifies(piece.last) or self._sort(at + 1) == "possessive":
                    made = replace(made, first=self._cut[phrase.start].first, span=self._span(phrase.start, at + 1))
            if term.sort == "adjective":
                made = replace(made, genitive=True, subject=False, reporting=False, confidence=0.6)
            found.append(made)
        return found

    def _noun_follows(self, at: int) -> bool:
        words = self._passage.words
        return at < len(words) and words[at].tag in ("NN", "NNS") and words[at].spaced and not words[at].capital

    def _modifies(self, at: int) -> bool:
        """Whether a noun or an adjective with one follows."""
        words = self._passage.words
        if at < len(words) and words[at].text in "-‐–" and not words[at].spaced:
            return True
        return at < len(words) and words[at].tag[:2] in ("NN", "JJ", "VB") and words[at].text[0].isalpha()

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
        gender = {"h": "m", "s": "f"}.get(lower[0]) if lower[:3] != "her" else "f"
        plural = lower.startswith("the")
        tag = self._passage.words[self._cut[at].first].tag
        owning = lower in ("his", "its", "their") or tag == "PRP$"
        return replace(made, name=lower, gender=gender, plural=plural, genitive=owning)

    def _span(self, start: int, after: int) -> Span:
        return self._passage.span(self._cut[start].first, self._cut[after - 1].last)

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


def _subject(passage: Passage, first: int, last: int) -> tuple[bool, bool]:
    """Whether the words first..last-1 are a subject, and one of a verb of saying."""
    words = passage.words
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
            return True, words[word.head].lemma in _SAYING
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


__all__ = ["PhraseReader", "Reference", "body_key", "body_name"]
