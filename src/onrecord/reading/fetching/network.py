"""Connections to checked addresses only, under one deadline."""

import socket
from collections.abc import Callable, Iterable, Sequence
from ssl import SSLContext
from typing import Any

from httpcore2 import ConnectError, ConnectTimeout, NetworkBackend, NetworkStream, SyncBackend

from onrecord.model import FailureCause
from onrecord.reading.fetching.addresses import why_refused
from onrecord.reading.fetching.failing import FetchFailed, HostRefused

#: Host and port -> the addresses that the system knows for them.
Resolver = Callable[[str, int], Sequence[str]]


def system_addresses(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, in the system's order, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


class Deadline:
    """The moment at which a request is given up, whatever it is doing.

    A limit for each single wait does not stop a server that sends a byte now and then; this does.
    """

    def __init__(self, monotonic: Callable[[], float], length_s: float, silence_s: float) -> None:
        self._monotonic = monotonic
        self._length_s = length_s
        self._silence_s = silence_s
        self._end_s = monotonic() + length_s

    def left_s(self) -> float:
        """How long the next wait may be.

        Raises:
            FetchFailed: the deadline is over.
        """
        left = self._end_s - self._monotonic()
        if left <= 0:
            raise self._missed(f"it was not complete after {self._length_s:g} seconds")
        return min(left, self._silence_s)

    def silence(self) -> FetchFailed:
        """Why a wait for the next bytes ended without any: they dripped until the deadline, or none came at all."""
        if self._end_s - self._monotonic() <= 0:
            return self._missed(f"it was not complete after {self._length_s:g} seconds")
        return self._missed(f"nothing came for {self._silence_s:g} seconds")

    @staticmethod
    def _missed(found: str) -> FetchFailed:
        remedy = "try again later, or save the page and give the file"
        return FetchFailed(found, FailureCause.TIMEOUT, remedy, passing=True)


class CheckedNetwork(NetworkBackend):
    """Resolves a host once, checks every address that it has, and connects to one of these very addresses."""

    def __init__(self, resolver: Resolver, allowed: frozenset[str], deadline: Deadline) -> None:
        self._resolver = resolver
        self._allowed = allowed
        self._deadline = deadline
        self._inner = SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline counts
        local_address: str | None = None,  # noqa: ARG002 - never asked for
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        """A connection to a checked address of the host.

        Raises:
            FetchFailed: the host is not known, or has an address that is not public (`HostRefused`).
        """
        error: Exception | None = None
        for address in self._checked(host, port):
            try:
                inner = self._inner.connect_tcp(address, port, self._deadline.left_s(), None, socket_options)
                return _TimedStream(inner, self._deadline)
            except (ConnectError, ConnectTimeout) as problem:
                error = problem
        raise error if error is not None else _unknown(host, "it has no address")

    def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise _unknown(host, str(error)) from error
        if host in self._allowed:
            return addresses
        for address in addresses:
            if (why := why_refused(address)) is not None:
                where = f"{address} is" if host == address else f"{host} is at {address}, which is"
                raise HostRefused(host, f"{where} no public address ({why})")
        return addresses


class _TimedStream(NetworkStream):
    """A connection of which every wait ends with the deadline."""

    def __init__(self, inner: NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._deadline.left_s())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._deadline.left_s())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> NetworkStream:
        return _TimedStream(
            self._inner.start_tls(ssl_context, server_hostname, self._deadline.left_s()), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _unknown(host: str, why: str) -> FetchFailed:
    return FetchFailed(
        f"the host {host} is not found ({why})",
        FailureCause.UNREACHABLE,
        "check the address and the connection",
        passing=True,
    )
