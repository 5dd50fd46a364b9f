"""The store: one SQLite file (or PostgreSQL database) with the whole record. Each call is one transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, select

from onrecord.errors import UsageError
from onrecord.model import (
    Actor,
    Annotation,
    Entity,
    Failure,
    Fusion,
    Likeness,
    Record,
    Report,
    Signature,
    Story,
    Version,
)
from onrecord.model.marks import Profile
from onrecord.recording import joining, loading, marking, resolving, writing
from onrecord.recording.answers import Added, Counts, Damage, Hit, HitKind
from onrecord.recording.browsing import Browsing
from onrecord.recording.dialect import address, check_file, connect, name_of, reading, translated
from onrecord.recording.dialect import writing as changing
from onrecord.recording.fresh import Fresh
from onrecord.recording.judging import Judging
from onrecord.recording.migrating import migrate
from onrecord.recording.paging import Paging
from onrecord.recording.resolving import Joins
from onrecord.recording.schema import reports
from onrecord.recording.searching import search
from onrecord.recording.trails import Trails
from onrecord.recording.verifying import verify
from onrecord.recording.versions import forget_versions
from onrecord.recording.watching import Watching

#: Reports that are loaded at once while all are gone through.
PAGE = 32


class Store:
    """Reports, their marks and what was fused of them. Open one with `Store.open`; it is a context manager.

    Nouns go in and come out; a call that writes is kept as a whole or not at all. Any call can raise `StoreError`
    (locked, read-only, full, gone) or `DamagedRecord` (the file or what it holds is damaged).
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fresh = Fresh()

    @classmethod
    def open(cls, where: str | Path = "onrecord.db", *, create: bool = True, read_only: bool = False) -> Self:
        """Open a store; a new or older one gets the current schema.

        Args:
            where: path of a SQLite file, or an SQLAlchemy URL.
            create: make a new store where there is none.
            read_only: never write, not even a newer schema.

        Raises:
            StoreError: not a store, made by a newer onrecord, missing, locked, read-only, or not to be reached.
        """
        url = address(where)
        if url.get_backend_name() == "sqlite":
            check_file(Path(url.database or ""), create=create and not read_only)
        engine = connect(url, read_only=read_only)
        try:
            migrate(engine, create=not read_only)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        with translated(self._engine):
            self._engine.dispose()

    @property
    def name(self) -> str:
        """The store's path, or its URL without the password."""
        return name_of(self._engine)

    # --- reading and annotating

    def add_report(self, report: Report, signature: Signature | None = None) -> Added:
        """Store a report; the same bytes again add nothing but, at the most, one more source."""
        return self.add_reports([(report, signature)])[0]

    def add_reports(self, batch: Sequence[tuple[Report, Signature | None]]) -> tuple[Added, ...]:
        """Store reports in one transaction: all of them or, when an error leaves this call, none.

        Raises:
            UsageError: a report that can't be stored.
        """
        with changing(self._engine) as connection:
            return writing.add_reports(connection, batch)

    def add_failure(self, failure: Failure) -> None:
        """Store what could not be read; the same failure again changes nothing."""
        with changing(self._engine) as connection:
            writing.add_failure(connection, failure)

    def unannotated(self, limit: int | None = None, *, annotator: str | None = None) -> Iterator[Report]:
        """The reports that wait for annotation, by id, a few in memory at a time; the store may change meanwhile.

        Args:
            limit: how many at the most.
            annotator: if given, reports that another annotator or version marked wait too.
        """
        after, left = None, limit
        while left is None or left > 0:
            with reading(self._engine) as connection:
                page = loading.pending(connection, after, min(PAGE, left or PAGE), annotator)
            if not page:
                return
            yield from page
            after = page[-1].id
            left = None if left is None else left - len(page)

    def annotate(
        self, annotation: Annotation, blocks: Mapping[str, str] | None = None, *, annotator: str | None = None
    ) -> None:
        """Store all marks of one report, as `annotate_each` does those of several."""
        self.annotate_each([(annotation, blocks or {})], annotator=annotator)

    def annotate_each(self, marked: Sequence[marking.Marked], *, annotator: str | None = None) -> None:
        """Store all marks of some reports, in place of earlier ones and in one transaction; they then wait to be fused.

        Args:
            marked: one entry a report: the marks, or why there are none; entity id -> block within which actors are
                resolved, where an entity without one has no actor.
            annotator: what made the marks, with its version.

        Raises:
            UsageError: no such report, or marks that contradict its text or each other; nothing is stored then.
        """
        with changing(self._engine) as connection:
            seals = marking.annotate(connection, marked, annotator)
        for (annotation, _), seal in zip(marked, seals, strict=True):
            self._fresh.keep(annotation, seal)

    def annotation_failed(self, report: str, failure: Failure, *, annotator: str | None = None) -> None:
        """Store that annotating a report failed, and why; it waits no more until `retry_failed`."""
        with changing(self._engine) as connection:
            marking.annotate(connection, [(Annotation(report), {})], annotator, failed=failure.message)
            writing.add_failure(connection, failure)

    def retry_failed(self) -> int:
        """Let every report whose annotation failed wait for it again, forget those failures, and say how many."""
        with changing(self._engine) as connection:
            return marking.retry_failed(connection)

    def pending(self) -> int:
        """How many reports wait for annotation."""
        with reading(self._engine) as connection:
            return loading.number_pending(connection)

    def remove_report(self, report: str) -> None:
        """Take a report out with all and only what hung on it; what it had part in waits to be fused anew.

        Raises:
            UsageError: there is no such report.
        """
        with changing(self._engine) as connection:
            if connection.scalar(select(reports.report.c.id).where(reports.report.c.id == report)) is None:
                raise UsageError(f"there is no report {report!r} in the store")
            forget_versions(connection, report)
            writing.remove_reports(connection, [report])

    # --- fusing

    def unfused(self) -> tuple[str, ...]:
        """The reports whose neighbourhood must be fused anew, by id."""
        with reading(self._engine) as connection:
            return tuple(sorted(connection.scalars(select(reports.unfused.c.report))))

    def unjoined(self) -> tuple[str, ...]:
        """The blocks of entities whose actors must be joined anew, sorted."""
        with reading(self._engine) as connection:
            return tuple(sorted(connection.scalars(select(reports.unjoined.c.block))))

    def signatures(self, ids: Iterable[str]) -> tuple[Signature, ...]:
        """The signatures of these reports, by report id; those that have none are left out."""
        with reading(self._engine) as connection:
            return joining.signatures(connection, ids)

    def signatures_sharing(
        self, signature: Signature, *, days: int, terms: int, limit: int | None = None
    ) -> tuple[Signature, ...]:
        """Other reports that have at least `terms` of this one's heaviest terms among their own heaviest.

        Args:
            signature: of a report, stored or not.
            days: how far apart two dated reports may lie; one without a date matches any.
            terms: how many terms they share at the least.
            limit: how many are given: those that share the most terms first, then by report id.
        """
        with reading(self._engine) as connection:
            return joining.signatures_sharing(connection, signature, days=days, terms=terms, limit=limit)

    def add_likenesses(self, likenesses: Iterable[Likeness]) -> None:
        """Store likenesses, in place of earlier ones of the same two reports."""
        with changing(self._engine) as connection:
            joining.add_likenesses(connection, likenesses)

    def unfused_by_day(self) -> tuple[str, ...]:
        """The reports whose neighbourhood must be fused anew, undated ones first, then by day and id."""
        with reading(self._engine) as connection:
            return joining.unfused_by_day(connection)

    def neighbours(self, ids: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
        """For each of these reports the others that it is alike to, and how much; in no order."""
        with reading(self._engine) as connection:
            return joining.neighbours(connection, ids)

    def grouped(self, ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """The reports of each story that holds one of these, sorted."""
        with reading(self._engine) as connection:
            return joining.grouped(connection, ids)

    def blocks_of(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The blocks that entities of these reports are in, sorted."""
        with reading(self._engine) as connection:
            return resolving.blocks_of(connection, ids)

    def entities_in_blocks(self, blocks: Iterable[str]) -> tuple[Entity, ...]:
        """The entities of these blocks, by report and place in it."""
        with reading(self._engine) as connection:
            return resolving.entities_in_blocks(connection, blocks)

    def profiles(self, blocks: Iterable[str]) -> tuple[Profile, ...]:
        """How the joined entities of these blocks are told; nothing of a block that must be joined as a whole."""
        with reading(self._engine) as connection:
            return resolving.profiles_of(connection, blocks)

    def judged_blocks(self) -> frozenset[str]:
        """The blocks in which analysts merged or split actors: they are joined as a whole."""
        with reading(self._engine) as connection:
            return resolving.judged_blocks(connection)

    def join_actors(self, blocks: Iterable[str], by: Joins) -> None:
        """Join the entities that wait in these blocks to actors; the blocks then no longer wait.

        Args:
            blocks: none of them judged.
            by: joins entities to others of the same blocks, of which only the profiles are known.
        """
        with changing(self._engine) as connection:
            resolving.join_actors(connection, blocks, by)

    def replace_actors(
        self, blocks: Iterable[str], actors: Iterable[Actor], told: Sequence[Profile] = ()
    ) -> tuple[str, ...]:
        """Store the actors of these blocks in place of the ones there; the blocks then no longer wait.

        Args:
            blocks: whose actors they are.
            actors: with all their entities.
            told: the profiles of the blocks; without them their entities will be joined as a whole again.

        Returns:
            The reports with an entity whose actor changed, which now wait to be fused.

        Raises:
            UsageError: an actor holds an entity that lies outside the blocks.
        """
        with changing(self._engine) as connection:
            return resolving.replace_actors(connection, blocks, actors, told)

    def replace_fusions(self, ids: Iterable[str], fusions: Iterable[Fusion]) -> None:
        """Drop every story that holds one of these reports, store the new ones, and let the reports wait no more.

        Raises:
            UsageError: a story names a report, statement or event that is not in the store.
        """
        with changing(self._engine) as connection:
            joining.replace_fusions(connection, ids, fusions)

    def replace_each(self, fused: Sequence[tuple[Sequence[str], Fusion]]) -> None:
        """As `replace_fusions` for each of some stories with its reports, together: all are kept, or none is."""
        with changing(self._engine) as connection:
            joining.replace_each(connection, fused)

    # --- out

    def record(self, story: str | None = None) -> Record:
        """One story, or everything, sorted by id; for a large store use `records`.

        An actor has those of its entities that are of the record's reports.

        Raises:
            UsageError: there is no such story.
        """
        with reading(self._engine) as connection:
            return loading.record(connection, story)

    def record_of(self, ids: Iterable[str]) -> Record:
        """These reports with their marks and actors, without what was fused."""
        with reading(self._engine) as connection:
            return loading.record_of(connection, ids)

    def records_of(self, groups: Sequence[Collection[str]]) -> tuple[Record, ...]:
        """Each of some groups of reports with marks and actors, without what was fused; no report is in two of them."""
        with reading(self._engine) as connection:
            return tuple(loading.records_of(connection, groups, self._fresh))

    def records(self) -> Iterator[Record]:
        """Story by story, then the reports in no story, a few at a time; all as the store was at the first."""
        with reading(self._engine) as connection:
            yield from loading.records(connection)

    def stories(self, report: str | None = None) -> tuple[Story, ...]:
        """All stories, or those that hold a report: newest first."""
        with reading(self._engine) as connection:
            return loading.stories(connection, report)

    def report(self, report: str) -> Report:
        """One report.

        Raises:
            UsageError: there is no such report.
        """
        with reading(self._engine) as connection:
            found = loading.report_nouns(connection, [report])
        if not found:
            raise UsageError(f"there is no report {report!r} in the store")
        return found[0]

    def sources(self, report: str) -> tuple[str, ...]:
        """Every path or URL at which the report's bytes were seen, sorted."""
        with reading(self._engine) as connection:
            return loading.sources(connection, report)

    def failures(self) -> tuple[Failure, ...]:
        """All inputs that could not be read, by source."""
        with reading(self._engine) as connection:
            return loading.failures(connection)

    def counts(self) -> Counts:
        """How much of what the store holds."""
        with reading(self._engine) as connection:
            return loading.counts(connection)

    def search(
        self, query: str, *, limit: int = 20, kinds: Sequence[HitKind] = ("report", "statement"), skip: int = 0
    ) -> tuple[Hit, ...]:
        """Reports and statements with all words of the query, best first.

        Args:
            query: words, "phrases", and beginnings of words with a star; nothing in it can fail.
            limit: how many hits at the most.
            kinds: what is searched.
            skip: how many hits, the best ones, are left out.
        """
        with reading(self._engine) as connection:
            return search(connection, query, limit=limit, kinds=kinds, skip=skip)

    def browse(self) -> Browsing:
        """Pages of what the store holds, for lists that a person looks through."""
        return Browsing(self._engine)

    def judging(self) -> Judging:
        """The analysts' judgements, and the history of the record."""
        return Judging(self._engine)

    def trails(self) -> Trails:
        """By what entries of the ledger are found from other stories."""
        return Trails(self._engine)

    def watching(self) -> Watching:
        """What is watched on the web, and the versions of its pages."""
        return Watching(self._engine)

    def versions(self, wanted: str) -> tuple[Version, ...]:
        """All versions of the pages with this address, or that this report is a version of, oldest first."""
        return self.watching().versions(wanted)

    def paging(self) -> Paging:
        """Pages that stay where they are while the store grows, for programs that go through all of it."""
        return Paging(self._engine)

    def verify(self) -> Iterator[Damage]:
        """Every contradiction between the record and its own texts, hashes and references."""
        yield from verify(self._engine)
