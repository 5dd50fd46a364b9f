import random
import time
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from signal import SIGKILL

import pytest

from onrecord.model import Fusion, Record, Story
from onrecord.recording import Damage, Store
from tests.recording.filling import archive_of, signature_of

REPORTS = 150
KILLS = 20


def texts() -> list[str]:
    """Reports of one day, each with words of its own."""
    return [f"Report {n} of Kelm: ship {n % 7} brought {n * 3} sacks of grain to pier {n % 5}." for n in range(REPORTS)]


def work(path: str) -> None:
    """What a pipeline does, resumed wherever an earlier call of it was stopped."""
    with Store.open(path) as store:
        parts = [archive_of(text) for text in texts()]
        for n in range(0, len(parts), 4):
            store.add_reports([(one.reports[0], signature_of(one.reports[0])) for one in parts[n : n + 4]])
        marks = {part.reports[0].id: part for part in parts}
        for report in store.unannotated():
            store.annotate(marks[report.id].annotations[0], marks[report.id].blocks)
        for block in store.unjoined():
            entities = tuple(sorted(entity.id for entity in store.entities_in_blocks([block])))
            store.replace_actors([block], [replace(parts[0].actors[0], entities=entities)])
        for report_id in store.unfused():
            story = Story(f"y{report_id}", "Kelm", (report_id,), None, None)
            store.replace_fusions([report_id], [Fusion(story)])


def record_of(path: Path) -> Record:
    with Store.open(path, read_only=True) as store:
        assert list(store.verify()) == []
        return store.record()


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole.db", tmp_path / "killed.db"
    began = time.monotonic()
    work(str(whole))
    took_s = time.monotonic() - began
    wanted = record_of(whole)
    chance = random.Random(2031)
    kills = finished = 0
    # A fork starts at once, so that the kill falls into the work and not into imports.
    forking = get_context("fork")
    while kills < KILLS or not finished:
        child = forking.Process(target=work, args=(str(killed),))
        child.start()
        child.join(chance.uniform(0, took_s / 2) if kills < KILLS else None)
        if child.is_alive():
            child.kill()
            kills += 1
        child.join()
        if child.exitcode == 0:
            assert record_of(killed) == wanted
            finished += 1
            for file in tmp_path.glob("killed.db*"):
                file.unlink()
        else:
            assert child.exitcode == -SIGKILL
            if killed.exists() and killed.stat().st_size:
                assert [str(damage) for damage in damage_of(killed)] == []


def damage_of(path: Path) -> list[Damage]:
    with Store.open(path) as store:
        return list(store.verify())
