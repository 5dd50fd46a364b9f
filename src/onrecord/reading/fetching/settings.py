"""What a caller may decide about fetching, and the clock that it goes by."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version

from onrecord.errors import UsageError

#: Robots and servers are told who asks; a name that stays the same can be allowed or shut out by robots.txt.
AGENT = "onrecord"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where time comes from; tests bring their own, so that none of them waits.

    Attributes:
        monotonic: seconds that only grow, for delays and deadlines.
        now: the time in UTC, for what is stored.
        sleep: waits so many seconds.
    """

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are fetched.

    Attributes:
        allow_hosts: names that may resolve to addresses which are not public (your own test server or intranet).
        delay_s: pause between two requests to one host; a longer Crawl-delay of its robots.txt counts instead.
        deadline_s: for one request with its whole body, however steadily it drips.
        silence_s: longest wait for the next bytes, or for a connection.
        max_ratio: how many times larger a body may become by decompression, above a first million bytes.
        max_redirects: hops after the first request.
        attempts: how often a passing failure is tried, the first time included.
        patience_s: longest pause before another attempt; a server that asks for more is left alone.
        robots: whether robots.txt is obeyed.
        user_agent: sent with each request.

    Raises:
        UsageError: a number that can't be.
    """

    allow_hosts: frozenset[str] = frozenset()
    delay_s: float = 1.0
    deadline_s: float = 60.0
    silence_s: float = 20.0
    max_ratio: int = 200
    max_redirects: int = 5
    attempts: int = 2
    patience_s: float = 30.0
    robots: bool = True
    user_agent: str = f"{AGENT}/{version('onrecord')} (reads news reports, obeys robots.txt)"
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        if self.delay_s < 0 or self.deadline_s <= 0 or self.silence_s <= 0 or self.attempts < 1:
            raise UsageError(
                f"delay {self.delay_s} s, deadline {self.deadline_s} s, silence {self.silence_s} s, {self.attempts} "
                "attempts: the delay can't be negative, all others must be above 0"
            )
