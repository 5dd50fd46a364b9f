"""An event's confidence follows what the network's head says of its word, and is never certain."""

from itertools import pairwise

import pytest

from onrecord.annotating.attribution import Hint
from onrecord.annotating.events.confidence import Confidence, Teller
from onrecord.model import EventType, Modality


def hint(chance: float, kind: EventType = EventType.ASSAULT, modality: Modality = Modality.ACTUAL) -> Hint:
    return Hint(0, chance, kind, 1.0, (modality, 0.9), None, None)


def of(told: Hint | None, modality: Modality = Modality.ACTUAL, by: Teller = "frame") -> Confidence:
    return Confidence.of(EventType.ASSAULT, modality, told, by=by)


@pytest.mark.parametrize("by", ["frame", "head"])
def test_the_likelier_the_head_takes_it_for_one_the_surer_it_is(by: Teller) -> None:
    sure = [of(hint(chance), by=by).type for chance in (0.95, 0.85, 0.65, 0.3)]
    assert all(more > less for more, less in pairwise(sure))
    assert max(sure) < 1


def test_a_word_that_the_head_takes_for_another_type_or_for_none_is_doubtful() -> None:
    assert of(hint(0.95, EventType.CONSULT)).type < 0.5 < of(hint(0.65)).type
    assert of(None).type < 0.5


def test_the_modality_that_the_head_sees_too_is_surer() -> None:
    for modality in Modality:
        agreed = of(hint(0.9, modality=modality), modality).modality
        other = of(hint(0.9, modality=next(m for m in Modality if m is not modality)), modality).modality
        assert other < agreed < 1


def test_both_together_are_less_sure_than_either() -> None:
    found = of(hint(0.95))
    assert found.both < min(found.type, found.modality)
