"""A store with two stories, and the interface over it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from onrecord.model import Fusion
from onrecord.pipeline import Book, open_book
from onrecord.recording import Store
from onrecord.showing.atom import router as feeds
from onrecord.showing.rest import RestSettings, api
from tests.recording.filling import archive_of, fill
from tests.showing.builders import RECORD
from tests.strategies import Archive

TOKEN = "a-token-of-this-test"


def meetings() -> Archive:
    """The story of `builders` as an archive."""
    blocks = {entity: actor.id for actor in RECORD.actors for entity in actor.entities}
    reports = tuple(sorted(RECORD.reports, key=lambda one: one.id))
    signatures = tuple(signature for one in reports for signature in archive_of(one.text).signatures)
    return Archive(
        reports=reports,
        signatures=signatures,
        annotations=RECORD.annotations,
        blocks=blocks,
        actors=RECORD.actors,
        likenesses=(),
        fusions=RECORD.fusions,
        failures=(),
    )


def many(number: int) -> Archive:
    """A story of so many reports with one mark of each kind."""
    told = (f"Envoys of Arlen spoke of grain in Kelm, day {n:03d} of the talks." for n in range(number))
    return called(archive_of(*told), "77")


def called(archive: Archive, name: str) -> Archive:
    """The archive with ids of its own: those of `archive_of` are always the same."""
    (fusion,), (actor,) = archive.fusions, archive.actors
    story, claim = replace(fusion.story, id=f"y{name}"), f"c{name}"
    fused = Fusion(
        story,
        fusion.copies,
        tuple(replace(one, id=claim, story=story.id) for one in fusion.claims),
        tuple(replace(one, id=f"d{name}", claim=claim, story=story.id) for one in fusion.demands),
        tuple(replace(one, id=f"p{name}", claim=claim, story=story.id) for one in fusion.commitments),
    )
    joined = replace(actor, id=f"person:oda-{name}")
    return replace(archive, actors=(joined,), blocks=dict.fromkeys(archive.blocks, joined.id), fusions=(fused,))


@pytest.fixture(scope="session")
def store_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store; not to be written to."""
    path = tmp_path_factory.mktemp("rest") / "news.db"
    with Store.open(path) as store:
        fill(store, meetings())
        fill(store, many(7))
    return path


def mounted(book: Book, settings: RestSettings) -> TestClient:
    """A desk with nothing but the interface and the feeds."""
    app = FastAPI()
    app.mount("/api/v1", api(lambda: book.store, settings, book_of=lambda: book))
    app.include_router(feeds(lambda: book.store, settings))
    return TestClient(app, base_url="http://desk.example", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def client(store_file: Path) -> Iterator[TestClient]:
    """The interface, read-only."""
    with open_book(store_file, read_only=True) as book, mounted(book, RestSettings()) as found:
        yield found
