import re
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from onrecord.errors import UsageError
from onrecord.showing.web import WebSettings, is_loopback
from onrecord.showing.web.serving import Serving
from tests.recording.filling import by_sql
from tests.showing.builders import A
from tests.showing.web.conftest import client
from tests.showing.web.stores import OVERRIDE
from tests.showing.web.test_pages import PAGES, parsed

TOKEN = "a-token-that-is-long-enough"
OUTSIDE = WebSettings(token=TOKEN, hosts=())


@pytest.mark.parametrize("address", ["/", "/static/desk.css", "/nowhere", "/api/v1/stories", "/stories/none"])
def test_every_answer_forbids_the_browser_to_run_or_load_anything_else(desk: TestClient, address: str) -> None:
    headers = desk.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "form-action", "connect-src")} == {"'self'"}
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "[::1"])
def test_a_foreign_name_is_refused(desk: TestClient, host: str) -> None:
    assert desk.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8600", "localhost", "LOCALHOST:1", "[::1]:8600"])
def test_this_machines_names_are_known(desk: TestClient, host: str) -> None:
    assert desk.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("address", [*PAGES.values(), "/actors/" + quote('person:"><script>/../x', safe=":")])
def test_hostile_reports_stay_text(hostile: TestClient, address: str) -> None:
    answer = hostile.get(address)
    assert answer.status_code in (200, 404), answer.text
    assert OVERRIDE not in answer.text
    assert "\x1b" not in answer.text
    page = parsed(answer)
    assert [one.get("src") for one in page.iter("script")] == ["/static/desk.js"]
    assert not list(page.iter("img", "style"))
    assert not [one for one in page.iter("a") if (one.get("href") or "").strip().lower().startswith("javascript")]
    for one in page.iter():
        assert not [name for name in one.keys() if name.startswith("on")]  # noqa: SIM118 - an element, not a dict


def test_a_hostile_title_is_shown_as_it_is(hostile: TestClient) -> None:
    page = parsed(hostile.get(f"/reports/{A.id}"))
    assert page.findtext(".//h1") == "<script>document.title='owned'</script>"


TRIED = [
    "' OR 1=1 --",
    "'; DROP TABLE report; --",
    '") OR (',
    "%",
    "_",
    "\\",
    "\x00",
    "a" * 250,
    "NEAR(",
    '"',
    "*",
    "🜁",
]


@pytest.mark.parametrize("tried", TRIED)
def test_what_is_typed_never_becomes_sql(desk: TestClient, tried: str) -> None:
    told = quote(tried)
    for address in (
        f"/?q={told}&outlet={told}&actor={told}&country={told}&type={told}",
        f"/search?q={told}",
        f"/actors?q={told}&kind={told}&country={told}",
        f"/ledger?party={told}&state={told}&kind={told}",
        f"/stories/{told}",
        f"/reports/{told}",
        f"/actors/{told}",
        f"/proof/claim/{told}",
        f"/proof/statement/{told}",
    ):
        assert desk.get(address).status_code in (200, 404, 422), address
    assert "Ministers meet in Sarnholm" in desk.get("/").text


def test_part_of_a_name_is_no_pattern(desk: TestClient) -> None:
    assert "No actor fits" in desk.get("/actors?q=%25").text
    assert "No actor fits" in desk.get("/actors?q=_").text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2fsettings.py",
        "/static//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_folder_of_assets(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 404


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\r\nX: y"]
)
def test_no_redirection_leads_away(desk: TestClient, back: str) -> None:
    assert desk.get("/theme", params={"to": "dark", "back": back}).headers["location"] == "/"
    desk.cookies.clear()


# --- who may come in


def test_without_the_token_nothing_is_told(meeting_store: Path) -> None:
    with client(meeting_store, OUTSIDE) as asking:
        for address in ("/", "/stories/s1", "/api/v1/stories", "/feeds/new.atom", "/search?q=troops"):
            assert asking.get(address).status_code == 401
        page = asking.get("/", headers={"accept": "text/html"})
        assert (page.status_code, page.headers["location"]) == (303, "/enter")
        assert "Sarnholm" not in asking.get("/enter").text


def test_the_right_token_lets_a_browser_in_and_leaves_the_address(meeting_store: Path) -> None:
    with client(meeting_store, OUTSIDE) as asking:
        answer = asking.get(f"/ledger?token={TOKEN}&page=1")
        assert (answer.status_code, answer.headers["location"]) == (303, "/ledger?page=1")
        cookie = answer.headers["set-cookie"]
        assert TOKEN not in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert asking.get("/ledger").status_code == 200


def test_the_form_lets_in_with_the_right_token_only(meeting_store: Path) -> None:
    with client(meeting_store, OUTSIDE) as asking:
        assert asking.post("/enter", data={"token": "wrong"}).status_code == 403
        assert asking.get("/").status_code == 401
        assert asking.post("/enter", data={"token": TOKEN}).headers["location"] == "/"
        assert asking.get("/").status_code == 200


@pytest.mark.parametrize("told", ["Bearer wrong", "Basic x", "Bearer", "Bearer " + TOKEN[:-1], "Bearer é"])
def test_programs_need_it_too(meeting_store: Path, told: str) -> None:
    with client(meeting_store, OUTSIDE) as asking:
        assert asking.get("/api/v1/stories", headers=[(b"authorization", told.encode())]).status_code == 401
        assert asking.get("/api/v1/stories", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_cookie_of_another_run_is_worth_nothing(meeting_store: Path) -> None:
    with client(meeting_store, OUTSIDE) as first:
        first.get(f"/?token={TOKEN}")
        held = dict(first.cookies)
    with client(meeting_store, OUTSIDE) as second:
        told = "; ".join(f"{name}={value}" for name, value in held.items())
        assert second.get("/", headers={"cookie": told}).status_code == 401


def test_a_desk_that_others_reach_has_a_token_whether_one_is_given_or_not() -> None:
    assert Serving("127.0.0.1").settings().token is None
    assert len(Serving("0.0.0.0").settings().token or "") >= 16
    assert Serving("192.0.2.7").settings().hosts[0] == "192.0.2.7"
    with pytest.raises(UsageError, match="needs a token"):
        WebSettings(hosts=("desk.example",))
    with pytest.raises(UsageError, match="needs a token"):
        WebSettings(hosts=())
    with pytest.raises(UsageError, match="16 or more"):
        WebSettings(token="short")


def test_what_is_loopback() -> None:
    assert [is_loopback(one) for one in ("127.0.0.1", "127.8.0.1", "::1", "[::1]", "localhost")] == [True] * 5
    assert [is_loopback(one) for one in ("0.0.0.0", "::", "192.168.0.2", "desk.example", "")] == [False] * 5


# --- writing


def test_a_desk_for_reading_writes_nothing(desk: TestClient) -> None:
    page = desk.get("/proof/claim/c4").text
    assert "<form method" not in re.sub(r"<form method=\"dialog\".*?</form>", "", page)
    answer = desk.post("/judgements", data={"verdict": "reject", "kind": "claim", "target": "c4"})
    assert answer.status_code == 403
    assert "--edit" in answer.text


def test_a_damaged_store_is_said_so_and_not_shown(tmp_path: Path) -> None:
    from onrecord.recording import Store
    from tests.showing.web.stores import store_record

    where = store_record(tmp_path / "damaged.db")
    with Store.open(where) as store, by_sql(store) as connection:
        connection.execute("UPDATE claim SET status = 'nonsense'")
    with client(where) as asking:
        answer = asking.get("/stories/s1")
        assert answer.status_code == 503
        assert "onrecord verify" in answer.text
