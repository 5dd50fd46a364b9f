"""A web server on loopback that behaves, or misbehaves, as a test wants; and a clock that nobody waits for."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from onrecord.reading.fetching import Clock, FetchSettings

#: What answers one request: sends whatever it likes.
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Page:
    """A page that is served with validators, as servers do."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    etag: str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        same = self.etag is not None and request.headers.get("If-None-Match") == self.etag
        request.send_response(304 if same else self.status)
        request.send_header("Content-Type", self.kind)
        if self.etag is not None:
            request.send_header("ETag", self.etag)
        for name, value in self.headers.items():
            request.send_header(name, value)
        if same:
            request.end_headers()
            return
        request.send_header("Content-Length", str(len(self.body)))
        request.end_headers()
        request.wfile.write(self.body)


class Site:
    """A running server: pages by path, and what was asked."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.sent: list[dict[str, str]] = []
        self.closing = threading.Event()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving(**pages: bytes) -> Iterator[Site]:
    """A server on a free port, with `name=body` as the page /name; stopped at the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.sent.append(dict(self.headers.items()))
            self.close_connection = True
            answer = site.pages.get(self.path, Page(b"not here", status=404))
            with suppress(OSError):  # the other side hung up, as it should
                answer(self)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(server.server_address[1])
    site.pages.update({f"/{name}": Page(body) for name, body in pages.items()})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(slots=True)
class FakeTime:
    """A clock that moves when somebody sleeps, and by `tick_s` whenever somebody looks at it."""

    seconds: float = 1_000.0
    tick_s: float = 0.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        self.seconds += self.tick_s
        return self.seconds

    def now(self) -> datetime:
        return datetime(2031, 5, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def sleep(self, length_s: float) -> None:
        self.slept.append(length_s)
        self.seconds += length_s

    def clock(self) -> Clock:
        return Clock(self.monotonic, self.now, self.sleep)


def loopback(time: FakeTime | None = None, **changes: object) -> FetchSettings:
    """Settings that allow the test server by name."""
    told: dict[str, object] = {"allow_hosts": frozenset({"127.0.0.1"}), "clock": (time or FakeTime()).clock()}
    return FetchSettings(**{**told, **changes})  # type: ignore[arg-type]
