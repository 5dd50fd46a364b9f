"""The process that takes a PDF apart, and what its end means."""

import json
import subprocess
import sys
from importlib.resources import as_file, files

from onrecord.errors import UnreadableInput
from onrecord.model import FailureCause

#: Long enough for 400 pages on a busy machine; the child's own limit of CPU time ends it earlier when it works.
_TIMEOUT_S = 300

#: A text box and where its top stands on the page, from 0 at the bottom to 1.
Box = tuple[str, float]


def pages_of(content: bytes) -> tuple[tuple[Box, ...], ...]:
    """The text boxes of each page, in reading order.

    Raises:
        UnreadableInput: the PDF gives none.
    """
    with as_file(files("onrecord.reading.pdf") / "extracting.py") as program:
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(program)],
                input=content,
                capture_output=True,
                timeout=_TIMEOUT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableInput(f"it was not read after {_TIMEOUT_S} s", FailureCause.TIMEOUT) from error
    if done.returncode < 0:
        raise UnreadableInput(
            f"taking it apart was ended by the system (signal {-done.returncode}): it takes too much time or memory",
            FailureCause.OVERSIZED,
        )
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UnreadableInput(
            f"taking it apart failed: {(told or ['no reason told'])[-1][:120]}", FailureCause.MALFORMED
        ) from error
    if "problem" in answer:
        raise UnreadableInput(answer["problem"], FailureCause(answer["cause"]))
    return tuple(tuple((text, top) for text, top in page) for page in answer["pages"])
