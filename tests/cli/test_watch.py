import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Done, run
from tests.reading.archiving import PARAGRAPH, page
from tests.reading.serving import Page, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.pages["/feed"] = Page(b"<rss><channel><item><title>x</title><link>/one</link></item></channel></rss>")
        running.pages["/one"] = Page(page("Talks in Kelm", f"The envoy came on Tuesday. {PARAGRAPH}"))
        yield running


def quick(command: str, *arguments: str, cwd: Path, host: str | None = "127.0.0.1") -> Done:
    options = ("--delay", "0", "--no-annotate", *(("--allow-host", host) if host else ()))
    return run(command, *arguments, *options, cwd=cwd)


def test_watch_says_one_line_a_round(site: Site, tmp_path: Path) -> None:
    done = quick("watch", site.url("/feed"), "--once", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    [line] = done.stderr.splitlines()
    assert "1 new (Talks in Kelm), 0 changed, 0 failed" in line


def test_watch_ends_with_one_when_something_failed(site: Site, tmp_path: Path) -> None:
    del site.pages["/one"]
    done = quick("watch", site.url("/feed"), "--rounds", "1", cwd=tmp_path)
    assert (done.returncode, f"{site.url('/one')} (missing)" in done.stderr) == (1, True)


def test_watch_refuses_what_is_no_list(tmp_path: Path) -> None:
    done = quick("watch", "nosuch.opml", "--once", cwd=tmp_path)
    assert (done.returncode, "nosuch.opml" in done.stderr) == (2, True)


def test_loopback_has_to_be_allowed(site: Site, tmp_path: Path) -> None:
    done = quick("read", site.url("/one"), cwd=tmp_path, host=None)
    assert (done.returncode, "--allow-host 127.0.0.1" in done.stderr) == (1, True)
    assert site.asked == []


def test_versions_show_what_differs(site: Site, tmp_path: Path) -> None:
    url = site.url("/one")
    quick("read", url, cwd=tmp_path)
    site.pages["/one"] = Page(page("Talks in Kelm", f"The envoy came on Friday. {PARAGRAPH}"))
    again = quick("read", url, cwd=tmp_path)
    assert "1 page changed since last read" in again.stderr
    shown = run("versions", url, cwd=tmp_path)
    assert shown.returncode == 0
    first, second = json.loads(run("versions", url, "--format", "json", cwd=tmp_path).stdout)
    assert (first["number"], first["changes"]) == (1, [])
    assert all("on [-Tuesday-]{+Friday+}" in change for change in second["changes"])
    assert second["changes"]
    by_report = run("versions", first["report"], "--format", "json", cwd=tmp_path)
    assert [row["report"] for row in json.loads(by_report.stdout)] == [first["report"], second["report"]]
    assert run("verify", cwd=tmp_path).returncode == 0


def test_versions_of_something_unknown_is_a_wrong_call(site: Site, tmp_path: Path) -> None:
    quick("read", site.url("/one"), cwd=tmp_path)
    done = run("versions", "https://nowhere.example/", cwd=tmp_path)
    assert (done.returncode, "no version of" in done.stderr) == (2, True)
