"""Why a page could not be fetched."""

from onrecord.errors import UnreadableInput
from onrecord.model import FailureCause


class FetchFailed(UnreadableInput):
    """An address gave no page.

    Attributes:
        remedy: what to do about it.
        passing: whether it may well work later: the server is busy, or can't be reached now.
        retry_after_s: how long the server asked to wait, where it did.
        status: that the server answered with, where it was that.
    """

    def __init__(
        self,
        found: str,
        cause: FailureCause,
        remedy: str,
        *,
        passing: bool = False,
        retry_after_s: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(found, cause)
        self.remedy = remedy
        self.passing = passing
        self.retry_after_s = retry_after_s
        self.status = status


class HostRefused(FetchFailed):
    """A host is at an address that is never connected to."""

    def __init__(self, host: str, found: str) -> None:
        remedy = f"if that server is your own, allow it by name: --allow-host {host}"
        super().__init__(found, FailureCause.FORBIDDEN, remedy)
        self.host = host
