"""The only place where the stages meet: read, annotate, fuse, record.

bytes -> read -> Report -> annotate -> Annotation -> fuse -> Fusion
                    |                     |                    |
                    +---------------------+--------------------+--> Store
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from onrecord import fusing
from onrecord.errors import UsageError
from onrecord.gathering import gathered, together
from onrecord.model import (
    Annotation,
    Chain,
    Change,
    Failure,
    Judged,
    Judgement,
    Record,
    Report,
    Story,
    Verdict,
)
from onrecord.outcome import Outcome, Progress, Tally, silent
from onrecord.reading import ReadSettings, is_url, read
from onrecord.recording import Counts, Damage, Hit, Ruling, Store
from onrecord.working import (
    LANGUAGES,
    Alone,
    Annotated,
    Stage,
    Step,
    Working,
    annotate,
    chained,
    crashed,
    seldom_collecting,
    steps,
)

#: What made the marks: kept beside them, so that those of an older version can be told.
ANNOTATOR = f"onrecord {version('onrecord')}"


class Book:
    """A store with the whole pipeline in front of it: read reports into it, get the record out.

    Open one with `onrecord.open`; it is a context manager.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def read(
        self,
        paths: Iterable[str | Path],
        settings: ReadSettings | None = None,
        *,
        annotate: bool = True,
        workers: Working | None = None,
        retry_failed: bool = False,
        progress: Progress = silent,
        stdin: BinaryIO | None = None,
    ) -> Outcome:
        """Read files, folders and globs into the store, annotate what is new, and fuse it.

        Work left over from a call that was stopped is done too. Bad input never raises: it is stored and
        given back as failures.

        Args:
            paths: files, folders, glob patterns, or "-" for `stdin`.
            settings: what the user knows of the reports (outlet, date) and limits.
            annotate: False to store the reports only; a later call annotates them.
            workers: who annotates and fuses: this process, or `onrecord.scaling.Workers`. The record is the same.
            retry_failed: annotate also the reports whose annotation failed before.
            progress: told after each report.
            stdin: where "-" reads from.
        """
        tally = Tally()
        # the store often lies in the folder that is read; SQLite keeps two more files beside it
        own = tuple(Path(self.store.name + end) for end in ("", "-wal", "-shm", "-journal"))
        settings = replace(settings or ReadSettings(), leave_out=own)
        items = _counted(read(paths, settings, stdin=stdin), progress)
        with seldom_collecting():
            while batch := tuple(islice(items, _BATCH)):
                self._record(batch, tally)
            if retry_failed:
                self.store.retry_failed()
            if annotate:
                self._annotate(workers or Alone(), tally, progress)
                self.fuse(progress, workers or Alone())
        return tally.outcome()

    def _record(self, batch: Iterable[Report | Failure], tally: Tally) -> None:
        reports = []
        for item in batch:
            if isinstance(item, Failure):
                self.store.add_failure(item)
                tally.failures.append(item)
            elif is_url(item.source) and "#" not in item.source:
                # a page of the web may have been published again since it was last read
                how = self.store.watching().add(item, fusing.sign(item), f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
                tally.counts["added" if how == "changed" else how] += 1
                tally.counts["changed"] += how == "changed"
            else:
                reports.append((item, fusing.sign(item)))
        for added in self.store.add_reports(reports):
            tally.counts[added] += 1

    def _annotate(self, workers: Working, tally: Tally, progress: Progress) -> None:
        total, done = self.store.pending(), 0
        if not total:
            return
        waiting = iter(workers.annotate(self.store.unannotated()))
        while some := tuple(islice(waiting, _KEPT)):
            for report, marks in self._keep(some):
                if isinstance(marks, Failure):
                    self.store.annotation_failed(report.id, marks, annotator=ANNOTATOR)
                    tally.failures.append(marks)
                elif marks.skipped is not None:
                    tally.skipped.append((report.source, marks.skipped))
                else:
                    tally.counts["annotated"] += 1
                done += 1
                progress("annotating", done, total)

    def _keep(self, some: Sequence[Annotated]) -> Iterator[Annotated]:
        """Store the marks of reports, all in one transaction; where some can't be stored, those are failures."""
        marked = [(marks, _blocks(marks)) for _, marks in some if isinstance(marks, Annotation)]
        try:
            if marked:
                self.store.annotate_each(marked, annotator=ANNOTATOR)
        except UsageError as error:
            if len(some) > 1:
                for one in some:
                    yield from self._keep([one])
                return
            ((report, _),) = some
            some = [(report, crashed(report, f"its marks can't be kept: {error}"))]
        yield from some

    def fuse(self, progress: Progress = silent, workers: Working | None = None) -> None:
        """Bring actors, stories, claims and the ledger up to date with what was read; touches only neighbours."""
        self._link()
        self._join_actors()
        waiting = set(self.store.unfused_by_day())
        left = set(waiting)
        made = ((story.ids, fusion) for story, fusion in (workers or Alone()).fuse(gathered(self.store, waiting)))
        for some in together(made):
            self.store.replace_each(some)
            for ids, _ in some:
                left.difference_update(ids)
                progress("fusing", len(waiting) - len(left), len(waiting))

    def _link(self) -> None:
        """Compare each new report with the stored ones that share a telling word."""
        waiting = iter(self.store.unfused_by_day())
        while some := tuple(islice(waiting, _LINKED)):
            found = []
            for signature in self.store.signatures(some):
                near = self.store.signatures_sharing(signature, days=fusing.CANDIDATE_DAYS, terms=1)
                pairs = [pair for other in near if (pair := fusing.likeness(signature, other)).score >= fusing.JOIN]
                found += fusing.worth_keeping(signature.report, pairs, self.store.neighbours)
            self.store.add_likenesses(found)

    def _join_actors(self) -> None:
        """Resolve the actors of new reports, block by block; other reports of a changed actor become unfused."""
        judged = self.store.judged_blocks()
        waiting = iter([block for block in self.store.unjoined() if block not in judged])
        while blocks := tuple(islice(waiting, _BLOCKS)):
            self.store.join_actors(blocks, fusing.Resolver())
        for block in self.store.unjoined():
            blocks = self.store.judging().bound_blocks(block)
            entities = self.store.entities_in_blocks(blocks)
            actors = fusing.join_actors(entities)
            judgements = self.store.judging().about_blocks(blocks)
            self.store.replace_actors(blocks, fusing.judge_actors(actors, judgements, entities))

    def stories(self, as_of: datetime | None = None) -> tuple[Story, ...]:
        """The stories, newest first: as they are, or as they were at a time."""
        return self.store.stories() if as_of is None else self.store.judging().stories_at(as_of)

    def record(self, story: str | None = None, as_of: datetime | None = None) -> Record:
        """One story, or everything when none is named: as it is, or as it was. For a large store use `records`.

        Raises:
            UsageError: when there is, or was, no such story, or the history of the store begins after `as_of`.
        """
        return self.store.record(story) if as_of is None else self.store.judging().record_at(story, as_of)

    def changes(self, since: datetime, until: datetime | None = None, story: str | None = None) -> tuple[Change, ...]:
        """What is new, gone or another since a time, with when and why: `Change.before` and `after` as they differ.

        Args:
            since: aware; not before the history of the store begins.
            until: now, if not given.
            story: only what belongs or belonged to this story.

        Raises:
            UsageError: the history of the store begins later.
        """
        return self.store.judging().changes(since, until, story)

    def records(self) -> Iterator[Record]:
        """Story by story, then the reports that are in none; memory stays flat."""
        return self.store.records()

    def judge(
        self,
        verdict: Verdict | str,
        targets: Iterable[str],
        *,
        kind: Judged | str,
        field: str | None = None,
        value: str | None = None,
        note: str | None = None,
        author: str | None = None,
    ) -> Judgement:
        """Keep an analyst's judgement and put it into effect; it touches only the stories that it is about.

        Args:
            verdict: accept, reject, merge, split or correct.
            targets: ids; a claim may be named by its members too, an actor by an entity or, after the actor it is to
                be split from, by a report. A claim that is split alone falls into its members.
            kind: what the targets are.
            field: what is corrected.
            value: what to; several actors are parted by "; ".
            note: why.
            author: who says so.

        Raises:
            UsageError: there is no such thing, or it can't be judged so.
        """
        ruling = Ruling.of(verdict, kind, targets, field=field, value=value, note=note, author=author)
        made = self.store.judging().judge(ruling)
        self.fuse()
        return made

    def undo(self, judgement: str) -> Judgement:
        """Take a judgement back: the record is as if it had never been made.

        Raises:
            UsageError: there is no such judgement.
        """
        taken = self.store.judging().undo(judgement)
        self.fuse()
        return taken

    def judgements(self, of: Iterable[str] | None = None, *, undone: bool = False) -> tuple[Judgement, ...]:
        """The judgements that hold, or those about these things; with `undone` those taken back too. Oldest first."""
        return self.store.judging().judgements(of, undone=undone)

    def why(self, actor: str) -> tuple[fusing.Joining, ...]:
        """Why an actor is one: each way in which reports tell it, with the features that were compared.

        Raises:
            UsageError: there is no such actor.
        """
        first = self.store.judging().entities_of(actor, limit=1)
        if not first:
            raise UsageError(f"there is no actor {actor!r} in the store; `onrecord actors --format json` lists the ids")
        (block,) = self.store.judging().blocks_of_entities(first)
        blocks = self.store.judging().bound_blocks(block)
        told = [one for one in self.store.profiles(blocks) if one.actor == actor]
        if not told:  # analysts judged actors of these blocks: they are joined as a whole, without profiles
            mine = frozenset(self.store.judging().entities_of(actor))
            told = list(fusing.join_to([e for e in self.store.entities_in_blocks(blocks) if e.id in mine], ()).profiles)
        return fusing.why_one(told, judged=len(blocks) > 1)

    def remove(self, report: str) -> None:
        """Take a report out with all and only what hung on it.

        Judgements about it stay, without effect, and hold again when the same bytes are read again.

        Raises:
            UsageError: there is no such report.
        """
        self.store.remove_report(report)
        self.fuse()

    def search(self, query: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """Reports and statements with the words of the query, best first."""
        return self.store.search(query, limit=limit)

    def mentions(self, report: str) -> tuple[Chain, ...]:
        """All phrases of a report that are likely one person, organisation or place, chain by chain.

        The report is parsed again for it; nothing is stored, and nothing of the record changes. `known` of chains and
        links is the actor's id, or "place:" and a name. Links that the record does not have are likelier guesses.

        Args:
            report: its id, the beginning of it, or the path or URL that it came from.

        Raises:
            UsageError: there is no such report, or it has no marks: it is in another language, or not annotated yet.
        """
        return chained(self.store.record_of([self.store.judging().find_report(report)]))

    def failures(self) -> tuple[Failure, ...]:
        """All inputs that could not be read."""
        return self.store.failures()

    def counts(self) -> Counts:
        """How much of what the store holds."""
        return self.store.counts()

    def verify(self) -> Iterator[Damage]:
        """Every contradiction between the record and its own texts, hashes and references."""
        return self.store.verify()


#: Reports written in one transaction. 64 cost 1.0 ms a report in the store, 256 cost 0.75 ms (benchmarks.reading on
#: reuters.jsonl, 2026-11-22); a kill loses one batch at the most, which the next read brings back.
_BATCH = 256
#: Reports whose likenesses are written in one transaction.
_LINKED = 64
#: Reports whose marks are written in one transaction: 5 ms a report with 8, 8 to 10 ms with 1, 4.5 ms with 32
#: (`measure_growth` of 1,200 reports, two runs each, 2026-11-27). A kill loses them; the next read annotates anew.
_KEPT = 8
#: Blocks of entities whose actors are joined in one transaction: most hold few entities, and those of one report, which
#: lie side by side in the store, are in many blocks.
_BLOCKS = 512


def _blocks(marks: Annotation) -> dict[str, str]:
    return {one.id: fusing.actor_block(one) for one in marks.entities}


def _counted(items: Iterable[Report | Failure], progress: Progress) -> Iterator[Report | Failure]:
    for done, item in enumerate(items, start=1):
        yield item
        progress("reading", done, None)


def open_book(where: str | Path = "onrecord.db", *, read_only: bool = False) -> Book:
    """Open a store, made new where there is none.

    Args:
        where: path of a SQLite file, or an SQLAlchemy URL.
        read_only: never write; the store must exist.

    Raises:
        StoreError: when it can't be opened, with what to do.
    """
    return Book(Store.open(where, create=not read_only, read_only=read_only))


__all__ = [
    "ANNOTATOR",
    "LANGUAGES",
    "Book",
    "Outcome",
    "Progress",
    "Stage",
    "Step",
    "annotate",
    "open_book",
    "steps",
]
