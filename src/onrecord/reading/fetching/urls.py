"""Web addresses: what is one, and its one spelling."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from onrecord.model import FailureCause
from onrecord.reading.failures import shown
from onrecord.reading.fetching.failing import FetchFailed

_LONGEST_URL = 2_000
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.I)
_NAME = re.compile(r"[A-Za-z0-9._-]{1,253}")
_NUMBER = re.compile(r"[0-9A-Fa-f:.]{2,45}")
_PORTS = {"http": 80, "https": 443}
_SAFE = "/:?#[]@!$&'()*+,;=%-._~|"
_REMEDY = "give an address that begins with https:// or http://"


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address.

    Attributes:
        url: as it is requested and stored: no fragment, host in ASCII and lower case.
        host: without brackets.
        origin: scheme, host and port.
        path: with its query.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def is_url(given: str) -> bool:
    """Whether an input is meant as an address: it begins with a scheme.

    >>> is_url("https://news.example/1"), is_url("file:///etc/passwd"), is_url("news.txt")
    (True, True, False)
    """
    return _SCHEME.match(given) is not None


def tidy_url(url: str) -> str:
    """The one spelling of an address.

    Raises:
        FetchFailed: it is none that may be fetched.

    >>> tidy_url("HTTP://News.Example:80/a b#top")
    'http://news.example/a%20b'
    """
    return target_of(url).url


def target_of(url: str, base: str | None = None) -> Target:
    """A checked address.

    Args:
        url: absolute, or relative to `base`.
        base: where `url` stands.

    Raises:
        FetchFailed: another scheme than http and https, credentials in it, no host, or no address at all.
    """
    try:
        joined = urljoin(base, url.strip()) if base is not None else url.strip()
        parts = urlsplit(joined)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _refused(f"{shown(url)} is no address ({error})") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise _refused(f"the scheme {shown(scheme)} is not fetched")
    if parts.username is not None or parts.password is not None:
        raise _refused("it holds a user name or a password, and none is ever sent", "give the address without them")
    if not host or len(joined) > _LONGEST_URL:
        raise _refused(f"{shown(url)} names no host" if not host else f"it has {len(joined)} characters")
    name = _ascii_host(host)
    told = f"[{name}]" if ":" in name else name
    place = told if port in (None, _PORTS[scheme]) else f"{told}:{port}"
    path = quote(parts.path, safe=_SAFE) or "/"
    query = quote(parts.query, safe=_SAFE)
    whole = urlunsplit((scheme, place, path, query, ""))
    return Target(whole, scheme, name, port or _PORTS[scheme], path + (f"?{query}" if query else ""))


def _ascii_host(host: str) -> str:
    """A host as DNS takes it."""
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower() if not host.isascii() else host.rstrip(".")
    except UnicodeError as error:
        raise _refused(f"{shown(host)} is no host name") from error
    if not (_NAME.fullmatch(name) or (":" in name and _NUMBER.fullmatch(name))):
        raise _refused(f"{shown(host)} is no host name")
    return name.lower()


def _refused(found: str, remedy: str = _REMEDY) -> FetchFailed:
    return FetchFailed(found, FailureCause.FORBIDDEN, remedy)
