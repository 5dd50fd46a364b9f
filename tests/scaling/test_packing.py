import pickle
from pathlib import Path

import onrecord
from onrecord.scaling.packing import pack
from onrecord.scaling.worker import Done, Result
from onrecord.working import Gathered
from tests import reports


def test_what_goes_to_workers_and_comes_back_is_the_same(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "packed.db") as book:
        book.read([reports.write(tmp_path / "reports")])
        record = book.record()
    assert record.fusions[0].claims
    story = Gathered(tuple(one.id for one in record.reports), record, record.actor_of())
    made: tuple[Result, ...] = (*record.annotations, *record.fusions)
    for frame in (story, *(Done(one, 7) for one in made)):
        assert pickle.loads(pack(frame)) == frame


def test_nouns_leave_with_all_values_at_once(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "packed.db") as book:
        book.read([reports.write(tmp_path / "reports")])
        marks = book.record().annotations[0]
    # pickle's own way tells each noun's class and state apart
    assert len(pack(marks)) < len(pickle.dumps(marks, pickle.HIGHEST_PROTOCOL))
