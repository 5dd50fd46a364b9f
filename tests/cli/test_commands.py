import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import parquet

from onrecord import __version__
from onrecord.cli import COMMANDS
from tests.cli.conftest import run

LISTS = ["statements", "actors", "ledger", "search letter"]


def test_show_prints_the_only_story(summit: Path) -> None:
    done = run("show", cwd=summit)
    assert done.returncode == 0
    assert done.stderr == ""
    for words in ("REPORTS", "WHO MET", "STATEMENTS", "CLAIMS", "DEMANDS", "The Meridian Courier", "copy of [1]"):
        assert words in done.stdout
    assert "\x1b" not in done.stdout


def test_show_is_the_same_each_time(summit: Path) -> None:
    assert run("show", "--proof", cwd=summit).stdout == run("show", "--proof", cwd=summit).stdout


def test_show_takes_the_beginning_of_a_story_id(summit: Path) -> None:
    story = json.loads(run("show", "--format", "json", cwd=summit).stdout)["stories"][0]["id"]
    assert run("show", story[:6], cwd=summit).stdout == run("show", cwd=summit).stdout


def test_an_unknown_story_is_a_wrong_call(summit: Path) -> None:
    done = run("show", "nosuch", cwd=summit)
    assert done.returncode == 2
    assert "no story begins with 'nosuch'" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", LISTS)
def test_lists_come_in_four_forms(command: str, summit: Path) -> None:
    shown = {form: run(*command.split(), "--format", form, cwd=summit) for form in ("table", "json", "jsonl", "csv")}
    assert {done.returncode for done in shown.values()} == {0}
    rows = json.loads(shown["json"].stdout)
    assert rows
    assert [json.loads(line) for line in shown["jsonl"].stdout.splitlines()] == rows
    assert len(list(csv.DictReader(io.StringIO(shown["csv"].stdout)))) == len(rows)
    assert len(shown["table"].stdout.splitlines()) > len(rows)


def test_quotes_are_whole_in_every_width(summit: Path) -> None:
    rows = json.loads(run("statements", "--format", "json", cwd=summit).stdout)
    for columns in ("60", "100"):
        letters = "".join(char for char in run("statements", cwd=summit, COLUMNS=columns).stdout if char.isalnum())
        assert "…" not in letters
        assert len(letters) >= sum(char.isalnum() for row in rows for char in row["words"])


def test_statements_of_a_speaker(summit: Path) -> None:
    rows = json.loads(run("statements", "--speaker", "LUND", "--format", "json", cwd=summit).stdout)
    assert rows
    assert {name for row in rows for name in row["speaker_names"]} == {"Karin Lund"}


def test_ledger_says_which_states_there_are(summit: Path) -> None:
    done = run("ledger", "--state", "lost", cwd=summit)
    assert done.returncode == 2
    assert "open, kept, broken" in done.stderr


def test_export_and_verify_fit_together(summit: Path, tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    assert run("export", "--output", str(record), cwd=summit).returncode == 0
    streamed = run("export", "--format", "json", "--output", "-", cwd=summit)
    assert streamed.stdout == record.read_text(encoding="utf-8")
    assert run("verify", str(record), cwd=summit).returncode == 0
    exported = json.loads(record.read_text(encoding="utf-8"))
    text = exported["reports"][0]["text"]
    exported["reports"][0]["text"] = text[:200] + ("x" if text[200] != "x" else "y") + text[201:]
    record.write_text(json.dumps(exported), encoding="utf-8")
    done = run("verify", str(record), cwd=summit)
    assert done.returncode == 4
    assert "the text was changed" in done.stdout


def test_the_order_of_reading_does_not_change_the_export(summit: Path, tmp_path: Path) -> None:
    files = sorted((summit / "examples" / "reports").iterdir(), reverse=True)
    for file in files:
        done = run("read", str(file.relative_to(summit)), "--store", str(tmp_path / "other.db"), cwd=summit)
        assert done.returncode == 0, done.stderr
    other = run("export", "--store", str(tmp_path / "other.db"), cwd=summit).stdout
    assert other == run("export", cwd=summit).stdout


def test_csv_and_parquet_are_folders(summit: Path, tmp_path: Path) -> None:
    assert run("export", "--format", "csv", "-o", str(tmp_path / "sheets"), cwd=summit).returncode == 0
    assert run("export", "--format", "parquet", "-o", str(tmp_path / "tables"), cwd=summit).returncode == 0
    with (tmp_path / "sheets" / "reports.csv").open(encoding="utf-8", newline="") as file:
        assert (
            len(list(csv.DictReader(file))) == parquet.read_table(tmp_path / "tables" / "reports.parquet").num_rows == 4
        )
    done = run("export", "--format", "csv", cwd=summit)
    assert done.returncode == 2
    assert "--output FOLDER" in done.stderr


def test_a_sound_store_verifies(summit: Path) -> None:
    done = run("verify", cwd=summit)
    assert (done.returncode, done.stdout) == (0, "")


def test_info_counts_and_names_versions(summit: Path) -> None:
    told = json.loads(run("info", "--format", "json", cwd=summit).stdout)
    assert told["counts"]["reports"] == 4
    assert told["versions"]["onrecord"] == __version__
    assert "onrecord.db" in run("info", cwd=summit).stdout


@pytest.mark.parametrize("command", ["show", "statements", "actors", "ledger", "search x", "export", "verify", "info"])
def test_a_missing_store_is_named_with_what_to_do(command: str, tmp_path: Path) -> None:
    done = run(*command.split(), cwd=tmp_path)
    assert done.returncode == 2
    assert "onrecord.db: there is no store" in done.stderr
    assert "onrecord read" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "onrecord.db").write_text("this is no database" * 100)
    done = run("info", cwd=tmp_path)
    assert done.returncode in (2, 4)
    assert "Traceback" not in done.stderr
    assert "onrecord.db" in done.stderr


def test_bad_inputs_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_text("")
    (tmp_path / "in" / "good.txt").write_text("Ministers meet\n\nThe ministers of Bravonia met in Brellin on Friday.\n")
    done = run("read", "in", "nowhere.txt", "--no-annotate", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "1 report read, 0 unchanged, 2 failed" in done.stderr
    assert "empty.txt" in done.stderr
    assert "nowhere.txt" in done.stderr


def test_reading_again_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Ministers meet\n\nThe ministers of Bravonia met in Brellin on Friday.\n")
    run("read", "good.txt", "--no-annotate", cwd=tmp_path)
    done = run("read", "good.txt", "--no-annotate", cwd=tmp_path)
    assert (done.returncode, "0 reports read, 1 unchanged, 0 failed" in done.stderr) == (0, True)


def test_standard_input_outlet_and_date_are_taken(tmp_path: Path) -> None:
    text = "Ministers meet\n\nThe ministers of Bravonia met in Brellin on Friday.\n"
    given = ("--outlet", "Helvania Today", "--published", "2025-03-14")
    assert run("read", "-", *given, "--no-annotate", cwd=tmp_path, stdin=text).returncode == 0
    (report,) = json.loads(run("export", cwd=tmp_path).stdout)["reports"]
    assert (report["outlet"], report["published"], report["text"]) == ("Helvania Today", "2025-03-14", text)


def test_a_date_that_is_none_is_a_wrong_call(tmp_path: Path) -> None:
    done = run("read", "-", "--published", "Friday", cwd=tmp_path, stdin="x")
    assert done.returncode == 2
    assert "'Friday'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_too_large_inputs_are_failures(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("word " * 100)
    done = run("read", "large.txt", "--max-bytes", "100", "--no-annotate", cwd=tmp_path)
    assert done.returncode == 1
    assert "oversized" in done.stderr


def test_a_report_in_another_language_is_said_to_be_skipped(tmp_path: Path) -> None:
    (tmp_path / "french.txt").write_text(
        "Les ministres se sont rencontrés\n\nLes ministres des affaires étrangères se sont rencontrés mardi afin de "
        "calmer la querelle entre les deux pays voisins.\n",
        encoding="utf-8",
    )
    done = run("read", "french.txt", cwd=tmp_path)
    assert done.returncode == 0
    assert "not annotated: french.txt" in done.stderr


def test_a_closed_pipe_ends_quietly(summit: Path) -> None:
    command = f"{sys.executable} -m onrecord export --format jsonl | head -n 1"
    done = subprocess.run(["sh", "-c", command], cwd=summit, capture_output=True, text=True, timeout=60, check=False)
    assert json.loads(done.stdout)["section"] == "onrecord"
    assert done.stderr == ""


def test_the_help_of_every_command_has_an_example() -> None:
    for command in COMMANDS:
        done = run(command.__name__, "--help", cwd=Path.cwd())
        assert done.returncode == 0
        assert f"Example: onrecord {command.__name__}" in done.stdout


def test_help_loads_no_model_and_no_database() -> None:
    heavy = "('spacy', 'onnxruntime', 'sqlalchemy', 'pyarrow', 'onrecord.pipeline')"
    code = f"import sys, onrecord.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_python_m_onrecord_is_the_command_line(summit: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "search", "letter", "--format", "jsonl"]
    done = subprocess.run(command, cwd=summit, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == run("search", "letter", "--format", "jsonl", cwd=summit).stdout


def test_version_is_printed(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout == f"onrecord {__version__}\n"


def test_a_wrong_option_is_a_wrong_call(tmp_path: Path) -> None:
    assert run("show", "--nope", cwd=tmp_path).returncode == 2
