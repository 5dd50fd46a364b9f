"""Noun phrases that name or describe an actor, read off the pieces of a passage."""

from collections.abc import Iterator
from dataclasses import replace

from onrecord.annotating.actors.lexicon import Term
from onrecord.annotating.actors.locatives import in_place_position
from onrecord.annotating.actors.premodifiers import DEFINITE, Phrase, PremodifierReader
from onrecord.annotating.actors.references import Reference, body_key, body_name
from onrecord.model import ActorKind, BlockKind

#: Bodies whose noun mostly describes another one: "a military helicopter", "police station".
_OFTEN_ADJECTIVES = frozenset(("army", "police", "navy", "air-force", "intelligence", "parliament", "lower-house"))
_RANKS = frozenset(
    "prince princess sheikh general colonel major captain lieutenant admiral brigadier marshal commander "
    "professor doctor ayatollah imam cardinal archbishop bishop rabbi patriarch".split()
) | {"brigadier general", "major general", "lieutenant general", "lieutenant colonel", "vice admiral", "rear admiral"}
_SPEAKS = frozenset("said says told tells added warned announced confirmed".split())
#: What stands before a phrase that begins its clause.
_OPENS = frozenset(("", ",", ".", "but", "and", "while"))
_AFTER_APPOSITION = _SPEAKS | frozenset("and who whose which in at on of for to from with near".split())
_HEADS = frozenset("office body group honorific aged name state-noun government body-noun".split())
#: What a group that a report names as rebel ("the rebel Varda Front", "Varda Front rebels") is called again.
_REBELS = frozenset(("rebels",))


class PhraseReader(PremodifierReader):
    """Reads the references of one passage, left to right."""

    def references(self) -> Iterator[Reference]:
        """The references in text order, those inside others after them."""
        at = 0
        while at < len(self._cut):
            found, after = self._phrase(at)
            yield from found
            at = max(after, at + 1)

    def _phrase(self, at: int) -> tuple[list[Reference], int]:
        """The references of the phrase that begins at a piece, and the piece after it."""
        sort = self._sort(at)
        if sort == "pronoun" and self._lower(at) not in ("his", "her", "its", "their"):
            return [self._pronoun(at)], at + 1
        if sort in ("word", "mark", "possessive") and not self._opens(at):
            return [], at + 1
        phrase = self._premodifiers(at)
        head = self._sort(phrase.at)
        reading = (
            None
            if head not in _HEADS
            else {
                "office": self._office,
                "body": self._body,
                "group": self._group,
                "honorific": self._honorific,
                "aged": self._aged,
                "name": self._name,
                "state-noun": self._state_noun,
                "government": self._government,
                "body-noun": self._body_noun,
            }[head]
        )
        if reading is not None:
            found, after = reading(phrase)
            if found:
                inside = range(phrase.at + 1, after)
                phrase.terms += [one for one in inside if self._sort(one) == "term" and one not in phrase.terms]
                return [*found, *self._nested(phrase)], after
        if phrase.terms:
            owner = [self._pronoun(phrase.owner)] if phrase.owner >= 0 and self._sort(phrase.owner) == "pronoun" else []
            return [*owner, *self._bare(phrase)], phrase.terms[-1] + 1
        own = [self._pronoun(at)] if sort == "pronoun" else []
        return own, at + 1

    def _office(self, phrase: Phrase) -> tuple[list[Reference], int]:
        """A titled person ("Vardan president Mira Tosk"), or a description by office."""
        piece = self._cut[phrase.at]
        kept = [word for word in phrase.modifiers if word in self._told.kept_modifiers or word in phrase.kept]
        title = " ".join([*kept, piece.title])
        if piece.title in _RANKS and kept and self._sort(phrase.at - 1) == "office":
            title = " ".join(kept)  # "Foreign Minister Prince Hadi"
        if title in ("secretary", "chief", "deputy", "major", "justice", "general", "speaker") and not (
            phrase.owned or phrase.terms
        ):
            lower = not self._passage.words[piece.first].capital
            if lower and phrase.determiner not in ("the", "a") and self._sort(phrase.at + 1) != "name":
                return [], phrase.at + 1
        after, country = self._complement(phrase.at + 1)
        country = self._country(phrase) or country
        name_at = self._name_at(after)
        if name_at >= 0:
            return self._titled(phrase, title, country, after, name_at)
        if self._in_compound(piece.last) or (after == phrase.at + 1 and self._noun_after_office(phrase.at)):
            return [], phrase.at + 1
        alone = phrase.determiner or phrase.owned or phrase.terms or phrase.modifiers
        if not alone and not self._passage.words[piece.first].capital:
            return [], phrase.at + 1
        named = [self._cut[at].term for at in phrase.terms]
        second = self._second_office(phrase, after)
        described = self._made(phrase.start, after, "description", ActorKind.PERSON)
        headline = self._passage.kind in (BlockKind.TITLE, BlockKind.SUBTITLE)  # where articles are left out
        bare = not phrase.determiner and (bool(named) or headline)
        definite = phrase.determiner in DEFINITE or phrase.owned or bare
        described = replace(
            described,
            name=self._with_owner(phrase, after),
            title=title,
            country=country.country if country else None,
            state=country.key if country else None,
            gender=self._told.gender(title),
            definite=definite,
            owner=self._owner_word(phrase),
            members=tuple(term.key for term in named if term),
            apposed=self._span(second, second + 1).start if second >= 0 else -1,
        )
        if second >= 0:
            return [described], after
        return self._apposed(described, phrase, title, country, after)

    def _titled(
        self, phrase: Phrase, title: str, country: Term | None, after: int, name_at: int
    ) -> tuple[list[Reference], int]:
        """A title with the name right after it: one mention."""
        last_word = self._passage.words[self._cut[name_at].last - 1].lower
        several = self._cut[name_at].last - self._cut[name_at].first > 1
        if title == "rebel" and several and last_word in self._told.words["organisation_heads"]:
            group = self._made(name_at, name_at + 1, "name", ActorKind.ORGANISATION)
            name = self._passage.text(self._cut[name_at].first, self._cut[name_at].last)
            return [replace(group, name=name, calls=_REBELS)], name_at + 1
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
        return self._office_after([named], name_at + 1)

    def _apposed(
        self, described: Reference, phrase: Phrase, title: str, country: Term | None, after: int
    ) -> tuple[list[Reference], int]:
        """The description, with the name that follows a comma: "the Vardan envoy, Ana Kell"."""
        found = [described]
        comma = self._past_complement(after)
        ranked = comma + 1
        while self._sort(ranked) == "office" and self._passage.words[self._cut[ranked].first].capital:
            ranked += 1
        name_at = self._name_at(ranked) if self._lower(comma) in (",", "–", "—") else -1
        closed = name_at >= 0 and (
            self._sort(name_at + 1) in ("mark", "")
            or self._lower(name_at + 1) in ("and", "who")
            or (country is not None and self._lower(name_at + 1) in _SPEAKS and self._lower(phrase.start - 1) in _OPENS)
        )
        if closed and (described.definite or phrase.determiner):
            start = comma + 1
            named = self._made(start, name_at + 1, "name", ActorKind.PERSON)
            name = self._passage.text(self._cut[name_at].first, self._cut[name_at].last)
            state = country.key if country else None
            iso = country.country if country else None
            found.append(
                replace(named, name=name, title=title, country=iso, state=state, gender=described.gender,
                        owner=described.owner, apposed=described.span.start)
            )  # fmt: skip
            if comma > after:
                return [*found, *self._between(after, comma)], name_at + 1
            return found, name_at + 1
        return found, after

    def _between(self, at: int, end: int) -> list[Reference]:
        """The references of a complement."""
        found: list[Reference] = []
        while at < end:
            read, after = self._phrase(at)
            found += [replace(one, subject=False, reporting=False) for one in read]
            at = max(after, at + 1)
        return found

    def _body(self, phrase: Phrase) -> tuple[list[Reference], int]:
        """A government body: "the Vardan foreign ministry", "Varda's parliament"."""
        piece = self._cut[phrase.at]
        body = piece.body
        if body is None:
            return [], phrase.at + 1
        after, told = self._complement(phrase.at + 1)
        country = self._country(phrase) or told
        capital = self._passage.words[piece.first].capital
        if (body.slug in _OFTEN_ADJECTIVES and self._noun_follows(piece.last)) or self._in_compound(piece.last):
            return [], phrase.at + 1
        if phrase.determiner in ("a", "an") and country is None:
            return [], phrase.at + 1
        if not (phrase.determiner or phrase.owned or country or capital):
            bare = body.slug in ("parliament", "police", "state-media")
            if not bare:
                return [], phrase.at + 1
        made = self._made(phrase.start, after, "name" if country else "description", ActorKind.ORGANISATION)
        made = replace(made, calls=body.calls | {body.slug}, definite=phrase.determiner in DEFINITE or phrase.owned,
                       owner=self._owner_word(phrase), title=body.slug, name=body.canonical)  # fmt: skip
        if country is not None:
            made = replace(made, key=body_key(country.key, body.slug), name=body_name(body.canonical, country),
                           country=country.country, state=country.key)  # fmt: skip
        return [made], after

    def _group(self, phrase: Phrase) -> tuple[list[Reference], int]:
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
        if not (terms or phrase.adjective or phrase.owned or phrase.number or phrase.determiner in DEFINITE):
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
            definite=phrase.determiner in DEFINITE,
            owner=self._owner_word(phrase),
        )
        return [made], after

    def _honorific(self, phrase: Phrase) -> tuple[list[Reference], int]:
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

    def _name(self, phrase: Phrase) -> tuple[list[Reference], int]:
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
        if self._lower(phrase.at + 1) in _REBELS:
            made = replace(made, calls=_REBELS)
        return self._office_after([replace(made, name=name)], phrase.at + 1)

    def _aged(self, phrase: Phrase) -> tuple[list[Reference], int]:
        """Read "the 58-year-old"."""
        if phrase.determiner != "the" or phrase.terms:
            return [], phrase.at + 1
        made = self._made(phrase.start, phrase.at + 1, "description", ActorKind.PERSON)
        return [replace(made, age=self._cut[phrase.at].title, definite=True)], phrase.at + 1

    def _office_after(self, found: list[Reference], after: int) -> tuple[list[Reference], int]:
        """Add the age (", 58,") and the office (", the Vardan envoy,") that follow a name."""
        age = self._lower(after + 1)
        if self._lower(after) == "," and age.isdigit() and len(age) <= 2 and self._sort(after + 2) == "mark":
            found = [replace(found[0], age=age), *found[1:]]
            after += 2
        if self._lower(after) != "," or self._sort(after + 1) not in ("determiner", "term", "office", "word", "body"):
            return found, after
        phrase = self._premodifiers(after + 1)
        if self._sort(phrase.at) != "office" or not (
            phrase.determiner or phrase.terms or phrase.modifiers or phrase.at
        ):
            return found, after
        end, country = self._complement(phrase.at + 1)
        if self._name_at(end) >= 0 or self._sort(end) not in ("mark", "", "word") or self._in_place(found[0]):
            return found, after
        follows = self._lower(end)
        if self._sort(end) == "word" and follows not in _AFTER_APPOSITION:
            return found, after
        if follows in _SPEAKS and (phrase.determiner in ("a", "an") or not found[0].subject):
            return found, after  # "... of Kelm, a Vardan official said"
        kept = [word for word in phrase.modifiers if word in self._told.kept_modifiers or word in phrase.kept]
        title = " ".join([*kept, self._cut[phrase.at].title])
        country = self._country(phrase) or country
        iso, state = (country.country, country.key) if country else (None, None)
        named = replace(found[0], kind=ActorKind.PERSON, gender=found[0].gender or self._told.gender(title))
        if not named.title:
            named = replace(named, title=title, country=iso, state=state, owner=self._owner_word(phrase))
        described = self._made(phrase.start, end, "description", ActorKind.PERSON)
        described = replace(described, name=self._without_article(phrase, end), title=title, country=iso, state=state,
                            apposed=named.span.start, definite=True)  # fmt: skip
        return [named, described, *self._nested(phrase)], end

    def _state_noun(self, phrase: Phrase) -> tuple[list[Reference], int]:
        """Read "the country", "his country", "that nation"."""
        if phrase.terms or (phrase.modifiers and phrase.modifiers[-1] not in ("small", "whole")):
            return [], phrase.at + 1
        definite = phrase.determiner in ("the", "this", "that") or phrase.owned
        if not definite or phrase.number or self._lower(phrase.at) == "state":
            return [], phrase.at + 1
        made = self._made(phrase.start, phrase.at + 1, "description", ActorKind.STATE)
        owner = self._owner_word(phrase)
        made = replace(made, calls=frozenset((self._lower(phrase.at),)), definite=True, owner=owner)
        return [made], phrase.at + 1

    def _government(self, phrase: Phrase) -> tuple[list[Reference], int]:
        """Read "the Vardan government": the state itself; "the government" alone: the state that is spoken of."""
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

    def _body_noun(self, phrase: Phrase) -> tuple[list[Reference], int]:
        """Read "the alliance", "the ministry"; an unknown body of a country stays a description."""
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

    def _nested(self, phrase: Phrase) -> list[Reference]:
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

    def _bare(self, phrase: Phrase) -> list[Reference]:
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
            if term.sort == "people":
                if self._lower(at - 1) != "the" or not (made.subject or made.genitive or self._spoken_with(at - 1)):
                    continue
                made = replace(made, confidence=0.6)
            # The article belongs to "the United States", not to "the Vardan responses".
            articled = at == phrase.start + 1 and phrase.determiner == "the" and term.sort != "adjective"
            if articled and (not self._modifies(piece.last) or self._sort(at + 1) == "possessive"):
                made = replace(made, first=self._cut[phrase.start].first, span=self._span(phrase.start, at + 1))
            if term.sort == "adjective":
                made = replace(made, genitive=True, subject=False, reporting=False, confidence=0.6)
            found.append(made)
        return found


__all__ = ["PhraseReader"]
