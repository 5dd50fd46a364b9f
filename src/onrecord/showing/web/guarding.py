"""What stands before every page: who may ask, under which name, and what a browser may do with the answer."""

import hmac
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.showing.web.settings import WebSettings

#: Nothing but the desk's own style sheet, script and pictures runs or loads, whatever a report says.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)

#: A referrer is never sent to another site; within the desk it keeps `Origin` in forms, which "no-referrer" blanks.
REFERRER = "same-origin"

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": REFERRER,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

#: The cookie of whoever has shown the token, and that of a browser that was shown a form.
ENTRANCE, VISIT = "onrecord_entrance", "onrecord_visit"

#: Reached without a token: the form that asks for it, and how it looks.
OPEN_PATHS = ("/enter", "/static/")

_LASTING = "Path=/; HttpOnly; SameSite=Strict"


class Keys:
    """The secrets of one running desk: nothing of them is stored, so a restart shows everybody out."""

    def __init__(self, token: str | None) -> None:
        self._token = token
        self._secret = token_urlsafe(32).encode()

    @property
    def needed(self) -> bool:
        """Whether a token must be shown at all."""
        return self._token is not None

    def is_token(self, told: str) -> bool:
        """Whether this is the token; takes as long for any wrong one."""
        return self._token is not None and hmac.compare_digest(told.encode(), self._token.encode())

    def entrance(self) -> str:
        """What the cookie of an admitted browser holds: not the token itself."""
        return self._sign(f"entrance {self._token}")

    def may_enter(self, cookie: str | None, authorization: str | None) -> bool:
        """Whether a request is admitted: by cookie, or by `Authorization: Bearer TOKEN` for programs."""
        if self._token is None:
            return True
        if cookie is not None and hmac.compare_digest(cookie.encode(), self.entrance().encode()):
            return True
        kind, _, told = (authorization or "").partition(" ")
        return kind.lower() == "bearer" and self.is_token(told.strip())

    def form_key(self, visit: str) -> str:
        """What a form must carry to be taken from the browser with this cookie."""
        return self._sign(f"form {visit}")

    def is_form_key(self, visit: str | None, told: str) -> bool:
        """Whether a form was made for this browser."""
        return visit is not None and hmac.compare_digest(told.encode(), self.form_key(visit).encode())

    def _sign(self, words: str) -> str:
        return hmac.new(self._secret, words.encode(), sha256).hexdigest()


def cookies(headers: Headers) -> dict[str, str]:
    """The cookies of a request; a malformed header holds none."""
    try:
        return {name: one.value for name, one in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def is_own_origin(headers: Headers) -> bool:
    """Whether a request that changes something comes from a page of this desk, as its browser tells."""
    told = headers.get("origin")
    if told is not None and told != "null":
        return urlsplit(told).netloc == headers.get("host")
    return headers.get("sec-fetch-site") == "same-origin"


def set_entrance(response: Response, keys: Keys) -> None:
    """Admit the browser that gets this answer."""
    response.headers.append("Set-Cookie", f"{ENTRANCE}={keys.entrance()}; {_LASTING}")


def set_visit(response: Response, visit: str) -> None:
    """Let the browser that gets this answer send the form in it."""
    response.headers.append("Set-Cookie", f"{VISIT}={visit}; {_LASTING}")


class Guard:
    """ASGI middleware: refuses foreign host names and strangers, and sets the headers of safety on every answer."""

    def __init__(self, app: ASGIApp, settings: WebSettings, keys: Keys) -> None:
        self._app, self._settings, self._keys = app, settings, keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        if scope["method"] == "HEAD":
            # The server leaves the body out by itself.
            scope = {**scope, "method": "GET"}
        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = _name_of(headers.get("host", ""))
        if self._settings.hosts and host not in self._settings.hosts:
            return PlainTextResponse(
                f"This desk does not answer under the name {host!r}. Use the address that `onrecord serve` printed.\n",
                status_code=421,
            )
        if not self._keys.needed or scope["path"].startswith(OPEN_PATHS):
            return None
        if self._keys.may_enter(cookies(headers).get(ENTRANCE), headers.get("authorization")):
            return None
        return self._ask(scope, headers)

    def _ask(self, scope: Scope, headers: Headers) -> Response:
        """A browser that asks for a page is sent to the door, or admitted by a token in the address; others are not."""
        query = parse_qsl(scope["query_string"].decode("latin-1"))
        told = next((value for name, value in query if name == "token"), None)
        if scope["method"] == "GET" and told is not None and self._keys.is_token(told):
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            answer: Response = RedirectResponse(_local(scope["path"]) + (f"?{rest}" if rest else ""), status_code=303)
            set_entrance(answer, self._keys)
            return answer
        if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            return RedirectResponse("/enter", status_code=303)
        return PlainTextResponse(
            "This desk needs its token: `Authorization: Bearer TOKEN`.\n", 401, {"WWW-Authenticate": "Bearer"}
        )


def _local(path: str) -> str:
    """A path on this desk: one that starts with two slashes would lead to another host."""
    return "/" + path.lstrip("/\\")


def _name_of(host: str) -> str:
    """The host of a `Host` header without its port.

    >>> _name_of("127.0.0.1:8600"), _name_of("[::1]:8600"), _name_of("EXAMPLE")
    ('127.0.0.1', '[::1]', 'example')
    """
    name, _, port = host.rpartition(":")
    return (name if name and port.isdigit() else host).lower()


__all__ = [
    "ENTRANCE",
    "HEADERS",
    "POLICY",
    "VISIT",
    "Guard",
    "Keys",
    "cookies",
    "is_own_origin",
    "set_entrance",
    "set_visit",
]
