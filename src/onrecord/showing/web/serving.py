"""Serving a desk until it is stopped."""

import errno
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe

import uvicorn

from onrecord.errors import UsageError
from onrecord.showing.web.app import make_app
from onrecord.showing.web.settings import LOOPBACK, WebSettings, is_loopback

#: Addresses that mean every network of this machine.
_EVERYWHERE = ("0.0.0.0", "::", "[::]")


@dataclass(frozen=True, slots=True)
class Serving:
    """Where and how a desk is served.

    Attributes:
        port: 0 takes any free one.
        token: None has one made where others can reach the desk.
        browser: whether it is opened in the browser.
    """

    host: str = "127.0.0.1"
    port: int = 0
    edit: bool = False
    token: str | None = None
    browser: bool = False

    def settings(self) -> WebSettings:
        """The settings of the app: a token and a name check as far as the address needs them."""
        if is_loopback(self.host):
            return WebSettings(self.edit, self.token, tuple(dict.fromkeys((*LOOPBACK, self.host))))
        hosts = () if self.host in _EVERYWHERE else (self.host.lower(), *LOOPBACK)
        return WebSettings(self.edit, self.token or token_urlsafe(24), hosts)


def serve_desk(store: str, serving: Serving, say: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Args:
        store: path of a store.
        serving: where and how.
        say: told where the desk is, once it listens.

    Raises:
        StoreError: the store can't be opened.
        UsageError: the address can't be listened on.
    """
    settings = serving.settings()
    app = make_app(store, settings)
    listening = _listen(serving.host, serving.port)
    port = listening.getsockname()[1]
    name = "127.0.0.1" if serving.host in _EVERYWHERE else serving.host
    address = f"http://{f'[{name}]' if ':' in name and not name.startswith('[') else name}:{port}/"
    if settings.token is not None:
        say(f"token: {settings.token}")
        address += f"?token={settings.token}"
    say(f"onrecord: the record of {store} is at {address} (Ctrl-C stops it)")
    if serving.edit:
        say("onrecord: judgements are written to the store")
    if serving.browser:
        webbrowser.open(address)
    # Requests are not logged: an address may hold the token.
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="on")
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        UsageError: somebody else does, or this machine has no such address.
    """
    plain = host.strip("[]")
    try:
        family = socket.getaddrinfo(plain, port, type=socket.SOCK_STREAM)[0][0]
        made = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise UsageError(f"{host!r} is no address of this machine ({error}); leave --host out") from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((plain, port))
        # From now on a browser that is opened waits instead of being refused.
        made.listen()
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"port {port} of {host} is in use, perhaps by another desk; give another --port, or --port 0"
            ) from error
        if error.errno == errno.EACCES:
            raise UsageError(f"port {port} of {host} is not allowed to you; give one above 1023") from error
        raise UsageError(f"{host}:{port} can't be listened on ({error}); leave --host out, or give another") from error
    return made


__all__ = ["Serving", "serve_desk"]
