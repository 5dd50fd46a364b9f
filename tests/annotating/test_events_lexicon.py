from onrecord.annotating.events.lexicon import Frame, event_lexicon
from onrecord.model import EventType

NEEDS = set(
    "obj obj.any obj.mod obj.num obj.prep obj.person obj.force obj.actor noobj noprt notto nothat neg noneg will noharm"
    " subj subj.crowd subj.plural prt adv adj prep prep.actor to that that.base that.will that.must dat comp.subj"
    " comp.subj.actor comp.own comp.plain comp.obj comp.has comp.mild comp.done has noname nofrom cond plural mod light"
    " come poss the".split()
)
SLOTS = set(
    "obj obj.poss obj.prep dat prep between poss mod subj committed where speech.subj comp.subj that.subj comp.obj"
    " comp.dat comp.prep rel.prep has below cond.subj victim.subj come".split()
)


def every_frame() -> list[Frame]:
    lexicon = event_lexicon()
    return [frame for table in (lexicon.verbs, lexicon.nouns) for found in table.values() for frame in found]


def test_every_need_and_slot_of_the_lexicon_is_known() -> None:
    for frame in every_frame():
        assert {step.place for step in frame.needs} <= NEEDS, frame
        assert {step.place for step in (*frame.sources, *frame.targets)} <= SLOTS, frame


def test_the_lexicon_tells_of_every_type_with_hundreds_of_entries() -> None:
    assert {frame.type for frame in every_frame()} == set(EventType)
    assert len(every_frame()) >= 600


def test_a_frame_that_asks_for_more_stands_first() -> None:
    for found in event_lexicon().verbs.values():
        weights = [frame.specificity for frame in found]
        assert weights == sorted(weights, reverse=True)
