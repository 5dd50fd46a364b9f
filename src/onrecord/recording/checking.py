"""What can be wrong with marks: spans outside their text, references to nothing."""

from collections.abc import Iterable, Iterator, Mapping

from onrecord.model import Annotation, Block, Cell, Claim, Commitment, Demand, Event, Fusion, Span, Statement


def block_flaws(blocks: Iterable[Block], length: int) -> Iterator[str]:
    """Blocks that lie outside the text, out of order, or over each other."""
    end = 0
    for block in blocks:
        if block.span.end > length:
            yield f"block {block.span.start}..{block.span.end} ends outside the text of {length} code points"
        if block.span.start < end:
            yield f"block {block.span.start}..{block.span.end} starts before the one ahead of it ends at {end}"
        end = block.span.end


def annotation_flaws(annotation: Annotation, length: int) -> Iterator[str]:
    """Marks that contradict a text of `length` code points or each other, one sentence each."""
    for what, span in _spans(annotation):
        if span.end > length:
            yield f"{what}: span {span.start}..{span.end} ends outside the text of {length} code points"
    ids = [mark.id for some in (annotation.entities, annotation.statements, annotation.events) for mark in some]
    seen: set[str] = set()
    for mark in ids:
        if not mark.startswith(f"{annotation.report}."):
            yield f"{mark}: the id does not start with its report's id {annotation.report!r}"
        if mark in seen:
            yield f"{mark}: the id stands twice"
        seen.add(mark)
    yield from _reference_flaws(annotation)


def _reference_flaws(annotation: Annotation) -> Iterator[str]:
    entities = {entity.id for entity in annotation.entities}
    statements = {statement.id for statement in annotation.statements}
    told: tuple[Statement | Event, ...] = (*annotation.statements, *annotation.events)
    for mark in told:
        if mark.report != annotation.report:
            yield f"{mark.id}: it is of report {mark.report!r}, not {annotation.report!r}"
    for statement in annotation.statements:
        if statement.inside is not None and statement.inside not in statements:
            yield f"{statement.id}: it stands inside {statement.inside!r}, which is no statement of the report"
    for event in annotation.events:
        if event.statement is not None and event.statement not in statements:
            yield f"{event.id}: it stands in {event.statement!r}, which is no statement of the report"
        for party in (*event.sources, *event.targets):
            if party not in entities:
                yield f"{event.id}: its party {party!r} is no entity of the report"


def _spans(annotation: Annotation) -> Iterator[tuple[str, Span]]:
    yield from (("sentence", span) for span in annotation.sentences)
    yield from (("time", one.span) for one in annotation.times)
    yield from (("place", one.span) for one in annotation.places)
    for entity in annotation.entities:
        yield from ((entity.id, one.span) for one in entity.mentions)
    for statement in annotation.statements:
        parts = (statement.content, statement.source, statement.cue, statement.setting)
        yield from ((statement.id, span) for some in parts for span in some)
    for event in annotation.events:
        yield from ((event.id, span) for span in (event.span, event.topic, event.condition) if span is not None)
        yield from ((event.id, one.span) for one in event.quantities)


def fusion_flaws(fusion: Fusion, lengths: Mapping[str, int]) -> Iterator[str]:
    """What in a story contradicts its reports (id -> code points of the text) or itself."""
    for what, cell in _cells(fusion):
        if cell.report not in lengths:
            yield f"{what}: its words stand in {cell.report!r}, which is no report of the story"
        elif cell.span.end > lengths[cell.report]:
            yield f"{what}: span {cell.span.start}..{cell.span.end} ends outside the text of {cell.report}"
    claims = {claim.id for claim in fusion.claims}
    ledger: tuple[Demand | Commitment, ...] = (*fusion.demands, *fusion.commitments)
    told: tuple[Claim | Demand | Commitment, ...] = (*fusion.claims, *ledger)
    for one in told:
        for report in one.reports:
            if report not in lengths:
                yield f"{one.id}: it is told by {report!r}, which is no report of the story"
    for claim in fusion.claims:
        compared = {mark for variant in claim.variants for mark in (variant.member, variant.against)}
        for mark in sorted(compared - set(claim.members)):
            yield f"{claim.id}: it compares {mark!r}, which is none of its members"
    for entry in ledger:
        if entry.claim not in claims:
            yield f"{entry.id}: it stands on {entry.claim!r}, which is no claim of the story"


def _cells(fusion: Fusion) -> Iterator[tuple[str, Cell]]:
    for claim in fusion.claims:
        yield from ((claim.id, side.cell) for one in claim.disagreements for side in one.values)
    for demand in fusion.demands:
        yield from ((demand.id, cell) for cell in (*demand.words, *demand.answer_words))
    for commitment in fusion.commitments:
        yield from ((commitment.id, cell) for cell in commitment.words)
