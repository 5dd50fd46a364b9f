import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.pipeline import open_book
from onrecord.recording import Store
from onrecord.recording.judging import Judging
from onrecord.showing.exports import FORMS
from onrecord.showing.exports.shape import SECTIONS
from onrecord.showing.rest import RestSettings
from tests.recording.filling import fill
from tests.showing.builders import A
from tests.showing.rest.conftest import TOKEN, meetings, mounted
from tests.showing.rest.test_lists import LISTS

WRITE = {"Content-Type": "application/json", "X-Onrecord-Token": TOKEN}


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert found.keys() == {"type", "title", "status", "detail", "instance", "errors"}
    assert (found["status"], found["type"]) == (status, "about:blank")
    assert found["title"]
    return found


ABSENT = (
    *("nowhere", "stories/none", "stories/none/matrix", "stories/none/export/html", "stories/", "stories/%2e%2e%2fetc"),
    *("reports/none", "reports/none/marks", "claims/none", "actors/none"),
    *("proof/none", "proof?report=none&start=0&end=0"),
)


@pytest.mark.parametrize("path", ABSENT)
def test_what_is_not_there_is_a_problem(path: str, client: TestClient) -> None:
    told = problem_of(client.get(f"/api/v1/{path}"), 404)
    assert told["instance"].startswith("/api/v1/")
    assert told["detail"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "cursor=x", "cursor=%00", "cursor=W10", "cursor=" + "a" * 3000]
)
@pytest.mark.parametrize("path", LISTS)
def test_what_can_not_be_meant_is_a_problem(path: str, query: str, client: TestClient) -> None:
    told = problem_of(client.get(f"/api/v1/{path}?{query}"), 422)
    assert told["errors"][0]["where"] == f"query.{query.partition('=')[0]}"


def test_a_cursor_is_of_one_list_only(client: TestClient) -> None:
    cursor = client.get("/api/v1/stories?limit=1").json()["next"]
    problem_of(client.get("/api/v1/reports", params={"cursor": cursor}), 422)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("POST", "stories", "GET"), ("DELETE", "reports/x", "GET"), ("PUT", "judgements", "GET, POST")],
)
def test_what_is_not_allowed_is_a_problem(method: str, path: str, allowed: str, client: TestClient) -> None:
    answer = client.request(method, f"/api/v1/{path}")
    problem_of(answer, 405)
    assert answer.headers["allow"] == allowed


def test_a_store_that_is_gone_is_a_problem_without_its_inside(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    Store.open(file).close()
    with open_book(file) as book, mounted(book, RestSettings()) as client:
        assert client.get("/api/v1/stories").json() == {"items": [], "next": None}
        file.write_bytes(b"\0" * 8192)
        for old in tmp_path.glob("news.db-*"):
            old.unlink()
        book.close()
        told = client.get("/api/v1/stories")
        assert told.status_code in (500, 503)
        problem_of(told, told.status_code)


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/v1/stories?limit=1")
    tag = first.headers["etag"]
    again = client.get("/api/v1/stories?limit=1", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["link"] == first.headers["link"]
    assert client.get("/api/v1/stories?limit=2", headers={"If-None-Match": tag}).status_code == 200


def test_the_next_page_is_a_link_too(client: TestClient) -> None:
    answer = client.get("/api/v1/events?limit=2&story=s1")
    link = answer.links["next"]["url"]
    assert client.get(link).json()["items"] != answer.json()["items"]
    assert "link" not in client.get("/api/v1/events?limit=200").headers


def test_the_description_is_whole(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    text = json.dumps(document)
    for name in (part.split('"')[0] for part in text.split("#/components/schemas/")[1:]):
        assert name in document["components"]["schemas"]
    assert "HTTPValidationError" not in text
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert "application/problem+json" in operation["responses"]["422"]["content"]
            assert ("404" in operation["responses"]) == (("{" in path and path != "/export/{form}") or path == "/proof")
    shapes = document["components"]["schemas"]
    for name in ("StoryCard", "Heading", "Actor", "Place"):
        bare = [field for field, told in shapes[name]["properties"].items() if not _has_example(told)]
        assert bare == [], name


def _has_example(told: dict[str, Any]) -> bool:
    parts = [*told.get("anyOf", ()), *([told["items"]] if "items" in told else ())]
    return "examples" in told or "$ref" in told or any(_has_example(one) for one in parts)


@pytest.mark.parametrize("form", FORMS, ids=lambda one: one.name)
def test_every_format_is_a_download_with_a_safe_name(form: Any, client: TestClient) -> None:
    for path, stem in (
        (f"stories/s1/export/{form.name}", "ministers-meet-in-sarnholm"),
        (f"export/{form.name}", "record"),
    ):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200
        name = f"{stem}-{form.name}.zip" if form.folder else stem + form.suffix
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.content == client.get(f"/api/v1/{path}").content
    if form.folder:
        with zipfile.ZipFile(BytesIO(answer.content)) as archive:
            assert archive.namelist() == [f"{one.name}.{form.name}" for one in SECTIONS]


def test_downloads_leave_no_files_behind(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for path in ("export/csv", "export/xlsx", "stories/none/export/xlsx"):
        client.get(f"/api/v1/{path}")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_a_problem(client: TestClient) -> None:
    assert "xlsx" in problem_of(client.get("/api/v1/export/docx"), 422)["detail"]


DECISION = {"verdict": "reject", "kind": "statement", "targets": [f"{A.id}.s2"], "note": "no source told"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({**WRITE, "X-Onrecord-Token": "wrong"}, 403),
        ({"Content-Type": "application/json"}, 403),
        ({**WRITE, "Content-Type": "text/plain"}, 415),
        ({**WRITE, "Content-Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_a_write_needs_json_and_the_token(headers: dict[str, str], status: int, editor: TestClient) -> None:
    problem_of(editor.post("/api/v1/judgements", content=json.dumps(DECISION), headers=headers), status)
    assert editor.get("/api/v1/judgements").json()["items"] == []


def test_a_desk_that_is_read_only_takes_no_judgement(client: TestClient) -> None:
    problem_of(client.post("/api/v1/judgements", json=DECISION, headers=WRITE), 403)
    assert client.get("/api/v1/session").json() == {"edit": False, "token": None}


@pytest.fixture
def editor(tmp_path: Path) -> Any:
    with Store.open(tmp_path / "news.db") as store:
        fill(store, meetings())
    with open_book(tmp_path / "news.db") as book, mounted(book, RestSettings(edit=True, token=TOKEN)) as client:
        yield client


def test_a_judgement_is_made_shown_and_taken_back(editor: TestClient) -> None:
    assert editor.get("/api/v1/session").json() == {"edit": True, "token": TOKEN}
    made = editor.post("/api/v1/judgements", json=DECISION, headers=WRITE)
    assert made.status_code == 201, made.text
    assert [one["id"] for one in editor.get("/api/v1/judgements").json()["items"]] == [made.json()["id"]]
    undone = editor.post(f"/api/v1/judgements/{made.json()['id']}/undo", headers=WRITE)
    assert undone.status_code == 200, undone.text
    assert editor.get("/api/v1/judgements").json()["items"] == []
    assert len(editor.get("/api/v1/judgements?undone=true").json()["items"]) == 1
    problem_of(editor.post("/api/v1/judgements/none/undo", headers=WRITE), 404)


@pytest.mark.parametrize("about", ["", f"of={A.id}.s2&"])
def test_judgements_come_page_by_page(about: str, editor: TestClient) -> None:
    made = [
        editor.post("/api/v1/judgements", json={**DECISION, "note": f"{n}"}, headers=WRITE).json() for n in range(3)
    ]
    editor.post(f"/api/v1/judgements/{made[1]['id']}/undo", headers=WRITE)
    for undone, wanted in (("false", [0, 2]), ("true", [0, 1, 2])):
        query, notes = f"/api/v1/judgements?{about}limit=1&undone={undone}", []
        page = editor.get(query).json()
        while page["items"]:
            notes += [one["note"] for one in page["items"]]
            page = editor.get(f"{query}&cursor={page['next']}").json() if page["next"] else {"items": []}
        assert notes == [str(n) for n in wanted]


@pytest.mark.parametrize("wrong", [{"verdict": "maybe"}, {"targets": []}, {"targets": ["none"]}, {"more": 1}])
def test_a_judgement_that_can_not_be_is_a_problem(wrong: dict[str, Any], editor: TestClient) -> None:
    problem_of(editor.post("/api/v1/judgements", json={**DECISION, **wrong}, headers=WRITE), 422)


def test_changes_are_told_with_their_cause(editor: TestClient) -> None:
    before = datetime.now(UTC).isoformat()
    made = editor.post("/api/v1/judgements", json=DECISION, headers=WRITE).json()
    found = editor.get("/api/v1/changes", params={"since": before, "limit": 200})
    assert found.status_code == 200, found.text
    told = [(one["kind"], one["id"], one["cause"]) for one in found.json()["items"]]
    assert ("judgement", made["id"], "judged") in told
    pages = []
    page = editor.get("/api/v1/changes", params={"since": before, "limit": 1}).json()
    while page["next"]:
        pages += page["items"]
        page = editor.get("/api/v1/changes", params={"since": before, "limit": 1, "cursor": page["next"]}).json()
    assert [*pages, *page["items"]] == found.json()["items"]


def test_further_pages_of_changes_are_made_once_and_anew_after_a_change(
    editor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, changes = [], Judging.changes

    def counted(self: Judging, *told: Any) -> Any:
        made.append(told)
        return changes(self, *told)

    monkeypatch.setattr(Judging, "changes", counted)
    before = datetime.now(UTC).isoformat()
    asked: dict[str, str | int] = {"since": before, "limit": 1}
    for notes in (["0"], ["0", "1"]):
        editor.post("/api/v1/judgements", json={**DECISION, "note": notes[-1]}, headers=WRITE)
        made.clear()
        page = editor.get("/api/v1/changes", params=asked).json()
        told = [*page["items"]]
        while page["next"] is not None:
            page = editor.get("/api/v1/changes", params={**asked, "cursor": page["next"]}).json()
            told += page["items"]
        assert [one["after"]["note"] for one in told if one["kind"] == "judgement"] == notes
        assert len(made) == 1


@pytest.mark.parametrize("query", ["", "?since=1990-01-01T00:00:00Z", "?since=soon"])
def test_changes_before_the_history_are_a_problem(query: str, client: TestClient) -> None:
    problem_of(client.get(f"/api/v1/changes{query}"), 422)


ANY = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from([*LISTS, "search", "changes", "proof", "judgements"]), name=st.sampled_from(
    ["q", "actor", "speaker", "party", "story", "report", "outlet", "state", "cursor", "due_before", "since", "of"]
), value=ANY)  # fmt: skip
def test_no_parameter_makes_the_server_fail(path: str, name: str, value: str, client: TestClient) -> None:
    answer = client.get(f"/api/v1/{path}", params={name: value})
    assert answer.status_code in (200, 404, 422)
    if answer.status_code != 200:
        problem_of(answer, answer.status_code)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(what=st.sampled_from(["stories", "reports", "claims", "actors", "proof", "export"]), key=ANY)
def test_no_path_makes_the_server_fail(what: str, key: str, client: TestClient) -> None:
    answer = client.get(f"/api/v1/{what}/{quote(key, safe='')}")
    assert answer.status_code in (200, 404, 422)
