import os
from pathlib import Path

import pytest

from onrecord.model import Failure, FailureCause, Report
from onrecord.reading import STDIN, ReadSettings, inputs, read

TEXT = "The two sides met for an hour at the lake and left without a word.\n"


def names(found: list[Path | Failure]) -> list[str]:
    return [one.cause.value if isinstance(one, Failure) else one.name for one in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", ".hidden.txt", "deep/c.txt", "deep/.git/d.txt", "deep/map.png"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    return tmp_path / "in"


def test_a_folder_is_walked_in_order_without_hidden_files(folder: Path) -> None:
    assert names(list(inputs([folder]))) == ["a.txt", "b.txt", "c.txt", "map.png"]


def test_a_hidden_file_is_read_if_it_is_named(folder: Path) -> None:
    assert names(list(inputs([folder / ".hidden.txt"]))) == [".hidden.txt"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "c.txt"]),
        ("*/c.???", ["c.txt"]),
        ("dee?", ["c.txt", "map.png"]),
        ("**", ["a.txt", "b.txt", "c.txt", "map.png"]),
        ("*.md", ["missing"]),
    ],
)
def test_globs(folder: Path, pattern: str, found: list[str]) -> None:
    assert names(list(inputs([f"{folder}/{pattern}"]))) == found


def test_a_file_whose_name_looks_like_a_glob_is_a_file(folder: Path) -> None:
    (folder / "a[1].txt").write_text(TEXT)
    assert names(list(inputs([folder / "a[1].txt"]))) == ["a[1].txt"]


def test_a_minus_is_standard_input_and_a_file_of_that_name_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text(TEXT)
    assert list(inputs(["-"])) == [STDIN]
    assert list(inputs(["./-"])) == [tmp_path / "-"]


def test_a_link_that_leads_back_is_one_failure_and_files_are_read_once(folder: Path) -> None:
    (folder / "deep" / "up").symlink_to(folder)
    (folder / "deep" / "self").symlink_to(folder / "deep" / "self")
    (folder / "twin").symlink_to(folder / "deep")
    assert names(list(inputs([folder]))) == ["a.txt", "b.txt", "c.txt", "map.png", "loop", "loop"]


def test_links_among_many_folders_do_not_multiply_the_work(tmp_path: Path) -> None:
    folders = [tmp_path / f"d{number}" for number in range(12)]
    for folder in folders:
        folder.mkdir()
    for folder in folders:
        for other in folders:
            (folder / f"to-{other.name}").symlink_to(other)
    assert len(list(inputs([tmp_path]))) <= len(folders) ** 2


@pytest.mark.parametrize("path", ["", "nowhere.txt", "a\0b", "x" * 5_000])
def test_paths_that_name_nothing(path: str) -> None:
    [failure] = inputs([path])
    assert isinstance(failure, Failure)
    assert failure.cause is FailureCause.MISSING


def test_a_broken_link_and_a_path_through_a_file_are_missing(folder: Path) -> None:
    (folder / "gone").symlink_to(folder / "nothing")
    assert names(list(inputs([folder / "gone", folder / "a.txt" / "b.txt"]))) == ["missing", "missing"]


def test_a_named_pipe_does_not_hold_up_the_run(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    found = list(read([folder / "pipe.txt", "/dev/zero", folder / "a.txt"]))
    assert [one.cause.value if isinstance(one, Failure) else "report" for one in found] == [
        "unsupported",
        "unsupported",
        "report",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_forbidden(folder: Path) -> None:
    (folder / "a.txt").chmod(0)
    [failure] = read([folder / "a.txt"])
    assert isinstance(failure, Failure)
    assert failure.cause is FailureCause.FORBIDDEN


def test_a_refusal_of_the_system_is_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    [failure] = read([folder / "a.txt"])
    assert isinstance(failure, Failure)
    assert (failure.cause, failure.source) == (FailureCause.FORBIDDEN, str(folder / "a.txt"))


def test_a_name_that_is_no_utf8_can_be_stored(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/re\xffport.txt"
    with open(path, "w") as stream:  # noqa: PTH123
        stream.write(TEXT)
    [report] = read([tmp_path])
    assert isinstance(report, Report)
    assert report.source == f"{tmp_path}/re\\xffport.txt"


def test_each_file_of_a_folder_that_holds_no_report_is_a_failure(folder: Path) -> None:
    found = [one for one in read([folder], ReadSettings()) if isinstance(one, Failure)]
    assert [(Path(one.source).name, one.cause) for one in found] == [("map.png", FailureCause.UNSUPPORTED)]
