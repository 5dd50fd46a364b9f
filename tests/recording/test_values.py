from hypothesis import given

from onrecord.model import Annotation, Claim, Commitment, Copy, Demand, Story
from onrecord.recording.values import noun_of, packed, unpacked, value_of
from tests.recording.filling import archive_of
from tests.strategies import Archive, archives


@given(archives())
def test_what_was_kept_is_what_was_there(archive: Archive) -> None:
    for marks in archive.annotations:
        assert noun_of(Annotation, unpacked(packed(value_of(marks)))) == marks
    for fusion in archive.fusions:
        assert noun_of(Story, unpacked(packed(value_of(fusion.story)))) == fusion.story
        for kind, nouns in (
            (Claim, fusion.claims),
            (Copy, fusion.copies),
            (Demand, fusion.demands),
            (Commitment, fusion.commitments),
        ):
            for noun in nouns:
                assert noun_of(kind, unpacked(packed(value_of(noun)))) == noun


def test_fields_that_came_later_take_their_default() -> None:
    (fusion,) = archive_of("The port of Kelm opened.").fusions
    value = value_of(fusion.claims[0])
    del value["variants"]
    value["once"] = "known"
    assert noun_of(Claim, value).variants == ()
    assert noun_of(Claim, value).members == fusion.claims[0].members


def test_the_same_value_is_kept_as_the_same_bytes() -> None:
    assert packed({"a": 1, "b": [2]}) == packed({"b": [2], "a": 1})
