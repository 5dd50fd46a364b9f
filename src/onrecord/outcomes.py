"""What a call that reads did, counted while it runs."""

from dataclasses import dataclass, field

from onrecord.model import Failure


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
        """What has been counted."""
        return Outcome(failures=tuple(self.failures), skipped=tuple(self.skipped), **self.counts)


__all__ = ["Outcome", "Tally"]
