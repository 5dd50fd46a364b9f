import json
from pathlib import Path

import pytest

from onrecord.showing.exports import FORMS, Form
from tests.cli.conftest import run

STREAMS = [one for one in FORMS if not one.folder]
TEXTS = [one for one in STREAMS if one.name != "xlsx"]


@pytest.mark.parametrize("form", STREAMS, ids=lambda one: one.name)
def test_every_format_of_a_story_is_written_and_counted(form: Form, summit: Path, tmp_path: Path) -> None:
    story = json.loads(run("export", cwd=summit).stdout)["stories"][0]["id"]
    files = [tmp_path / f"{name}{form.suffix}" for name in ("whole", "story")]
    for file, more in zip(files, ([], ["--story", story[:8]]), strict=True):
        done = run("export", "--format", form.name, "--output", str(file), *more, cwd=summit)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.startswith(f"{file}: ")
        assert any(char.isdigit() for char in done.stderr.removeprefix(str(file)))
        assert file.stat().st_size > 100
    # The store holds one story, so both are the same but for failures, of which there are none.
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("form", TEXTS, ids=lambda one: one.name)
def test_standard_output_gets_what_a_file_gets(form: Form, summit: Path, tmp_path: Path) -> None:
    file = tmp_path / f"record{form.suffix}"
    assert run("export", "--format", form.name, "--output", str(file), cwd=summit).returncode == 0
    streamed = run("export", "--format", form.name, cwd=summit)
    assert streamed.stdout.replace("\r\n", "\n") == file.read_text(encoding="utf-8")
    assert streamed.stderr == ""
