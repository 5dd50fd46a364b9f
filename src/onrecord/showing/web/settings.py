"""What a desk is started with."""

from dataclasses import dataclass
from ipaddress import ip_address

from onrecord.errors import UsageError

#: The names under which a browser on this machine reaches it.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

#: Shorter tokens can be guessed.
TOKEN_CHARACTERS = 16


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What a desk is started with.

    Attributes:
        edit: whether judgements may be made; without it the store is opened for reading only.
        token: what a visitor must show first; None lets everybody in who reaches the desk.
        hosts: the names (without port) under which it answers; others are refused, so that a foreign page can't
            reach it under a name of its own (DNS rebinding). An empty tuple takes any: then a token is needed.
    """

    edit: bool = False
    token: str | None = None
    hosts: tuple[str, ...] = LOOPBACK

    def __post_init__(self) -> None:
        if self.token is not None and len(self.token) < TOKEN_CHARACTERS:
            raise UsageError(
                f"the token has {len(self.token)} characters: give {TOKEN_CHARACTERS} or more, or none to have one made"
            )
        if self.token is None and not all(is_loopback(one) for one in self.hosts):
            raise UsageError("a desk that others can reach needs a token: give WebSettings(token=...)")
        if self.token is None and not self.hosts:
            raise UsageError("a desk that answers under any name needs a token: give WebSettings(token=...)")


__all__ = ["LOOPBACK", "TOKEN_CHARACTERS", "WebSettings", "is_loopback"]
