from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from onrecord.model import Answer, CommitmentState, Prospect, ProspectKind, Reply, Turn
from onrecord.pipeline import open_book
from onrecord.recording import Store
from onrecord.showing.rest import RestSettings
from tests.recording.filling import archive_of, fill
from tests.showing.builders import FIRST, MARENKO, RECORD, A
from tests.showing.rest.conftest import called, many, meetings, mounted

LISTS = ["stories", "reports", "statements", "events", "actors", "claims", "demands", "commitments"]


def got(client: TestClient, path: str, **parameters: object) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}", params={name: str(value) for name, value in parameters.items()})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def through(client: TestClient, path: str, limit: int, **parameters: object) -> list[dict[str, Any]]:
    """All items, page by page."""
    items: list[dict[str, Any]] = []
    page = got(client, path, limit=limit, **parameters)
    while True:
        assert len(page["items"]) <= limit
        items += page["items"]
        if page["next"] is None:
            return items
        assert len(page["items"]) == limit
        page = got(client, path, limit=limit, cursor=page["next"], **parameters)


@pytest.mark.parametrize("path", LISTS)
def test_pages_of_any_size_hold_the_same_items_in_the_same_order(path: str, client: TestClient) -> None:
    whole = through(client, path, 200)
    assert whole
    for limit in (1, 2, 3):
        assert through(client, path, limit) == whole


@pytest.mark.parametrize("path", LISTS)
def test_what_comes_in_between_neither_repeats_nor_hides_an_item(path: str, tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    with Store.open(file) as store:
        fill(store, meetings())
        fill(store, many(4))
    with open_book(file) as book, mounted(book, RestSettings()) as client:
        before = [row["id"] for row in through(client, path, 200)]
        first = got(client, path, limit=1)
        fill(book.store, called(archive_of("Quite another matter was spoken of in Brellin on Monday."), "99"))
        seen = [row["id"] for row in first["items"]]
        cursor = first["next"]
        while cursor:
            page = got(client, path, limit=1, cursor=cursor)
            seen += [row["id"] for row in page["items"]]
            cursor = page["next"]
    assert len(seen) == len(set(seen))
    assert set(before) <= set(seen)


def test_stories_come_newest_first_and_can_be_filtered(client: TestClient) -> None:
    assert [one["id"] for one in got(client, "stories")["items"]] == ["y77", "s1"]
    assert [one["id"] for one in got(client, "stories", until="2026-01-01")["items"]] == ["s1"]
    assert [one["id"] for one in got(client, "stories", since="2026-01-01")["items"]] == ["y77"]
    assert [one["id"] for one in got(client, "stories", q="grain")["items"]] == ["y77"]
    assert [one["id"] for one in got(client, "stories", actor="marenko")["items"]] == ["s1"]
    assert [one["id"] for one in got(client, "stories", outlet="Helvania Today")["items"]] == ["s1"]
    assert got(client, "stories", type="ASSAULT")["items"] == []


def test_a_story_has_its_card_its_reports_and_how_its_claims_stand(client: TestClient) -> None:
    found = got(client, "stories/s1")
    assert (found["card"]["reports"], found["card"]["originals"], found["card"]["disagreements"]) == (3, 2, 1)
    assert [one["outlet"] for one in found["reports"]] == ["Meridian Courier", "Helvania Today", None]
    assert found["claims"] == {"corroborated": 2, "disputed": 1, "single": 4}
    assert [one["kind"] for one in found["copies"]] == ["copy"]


def test_a_report_is_told_whole_and_its_spans_point_at_the_words(client: TestClient) -> None:
    report = got(client, f"reports/{A.id}")
    assert report["text"] == FIRST
    assert report["stories"] == ["s1"]
    marks = got(client, f"reports/{A.id}/marks")
    assert (len(marks["statements"]), len(marks["events"])) == (2, 5)
    cells = [cell for one in marks["statements"] for cell in (*one["content"], *one["cue"], *one["source"])]
    cells += [one["words"] for one in marks["events"]]
    assert cells
    for cell in cells:
        start, end = cell["span"]
        assert FIRST[start:end] == cell["words"]


def test_statements_and_events_can_be_narrowed(client: TestClient) -> None:
    by = got(client, "statements", speaker=MARENKO.id)["items"]
    assert by
    assert {name["id"] for one in by for name in one["speakers"]} == {MARENKO.id}
    assert {one["report"] for one in got(client, "statements", report=A.id)["items"]} == {A.id}
    assert len(got(client, "statements", story="s1")["items"]) == len(RECORD.statements())
    kinds = {
        (one["type"], one["modality"]) for one in got(client, "events", type="CONSULT", modality="actual")["items"]
    }
    assert kinds == {("CONSULT", "actual")}
    assert got(client, "events", actor="nobody of that name")["items"] == []


def test_claims_have_the_words_of_their_members(client: TestClient) -> None:
    claim = got(client, "claims/c1")
    assert claim["status"] == "corroborated"
    assert claim["members"][-1]["words"][0]["words"].startswith(("“We will", "that Bravonia"))
    assert {one["variant"] for one in claim["members"]} == {None, "indirect"}
    (disagreement,) = got(client, "claims/c4")["disagreements"]
    assert [one["cell"]["words"] for one in disagreement["values"]] == ["60,000 troops", "40,000 troops"]
    assert {one["status"] for one in got(client, "claims", status="disputed")["items"]} == {"disputed"}


def test_the_matrix_says_which_report_tells_what(client: TestClient) -> None:
    found = got(client, "stories/s1/matrix")
    columns = {one["id"] for one in found["reports"]}
    assert len(found["rows"]) == 7
    assert all(set(row["told_by"]) <= columns and row["words"] for row in found["rows"])


def test_the_ledger_has_names_and_words(client: TestClient) -> None:
    (demand,) = got(client, "demands", story="s1")["items"]
    assert ([one["name"] for one in demand["by"]], [one["name"] for one in demand["of"]]) == (["Bravonia"], ["Zelmara"])
    assert (demand["answer"], demand["answer_words"][0]["words"]) == ("rejected", "Tolvay refused")
    (promise,) = got(client, "commitments", due_before="2025-03-24", party="marenko")["items"]
    assert (promise["due"], promise["words"][0]["words"]) == ("2025-03-17/2025-03-23", "answer in writing next week")
    assert got(client, "commitments", due_before="2025-03-23", story="s1")["items"] == []
    # A month is over when its last day is.
    assert got(client, "commitments", due_before="2031-06-30", story="y77")["items"] == []
    assert len(got(client, "commitments", due_before="2031-07-01", story="y77")["items"]) == 1
    assert got(client, "demands", state="unanswered")["items"] == []


def test_what_is_overdue_is_reckoned_from_the_day_that_is_asked_for(client: TestClient) -> None:
    for today, state in (("2025-03-23", "open"), ("2025-03-24", "overdue")):
        (promise,) = got(client, "commitments", story="s1", today=today)["items"]
        assert promise["state"] == state
        assert got(client, "commitments", story="s1", today=today, state=state)["items"] == [promise]
        assert got(client, "stories/s1", today=today)["card"]["overdue"] == (state == "overdue")


def test_threats_and_offers_have_words_and_sides(tmp_path: Path) -> None:
    archive = called(archive_of("Arlen would close the port if grain came late."), "55")
    (fusion,) = archive.fusions
    cell = fusion.commitments[0].words[0]
    threat = Prospect(
        "t55", "c55", "y55", ProspectKind.THREAT, ("person:oda-55",), (), (cell,), (cell,), fusion.story.reports
    )
    reply, turn = Reply(Answer.ACCEPTED, cell), Turn(CommitmentState.KEPT, cell)
    fused = replace(
        fusion,
        prospects=(threat,),
        demands=(replace(fusion.demands[0], replies=(reply,)),),
        commitments=(replace(fusion.commitments[0], turns=(turn,), condition=(cell,)),),
    )
    with Store.open(tmp_path / "news.db") as store:
        fill(store, replace(archive, fusions=(fused,)))
    with open_book(tmp_path / "news.db") as book, mounted(book, RestSettings()) as client:
        (found,) = got(client, "prospects", kind="threat", party="oda")["items"]
        assert (found["by"][0]["name"], found["words"][0]["words"], found["condition"][0]["words"]) == (
            "Ann Oda",
            "Arl",
            "Arl",
        )
        assert got(client, "prospects", kind="offer")["items"] == []
        assert got(client, "demands")["items"][0]["replies"][0]["words"]["words"] == "Arl"
        assert got(client, "commitments")["items"][0]["turns"][0]["state"] == "kept"


def test_actors_can_be_looked_for(client: TestClient) -> None:
    assert [one["id"] for one in got(client, "actors", q="ilse")["items"]] == [MARENKO.id]
    assert got(client, f"actors/{MARENKO.id}")["reports"] == 3
    assert {one["kind"] for one in got(client, "actors", kind="state")["items"]} == {"state"}


def test_a_search_has_further_pages(client: TestClient) -> None:
    whole = got(client, "search", q="the", limit=200)
    assert whole["next"] is None
    assert len(whole["items"]) > 3
    paged, cursor = [], None
    while True:
        page = got(client, "search", q="the", limit=2, **({"cursor": cursor} if cursor else {}))
        paged += page["items"]
        if (cursor := page["next"]) is None:
            break
        assert len(page["items"]) == 2
    assert paged == whole["items"]


def test_search_finds_words_and_says_where(client: TestClient) -> None:
    found = got(client, "search", q="writing")["items"]
    assert {one["kind"] for one in found} == {"report", "statement"}
    for hit in found:
        start, end = hit["matches"][0]
        assert FIRST[start:end].lower() == "writing"
    assert got(client, "search", q='") OR NOT (')["items"] == []


def test_a_proof_is_the_sentence_with_report_line_and_reasons(client: TestClient) -> None:
    proof = got(client, f"proof/{A.id}.s1")
    assert proof["sentence"]["words"] == "“We will answer in writing next week,” Marenko said."
    assert (proof["line"], proof["report"]["outlet"]) == (4, "Meridian Courier")
    assert [(one["claim"], one["reasons"][0]["feature"]) for one in proof["joined"]] == [("c1", "speaker")]
    start = FIRST.index("massed")
    assert got(client, "proof", report=A.id, start=start, end=start + 6)["cell"]["words"] == "massed"
