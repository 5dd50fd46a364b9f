import sqlite3
from dataclasses import replace

import pytest

from onrecord.errors import UsageError
from onrecord.model import Report, SourceClass, Version
from onrecord.recording import Store
from onrecord.recording.watching import Watched
from tests.recording.filling import archive_of, by_sql, fill, new_store, report_of, signature_of

URL = "https://morrow.example/1"
ONE, TWO = report_of("The port of Kelm opened on Tuesday.", URL), report_of("The port of Kelm stays shut.", URL)
MAY, JUNE, JULY = (f"2031-0{month}-01T10:00:00Z" for month in (5, 6, 7))


def add(store: Store, report: Report, seen: str = MAY) -> str:
    return store.watching().add(report, signature_of(report), seen)


def sound(store: Store) -> bool:
    return list(store.verify()) == []


def test_a_changed_page_takes_the_place_of_the_one_before() -> None:
    with new_store() as store:
        assert [add(store, ONE), add(store, TWO, JUNE), add(store, TWO, JULY)] == ["added", "changed", "unchanged"]
        assert store.record().reports == (TWO,)
        wanted = (Version(URL, 1, ONE.id, MAY), Version(URL, 2, TWO.id, JUNE))
        for key in (URL, ONE.id, TWO.id):
            assert store.versions(key) == wanted
        assert [store.watching().report(one) for one in wanted] == [ONE, TWO]
        assert sound(store)


def test_a_page_that_goes_back_to_what_it_said_has_three_versions() -> None:
    with new_store() as store:
        for report, seen in ((ONE, MAY), (TWO, JUNE), (ONE, JULY)):
            add(store, report, seen)
        assert store.record().reports == (ONE,)
        assert [one.report for one in store.versions(URL)] == [ONE.id, TWO.id, ONE.id]
        assert store.watching().report(store.versions(URL)[1]) == TWO
        assert sound(store)


def test_other_bytes_that_say_the_same_are_no_new_version() -> None:
    with new_store() as store:
        add(store, ONE)
        again = replace(ONE, id="r" + "0" * 16, sha256="0" * 64)
        assert add(store, again, JUNE) == "unchanged"
        assert len(store.versions(URL)) == 1


def test_a_superseded_report_takes_all_that_hung_on_it_with_it() -> None:
    archive = archive_of("The port of Kelm opened on Tuesday.", "Ships of Varda wait before the port of Kelm.")
    first = replace(archive.reports[0], source=URL)
    archive = replace(archive, reports=(first, *archive.reports[1:]))
    with new_store() as store:
        add(store, first)
        fill(store, archive)
        add(store, TWO, JUNE)
        record = store.record()
        assert {one.id for one in record.reports} == {archive.reports[1].id, TWO.id}
        assert first.id not in {one.report for one in record.annotations}
        assert set(store.unfused()) == {archive.reports[1].id}
        assert store.watching().report(store.versions(URL)[0]) == first
        assert sound(store)


def test_bytes_that_stand_elsewhere_too_stay_in_the_record() -> None:
    with new_store() as store:
        add(store, ONE)
        store.add_report(replace(ONE, source="saved.html"))
        add(store, TWO, JUNE)
        assert {one.id for one in store.record().reports} == {ONE.id, TWO.id}
        assert store.sources(ONE.id) == ("saved.html",)
        assert sound(store)


def test_two_addresses_with_one_text_keep_their_own_versions() -> None:
    with new_store() as store:
        other = replace(ONE, source="https://varda.example/1")
        add(store, ONE)
        assert add(store, other) == "seen"
        add(store, TWO, JUNE)
        assert {one.id for one in store.record().reports} == {ONE.id, TWO.id}
        assert [one.number for one in store.versions(other.source)] == [1]
        assert len(store.versions(ONE.id)) == 3
        assert sound(store)


def test_a_report_that_is_taken_out_takes_its_versions_along() -> None:
    with new_store() as store:
        add(store, ONE)
        add(store, TWO, JUNE)
        store.remove_report(TWO.id)
        assert store.versions(URL) == ()
        assert sound(store)


def test_a_version_that_is_not_there_is_a_wrong_call() -> None:
    with new_store() as store, pytest.raises(UsageError, match="no version 1 of"):
        store.watching().report(Version(URL, 1, "r", MAY))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE version SET seen = '2031' WHERE number = 1",
        "UPDATE version SET content = x'00' WHERE number = 1",
        "DELETE FROM version WHERE number = 1",
        "UPDATE version SET report = 'r0' WHERE number = 2",
        "UPDATE version SET number = 3 WHERE number = 2",
    ],
)
def test_damage_to_versions_is_told(damage: str) -> None:
    with new_store() as store:
        add(store, ONE)
        add(store, TWO, JUNE)
        with by_sql(store) as connection:
            assert isinstance(connection, sqlite3.Connection)
            connection.execute(damage)
        assert any("version" in one.where for one in store.verify())


def test_the_class_of_a_source_is_kept() -> None:
    ministry = replace(ONE, source_class=SourceClass.MINISTRY)
    with new_store() as store:
        store.add_report(ministry)
        assert store.record().reports == (ministry,)
        assert sound(store)


def test_what_is_watched_comes_back_when_it_is_due() -> None:
    pages = [
        Watched(f"https://morrow.example/{n}", "page", "list", "s", '"1"', None, due)
        for n, due in enumerate((JUNE, MAY, None))
    ]
    feed = Watched("https://morrow.example/feed", "list", due=MAY)
    with new_store() as store:
        watching = store.watching()
        watching.keep([*pages, feed])
        assert watching.due("page", "2031-05-15T00:00:00Z") == (pages[1],)
        assert watching.due("page", JULY) == (pages[1], pages[0])
        assert watching.due("page", JULY, [pages[0].url]) == (pages[0],)
        assert watching.due("list", MAY) == (feed,)
        assert watching.next_due() == MAY
        assert watching.known([feed.url, "https://x.example/"]) == {feed.url: feed}
        later = replace(feed, due=JULY, failures=2)
        watching.keep([later])
        assert watching.known([feed.url]) == {feed.url: later}
        assert sound(store)
