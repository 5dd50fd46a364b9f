"""What stands before the root of an XML or HTML document: declarations, comments, white space."""

_SPACE = b" \t\r\n\f"
#: Opening and end of what is passed over, comments before other declarations.
_PASSED = ((b"<!--", b"-->"), (b"<?", b"?>"))


def after_prolog(start: bytes) -> bytes:
    """The first bytes of a document from its root element or its HTML document type on; linear in their number.

    A regular expression for this takes time without end on a document that begins with many comments.

    >>> after_prolog(b'<?xml version="1.0"?> <!-- a --> <!DOCTYPE rss [<!ENTITY a "b">]> <rss>')
    b'<rss>'
    >>> after_prolog(b"<!doctype html><p>")
    b'<!doctype html><p>'
    """
    at = 3 if start.startswith(b"\xef\xbb\xbf") else 0
    while True:
        while at < len(start) and start[at] in _SPACE:
            at += 1
        end = _end_of(start, at)
        if end is None:
            return start[at:]
        at = end


def _end_of(start: bytes, at: int) -> int | None:
    """Where a declaration or comment that begins at `at` ends; None where none begins, or none ends."""
    for opening, closing in _PASSED:
        if start.startswith(opening, at):
            end = start.find(closing, at + len(opening))
            return end + len(closing) if end >= 0 else None
    head = start[at : at + 40].lower()
    if not head.startswith(b"<!doctype") or head[9:].split(b">", 1)[0].split(b"[", 1)[0].split()[:1] == [b"html"]:
        return None
    end, inner = start.find(b">", at), start.find(b"[", at)
    if 0 <= inner < end:
        closed = start.find(b"]", inner)
        end = start.find(b">", closed) if closed >= 0 else -1
    return end + 1 if end >= 0 else None
