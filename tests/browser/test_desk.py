from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.browser.serving import PATIENCE_S
from tests.showing.builders import A
from tests.showing.web.stores import SCRIPT
from tests.showing.web.test_pages import PAGES

pytestmark = pytest.mark.slow

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
#: WCAG 2.2 AA and what axe holds to be good practice.
RUN_AXE = "() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"

expect.set_options(timeout=PATIENCE_S * 1000)


def violations(page: Page) -> list[str]:
    """What axe finds wrong, one line each."""
    page.evaluate(AXE)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in page.evaluate(RUN_AXE)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible_and_fits(browser: Browser, desk: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    found = {}
    for name, address in PAGES.items():
        page.goto(desk + address)
        found[name] = violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[name].append("the page is wider than the window")
    context.close()
    assert found == {name: [] for name in PAGES}


def test_an_open_proof_and_open_filters_are_accessible(visit: Visit, desk: str) -> None:
    visit.page.goto(f"{desk}/stories/s1")
    visit.page.locator("#statements .cite").first.click()
    expect(visit.page.get_by_role("dialog")).to_be_visible()
    assert violations(visit.page) == []
    visit.page.goto(desk)
    visit.page.get_by_text("Filter").click()
    assert violations(visit.page) == []


def test_search_finds_and_lands_on_the_words(visit: Visit, desk: str) -> None:
    visit.page.goto(desk)
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("massed")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("massed")
    expect(visit.page.locator("mark").first).to_have_text("massed")
    visit.page.locator(".hit-title a").first.click()
    expect(visit.page.locator("#at")).to_be_in_viewport()


def test_a_filter_narrows_the_list(visit: Visit, desk: str) -> None:
    visit.page.goto(desk)
    visit.page.get_by_text("Filter").click()
    visit.page.get_by_label("Event").select_option("ASSAULT")
    visit.page.get_by_role("button", name="Show stories").click()
    expect(visit.page.get_by_text("No story fits all of this")).to_be_visible()
    visit.page.get_by_role("link", name="clear").click()
    expect(visit.page.get_by_role("link", name="Ministers meet in Sarnholm")).to_be_visible()


def test_one_click_opens_the_proof_and_one_key_closes_it(visit: Visit, desk: str) -> None:
    visit.page.goto(f"{desk}/stories/s1")
    cell = visit.page.locator(".matrix .tick a").first
    cell.click()
    proof = visit.page.get_by_role("dialog")
    expect(proof).to_contain_text("How it was joined")
    expect(proof).to_contain_text("Confidence")
    assert visit.page.url == f"{desk}/stories/s1"
    visit.page.keyboard.press("Escape")
    expect(proof).to_be_hidden()
    expect(cell).to_be_focused()


def test_a_keyboard_alone_reaches_a_proof(visit: Visit, desk: str) -> None:
    page = visit.page
    page.goto(desk)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    _tab_to(page, "Ministers meet in Sarnholm")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk}/stories/s1")
    _tab_to(page, "how it was joined")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Proof of a claim")
    _tab_to(page, "Open as a page")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Proof of a claim")


def _tab_to(page: Page, words: str) -> None:
    """Press Tab until the thing with these words has the focus."""
    for _ in range(80):
        if words in page.evaluate("document.activeElement.textContent") and page.evaluate(
            "document.activeElement.tagName === 'A'"
        ):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {words!r}")


def test_layers_of_marks_are_switched(visit: Visit, desk: str) -> None:
    visit.page.goto(f"{desk}/reports/{A.id}")
    mark = visit.page.locator(".m-s").first

    def shade() -> str:
        return str(mark.evaluate("one => getComputedStyle(one).backgroundColor"))

    shown = shade()
    visit.page.get_by_label("Statements", exact=True).uncheck()
    assert shade() != shown
    visit.page.get_by_label("Statements", exact=True).check()
    assert shade() == shown


def test_light_and_dark_can_be_chosen_against_the_system(visit: Visit, desk: str) -> None:
    visit.page.goto(desk)

    def ground() -> str:
        return str(visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))

    light = ground()
    visit.page.get_by_role("link", name="dark").click()
    expect(visit.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert ground() != light


def test_the_desk_reads_without_script(browser: Browser, desk: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    page.goto(f"{desk}/stories/s1")
    page.locator("#statements .cite").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Proof of a statement")
    page.goto(f"{desk}/search?q=troops")
    expect(page.locator("mark").first).to_be_visible()
    context.close()


def test_a_page_prints_as_a_briefing(browser: Browser, desk: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    page.goto(f"{desk}/stories/s1")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Parts of the record")).to_be_hidden()
    expect(page.get_by_role("heading", name="Statements")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")
    context.close()


# --- judgements


def test_a_judgement_is_made_in_place_and_undone(visit: Visit, editing: str) -> None:
    page = visit.page
    page.goto(f"{editing}/stories/s1")
    page.locator("#statements .cite").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Reject").click()
    expect(page.get_by_role("status")).to_contain_text("Rejected")
    expect(page.locator(".made")).to_contain_text("Rejected")
    page.goto(f"{editing}/judgements")
    expect(page.get_by_role("heading", level=1)).to_have_text("Judgements")
    expect(page.locator(".judged > li")).to_have_count(1)
    assert violations(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone")
    expect(page.locator(".judged > li")).to_have_count(0)


def test_a_speaker_is_corrected_beside_the_machines_value(visit: Visit, editing: str) -> None:
    page = visit.page
    page.goto(f"{editing}/proof/statement/{A.id}.s1")
    page.get_by_label("Right is").fill("Dragan Tolvay")
    page.get_by_role("button", name="Correct").click()
    expect(page.locator(".made")).to_contain_text("Dragan Tolvay")
    expect(page.locator(".made del")).to_contain_text("Marenko")
    assert violations(page) == []
    page.locator(".made").get_by_role("button", name="Undo").click()
    expect(page.locator(".made")).to_have_count(0)


def test_a_form_from_elsewhere_is_refused(browser: Browser, visit: Visit, editing: str, hostile: str) -> None:
    """Another page of this machine tries to judge with this browser's cookies."""
    visit.page.goto(f"{editing}/proof/statement/{A.id}.s1")
    told = visit.page.evaluate(
        """address => fetch(address, {method: 'POST', body: new URLSearchParams({verdict: 'reject'})})
                      .then(answer => answer.status)""",
        f"{editing}/judgements",
    )
    assert told == 403
    visit.complaints.clear()
    assert visit.page.goto(f"{editing}/judgements") is not None
    expect(visit.page.get_by_text("Nothing has been judged yet")).to_be_visible()


# --- hostile reports


def test_nothing_of_a_hostile_report_runs_or_loads(visit: Visit, hostile: str) -> None:
    for address in PAGES.values():
        visit.page.goto(hostile + address)
        assert "owned" not in visit.page.title().replace(SCRIPT, "")
        assert visit.page.locator("main img, main script, main style").count() == 0
    visit.page.goto(f"{hostile}/reports/{A.id}")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(SCRIPT)
    expect(visit.page.get_by_role("link", name="original")).to_have_count(0)
    # The browser says so when it kept something from running; here nothing even tried.
    assert visit.complaints == []


# --- many reports


def test_five_thousand_reports_are_looked_through(visit: Visit, archive: str) -> None:
    page = visit.page
    page.goto(archive)
    expect(page.locator(".sum")).to_contain_text("5,000 reports")
    expect(page.locator(".story")).to_have_count(20)
    page.get_by_role("link", name="Next page").click()
    expect(page.locator(".pager")).to_contain_text("21–40 of 967")
    page.goto(f"{archive}/search?q=harbour+treaty")
    expect(page.locator(".hits li").first).to_be_visible()
    page.goto(f"{archive}/actors")
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", name="Positions")).to_be_visible()
    page.goto(f"{archive}/ledger?state=overdue")
    expect(page.locator(".entry").first).to_be_visible()
    page.locator(".in-story a").first.click()
    expect(page.get_by_role("heading", name="Claims by outlet")).to_be_visible()
    assert violations(page) == []
