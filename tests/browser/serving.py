"""A desk that really listens, for a real browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from onrecord.showing.web import WebSettings, make_app

#: How long a busy machine may take to start or stop a server.
PATIENCE_S = 60


@contextmanager
def serving(store: Path, settings: WebSettings | None = None) -> Iterator[str]:
    """Serve a desk on a free port of this machine; gives its address without a slash at the end."""
    started = threading.Event()

    class Telling(uvicorn.Server):
        """A server that says when it listens."""

        async def startup(self, *arguments: object, **named: object) -> None:
            await super().startup(*arguments, **named)  # type: ignore[arg-type]
            started.set()

    server = Telling(uvicorn.Config(make_app(store, settings), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    if not started.wait(PATIENCE_S):
        raise TimeoutError("the desk did not start")
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)


__all__ = ["serving"]
