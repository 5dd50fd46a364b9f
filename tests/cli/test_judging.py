"""What an analyst types, in a store of their own."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.cli.judge import _kind
from onrecord.cli.moments import moment
from onrecord.errors import UsageError
from tests.cli.conftest import run


@pytest.fixture
def desk(summit: Path, tmp_path: Path) -> Path:
    """A folder with a store that may be written to."""
    shutil.copy(summit / "onrecord.db", tmp_path / "onrecord.db")
    return tmp_path


def rows(*arguments: str, cwd: Path) -> list[dict[str, object]]:
    done = run(*arguments, "--format", "json", cwd=cwd)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_a_due_date_is_corrected_seen_everywhere_and_undone(desk: Path) -> None:
    before = rows("ledger", cwd=desk)
    entry = next(row for row in before if row["entry"] == "commitment")
    done = run("judge", "correct", str(entry["id"]), "--set", "due=2031-01-02", "--note", "told by phone", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert "due is 2031-01-02" in done.stderr
    judgement = done.stdout.strip()
    assert "2031-01-02" in [row["due"] for row in rows("ledger", cwd=desk)]
    (told,) = rows("judgements", cwd=desk)
    assert (told["id"], told["value"], told["machine"]) == (judgement, "2031-01-02", entry["due"])
    shown = run("show", cwd=desk).stdout
    assert "2 January 2031" in shown
    assert "JUDGEMENTS" in shown
    assert "told by phone" in shown
    assert run("undo", judgement[:7], cwd=desk).returncode == 0
    assert rows("ledger", cwd=desk) == before
    assert [row["undone"] is None for row in rows("judgements", "--undone", cwd=desk)] == [False]
    assert rows("judgements", cwd=desk) == []


def test_a_split_claim_is_news_with_its_cause_and_the_past_can_be_shown(desk: Path) -> None:
    past, before = run("show", cwd=desk).stdout, datetime.now(UTC)
    claim = next(row for row in rows("matrix", "--shared", cwd=desk))
    assert run("judge", "split", str(claim["claim"]), cwd=desk, ONRECORD_AUTHOR="K. Lund").returncode == 0
    since = before.isoformat()
    news = rows("diff", "--since", since, cwd=desk)
    assert {row["cause"] for row in news} == {"judged"}
    assert {"judgement", "claim"} <= {str(row["kind"]) for row in news}
    assert run("show", cwd=desk).stdout != past
    assert run("show", "--as-of", since, cwd=desk).stdout == past
    table = run("diff", "--since", since, cwd=desk).stdout
    assert str(claim["claim"])[:8] in table
    assert [row["author"] for row in rows("judgements", cwd=desk)] == ["K. Lund"]


def test_a_report_is_removed_by_its_path_and_the_store_is_whole(desk: Path) -> None:
    source = rows("export", cwd=desk)["reports"][0]["source"]  # type: ignore[call-overload]
    done = run("remove", source, cwd=desk)
    assert done.returncode == 0, done.stderr
    assert f"removed: {source}" in done.stderr
    assert source not in run("export", cwd=desk).stdout
    assert run("verify", cwd=desk).returncode == 0
    again = run("remove", source, cwd=desk)
    assert (again.returncode, again.stdout) == (2, "")
    assert "no report is" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("judge", "correct", "k0", "--kind", "commitment"), "correct needs --set FIELD=VALUE"),
        (("judge", "accept", "c0123456789abcdef"), "there is no claim"),
        (("undo", "j0"), "no judgement begins with 'j0'"),
        (("diff", "--since", "yesterday"), "'yesterday' is no time"),
        (("diff", "--since", "1999-01-01"), "history of this store begins at"),
        (("show", "--as-of", "1999-01-01"), "history of this store begins at"),
    ],
)
def test_what_does_not_go_together_is_a_wrong_call(desk: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments, cwd=desk)
    assert done.returncode == 2
    assert message in done.stderr


def test_ids_say_what_they_are_of() -> None:
    report = "r0123456789abcdef"
    of = {f"{report}.s1": "statement", f"{report}.e12": "event", "c0123456789abcdef": "claim"}
    of |= {
        "d0123456789abcdef": "demand",
        "k0123456789abcdef": "commitment",
        "person:oda": "actor",
        f"{report}.a1": "actor",
    }
    assert {told: _kind([told]) for told in of} == of


def test_times_are_read_as_people_write_them() -> None:
    now = datetime(2025, 3, 14, 12, tzinfo=UTC)
    assert moment("90m", now=now) == now - timedelta(minutes=90)
    assert moment("2w", now=now) == now - timedelta(days=14)
    assert moment("2025-03-14T10:00+02:00") == datetime(2025, 3, 14, 8, tzinfo=UTC)
    assert moment("2025-03-14", end=True) - moment("2025-03-14") >= timedelta(hours=22, minutes=59)
    for wrong in ("", "soon", "5x", "2025-13-01", "٣d", "99999999999w"):
        with pytest.raises(UsageError, match="is no time"):
            moment(wrong)
