"""Rounds of watching, killed at random moments and started again, give the record of undisturbed ones."""

import json
import random
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.recording import Store
from onrecord.recording.watching import Watched
from tests import reports
from tests.reading.archiving import page
from tests.reading.serving import Page, Site, serving

KILLS = 10
ROOT = Path(__file__).parents[1]
NAMES = [f"report-{n}" for n in range(5)]
HOURS = (0, 3, 30)


def publish(site: Site, number: int) -> None:
    """The outlet as it is in one round: some pages are new, some say something else, some are gone or not to be had."""
    site.pages.clear()
    for n, name in enumerate(NAMES[: 3 + number]):
        troops = 40_000 + 1_000 * n + (500 if n < number else 0)
        text = reports.SUMMIT.replace("40,000", f"{troops:,}").split("\n\n", 3)[3].replace("\n\n", "</p><p>")
        site.pages[f"/{name}"] = Page(page(f"Ostrel and Varda talk, day {n}", text), etag=f'"{troops}"')
    site.pages["/gone"] = Page(b"", status=404)
    site.pages["/busy"] = Page(b"", status=503)
    items = "".join(f"<item><title>{name}</title><link>/{name}</link></item>" for name in (*NAMES, "gone", "busy"))
    site.pages["/feed"] = Page(f"<rss><channel>{items}</channel></rss>".encode(), etag=f'"{number}"')


class Rounds:
    """Runs rounds, each in a process of its own."""

    def __init__(self, site: Site, *, marks: bool) -> None:
        self.site = site
        self.marks = marks
        command = [sys.executable, "-m", "tests.watched"]
        self.child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, store: Path, number: int, units: int) -> int:
        """The exit code of one round."""
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        told = (str(store), self.site.url("/feed"), HOURS[number] * 3_600, units, self.marks)
        self.child.stdin.write(json.dumps(told) + "\n")
        self.child.stdin.flush()
        code = int(self.child.stdout.readline())
        assert code in (0, -signal.SIGKILL), "a round failed: see standard error"
        return code

    def close(self) -> None:
        self.child.communicate()


def contents(store: Path, site: Site) -> tuple[object, ...]:
    """All that a round is to leave the same."""
    with Store.open(store) as opened:
        assert list(opened.verify()) == []
        watching = opened.watching()
        urls = [site.url(f"/{name}") for name in (*NAMES, "gone", "busy", "feed")]
        versions = [one for url in urls for one in opened.versions(url)]
        kept: dict[str, Watched] = watching.known(urls)
        return opened.record(), versions, [watching.report(one) for one in versions], kept, opened.failures()


def compare(folder: Path, kills: int, chance: random.Random, *, marks: bool) -> str:
    """Kill rounds until so many kills are done, and hold what each round leaves against an undisturbed one."""
    died, trials = 0, 0
    with serving() as site, closing(Rounds(site, marks=marks)) as rounds:
        wanted = []
        for number in range(len(HOURS)):
            publish(site, number)
            rounds.run(folder / "whole.db", number, 0)
            wanted.append(contents(folder / "whole.db", site))
        while died < kills:
            trials += 1
            store = folder / f"killed-{trials}.db"
            for number in range(len(HOURS)):
                publish(site, number)
                died += _disturbed(rounds, store, number, chance)
                assert contents(store, site) == wanted[number], f"round {number}"
    return f"{died} kills in {trials * len(HOURS)} rounds: the same record, versions and failures as undisturbed"


def _disturbed(rounds: Rounds, store: Path, number: int, chance: random.Random) -> int:
    """How often a round was killed until it was over."""
    for died in range(4):
        if rounds.run(store, number, chance.randint(1, 16)) == 0:
            return died
    rounds.run(store, number, 0)
    return 4


@pytest.mark.slow
def test_killed_rounds_leave_what_undisturbed_rounds_leave(tmp_path: Path) -> None:
    told = compare(tmp_path, KILLS, random.Random(20310504), marks=False)
    assert int(told.split()[0]) >= KILLS
