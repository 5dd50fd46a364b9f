import pytest

from onrecord.model import EventType, Modality, plain_code


@pytest.mark.parametrize("kind", EventType)
def test_every_type_has_a_root_and_a_quad_class(kind: EventType) -> None:
    code = plain_code(kind, Modality.ACTUAL)
    assert code is not None
    assert code.type is kind
    assert code.cameo.isdigit()
    assert len(code.cameo) == 2
    side, _, manner = code.quad.partition(" ")
    assert side in ("verbal", "material")
    assert manner in ("cooperation", "conflict")


@pytest.mark.parametrize(
    ("kind", "modality", "wanted"),
    [
        (EventType.AID, Modality.PLANNED, ("AGREE", "03")),
        (EventType.RETREAT, Modality.CONDITIONAL, ("AGREE", "03")),
        (EventType.ASSAULT, Modality.PLANNED, ("THREATEN", "13")),
        (EventType.REQUEST, Modality.PLANNED, ("REQUEST", "10")),
        (EventType.ASSAULT, Modality.ALLEGED, ("ASSAULT", "19")),
    ],
)
def test_what_is_to_come_is_folded(kind: EventType, modality: Modality, wanted: tuple[str, str]) -> None:
    code = plain_code(kind, modality)
    assert code is not None
    assert (code.type.value, code.cameo) == wanted


@pytest.mark.parametrize("modality", [Modality.DENIED, Modality.DEMANDED])
def test_what_older_data_cannot_say_has_no_code(modality: Modality) -> None:
    assert plain_code(EventType.RETREAT, modality) is None
