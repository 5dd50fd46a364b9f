"""Debian's Chromium, driven by Playwright; `make test` installs it where it is missing and apt is there."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from onrecord.showing.web import WebSettings
from tests.browser.serving import PATIENCE_S, serving
from tests.showing.web.newsroom import Scale, fill_newsroom
from tests.showing.web.stores import hostile_record, store_record

#: Nothing of the browser's own reaches for a network.
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium: `apt-get install chromium`, as `make test` does")
        pytest.skip("there is no Chromium here; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(SWITCHES), timeout=PATIENCE_S * 1000)
        yield started
        started.close()


class Visit:
    """A page of the browser that keeps what the console complained about."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE_S * 1000)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda told: self.complaints.append(f"dialog: {told.message}"))
        self.page.on("request", lambda asked: self.requests.append(asked.url))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A page, 1440 wide, in light; nothing may be complained about by the end of the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    made = Visit(context)
    yield made
    context.close()
    assert made.complaints == []
    assert not [one for one in made.requests if not one.startswith(("http://127.0.0.1:", "data:"))]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(store_record(tmp_path_factory.mktemp("browser") / "meeting.db")) as address:
        yield address


@pytest.fixture
def editing(tmp_path: Path) -> Iterator[str]:
    """A desk that takes judgements, over a store of its own."""
    with serving(store_record(tmp_path / "judged.db"), WebSettings(edit=True)) as address:
        yield address


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(store_record(tmp_path_factory.mktemp("browser") / "hostile.db", hostile_record())) as address:
        yield address


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk over 5,000 reports."""
    where = tmp_path_factory.mktemp("browser") / "archive.db"
    fill_newsroom(where, Scale(5_000))
    with serving(where) as address:
        yield address
