import io
import json

from onrecord.model import Record
from onrecord.showing.lists import list_matrix, write
from onrecord.showing.matrix import Matrix, Saying, matrix
from onrecord.showing.references import References
from tests.showing.builders import RECORD


def told() -> tuple[Matrix, Record]:
    return matrix(RECORD.fusions[0], References(RECORD)), RECORD


def test_every_claim_has_an_entry_for_every_outlet() -> None:
    found, record = told()
    assert len(found.lines) == len(record.fusions[0].claims)
    assert all(len(line.entries) == len(found.outlets) for line in found.lines)
    for line in found.lines:
        by_outlet = dict(zip(found.outlets, line.entries, strict=True))
        telling = {one.outlet for one in record.reports if one.id in line.claim.reports}
        assert {name for name, entry in by_outlet.items() if entry.cells} >= {name for name in telling if name}


def test_what_most_outlets_tell_comes_first() -> None:
    found, _ = told()
    silent = [sum(entry.saying is Saying.NOT_SAID for entry in line.entries) for line in found.lines]
    assert silent == sorted(silent)


def test_another_number_is_said_differently() -> None:
    found, _ = told()
    (line,) = [one for one in found.lines if any(d.kind == "number" for d in one.claim.disagreements)]
    sides = {side.value for one in line.claim.disagreements if one.kind == "number" for side in one.values}
    differing = [entry for entry in line.entries if entry.saying is Saying.DIFFERENTLY]
    assert {value for entry in differing for value in entry.values} == sides
    assert all("number" in entry.how for entry in differing)
    assert [entry.copied for entry in differing] == [False, False, True]


def test_the_list_is_the_same_for_people_and_programs() -> None:
    _, record = told()
    table, rows = io.StringIO(), io.StringIO()
    write(list_matrix(record), "table", table)
    write(list_matrix(record), "json", rows)
    claims = [row["claim"] for row in json.loads(rows.getvalue())]
    assert len(claims) == len(record.fusions[0].claims)
    assert all(claim in "".join(table.getvalue().split()) for claim in claims)
    assert "●" in table.getvalue()


def test_only_what_is_shared_or_of_one_kind() -> None:
    _, record = told()
    every, shared = (list(list_matrix(record, shared=one).rows) for one in (False, True))
    assert 0 < len(shared) < len(every)
    assert {row["kind"] for row in list_matrix(record, "event").rows} == {"event"}
