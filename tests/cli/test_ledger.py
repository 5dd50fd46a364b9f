"""The example of docs/how-to/follow-promises.md: three reports over two weeks."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import run

EXAMPLE = Path(__file__).parents[2] / "examples" / "ledger"
OUTLETS = {
    "1-lakeside-herald.txt": "Lakeside Herald",
    "2-canal-gazette.txt": "Canal Gazette",
    "3-tarvia-morning-post.txt": "Tarvia Morning Post",
}
Entry = dict[str, Any]


def onrecord(*words: str) -> str:
    done = run(*words, cwd=EXAMPLE)
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(store: Path, names: list[str]) -> str:
    for name in names:
        onrecord("read", str(EXAMPLE / name), "--outlet", OUTLETS[name], "--store", str(store))
    return str(store)


def entries(store: str, *words: str) -> list[Entry]:
    found: list[Entry] = json.loads(onrecord("ledger", "--store", store, "--format", "json", *words))
    return found


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return read(tmp_path_factory.mktemp("ledger") / "news.db", sorted(OUTLETS))


def due(found: list[Entry]) -> dict[str, str]:
    return {entry["due"]: entry["state"] for entry in found if entry["due"]}


def test_one_promise_is_kept_and_one_becomes_overdue(store: str) -> None:
    assert due(entries(store, "--today", "2025-03-12")) == {"2025-03-07": "kept", "2025-03-12": "open"}
    assert due(entries(store, "--today", "2025-03-13")) == {"2025-03-07": "kept", "2025-03-12": "overdue"}


def test_a_kept_promise_shows_the_sentence_that_says_so(store: str) -> None:
    (kept,) = entries(store, "--state", "kept", "--today", "2025-03-18")
    assert [told["words"].split(",")[0] for told in kept["told"]] == ["Solvane reopened the northern lock on Friday"]
    assert kept["told"][0]["told_by"].startswith("Canal Gazette")


def test_a_demand_is_told_with_its_answers_in_order(store: str) -> None:
    (demand,) = entries(store, "--kind", "demand")
    assert [told["state"] for told in demand["told"]] == ["rejected", "accepted"]
    assert demand["state"] == "accepted"


def test_a_threat_is_told_with_its_condition(store: str) -> None:
    (threat,) = entries(store, "--kind", "threat")
    assert threat["condition"] == ["if Tarvia raised the tolls again"]


def test_due_dates_and_parties_narrow_the_list(store: str) -> None:
    assert list(due(entries(store, "--due-after", "2025-03-08"))) == ["2025-03-12"]
    assert list(due(entries(store, "--due-before", "2025-03-08"))) == ["2025-03-07"]
    assert {"Ilka Brandt", "Tarvia"} == {
        name for one in entries(store, "--party", "Tarvia", "--kind", "commitment") for name in one["by_names"]
    }


def test_the_thread_of_an_entry_holds_it(store: str) -> None:
    (demand,) = entries(store, "--kind", "demand")
    thread = entries(store, "--thread", demand["id"][:8])
    assert demand["id"] in [one["id"] for one in thread]
    assert [one["since"] for one in thread] == sorted(one["since"] for one in thread)


@pytest.mark.slow
def test_the_order_of_reading_does_not_change_the_ledger(store: str, tmp_path: Path) -> None:
    turned = read(tmp_path / "turned.db", sorted(OUTLETS, reverse=True))
    assert entries(turned, "--today", "2025-03-18") == entries(store, "--today", "2025-03-18")
