"""Chains: all words of one report that are likely for one person, organisation or place. No part of the record."""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.text import Span


class ChainKind(StrEnum):
    """What a chain's phrases are words for; persons are one or several, a state is what the record knows as one."""

    PERSON = "person"
    STATE = "state"
    ORGANISATION = "organisation"
    PLACE = "place"


class LinkForm(StrEnum):
    """How a phrase names."""

    NAME = "name"
    NOUN = "noun"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Link:
    """A phrase of a chain.

    Attributes:
        span: the whole phrase, with what belongs to its head word ("the envoy, who left on Monday").
        kind: what it is by itself; the chain may be of another kind.
        known: the id of the record's entity, or "place:" and the name of its place, that has a mention on the phrase's
            head word; None where the record has none. `Book.mentions` gives the actor's id for the entity's.
    """

    span: Span
    form: LinkForm
    kind: ChainKind
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """The phrases of a report that are likely one person, organisation or place, in text order.

    Attributes:
        known: what most of its links are in the record, names before others; None where the record knows none of them.
    """

    kind: ChainKind
    links: tuple[Link, ...]
    known: str | None = None

    def recorded(self, link: Link) -> bool:
        """Whether the record itself has this link, for what the chain is there; the others are guesses.

        >>> marked, guessed = (
        ...     Link(Span(0, 4), LinkForm.NAME, ChainKind.PERSON, "person:kell"),
        ...     Link(Span(9, 12), LinkForm.PRONOUN, ChainKind.PERSON),
        ... )
        >>> chain = Chain(ChainKind.PERSON, (marked, guessed), "person:kell")
        >>> chain.recorded(marked), chain.recorded(guessed)
        (True, False)
        """
        return self.known is not None and link.known == self.known
