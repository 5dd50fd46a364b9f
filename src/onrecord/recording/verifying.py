"""Re-checks a store against its own texts, seals and references, a page of reports at a time."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select, union

from onrecord.errors import OnrecordError
from onrecord.model import Fusion
from onrecord.recording.answers import Damage
from onrecord.recording.checking import annotation_flaws, block_flaws, fusion_flaws
from onrecord.recording.dialect import file_flaws, reading, search_flaws
from onrecord.recording.fused_rows import actor_of, fusion_of
from onrecord.recording.history import idle
from onrecord.recording.judgement_rows import judgement_of
from onrecord.recording.nouns import BROKEN, annotation_of, report_of, signature_of
from onrecord.recording.profile_rows import word_rows
from onrecord.recording.rows import content_of, term_rows
from onrecord.recording.schema import (
    ACTORS,
    ANNOTATIONS,
    JUDGEMENTS,
    KEYS,
    MOMENTS,
    REPORTS,
    SIGNATURES,
    STORIES,
    Rows,
    batched,
    fused,
    judging,
    marks,
    profiles,
    reports,
)
from onrecord.recording.sealing import hash_of, seal
from onrecord.recording.values import unpacked
from onrecord.recording.versions import version_flaws

#: Tables whose rows stand alone, each with a seal, and the columns that name a row to people.
_ALONE: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (reports.report_source, ("report", "source")),
    (reports.likeness, ("left_report", "right_report")),
    (reports.failure, ("source",)),
    (reports.unjoined, ("block",)),
    (fused.actor_entity, ("entity", "actor")),
    (profiles.profile, ("block", "actor")),
)
#: What the rows by which profiles are found hold.
_WORD = ("block", "initial", "word", "alike")


def verify(engine: Engine) -> Iterator[Damage]:
    """Every contradiction in a store; what is damaged is named, nothing is mended."""
    for check in (_file, _reports, _alone, _actors, _stories, _joins, _judgements, _history, version_flaws):
        try:
            with reading(engine) as connection:
                yield from check(connection)
        except OnrecordError as error:
            yield Damage("store", str(error))
    yield from (Damage(where, what) for where, what in search_flaws(engine))


def _file(connection: Connection) -> Iterator[Damage]:
    yield from (Damage(where, what) for where, what in file_flaws(connection))


def _reports(connection: Connection) -> Iterator[Damage]:
    """Reports with their marks and signatures."""
    expected = 0
    for page in batched(REPORTS.each(connection), 100):
        keys = [key for key, _ in page]
        table = reports.report_source
        query = (
            select(table.c.report, func.min(table.c.source)).where(table.c.report.in_(keys)).group_by(table.c.report)
        )
        sources = dict(connection.execute(query).all())
        annotations = ANNOTATIONS.load(connection, keys)
        signatures = SIGNATURES.load(connection, keys)
        for key, rows in page:
            yield from _report(key, rows, sources)
            yield from _annotation(key, annotations.get(key), rows[reports.report][0]["text"])
            if key in signatures:
                terms = yield from _signature(connection, rows[reports.report][0]["number"], signatures[key])
                expected += terms
    found = connection.scalar(select(func.count()).select_from(reports.signature_term))
    if found != expected:
        yield Damage("index of terms", f"it has {found} rows, the signatures give {expected}")


def _report(key: str, rows: Rows, sources: Mapping[str, str]) -> Iterator[Damage]:
    where = f"report {key}"
    row = rows[reports.report][0]
    yield from _seal(where, rows, row)
    if (found := hash_of(row["text"])) != row["text_sha256"]:
        yield Damage(where, f"its text has the SHA-256 {found}, not {row['text_sha256']}: the text was changed")
    if len(row["text"]) != row["length"]:
        yield Damage(where, f"its text has {len(row['text'])} code points, not {row['length']}")
    if key not in sources:
        yield Damage(where, "it has no source")
    else:
        report = yield from _made(where, report_of, rows, sources[key])
        if report is not None:
            yield from (Damage(where, flaw) for flaw in block_flaws(report.blocks, len(report.text)))


def _annotation(key: str, rows: Rows | None, text: str) -> Iterator[Damage]:
    where = f"marks of {key}"
    if rows is None:
        yield Damage(where, "the state of its annotation is missing")
        return
    yield from _seal(where, rows, rows[marks.annotation][0])
    annotation = yield from _made(where, annotation_of, rows)
    if annotation is not None:
        yield from (Damage(where, flaw) for flaw in annotation_flaws(annotation, len(text)))
        contents = {statement.id: content_of(statement.content, text) for statement in annotation.statements}
        for row in rows[marks.statement]:
            if row["content"] != contents[row["id"]]:
                yield Damage(
                    f"statement {row['id']}", f"its words are {row['content']!r}, the text says {contents[row['id']]!r}"
                )


def _signature(connection: Connection, number: int, rows: Rows) -> Any:
    row = rows[reports.signature][0]
    where = f"signature of {row['report']}"
    yield from _seal(where, rows, row)
    signature = yield from _made(where, signature_of, row)
    if signature is None:
        return 0
    terms, table = term_rows(signature, number), reports.signature_term
    for term in terms:
        if (
            connection.scalar(select(table.c.number).where(*(table.c[name] == value for name, value in term.items())))
            is None
        ):
            yield Damage("index of terms", f"{term['term']!r} of report {row['report']} is missing")
    return len(terms)


def _alone(connection: Connection) -> Iterator[Damage]:
    for table, names in _ALONE:
        for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().yield_per(KEYS):
            where = f"{table.name} {' '.join(row[name] for name in names)}"
            yield from _seal(where, {table: [dict(row)]}, dict(row))


def _actors(connection: Connection) -> Iterator[Damage]:
    for key, rows in ACTORS.each(connection):
        yield from _seal(f"actor {key}", rows, rows[fused.actor][0])
        yield from _made(f"actor {key}", actor_of, rows, ())


def _stories(connection: Connection) -> Iterator[Damage]:
    for key, rows in STORIES.each(connection):
        where = f"story {key}"
        yield from _seal(where, rows, rows[fused.story][0])
        fusion = yield from _made(where, fusion_of, rows)
        if fusion is not None:
            yield from _fusion(connection, where, fusion)


def _judgements(connection: Connection) -> Iterator[Damage]:
    for key, rows in JUDGEMENTS.each(connection):
        where = f"judgement {key}"
        yield from _seal(where, rows, rows[judging.judgement][0])
        yield from _made(where, judgement_of, rows)


def _history(connection: Connection) -> Iterator[Damage]:
    """Every moment with its changes, from the one at which history began; nothing is set aside that nobody awaits."""
    first = None
    for key, rows in MOMENTS.each(connection):
        row = rows[judging.moment][0]
        first = first or row
        yield from _seal(f"moment {key}", rows, row)
        for change in rows[judging.change]:
            if change["before"] is not None:
                yield from _made(f"moment {key}, {change['kind']} {change['id']}", unpacked, change["before"])
    if first is None or first["cause"] != "began":
        yield Damage("history", "the moment at which it began is missing")
    held, aside, waits = judging.dropped_report, judging.dropped, reports.unfused
    awaited = select(held.c.story).join(waits, waits.c.report == held.c.report)
    for table in (aside, held):
        lost = select(table.c.story).where(table.c.story.not_in(awaited)).distinct()
        for story in connection.scalars(lost.order_by(table.c.story)):
            yield Damage(f"story {story}", "it was set aside, but none of its reports waits to be fused")
    for report in connection.scalars(select(judging.stirred.c.report).where(idle())):
        yield Damage(f"report {report}", "it is kept why it waits, but it does not wait")


def _fusion(connection: Connection, where: str, fusion: Fusion) -> Iterator[Damage]:
    table = reports.report
    lengths: dict[str, int] = {}
    for some in batched(sorted(set(fusion.story.reports)), KEYS):
        query = select(table.c.id, table.c.length).where(table.c.id.in_(some))
        lengths.update(connection.execute(query).all())
    yield from (Damage(where, flaw) for flaw in fusion_flaws(fusion, lengths))
    waiting = select(reports.unfused.c.report).where(reports.unfused.c.report.in_(list(lengths)[:KEYS]))
    if connection.execute(waiting).first() is None:
        yield from _parties(connection, where, fusion)


def _parties(connection: Connection, where: str, fusion: Fusion) -> Iterator[Damage]:
    """Actors that the ledger names are there; where no actor was made it may name an entity, or give a plain name."""
    named = {
        *(actor for one in fusion.demands for actor in (*one.by, *one.of, *one.answered_by)),
        *(actor for one in fusion.commitments for actor in (*one.by, *one.to)),
    }
    known: set[str] = set()
    for some in batched(sorted(named), KEYS):
        known.update(connection.scalars(select(fused.actor.c.id).where(fused.actor.c.id.in_(some))))
        known.update(connection.scalars(select(marks.entity.c.id).where(marks.entity.c.id.in_(some))))
    for actor in sorted(named - known):
        # an analyst may name somebody of whom no report tells
        if ":" in actor and not actor.startswith("name:"):
            yield Damage(where, f"its ledger names the actor {actor!r}, which is not in the store")


def _joins(connection: Connection) -> Iterator[Damage]:
    """Entities that should have an actor have one, actors have entities, and no report is in two stories."""
    joined, waits = fused.actor_entity, reports.unjoined
    listed = profiles.unjoined_entity
    lost = (
        select(marks.entity.c.id, marks.entity.c.block)
        .join(joined, joined.c.entity == marks.entity.c.id, isouter=True)
        .join(waits, waits.c.block == marks.entity.c.block, isouter=True)
        .join(listed, listed.c.entity == marks.entity.c.id, isouter=True)
        .where(marks.entity.c.block.is_not(None), joined.c.entity.is_(None))
        .where(waits.c.block.is_(None) | listed.c.entity.is_(None))
    )
    for row in connection.execute(lost.order_by(marks.entity.c.id)):
        yield Damage(f"entity {row.id}", f"it has no actor, and its block {row.block!r} does not wait for one")
    empty = select(fused.actor.c.id).where(~select(joined.c.actor).where(joined.c.actor == fused.actor.c.id).exists())
    for actor in connection.scalars(empty.order_by(fused.actor.c.id)):
        yield Damage(f"actor {actor}", "no entity of any report is this actor")
    yield from _profiles(connection)
    yield from _words(connection)
    member = fused.story_report
    twice = select(member.c.report).group_by(member.c.report).having(func.count() > 1).order_by(member.c.report)
    for report in connection.scalars(twice):
        yield Damage(f"report {report}", "it is in more than one story, or twice in one")


def _profiles(connection: Connection) -> Iterator[Damage]:
    """Profiles count all entities of their block that have an actor."""
    profile, entity, joined = profiles.profile, marks.entity, fused.actor_entity
    told = select(profile.c.block, func.sum(profile.c.number).label("number")).group_by(profile.c.block).subquery()
    found = (
        select(entity.c.block, func.count().label("number"))
        .join(joined, joined.c.entity == entity.c.id)
        .group_by(entity.c.block)
        .subquery()
    )
    query = (
        select(told.c.block, told.c.number, func.coalesce(found.c.number, 0).label("found"))
        .join(found, found.c.block == told.c.block, isouter=True)
        .where(told.c.number != func.coalesce(found.c.number, 0))
    )
    for row in connection.execute(query.order_by(told.c.block)):
        yield Damage(
            f"block {row.block}", f"its profiles count {row.number} entities with an actor, it has {row.found}"
        )


def _words(connection: Connection) -> Iterator[Damage]:
    """Where profiles are found by words, all of the block are found by all of theirs, and by their actors."""
    profile, word = profiles.profile, profiles.profile_word
    for some in batched(
        connection.scalars(union(select(profile.c.block), select(word.c.block)).order_by("block")), KEYS
    ):
        expected: set[tuple[str, ...]] = set()
        worded = select(profile).where(profile.c.block.in_(some), profile.c.words.is_not(None))
        for row in connection.execute(worded).mappings():
            expected.add((row["block"], "", "", ""))
            expected.update(tuple(one[name] for name in _WORD) for one in word_rows(dict(row)))
        found = {tuple(row) for row in connection.execute(select(word).where(word.c.block.in_(some)))}
        for block, _, told, _ in sorted(expected ^ found):
            yield Damage(f"block {block}", f"what its profiles are found by does not fit them, as with {told!r}")


def _seal(where: str, rows: Rows, row: Mapping[str, Any]) -> Iterator[Damage]:
    found = yield from _made(where, seal, rows)
    if found is not None and found != row["seal"]:
        yield Damage(
            where, f"its rows have the seal {found}, not {row['seal']!r}: something was changed in the database"
        )


def _made(where: str, make: Callable[..., Any], *args: Any) -> Any:
    """The noun that rows make; damage, and None, where they make none."""
    try:
        return make(*args)
    except BROKEN as error:
        yield Damage(where, f"what is stored can't be: {error}")
        return None
