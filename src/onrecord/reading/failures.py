"""Failures that say what failed, where, what was found, and what to do."""

import errno

from onrecord.model import Failure, FailureCause

_SHOWN = 60

#: What an operating system error means for the one who reads; anything else is told with the system's own words.
_CAUSES = {
    errno.ENOENT: (FailureCause.MISSING, "there is no such file or folder", "check the path"),
    errno.ENOTDIR: (FailureCause.MISSING, "a part of the path is a file, not a folder", "check the path"),
    errno.ENAMETOOLONG: (FailureCause.MISSING, "the path is longer than the system allows", "check the path"),
    errno.EACCES: (FailureCause.FORBIDDEN, "permission denied", "allow this user to read it"),
    errno.EPERM: (FailureCause.FORBIDDEN, "permission denied", "allow this user to read it"),
    errno.ELOOP: (FailureCause.LOOP, "its symbolic links lead back to themselves", "mend or remove the link"),
}


def failure(source: str, cause: FailureCause, found: str, remedy: str, sha256: str | None = None) -> Failure:
    """A failure whose message is "cannot read SOURCE: FOUND; REMEDY".

    >>> failure("a.txt", FailureCause.EMPTY, "it has 0 bytes", "remove it").message
    'cannot read a.txt: it has 0 bytes; remove it'
    """
    return Failure(printable(source), cause, f"cannot read {printable(source)}: {found}; {remedy}", sha256)


def system_failure(source: str, error: OSError) -> Failure:
    """What the operating system refused."""
    cause, found, remedy = _CAUSES.get(
        error.errno or 0,
        (FailureCause.FORBIDDEN, f"the system says {error.strerror or str(error)!r}", "make it readable"),
    )
    return failure(source, cause, found, remedy)


def shown(found: str | bytes) -> str:
    """`found` as Python writes it, cut to what a message can carry.

    >>> shown("x" * 100) == repr("x" * 60) + "..."
    True
    """
    return repr(found[:_SHOWN]) + ("..." if len(found) > _SHOWN else "")


def printable(source: str) -> str:
    r"""A path as text that every store and terminal takes: bytes that are no UTF-8 are written as \xNN.

    >>> printable("re\udcffport.txt")
    're\\xffport.txt'
    """
    try:
        source.encode()
    except UnicodeEncodeError:
        return (
            source.encode(errors="surrogateescape").decode(errors="backslashreplace")
            if _escaped(source)
            else (source.encode(errors="backslashreplace").decode())
        )
    return source


def _escaped(source: str) -> bool:
    """Whether every lone surrogate stands for a byte of a file name (PEP 383)."""
    return all("\udc80" <= sign <= "\udcff" for sign in source if "\ud800" <= sign <= "\udfff")
