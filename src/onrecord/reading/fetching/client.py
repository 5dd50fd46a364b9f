"""The fetcher: one request after another, with all its checks."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpcore2

from onrecord.model import FailureCause
from onrecord.reading.fetching.bodies import whole_body
from onrecord.reading.fetching.failing import FetchFailed, HostRefused
from onrecord.reading.fetching.network import CheckedNetwork, Deadline, Resolver, system_addresses
from onrecord.reading.fetching.robots import MAX_BYTES as ROBOTS_BYTES
from onrecord.reading.fetching.robots import Rules, parse_rules
from onrecord.reading.fetching.settings import FetchSettings
from onrecord.reading.fetching.urls import Target, target_of

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LONGEST_TAG = 1_000
_NO_TEXT = ("image/", "video/", "audio/", "font/", "model/")
_AGAIN = "try again later"
#: RFC 9309 2.4: a robots.txt should not be kept for longer than a day.
_RULES_KEPT_S = 86_400.0
_FAILURE_KEPT_S = 300.0
#: First pause before another attempt; each further one is twice as long.
_FIRST_PAUSE_S = 2.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    Attributes:
        url: that was asked for, tidied.
        final_url: that gave the page, after redirects.
        content: decompressed; empty where nothing changed.
        content_type: as told, in lower case, without parameters.
        etag, last_modified: to be given back the next time.
        changed: False where the server says that the page is as it was (304).
    """

    url: str
    final_url: str
    content: bytes
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Validators:
    """What a page was stored with, for a conditional request (RFC 9110 13.1)."""

    etag: str | None = None
    last_modified: str | None = None


_NONE = Validators()


class Fetcher:
    """Fetches pages one at a time; keeps the pauses and the robots.txt of each host it met."""

    def __init__(self, settings: FetchSettings, max_bytes: int, resolver: Resolver = system_addresses) -> None:
        self._settings = settings
        self._max_bytes = max_bytes
        self._resolver = resolver
        self._clock = settings.clock
        self._allowed = frozenset(host.lower().strip("[]") for host in settings.allow_hosts)
        self._rules: dict[str, tuple[float, Rules | FetchFailed]] = {}
        self._free_at_s: dict[str, float] = {}

    def get(self, url: str, known: Validators = _NONE, *, attempts: int | None = None) -> Fetched:
        """The page at an address.

        Args:
            url: http or https.
            known: validators of an earlier answer.
            attempts: how often a passing failure is tried; as the settings say where it is not given.

        Raises:
            FetchFailed: nothing usable came; says why and what to do.
        """
        target = target_of(url)
        most = attempts if attempts is not None else self._settings.attempts
        for attempt in range(1, most + 1):
            try:
                return self._followed(target, known)
            except FetchFailed as failed:
                pause = failed.retry_after_s or pause_s(target.url, attempt, _FIRST_PAUSE_S, self._settings.patience_s)
                if attempt == most or not failed.passing or pause > self._settings.patience_s:
                    raise
                self._clock.sleep(pause)
        raise FetchFailed("no attempt was made", FailureCause.UNREACHABLE, "allow at least one attempt")

    def _followed(self, first: Target, known: Validators) -> Fetched:
        """One attempt, through its redirects."""
        target = first
        seen = {first.url}
        for _ in range(self._settings.max_redirects + 1):
            rules = self._rules_of(target)
            if not rules.allow(target.path):
                raise FetchFailed(
                    f"the robots.txt of {target.host} does not allow {target.path[:200]!r}",
                    FailureCause.FORBIDDEN,
                    "ask the site, or save the page and give the file",
                )
            # waiting for its turn is no fault of the server: the deadline counts from after it
            self._wait(target.host, rules.delay_s)
            deadline = Deadline(self._clock.monotonic, self._settings.deadline_s, self._settings.silence_s)
            answer = self._asked(target, known, deadline, self._max_bytes)
            if isinstance(answer, Fetched):
                return replace(answer, url=first.url)
            target = answer
            if target.url in seen:
                raise FetchFailed(
                    f"its redirects lead back to {target.url}", FailureCause.LOOP, "check the address in a browser"
                )
            seen.add(target.url)
        raise FetchFailed(
            f"it is redirected more than {self._settings.max_redirects} times",
            FailureCause.LOOP,
            "check the address in a browser",
        )

    def _asked(self, target: Target, known: Validators, deadline: Deadline, max_bytes: int) -> "Fetched | Target":
        """One request: its page, or where it is redirected to."""
        network = CheckedNetwork(self._resolver, self._allowed, deadline)
        limit_s = self._settings.silence_s
        timeouts = {"connect": limit_s, "read": limit_s, "write": limit_s, "pool": limit_s}
        try:
            with (
                httpcore2.ConnectionPool(network_backend=network, max_keepalive_connections=0) as pool,
                pool.stream(
                    "GET", target.url, headers=self._headers(target, known), extensions={"timeout": timeouts}
                ) as response,
            ):
                return self._read(response, target, max_bytes)
        except FetchFailed:
            raise
        except httpcore2.TimeoutException as error:
            raise deadline.silence() from error
        except (httpcore2.RemoteProtocolError, httpcore2.ReadError) as error:
            raise FetchFailed(
                f"the answer is broken or cut off ({_told(error)})", FailureCause.TRUNCATED, _AGAIN, passing=True
            ) from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
            raise FetchFailed(
                f"{target.host} can't be reached ({_told(error)})", FailureCause.UNREACHABLE, _AGAIN, passing=True
            ) from error

    def _headers(self, target: Target, known: Validators) -> list[tuple[bytes, bytes]]:
        host = urlsplit(target.url).netloc
        told = {
            "Host": host,
            "User-Agent": self._settings.user_agent,
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            "If-None-Match": known.etag,
            "If-Modified-Since": known.last_modified,
        }
        return [(name.encode(), value.encode("latin-1", "replace")) for name, value in told.items() if value]

    def _read(self, response: httpcore2.Response, target: Target, max_bytes: int) -> "Fetched | Target":
        headers = {name.decode("latin-1").lower(): value.decode("latin-1").strip() for name, value in response.headers}
        if response.status in _REDIRECTS and headers.get("location"):
            return target_of(headers["location"], target.url)
        etag, last_modified = _tag(headers.get("etag")), _tag(headers.get("last-modified"))
        if response.status == 304:
            return Fetched(target.url, target.url, b"", "", etag, last_modified, changed=False)
        if response.status != 200:
            raise _status_failure(response.status, self._retry_after_s(headers.get("retry-after")))
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind.startswith(_NO_TEXT):
            raise FetchFailed(f"it is {kind!r}", FailureCause.UNSUPPORTED, "give the address of a report")
        length = headers.get("content-length", "")
        if length.isdigit() and int(length[:20]) > max_bytes:
            raise FetchFailed(
                f"it says that it has {length[:20]} bytes, more than {max_bytes}",
                FailureCause.OVERSIZED,
                "raise the size limit, or download it and give the file",
            )
        encodings = headers.get("content-encoding", "").split(",")
        body = whole_body(response.iter_stream(), encodings, max_bytes, self._settings.max_ratio)
        return Fetched(target.url, target.url, body, kind, etag, last_modified)

    def _rules_of(self, target: Target) -> Rules:
        """The rules of a host, kept for a day; a failure to get them for some minutes, so that a dead host costs once.

        Raises:
            FetchFailed: its robots.txt can't be had, which closes the site (RFC 9309 2.3.1.4).
        """
        if not self._settings.robots:
            return Rules()
        until_s, known = self._rules.get(target.origin, (0.0, None))
        if known is None or self._clock.monotonic() >= until_s:
            try:
                known, length_s = self._fetched_rules(target), _RULES_KEPT_S
            except FetchFailed as failed:
                known, length_s = failed, _FAILURE_KEPT_S
            self._rules[target.origin] = (self._clock.monotonic() + length_s, known)
        if isinstance(known, FetchFailed):
            if isinstance(known, HostRefused) and known.host == target.host:
                raise HostRefused(known.host, str(known))  # whatever is asked for there, its robots.txt or a page
            raise FetchFailed(
                f"its robots.txt can't be read: {known}",
                FailureCause(known.cause),
                known.remedy,
                passing=known.passing,
                retry_after_s=known.retry_after_s,
            )
        return known

    def _fetched_rules(self, target: Target) -> Rules:
        place = target_of("/robots.txt", target.url)
        for _ in range(self._settings.max_redirects + 1):
            deadline = Deadline(self._clock.monotonic, self._settings.deadline_s, self._settings.silence_s)
            try:
                answer = self._asked(place, _NONE, deadline, ROBOTS_BYTES)
            except FetchFailed as failed:
                if failed.status is not None and not failed.passing:
                    return Rules()  # there is none
                raise
            if isinstance(answer, Fetched):
                return parse_rules(answer.content)
            place = answer
        return Rules()

    def _wait(self, host: str, asked_s: float) -> None:
        """Wait until a host may be asked again."""
        now = self._clock.monotonic()
        pause = self._free_at_s.get(host, now) - now
        if pause > 0:
            self._clock.sleep(pause)
        self._free_at_s[host] = max(now, now + pause) + max(self._settings.delay_s, asked_s)

    def _retry_after_s(self, value: str | None) -> float | None:
        """How long a server asks to wait: seconds, or until a date."""
        if value is None:
            return None
        if value.isdigit():
            return float(value[:9])
        try:
            until = parsedate_to_datetime(value)
        except ValueError:
            return None
        until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
        return max((until - self._clock.now()).total_seconds(), 0.0)


def pause_s(key: str, failures: int, first_s: float, longest_s: float) -> float:
    """How long to wait after so many failures: doubled each time, and spread by up to a quarter.

    The spread comes from the address and the count, not from chance, so that a run can be repeated.

    >>> pause_s("a", 1, 10, 600) == pause_s("a", 1, 10, 600), 10 <= pause_s("a", 1, 10, 600) <= 12.5
    (True, True)
    """
    spread = hashlib.sha256(f"{key}#{failures}".encode()).digest()[0] / 255
    return float(min(first_s * 2.0 ** min(failures - 1, 30) * (1 + spread / 4), longest_s))


def http_date(moment: datetime) -> str:
    """A moment as HTTP writes it."""
    return moment.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")


def _tag(value: str | None) -> str | None:
    """A validator that can be stored and sent back."""
    return value if value and len(value) <= _LONGEST_TAG and value.isprintable() else None


def _told(error: Exception) -> str:
    return str(error)[:120] or type(error).__name__


def _status_failure(status: int, retry_after_s: float | None) -> FetchFailed:
    """What a status other than 200 means."""
    if status == 429 or status >= 500:
        return FetchFailed(
            f"the server answers {status}",
            FailureCause.UNREACHABLE,
            _AGAIN,
            passing=True,
            retry_after_s=retry_after_s,
            status=status,
        )
    closed = status in (401, 402, 403, 407, 451)
    return FetchFailed(
        f"the server answers {status}: {'it is not for everybody' if closed else 'there is no such page'}",
        FailureCause.FORBIDDEN if closed else FailureCause.MISSING,
        "save the page and give the file" if closed else "check the address in a browser",
        status=status,
    )
