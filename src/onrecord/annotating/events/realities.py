"""How an event is told, as far as is known: what the climb through a sentence passes from word to word."""

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.model import Modality

HYPOTHETICAL = frozenset({"may", "might", "could", "can", "ca", "should", "must", "ought"})
FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
WOULD = frozenset({"would", "'d", "’d"})


@dataclass(frozen=True, slots=True)
class Reality:
    """How an event is told, as far as the climb has come.

    Attributes:
        told: False where it is not told as an event.
        unknown: nothing that is known tells it, and nothing speaks against it.
        would: "would" was seen and nothing yet that makes it the future of a past.
        speech: the verb of saying, accusing or denying that it is told under.
        denier: the verb or noun that denies it.
        condition: the verb of the if-clause that it hangs on.
        wanted: told as a term of what somebody proposes.
    """

    told: bool = True
    planned: bool = False
    would: bool = False
    negated: bool = False
    alleged: bool = False
    speech: Token | None = None
    denier: Token | None = None
    condition: Token | None = None
    wanted: bool = False
    done: bool = False
    unknown: bool = False

    def modality(self) -> Modality | None:
        """The value, or None for no event."""
        if not self.told:
            return None
        if self.denier is not None:
            return Modality.DENIED
        if self.negated or (self.would and self.condition is None):
            return None
        if self.wanted:
            return Modality.DEMANDED
        if self.condition is not None:
            return Modality.CONDITIONAL
        if self.alleged and (self.speech is not None or not self.planned):
            # a plan that is hearsay is a plan; one that somebody is accused of is an allegation
            return Modality.ALLEGED
        return Modality.PLANNED if self.planned else Modality.ACTUAL


UNTOLD = Reality(told=False, done=True)
UNKNOWN = Reality(told=False, done=True, unknown=True)


def words(name: str) -> frozenset[str]:
    """A list of `events_words.toml`."""
    return event_lexicon().modality[name]
