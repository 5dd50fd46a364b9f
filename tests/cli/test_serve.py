import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import run
from tests.showing.web.stores import store_record


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_record(tmp_path_factory.mktemp("serve") / "meeting.db")


def test_it_says_where_it_is_and_stops_when_it_is_told(store: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as desk:
        assert desk.stderr is not None
        told = desk.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", told)
        assert address, told
        with urllib.request.urlopen(address[0], timeout=60) as answer:
            assert "Ministers meet in Sarnholm" in answer.read().decode()
        desk.send_signal(signal.SIGINT)
        assert desk.wait(60) == 0
        assert "Traceback" not in desk.stderr.read()


def test_a_port_in_use_is_said_so(store: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("serve", "--store", str(store), "--port", port, cwd=tmp_path)
    assert done.returncode == 2
    assert f"port {port} of 127.0.0.1 is in use" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--store", "none.db"), "there is no store"),
        (("--token", "short"), "16 or more"),
        (("--host", ""), "--host is empty"),
        (("--host", "no such host"), "no address of this machine"),
    ],
)
def test_what_can_not_be_served_is_a_usage_error(
    store: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = run("serve", "--store", str(store), "--port", "0", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""
