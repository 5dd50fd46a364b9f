"""One quarrel told by three outlets and a copy; what fusing should find is asserted in the tests."""

from onrecord.fusing import fuse_story
from onrecord.model import EventType, Fusion, Modality, StatementKind
from tests.fusing.builders import KELM, Writer, actor_of, written

HARBOUR = """Ministers meet in Kelm over the ferry line
Ostrelian foreign minister Mira Solen and her Vardan colleague Ilya Torvan met in Kelm on Tuesday.
Ostrel has massed 40,000 soldiers along the border. Ostrel denied that it plans to attack Varda.
“We are not closing any door, but nobody should mistake our patience for weakness,” Solen said.
Solen described the talks as “a sober stocktaking of grievances”.
Varda demanded that Ostrel pull its soldiers back from the ferry landing. Ostrel rejected this demand.
Solen promised that Ostrel would deliver a written reply to the ferry plan next week.
The chief of the harbour guild went home without a word.
"""

MORROW = """No breakthrough as Vardan and Ostrelian envoys talk
Varda's top diplomat Ilya Torvan sat down with Mira Solen of Ostrel in Kelm for three hours on Tuesday.
Some 40,000 Ostrelian troops stand at the border. The government of Ostrel denies planning any attack on Varda.
“We don't close any doors, but no one should take our patience for weakness,” Solen told reporters.
Solen said the talks were “businesslike and calm”.
Torvan wants Ostrel to withdraw its soldiers from the ferry landing.
Ostrel agreed to hand over written answers on the ferry plan next week.
Keld offered Varda two patrol boats.
"""

TARN = """Border army grows to 60,000, Varda says
Varda said that 60,000 Ostrelian troops are massed at the border.
Ilya Torvan said Varda would never cede the landing.
Solen warned on Monday that patience with Varda was running out.
"""


def _cast(writer: Writer) -> dict[str, str]:
    return {
        "OST": writer.state("Ostrel", "OST"),
        "VAR": writer.state("Varda", "VAR"),
        "solen": writer.person("Mira Solen" if "Mira Solen" in writer.text else "Solen", "OST", "foreign minister"),
        "torvan": writer.person("Ilya Torvan", "VAR", "foreign minister"),
    }


def harbour() -> Writer:
    one = written(1, HARBOUR, "Harbour Courier")
    who = _cast(one)
    one.tells(EventType.CONSULT, "met in Kelm", [who["solen"], who["torvan"]], date="2031-03-04", place=KELM)
    one.tells(
        EventType.MOBILIZE, "massed 40,000 soldiers along the border", [who["OST"]], [who["VAR"]],
        numbers=[("40,000", 40000, "soldier", "exact")],
    )  # fmt: skip
    one.tells(
        EventType.ASSAULT, "denied that it plans to attack Varda", [who["OST"]], [who["VAR"]], modality=Modality.DENIED
    )
    one.quotes(
        who["solen"], "We are not closing any door, but nobody should mistake our patience for weakness,", cue="said"
    )
    one.quotes(who["solen"], "the talks as “a sober stocktaking of grievances”", cue="described")
    one.tells(
        EventType.REQUEST,
        "demanded that Ostrel pull its soldiers back from the ferry landing", [who["VAR"]], [who["OST"]],
        topic="pull its soldiers back from the ferry landing",
    )  # fmt: skip
    one.tells(EventType.REJECT, "rejected this demand", [who["OST"]])
    promise = one.says(who["solen"], "Ostrel would deliver a written reply to the ferry plan next week", cue="promised")
    one.tells(
        EventType.AGREE, "Ostrel would deliver a written reply to the ferry plan", [who["OST"]], [who["VAR"]],
        modality=Modality.PLANNED, date="2031-03-10/2031-03-16", statement=promise,
    )  # fmt: skip
    return one


def morrow() -> Writer:
    one = written(2, MORROW, "Morrow Herald")
    who = _cast(one)
    keld = one.state("Keld", "KLD")
    one.tells(
        EventType.CONSULT, "sat down with Mira Solen", [who["torvan"], who["solen"]], date="2031-03-04", place=KELM
    )
    one.tells(
        EventType.MOBILIZE, "Some 40,000 Ostrelian troops stand at the border", [who["OST"]],
        numbers=[("Some 40,000", 40000, "troop", "about")],
    )  # fmt: skip
    one.tells(
        EventType.ASSAULT, "denies planning any attack on Varda", [who["OST"]], [who["VAR"]], modality=Modality.DENIED
    )
    one.quotes(who["solen"], "We don't close any doors, but no one should take our patience for weakness,", cue="told")
    one.says(who["solen"], "the talks were “businesslike and calm”", cue="said", kind=StatementKind.MIXED)
    one.tells(
        EventType.REQUEST,
        "wants Ostrel to withdraw its soldiers from the ferry landing", [who["torvan"]], [who["OST"]],
        topic="withdraw its soldiers from the ferry landing",
    )  # fmt: skip
    one.tells(
        EventType.AGREE, "agreed to hand over written answers on the ferry plan", [who["OST"]],
        modality=Modality.PLANNED, date="2031-03-10/2031-03-16",
    )  # fmt: skip
    one.tells(EventType.AID, "offered Varda two patrol boats", [keld], [who["VAR"]])
    return one


def tarn() -> Writer:
    one = written(3, TARN, "Tarn Post")
    who = _cast(one)
    told = one.says(who["VAR"], "60,000 Ostrelian troops are massed at the border", cue="said")
    one.tells(
        EventType.MOBILIZE, "60,000 Ostrelian troops are massed at the border", [who["OST"]],
        modality=Modality.ALLEGED, numbers=[("60,000", 60000, "troop", "exact")], statement=told,
    )  # fmt: skip
    one.says(who["torvan"], "Varda would never cede the landing", cue="said")
    one.says(who["solen"], "patience with Varda was running out", cue="warned")
    return one


def all_three() -> list[Writer]:
    return [harbour(), morrow(), tarn()]


def fused(writers: list[Writer], today: str | None = None) -> Fusion:
    return fuse_story([w.report() for w in writers], [w.marks() for w in writers], actor_of(writers), today=today)
