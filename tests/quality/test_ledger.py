"""The ledger of two reports each, from their texts to the entries, as a user would get it."""

import tomllib
from pathlib import Path

import pytest

from onrecord.model import Actor, Commitment, Demand, Record
from onrecord.pipeline import open_book

CASES = tomllib.loads(Path(__file__).with_name("ledger.toml").read_text(encoding="utf-8"))["case"]
#: A title, an outlet, a day, and a paragraph by which the countries are known.
HEADS = (
    "Borvia and Cestria in the news\n\nHarbour Courier\n4 March 2031\n\nBorvia, Cestria and Keldia lie on one river. ",
    "Borvia, Cestria and the river\n\nMorrow Herald\n4 March 2031\n\n"
    "The governments of Borvia and Cestria seldom agree, and Keldia stands between them. ",
)


def read(texts: list[str], folder: Path) -> Record:
    """The record of some reports of one day."""
    paths = []
    for number, (head, text) in enumerate(zip(HEADS, texts, strict=True)):
        paths.append(folder / f"r{number}.txt")
        paths[-1].write_text(f"{head}{text}\n", encoding="utf-8")
    with open_book(folder / "record.db") as book:
        book.read([str(path) for path in paths])
        book.fuse()
        return book.record()


def names(record: Record, entry: Commitment | Demand) -> set[str]:
    """Every name of an entry's debtors or askers."""
    actors: dict[str, Actor] = {actor.id: actor for actor in record.actors}
    found = [actors[one] for one in entry.by if one in actors]
    return {name for actor in found for name in (actor.name, *actor.aliases)}


def named(by: str, found: set[str]) -> bool:
    return any(by in name or name in by for name in found)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_ledger_of_two_reports(case: dict[str, object], tmp_path: Path) -> None:
    record = read([str(case["first"]), str(case["second"])], tmp_path)
    commitments = [one for fusion in record.fusions for one in fusion.commitments]
    demands = [one for fusion in record.fusions for one in fusion.demands]
    for wanted in case.get("commitments", ()):  # type: ignore[attr-defined]
        told = 2 if wanted.get("both") else 1
        found = [one for one in commitments if one.due == wanted.get("due") and named(wanted["by"], names(record, one))]
        assert any(len(one.reports) >= told for one in found), wanted
    for wanted in case.get("demands", ()):  # type: ignore[attr-defined]
        told = 2 if wanted.get("both") else 1
        found_demands = [
            one
            for one in demands
            if one.answer == wanted.get("answer")
            and one.due == wanted.get("due")
            and named(wanted["by"], names(record, one))
        ]
        assert any(len(one.reports) >= told for one in found_demands), wanted
    owing = {name for one in commitments for name in names(record, one)}
    for name in case.get("nobody", ()):  # type: ignore[attr-defined]
        assert not any(name in one for one in owing), owing
    if "commitments" in case and not case["commitments"]:
        assert commitments == []


def test_a_stretch_of_time_that_somebody_is_given_leads_to_a_day(tmp_path: Path) -> None:
    report = tmp_path / "dispute.txt"
    report.write_text(
        "Keldia and Borvia in dispute\n\nHarbour Courier\n4 March 2031\n\nKeldia and Borvia are neighbours. Keldia "
        "gave Borvia 48 hours to free the crew. The talks in the capital ended without a result on Monday.\n",
        encoding="utf-8",
    )
    with open_book(tmp_path / "dispute.db") as book:
        book.read([report])
        assert [one.due for fusion in book.record().fusions for one in fusion.demands] == ["2031-03-06"]
