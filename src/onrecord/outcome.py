"""What a call of the pipeline tells meanwhile, and what it did."""

from dataclasses import dataclass, field
from typing import Protocol

from onrecord.model import Failure


class Progress(Protocol):
    """Told after each unit of work."""

    def __call__(self, phase: str, done: int, total: int | None) -> None:
        """`phase` is reading, annotating or fusing; `total` is None where it can't be known beforehand."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one `Book.read` did.

    Attributes:
        added: reports that are new.
        seen: reports whose bytes were known under another path or URL, which is now kept too.
        unchanged: reports that were read before from the same place.
        changed: those of the new ones that took the place of an earlier version of a page of the web.
        failures: inputs and reports that failed, as stored.
        annotated: reports annotated in this call, left over from an earlier one included.
        skipped: reports that are not annotated, and why, in this call.
    """

    added: int = 0
    seen: int = 0
    unchanged: int = 0
    changed: int = 0
    failures: tuple[Failure, ...] = ()
    annotated: int = 0
    skipped: tuple[tuple[str, str], ...] = ()


_COUNTED = ("added", "seen", "unchanged", "changed", "annotated")


@dataclass(slots=True)
class Tally:
    """Counters of a call that is still running."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))
    failures: list[Failure] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def outcome(self) -> Outcome:
        """What the call did, when it is at its end."""
        return Outcome(failures=tuple(self.failures), skipped=tuple(self.skipped), **self.counts)


def silent(phase: str, done: int, total: int | None) -> None:
    """No progress is shown."""


__all__ = ["Outcome", "Progress", "Tally", "silent"]
