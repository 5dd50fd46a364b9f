"""Desks to ask: over the meeting of the builders, over hostile reports, over nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.showing.web import WebSettings, make_app
from tests.showing.web.stores import empty_store, hostile_record, store_record


def client(where: Path, settings: WebSettings | None = None) -> TestClient:
    """A desk without a network; it does not follow redirections by itself."""
    return TestClient(make_app(where, settings), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture(scope="session")
def meeting_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_record(tmp_path_factory.mktemp("desk") / "meeting.db")


@pytest.fixture(scope="session")
def desk(meeting_store: Path) -> Iterator[TestClient]:
    with client(meeting_store) as asking:
        yield asking


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(store_record(tmp_path_factory.mktemp("desk") / "hostile.db", hostile_record())) as asking:
        yield asking


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(empty_store(tmp_path_factory.mktemp("desk") / "empty.db")) as asking:
        yield asking
