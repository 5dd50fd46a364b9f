"""What the given paths mean: the files to read, in a fixed order."""

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.model import Failure, FailureCause
from onrecord.reading.failures import failure, system_failure

#: What stands for standard input among the paths. A file of this name is given by its absolute path.
STDIN = Path("-")

_WILD = re.compile(r"[*?\[]")


def inputs(paths: Iterable[str | Path]) -> Iterator[Path | Failure]:
    """The files that `paths` stand for: files, folders with all below them, globs, and "-" for standard input.

    Folders are walked in the order of names and symbolic links are followed once; hidden files and folders in them
    are left out. A path that can't be used gives a failure, the others go on. Memory does not grow with the number
    of files but for the names of the folders that are open.

    Args:
        paths: given by the user, in their order.

    Yields:
        A path for each file, `STDIN` for "-", a failure for what is no readable file.
    """
    for path in paths:
        given = str(path)
        if given == "-":
            yield STDIN
        elif not given:
            yield failure("''", FailureCause.MISSING, "the path is empty", "give a file, a folder, a glob or -")
        elif "\0" in given:
            yield failure(repr(given), FailureCause.MISSING, "a path can't hold a NUL character", "check the path")
        elif _WILD.search(given) and not os.path.lexists(given):
            yield from _globbed(given)
        else:
            yield from _one(given, frozenset(), set())


def _globbed(pattern: str) -> Iterator[Path | Failure]:
    """What a glob matches, in the order of names; `**` goes down folders."""
    # Path.glob has no patterns that begin at the root or hold "..", and it does not leave hidden files out
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
    if not found:
        yield failure(pattern, FailureCause.MISSING, "the glob matches nothing", "check the pattern and the folder")
    for path in found:
        # a recursive glob names the folders and all that is in them: walking them again would read files twice
        if not ("**" in pattern and Path(path).is_dir()):
            yield from _one(path, frozenset(), set())


def _one(path: str, above: frozenset[tuple[int, int]], walked: set[tuple[int, int]]) -> Iterator[Path | Failure]:
    """One file, or all files of one folder.

    Args:
        path: of the file or folder.
        above: device and inode of the folders that lead here; meeting one of them again is a loop.
        walked: device and inode of all folders walked so far; a second link to one adds no file.
    """
    try:
        status = Path(path).stat()
    except OSError as error:
        yield system_failure(path, error)
        return
    if stat.S_ISREG(status.st_mode):
        yield Path(path) if Path(path) != STDIN else Path(path).absolute()
    elif not stat.S_ISDIR(status.st_mode):
        yield failure(
            path,
            FailureCause.UNSUPPORTED,
            f"it is a {_special(status.st_mode)}, not a file",
            "give a file, or - for a pipe",
        )
    elif (place := (status.st_dev, status.st_ino)) in above:
        yield failure(
            path,
            FailureCause.LOOP,
            "this link leads back to a folder that contains it",
            "remove the link; the rest was read",
        )
    elif place not in walked:
        walked.add(place)
        try:
            names = sorted(below.name for below in Path(path).iterdir())
        except OSError as error:
            yield system_failure(path, error)
            return
        for name in names:
            if not name.startswith("."):
                yield from _one(str(Path(path, name)), above | {place}, walked)


def _special(mode: int) -> str:
    """What a path that is neither file nor folder is."""
    kinds = ((stat.S_ISFIFO, "named pipe"), (stat.S_ISSOCK, "socket"), (stat.S_ISCHR, "character device"))
    return next((name for check, name in kinds if check(mode)), "block device")
