"""A record whose texts try everything: formulas, markup, TeX, line breaks, control characters, both directions."""

import io
from dataclasses import replace

from onrecord.model import (
    Annotation,
    Answer,
    Cell,
    Commitment,
    CommitmentState,
    Demand,
    EventType,
    Fusion,
    Modality,
    Prospect,
    ProspectKind,
    Record,
    Reply,
    StatementKind,
    Story,
    Turn,
)
from onrecord.showing.exports import export
from tests.showing.builders import CLAIMS, FAILURES, MARENKO, RECORD, TOLVAY, _entities, event, report, span, statement

TITLE = '=HYPERLINK("http://x.example";"go") <script>alert(1)</script> & {50%} #1_a ~ $x^2$ \\end'
QUOTE = "“לא, אמר השר”, {a}, *b*, [c](javascript:d) \t<b onclick=e>f</b> 🕊 ‮g"
TEXT = f"""{TITLE}

Marenko and Tolvay met in Bravonia, not in Zelmara: +1, -1, @home.
Marenko said {QUOTE}\x1b[31m\x0b and left.
-2+3 demanded that Zelmara withdraw, "now",
or else.
"""
HOSTILE = replace(
    report("hostile", TEXT, "=Outlet, \\LaTeX; «Ü»", "2025-03-15T08:00"),
    url="https://paper.example/a?b=1&c=%7B2%7D#top",
    byline=("{O'Neil}, \\Ana", "@Lee and Sons"),
)
WIRE = replace(HOSTILE, id="r0", url="javascript:alert(1)", source="=1+1.txt", title=None, outlet=None, byline=())

MARKS = Annotation(
    HOSTILE.id,
    sentences=(span(TEXT, TEXT.split("\n")[2]),),
    entities=_entities(HOSTILE),
    statements=(statement(HOSTILE, 1, 1, "said", QUOTE, StatementKind.DIRECT),),
    events=(
        event(HOSTILE, 1, EventType.CONSULT, "met in Bravonia", (1, 2)),
        event(HOSTILE, 2, EventType.REQUEST, '-2+3 demanded that Zelmara withdraw, "now",\nor else', (1,), (4,),
              modality=Modality.DEMANDED, date="2025-03"),
    ),
)  # fmt: skip
_STATEMENT, _CONSULT, _REQUEST = CLAIMS[0], CLAIMS[2], CLAIMS[4]
WORDS = Cell(HOSTILE.id, MARKS.events[1].span)
NOW, ELSE = (Cell(HOSTILE.id, span(TEXT, words)) for words in ('"now"', "or else"))
STORY = Fusion(
    Story("s2", TITLE, tuple(sorted((HOSTILE.id, WIRE.id))), "2025-03-15", "2025-03-15"),
    claims=(
        replace(_STATEMENT, id="c20", story="s2", members=(f"{HOSTILE.id}.s1",), reports=(HOSTILE.id,), variants=()),
        replace(_CONSULT, id="c21", story="s2", members=(f"{HOSTILE.id}.e1",), reports=(HOSTILE.id,)),
        replace(_REQUEST, id="c22", story="s2", members=(f"{HOSTILE.id}.e2",), reports=(HOSTILE.id,)),
    ),
    demands=(
        Demand(
            *("d2", "c22", "s2", (MARENKO.id,), (TOLVAY.id,), (WORDS,), Answer.PARTLY, (), (), (HOSTILE.id,)),
            replies=(Reply(Answer.REJECTED, NOW), Reply(Answer.ACCEPTED, ELSE)),
        ),
    ),
    prospects=(
        Prospect("t2", "c22", "s2", ProspectKind.THREAT, (MARENKO.id,), (TOLVAY.id,), (WORDS,), (ELSE,), (HOSTILE.id,)),
    ),
    commitments=tuple(
        Commitment(
            *(f"k2{number}", "c22", "s2", (MARENKO.id,), (), (WORDS,), due, CommitmentState.OPEN, True, ("r0",)),
            condition=(ELSE,),
            turns=(Turn(CommitmentState.KEPT, NOW),),
        )
        for number, due in enumerate(("../2025-03-31", "2025-04", "soon", None, "2025-05-01/.."))
    ),
)
_JOINED = tuple(
    replace(one, entities=(*one.entities, f"{HOSTILE.id}.a{number}"), aliases=(*one.aliases, "=cmd|' /C calc'!A0"))
    for number, one in enumerate((MARENKO, TOLVAY), start=1)
)
STORY_RECORD = Record((HOSTILE, WIRE), (MARKS,), _JOINED, (STORY,))
RECORDS = (RECORD, STORY_RECORD)


def exported(form: str, *records: Record) -> bytes:
    """The bytes of an export of these records, of all where none are given."""
    out = io.BytesIO()
    export(records or RECORDS, FAILURES, form, out)
    return out.getvalue()
