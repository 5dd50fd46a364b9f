"""How fast the desk answers, and how much its pages weigh, over a large store.

    python -m benchmarks.desk [--reports N] [--store PATH]

A store of N made reports is filled first, or taken from PATH if it is there. Each kind of page is asked for several
times, for different stories, actors and words. Times are of the server (the app is called without a network), wall
clock; the ratio is to plain spaCy reading one of the reports. What a page weighs is all that its first paint needs:
the page, the style sheet and the icon, not compressed.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from starlette.testclient import TestClient
from tests.showing.web.newsroom import STATES, Scale, fill_newsroom, person

from onrecord.annotating.parse import spacy_small
from onrecord.recording import Store
from onrecord.showing.web import make_app

#: What issue 7 asks for.
PAGE_MS, SEARCH_MS, PAGE_KB = 150.0, 200.0, 200.0

#: Statements and sentences of each made report, about as many as news has.
STATEMENTS, SENTENCES = 8, 16

_ASSETS = ("/static/desk.css", "/static/mark.svg")
_WORDS = ("harbour", "harbour treaty", "inspectors spring", '"send 60 inspectors"', "vessa oskia", "dam", "case 1234")


def addresses(store: Path) -> dict[str, list[str]]:
    """Addresses of each kind of page, spread over the store."""
    with Store.open(store, read_only=True) as opened:
        browsing = opened.browse()
        total = browsing.stories(limit=1).total
        cards = [browsing.stories(limit=1, offset=total * n // 12).items[0] for n in range(12)]
        actors = [one for one, _, _ in STATES] + [person(n)[0] for n in (0, 1, 4, 9, 21, 49, 77, 101)]
        known = {one.id for one in browsing.actors(limit=1000).items}
    stories = [one.story.id for one in cards]
    reports = [one.headings[-1].id for one in cards]
    return {
        "stories": ["/", "/?page=2", f"/?page={total // 40}", "/?page=40", "/?page=7"],
        "stories, filtered": [
            "/?outlet=Tarn+Post",
            "/?actor=vessa",
            "/?country=OSK",
            "/?type=ASSAULT",
            "/?q=harbour",
            "/?since=2024-06-01&until=2024-06-30",
        ],
        "story": [f"/stories/{one}" for one in stories],
        "report": [f"/reports/{one}" for one in reports],
        "actors": ["/actors", "/actors?page=2", "/actors?q=oda", "/actors?kind=state"],
        "actor": [f"/actors/{one}" for one in actors if one in known],
        "ledger": ["/ledger", "/ledger?page=20", "/ledger?state=overdue", "/ledger?party=vessa", "/ledger?kind=demand"],
        "proof": [f"/proof/statement/{one}.s2" for one in reports] + [f"/proof/event/{one}.e1" for one in reports],
        "words": [f"/proof/words/{one}/120-140" for one in reports],
        "search": [f"/search?q={one}" for one in _WORDS],
    }


def spacy_s(store: Path) -> float:
    """Seconds that plain spaCy needs for one report."""
    with Store.open(store, read_only=True) as opened:
        texts = [opened.report(one.id).text for one in opened.browse().reports(limit=10).items]
    nlp = spacy_small()
    nlp(texts[0])
    started = time.perf_counter()
    for text in texts:
        nlp(text)
    return (time.perf_counter() - started) / len(texts)


def ask(client: TestClient, some: Sequence[str], rounds: int) -> tuple[list[float], list[float], int]:
    """Seconds and CPU seconds of each answer, and the bytes of the largest page with what its first paint needs."""
    assets = sum(len(client.get(one).content) for one in _ASSETS)
    seconds, spent, largest = [], [], 0
    for _ in range(rounds):
        for address in some:
            started, at = time.perf_counter(), time.process_time()
            answer = client.get(address)
            seconds.append(time.perf_counter() - started)
            spent.append(time.process_time() - at)
            answer.raise_for_status()
            largest = max(largest, len(answer.content) + assets)
    return seconds, spent, largest


def main() -> None:
    """Fill the store, ask for the pages, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--store", type=Path, help="kept, and used again if it is there")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or Path(folder) / "desk.db"
        if not store.exists():
            started = time.perf_counter()
            fill_newsroom(store, Scale(chosen.reports, STATEMENTS, SENTENCES))
            print(f"filled with {chosen.reports} reports in {time.perf_counter() - started:.0f} s")
        print(f"store of {store.stat().st_size / 1e6:.0f} MB")
        reference = spacy_s(store)
        print(f"plain spaCy, one report: {reference * 1000:.0f} ms")
        print(f"{'page':20}{'median ms':>10}{'p95 ms':>10}{'CPU ms':>8}{'ratio':>8}{'largest KB':>12}")
        with TestClient(make_app(store), base_url="http://127.0.0.1") as client:
            for kind, some in addresses(store).items():
                seconds, spent, largest = ask(client, some, chosen.rounds)
                median = statistics.median(seconds)
                worst = statistics.quantiles(seconds, n=20)[-1]
                limit = SEARCH_MS if kind == "search" else PAGE_MS
                missed = " *" if median * 1000 > limit or largest / 1000 > PAGE_KB else ""
                figures = f"{median * 1000:10.0f}{worst * 1000:10.0f}{statistics.median(spent) * 1000:8.0f}"
                figures += f"{median / reference:8.2f}{largest / 1000:12.0f}"
                print(f"{kind:20}{figures}{missed}")
    print(f"* over {PAGE_MS:.0f} ms (search {SEARCH_MS:.0f} ms) or {PAGE_KB:.0f} KB")


if __name__ == "__main__":
    main()
