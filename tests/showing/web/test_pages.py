import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.showing.exports import FORMS
from tests.showing.builders import RECORD, A, B
from tests.showing.web.conftest import client

STATEMENT, EVENT = f"{A.id}.s1", f"{A.id}.e1"
PAGES = {
    "stories": "/",
    "filtered": "/?q=troops&since=2025-03-01&until=2025-03-31&outlet=Meridian+Courier&actor=marenko&type=CONSULT",
    "story": "/stories/s1",
    "changes": "/stories/s1/changes",
    "report": f"/reports/{A.id}",
    "report at words": f"/reports/{A.id}?at=30-60",
    "actors": "/actors",
    "actor": "/actors/person:marenko-ilse",
    "ledger": "/ledger",
    "search": "/search?q=troops",
    "search for nothing": "/search",
    "statement": f"/proof/statement/{STATEMENT}",
    "event": f"/proof/event/{EVENT}",
    "claim": "/proof/claim/c4",
    "demand": "/proof/demand/d1",
    "commitment": "/proof/commitment/k1",
    "thread": "/threads/d1",
    "words": f"/proof/words/{A.id}/28-40",
    "judgements": "/judgements",
}


def parsed(answer: Any) -> Any:
    """The page of an answer as a tree."""
    return html.fromstring(answer.content)


def text_of(asking: TestClient, address: str) -> str:
    """What a page says, without its markup."""
    answer = asking.get(address)
    assert answer.status_code == 200, answer.text
    told = " ".join(" ".join(parsed(answer).find(".//main").itertext()).split())
    return re.sub(r" ([.,:])", r"\1", told)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_every_page_is_whole_html_with_a_title_and_one_heading(desk: TestClient, address: str) -> None:
    answer = desk.get(address)
    assert answer.status_code == 200
    page = parsed(answer)
    assert page.get("lang") == "en"
    assert len(page.findall(".//h1")) == 1
    assert page.findtext(".//title", "").endswith("· onrecord")
    levels = [int(one.tag[1]) for one in page.iter("h1", "h2", "h3", "h4")]
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_every_link_of_a_page_leads_somewhere(desk: TestClient, address: str) -> None:
    page = parsed(desk.get(address))
    targets = {one.get("href") for one in page.iter("a")} | {one.get("href") for one in page.iter("link")}
    ids = {one.get("id") for one in page.iter()}
    for target in sorted(filter(None, targets)):
        if target.startswith("#"):
            assert target[1:] in ids, target
        elif target.startswith("/"):
            assert desk.get(target).status_code in (200, 303), target
        else:
            assert target.startswith(("https://", "http://", "?all=")), target


def test_nothing_comes_from_a_network_and_nothing_runs_inline(desk: TestClient) -> None:
    for address in PAGES.values():
        page = parsed(desk.get(address))
        for one in page.iter():
            assert one.get("style") is None
            assert not [name for name in one.keys() if name.startswith("on")]  # noqa: SIM118 - an element, not a dict
            assert (one.get("src") or "/static/").startswith("/static/")
        assert [one.text for one in page.iter("script")] == [None]
        assert not list(page.iter("style", "iframe", "object", "embed", "base"))


def test_the_list_of_stories_says_how_each_is_told(desk: TestClient) -> None:
    told = text_of(desk, "/")
    assert "1 story from 3 reports" in told
    assert "3 reports 2 origins 1 disagreement" in told
    assert "Helvania Today · Meridian Courier" in told
    assert "1 input could not be read" in told


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("q=troops", True),
        ("q=submarine", False),
        ("since=2025-03-14&until=2025-03-14", True),
        ("since=2025-03-15", False),
        ("until=2025-03-13", False),
        ("outlet=Helvania+Today", True),
        ("outlet=Unknown", False),
        ("actor=tolvay", True),
        ("actor=person:tolvay-dragan", True),
        ("actor=nobody", False),
        ("type=REQUEST", True),
        ("type=ASSAULT", False),
        ("country=ZZZ", False),
    ],
)
def test_filters_keep_what_fits(desk: TestClient, query: str, is_found: bool) -> None:
    assert ("Ministers meet in Sarnholm" in text_of(desk, f"/?{query}")) is is_found


def test_a_story_tells_who_met_where_and_on_whose_word(desk: TestClient) -> None:
    told = text_of(desk, "/stories/s1")
    assert re.search(r"Who Ilse Marenko .* Dragan Tolvay .* Where Sarnholm .* When 14 March 2025", told)
    assert "at least two independent reports tell it" in told


def test_wordings_stand_side_by_side_and_the_words_that_differ_are_said(desk: TestClient) -> None:
    page = parsed(desk.get("/stories/s1"))
    first = page.find_class("utterance")[0]
    assert [one.find_class("kind")[0].text_content().split("·")[0] for one in first.find_class("wording")] == [
        "in quotation marks",
        "in reported speech",
    ]
    differing = " ".join(one.text_content() for one in first.find_class("diff"))
    assert "[differs: that Bravonia would" in differing


def test_the_matrix_says_in_words_what_it_shows(desk: TestClient) -> None:
    page = parsed(desk.get("/stories/s1"))
    table = page.get_element_by_id("matrix").find(".//table")
    row = next(one for one in table.iter("tr") if "massed 60,000 troops" in one.text_content())
    said = [one.text_content().strip() for one in row.find_class("tick")]
    assert said == [
        "Helvania Today: told, line 4",
        "Meridian Courier: told, line 4",
        "outlet not told: told in a copy, line 4",
    ]
    assert "Disputed" in row.text_content()
    assert all(one.get("scope") for one in table.iter("th"))


def test_disagreements_show_each_value_in_its_sentence(desk: TestClient) -> None:
    told = text_of(desk, "/stories/s1")
    assert "60000 troop Zelmara has massed 60,000 troops." in told
    assert "40000 troop Zelmara has 40,000 troops there." in told


def test_a_demand_stands_with_its_answer(desk: TestClient) -> None:
    told = text_of(desk, "/ledger")
    assert re.search(r"Bravonia → of Zelmara that Zelmara withdraw them .* Answer Dragan Tolvay: rejected", told)
    assert re.search(r"due 17 to 23 March 2025 overdue Ilse Marenko → to Zelmara answer in writing next week", told)


def test_the_ledger_can_be_narrowed(desk: TestClient) -> None:
    assert "withdraw them" not in text_of(desk, "/ledger?kind=commitment")
    assert "answer in writing" not in text_of(desk, "/ledger?state=rejected")
    assert "answer in writing" in text_of(desk, "/ledger?state=overdue")
    assert "withdraw them" in text_of(desk, "/ledger?party=bravonia")
    assert "No entry fits" in text_of(desk, "/ledger?party=nobody")


def test_all_of_a_reports_text_is_shown_as_it_is(desk: TestClient) -> None:
    page = parsed(desk.get(f"/reports/{A.id}"))
    shown = page.find_class("report-text")[0].text_content()
    assert shown.split() == A.text.split()


def test_a_mark_of_a_report_opens_what_it_feeds(desk: TestClient) -> None:
    page = parsed(desk.get(f"/reports/{A.id}"))
    link = next(one for one in page.find_class("m-e") if "massed" in one.text_content())
    told = text_of(desk, link.get("href"))
    assert "What these words feed" in told
    assert "MOBILIZE" in told


def test_a_link_of_a_search_lands_on_the_words(desk: TestClient) -> None:
    page = parsed(desk.get("/search?q=massed"))
    hit = next(one for one in page.iter("a") if (one.get("href") or "").startswith("/reports/"))
    there = parsed(desk.get(hit.get("href")))
    assert "massed" in there.get_element_by_id("at").text_content()
    assert "massed" in [one.text for one in page.iter("mark")]


def test_search_finds_statements_and_actors_too(desk: TestClient) -> None:
    assert "Ilse Marenko" in text_of(desk, "/search?q=marenko")
    assert "that Bravonia would answer next week" in text_of(desk, "/search?q=Bravonia")


def test_the_proof_of_a_statement_has_all_that_a_judge_needs(desk: TestClient) -> None:
    told = text_of(desk, f"/proof/statement/{STATEMENT}")
    for words in (
        "“We will answer in writing next week,” Marenko said.",
        "Ministers meet in Sarnholm",
        "Meridian Courier",
        "14 March 2025, 18:40",
        "Speaker Ilse Marenko",
        "Confidence 100%",
        "Corroborated 3 tellings in 3 reports, 2 independent",
        "Other tellings",
        "that Bravonia would answer next week",
    ):
        assert words in told


def test_the_proof_of_an_entry_quotes_both_sides(desk: TestClient) -> None:
    told = text_of(desk, "/proof/demand/d1")
    assert "Bravonia demanded that Zelmara withdraw them." in told
    assert "The answer Tolvay refused." in told


def test_an_actors_page_gathers_its_doings(desk: TestClient) -> None:
    told = text_of(desk, "/actors/person:marenko-ilse")
    for words in (
        "foreign minister (BRV)",
        "“We will answer in writing",
        "AGREE · planned",
        "Dragan Tolvay",
        "3 reports",
    ):
        assert words in told


def test_what_is_new_in_a_story_is_told_with_its_cause(desk: TestClient) -> None:
    told = text_of(desk, "/stories/s1/changes")
    assert "read claim new, corroborated" in told
    assert "Nothing has changed" in text_of(desk, "/stories/s1/changes?since=2999-01-01")
    assert desk.get("/stories/none/changes").status_code == 404


def test_every_export_is_offered_and_comes(desk: TestClient) -> None:
    page = parsed(desk.get("/stories/s1"))
    offered = {one.get("href") for one in page.iter("a")}
    for form in FORMS:
        address = f"/api/v1/stories/s1/export/{form.name}"
        assert address in offered
        assert desk.get(address).status_code == 200, form.name
    assert desk.get("/api/v1/export/icalendar").headers["content-type"].startswith("text/calendar")


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/stories/none",
        "/reports/none",
        "/actors/none",
        "/proof/claim/none",
        "/proof/statement/none.s1",
        "/proof/event/" + STATEMENT,
        f"/proof/words/{B.id}/900000-900001",
        f"/proof/words/{B.id}/9-9",
        "/proof/demand/k1",
        "/proof/secret/x",
    ],
)
def test_what_is_not_there_is_said_so(desk: TestClient, address: str) -> None:
    answer = desk.get(address)
    assert answer.status_code in (404, 422)
    assert html.fromstring(answer.content).findtext(".//h1")


@pytest.mark.parametrize("query", ["page=0", "page=x", "since=yesterday", "q=" + "x" * 400])
def test_a_query_that_can_not_be_is_refused(desk: TestClient, query: str) -> None:
    assert desk.get(f"/?{query}").status_code == 422


def test_an_empty_store_says_what_to_do(empty: TestClient) -> None:
    assert "onrecord read" in text_of(empty, "/")
    for address in ("/actors", "/ledger", "/search?q=x", "/judgements"):
        assert empty.get(address).status_code == 200


def test_light_and_dark_are_chosen_without_script(desk: TestClient) -> None:
    answer = desk.get("/theme?to=dark&back=/ledger?page=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/ledger?page=1")
    assert 'data-theme="dark"' in desk.get("/ledger", headers={"cookie": "onrecord_theme=dark"}).text
    assert "data-theme" not in desk.get("/ledger", headers={"cookie": "onrecord_theme=<x>"}).text
    desk.cookies.clear()


def test_the_desk_starts_without_loading_models(meeting_store: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from onrecord.showing.web import make_app; make_app(sys.argv[1]);"
        "print([name for name in ('spacy', 'onnxruntime', 'torch') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(meeting_store)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_store_is_not_touched_by_reading(meeting_store: Path) -> None:
    before = meeting_store.read_bytes()
    with client(meeting_store) as asking:
        for address in PAGES.values():
            asking.get(address)
    assert meeting_store.read_bytes() == before


def test_the_record_of_the_pages_is_the_builders() -> None:
    assert {one.id for one in RECORD.reports} >= {A.id, B.id}
