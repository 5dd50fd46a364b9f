"""`onrecord mentions`: wider than the record, beside the record."""

import json
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.errors import UsageError
from tests.cli.conftest import run

REPORT = "examples/reports/coastal-gazette.md"


def chains(summit: Path) -> list[dict[str, Any]]:
    done = run("mentions", REPORT, "--format", "json", cwd=summit)
    assert (done.returncode, done.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(done.stdout)["chains"]
    return found


def test_phrases_are_words_of_the_text_and_names_of_actors_are_in_their_chains(summit: Path) -> None:
    with onrecord.open(summit / "onrecord.db", read_only=True) as book:
        text = book.store.report(book.store.judging().find_report(REPORT)).text
    told = chains(summit)
    assert all(text[one["start"] : one["end"]].split() == one["words"].split() for c in told for one in c["phrases"])
    tolvay = next(one for one in told if one["actor"] == "person:tolvay-dragan")
    assert {"Foreign Minister Dragan Tolvay", "Tolvay", "He"} <= {one["words"] for one in tolvay["phrases"]}


def test_there_is_more_than_the_record_has_and_it_is_marked(summit: Path) -> None:
    phrases = [one for chain in chains(summit) for one in chain["phrases"]]
    assert {one["recorded"] for one in phrases} == {True, False}
    shown = run("mentions", REPORT, cwd=summit).stdout
    assert "about half are wrong" in shown
    assert shown.count("●") - 1 == sum(one["recorded"] for one in phrases)


def test_asking_changes_nothing_of_the_store(summit: Path) -> None:
    before = run("export", cwd=summit).stdout
    assert run("mentions", REPORT, cwd=summit).stdout == run("mentions", REPORT, cwd=summit).stdout
    assert run("export", cwd=summit).stdout == before


def test_a_report_that_is_not_there_is_a_wrong_call(summit: Path) -> None:
    done = run("mentions", "nosuch.txt", cwd=summit)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no report is 'nosuch.txt'" in done.stderr


def test_a_report_in_another_language_or_without_marks_says_why(tmp_path: Path) -> None:
    french = "Le ministre a quitté la salle avant la fin de la réunion, ont dit les délégués qui étaient restés. " * 4
    (tmp_path / "un.txt").write_text(french, encoding="utf-8")
    (tmp_path / "one.txt").write_text("The envoy of Varda left the talks on Monday, and she met the king.", "utf-8")
    with onrecord.open(tmp_path / "onrecord.db") as book:
        book.read([tmp_path / "un.txt", tmp_path / "one.txt"], annotate=False)
        with pytest.raises(UsageError, match="not annotated yet"):
            book.mentions(str(tmp_path / "one.txt"))
        with pytest.raises(UsageError, match="language is 'fr'"):
            book.mentions(str(tmp_path / "un.txt"))
