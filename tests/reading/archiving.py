"""Web archives of a test's own making."""

import gzip
from collections.abc import Sequence

PARAGRAPH = (
    "The ministers of Ostrel and Varda met in Kelm for three hours and left without a word to the press, "
    "their spokesmen said. A second round of talks on the Sarn valley was put off until the end of the week."
)


def page(title: str, text: str = PARAGRAPH) -> bytes:
    """A page of an outlet."""
    return (
        f"<html><head><title>{title}</title><meta property='og:site_name' content='The Morrow Herald'></head><body>"
        f"<article><h1>{title}</h1><p>{text}</p><p>{text}</p></article></body></html>"
    ).encode()


def served(body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", *more: str) -> bytes:
    """An HTTP answer as a crawler stores it."""
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(content: bytes, url: str = "https://morrow.example/1", kind: str = "response", type_: str = "") -> bytes:
    """A record of an archive, with its end."""
    types = {"response": "application/http; msgtype=response", "request": "application/http; msgtype=request"}
    lines = (
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2031-05-04T10:00:00Z",
        "WARC-Record-ID: <urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66>",
        f"Content-Type: {type_ or types.get(kind, 'text/plain')}",
        f"Content-Length: {len(content)}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def packed(records: Sequence[bytes]) -> bytes:
    """Records as crawlers pack them: each a gzip member of its own."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
