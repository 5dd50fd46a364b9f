"""PDFs of a test's own making: lines at places, in one font."""

from collections.abc import Sequence

#: A line of print: points from the left, points from the bottom, words.
Line = tuple[int, int, str]


def column(left: int, top: int, text: str) -> list[Line]:
    """The lines of a text under each other; an empty line parts paragraphs."""
    return [(left, top - 14 * n, line) for n, line in enumerate(text.split("\n")) if line]


def pdf(pages: Sequence[Sequence[Line]], *, encrypted: bool = False) -> bytes:
    """A PDF (ISO 32000-1) with these pages."""
    objects = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids: list[bytes] = []
    for page in pages:
        shown = b"".join(b"1 0 0 1 %d %d Tm (%b) Tj\n" % (x, y, _escaped(words)) for x, y, words in page)
        drawn = b"BT /F1 11 Tf\n" + shown + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    whole, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%b> /U <%b> /P -4 >> /ID [<00> <00>]" % (
        b"11" * 32,
        b"22" * 32,
    )
    trailer = b"trailer << /Size %d /Root 1 0 R %b >>" % (len(objects) + 1, lock if encrypted else b"")
    return whole + table + trailer + b"\nstartxref\n%d\n%%%%EOF" % len(whole)


def _escaped(words: str) -> bytes:
    content = words.encode("cp1252")
    return content.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
