import io
import json

from onrecord import __version__
from onrecord.model import FailureCause
from onrecord.recording.answers import Counts
from onrecord.showing.about import about, write_about


def test_counts_failures_and_versions_are_told_in_both_forms() -> None:
    told = about(Counts(reports=12_345, failures=((FailureCause.EMPTY, 2),)), "a.db")
    table, as_json = io.StringIO(), io.StringIO()
    write_about(told, "table", table)
    write_about(told, "json", as_json)
    assert json.loads(as_json.getvalue()) == told
    assert told["failures"] == {"empty": 2}
    assert told["versions"]["onrecord"] == __version__
    assert "12,345" in table.getvalue()
    assert "empty" in table.getvalue()
