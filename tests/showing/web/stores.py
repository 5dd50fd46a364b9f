"""Small stores for the desk: the meeting of the builders, and one whose reports attack the page."""

from dataclasses import replace
from pathlib import Path

from onrecord.fusing import sign
from onrecord.model import (
    Block,
    BlockKind,
    Record,
    Span,
)
from onrecord.recording import Store
from tests.recording.filling import fill
from tests.showing.builders import FAILURES, RECORD
from tests.strategies import Archive

#: What must never run, load or look like the page's own words.
SCRIPT = "<script>document.title='owned'</script>"
HANDLER = '"><img src=x onerror="document.title=\'owned\'">'
#: Right-to-left override: what follows would read backwards.
OVERRIDE = "\u202e"


def store_record(where: Path, record: Record = RECORD) -> Path:
    """A store with exactly this record."""
    actor_of = record.actor_of()
    entities = [entity.id for marks in record.annotations for entity in marks.entities]
    archive = Archive(
        reports=record.reports,
        signatures=tuple(sign(report) for report in record.reports),
        annotations=record.annotations,
        blocks={entity: actor_of[entity].id for entity in entities if entity in actor_of},
        actors=record.actors,
        likenesses=(),
        fusions=record.fusions,
        failures=FAILURES,
    )
    with Store.open(where) as store:
        fill(store, archive)
    return where


def hostile_record() -> Record:
    """The meeting, told by reports that try to run in the page."""
    first = next(one for one in RECORD.reports if one.outlet == "Meridian Courier")
    text = first.text + f"\n{SCRIPT}{OVERRIDE}\x1b[31m </p></article></main><style>*{{display:none}}</style>\n"
    worst = replace(
        first,
        text=text,
        title=SCRIPT,
        outlet=HANDLER,
        byline=(SCRIPT,),
        url="javascript:document.title='owned'",
        source="javascript:document.title='owned'",
        blocks=(*first.blocks, Block(Span(len(first.text), len(text)), BlockKind.PARAGRAPH)),
        language='en" onload="x',
    )
    name, key = f"Tolvay{HANDLER}", 'person:"><script>/../x'
    evil = [replace(one, name=name, aliases=(name,), id=key) if "tolvay" in one.id else one for one in RECORD.actors]
    fusion = RECORD.fusions[0]
    demand = replace(fusion.demands[0], answered_by=(key,))
    fusion = replace(fusion, story=replace(fusion.story, title=f"{SCRIPT} story"), demands=(demand,))
    others = tuple(one for one in RECORD.reports if one.id != first.id)
    return replace(RECORD, reports=(worst, *others), actors=tuple(evil), fusions=(fusion,))


def empty_store(where: Path) -> Path:
    """A store with nothing in it."""
    Store.open(where).close()
    return where


__all__ = ["HANDLER", "OVERRIDE", "SCRIPT", "empty_store", "hostile_record", "store_record"]
