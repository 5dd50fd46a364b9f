import io

import pytest

from onrecord.showing.terminal import make_console, print_story
from tests.showing.builders import RECORD


def test_only_what_should_stand_out_is_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    out = io.StringIO()
    print_story(RECORD, make_console(out))
    shown = out.getvalue()
    assert "\x1b[1mMeridian Courier\x1b[0m · 14 March 2025" in shown
    assert "\x1b[1mDragan Tolvay and Ilse Marenko\x1b[0m" in shown
    assert "\x1b[36m[1:4]\x1b[0m Meridian Courier" in shown
