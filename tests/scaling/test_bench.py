import re
from itertools import islice
from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.fusing import sign
from onrecord.fusing.stories import find_stories
from onrecord.model import Report
from onrecord.reading import read
from onrecord.scaling.bench.beside import times_one
from onrecord.scaling.bench.generated import generate, story_reports, write_rows
from onrecord.scaling.bench.growth import Station, measure_growth
from onrecord.scaling.bench.namesakes import measure_actors
from onrecord.scaling.bench.page import growth_table, put_section, speed_table
from onrecord.scaling.bench.speed import Pace, Speed, Whole


def test_the_same_number_and_seed_give_the_same_reports() -> None:
    assert list(generate(40)) == list(generate(40))
    assert list(generate(40)) == list(islice(generate(200), 40))
    assert list(generate(40, seed=2)) != list(generate(40))


def test_reports_of_one_mould_differ_in_no_offset() -> None:
    shapes: dict[tuple[int, str], set[tuple[int, ...]]] = {}
    for report in generate(300):
        spaces = tuple(match.start() for match in re.finditer(r"\s", report.text))
        shapes.setdefault(report.mould, set()).add(spaces)
    assert all(len(shape) == 1 for shape in shapes.values())


def test_a_story_has_copies_and_reports_of_its_own_from_other_outlets() -> None:
    stories = [story_reports(number) for number in range(30)]
    assert {report.mould[1] for story in stories for report in story} == {
        "wire", "copy", "cut", "own", "other", "short",
    }  # fmt: skip
    assert all(len({report.outlet for report in story}) == len(story) for story in stories)


def test_generated_stories_are_as_far_apart_as_the_news(tmp_path: Path) -> None:
    told = {report.text: number for number in range(60) for report in story_reports(number)}
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(report.row() + "\n" for n in range(60) for report in story_reports(n)), encoding="utf-8")
    found = [item for item in read([rows]) if isinstance(item, Report)]
    story_of = {one.id: told[one.text.partition("\n\n")[2]] for one in found}
    stories = find_stories([sign(one) for one in found])
    whole = [story for story in stories if len({story_of[one] for one in story}) == 1]
    assert len(whole) >= 57
    assert len(stories) <= 63


def test_generated_rows_are_read_as_they_were_told(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "rows.jsonl", 12)
    found = [item for item in read([path]) if isinstance(item, Report)]
    told = list(generate(12))
    assert [(one.title, one.outlet, one.published) for one in found] == [
        (one.title, one.outlet, one.published.isoformat()) for one in told
    ]
    assert {one.language for one in found} == {"en"}


def test_a_growing_store_is_measured_and_sound(tmp_path: Path) -> None:
    (station,) = measure_growth(3, tmp_path)
    assert station.reports == 3
    assert station.parts_ms.keys() >= {"reading", "linking", "joining actors", "fusing"}


def test_actors_are_measured_on_the_way(tmp_path: Path) -> None:
    (station,) = measure_actors(200, tmp_path)
    assert station.actors >= 200
    assert station.worst_ms >= station.join_ms > 0


def test_a_section_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    put_section(page, "actors", "first")
    put_section(page, "actors", "second")
    text = page.read_text(encoding="utf-8")
    assert "second" in text
    assert "first" not in text
    assert text.count("Not measured yet.") == 3


def test_a_page_without_the_section_is_left_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Notes\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no section 'actors'"):
        put_section(page, "actors", "first")
    assert page.read_text(encoding="utf-8") == "# Notes\n"


def test_the_page_of_the_documentation_has_every_section() -> None:
    told = Path("docs/explanation/benchmarks.md").read_text(encoding="utf-8")
    assert [told.count(f"<!-- {name} -->") for name in ("speed", "reports", "archive", "actors")] == [1, 1, 1, 1]


def test_a_table_tells_speeds_as_ratios_and_what_is_not_installed() -> None:
    speed = Speed(10, 7000, 2.0, (Pace("other", None, "not installed"),), (Pace("ours", 1.0),), (Whole(1, 4.0, 9, 9),))
    table = speed_table(speed, "generated")
    assert "| ours | 10.0 | 2.00 |" in table
    assert "| other | – | – | not installed |" in table
    assert "700 words each" in table


def test_a_table_tells_what_the_machine_gives_a_second_process() -> None:
    wholes = (Whole(1, 4.0, 9, 9), Whole(2, 2.5, 9, 9, beside=1.7))
    table = speed_table(Speed(10, 7000, 2.0, (), (), wholes), "generated")
    assert re.search(r"^\| 2 \| 4.0 \| 1.60 \| 1.70 \|", table, re.MULTILINE)


def test_plain_spacy_beside_itself_is_compared_with_itself_alone() -> None:
    assert times_one(["Varda closed the border on Tuesday."] * 20, 2) > 0


def test_a_table_of_growth_has_some_stations_and_the_last() -> None:
    stations = [Station(1000 * n, 20.0, {"fusing": 9.0}, 40_000, 300) for n in range(1, 31)]
    rows = re.findall(r"^\| ([\d,]+) \|", growth_table(stations), re.MULTILINE)
    assert rows == ["1,000", "2,000", "5,000", "10,000", "20,000", "30,000"]
