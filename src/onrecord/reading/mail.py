"""Mail -> Report: one message, and mailboxes of many."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from typing import BinaryIO

from onrecord.errors import UnreadableInput
from onrecord.model import Failure, FailureCause, Report
from onrecord.reading.blocks import find_layout
from onrecord.reading.content import Row, sha256_of
from onrecord.reading.dates import field_date
from onrecord.reading.decoding import check_text, decode
from onrecord.reading.failures import failure
from onrecord.reading.names import is_name
from onrecord.reading.reports import Told, make_report
from onrecord.reading.settings import ReadSettings

_FROM = b"From "
_QUOTED_FROM = re.compile(rb"^>(?=>*From )")
_FLOWED = re.compile(r" \r?\n(?=\S)")
_CHUNK_BYTES = 1 << 16


def read_mail(content: bytes, source: str, sha256: str, settings: ReadSettings) -> Report | Failure:
    """The report of a message: its subject, and its text; attachments are left out.

    Args:
        content: of the message.
        source: path or URL, with "#N" for message N of a mailbox.
        sha256: of `content`.
        settings: what the user says.

    Raises:
        UnreadableInput: it holds no text.
    """
    try:
        message = message_from_bytes(content, policy=default)
        if not isinstance(message, EmailMessage) or not message.keys():
            raise UnreadableInput("it has no header, so it is no mail", FailureCause.MALFORMED)
        body, markup = _body(message)
        told = _told(message)
    except (MessageError, RecursionError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableInput(
            f"no mail that can be read ({type(error).__name__}: {str(error)[:80]})", FailureCause.MALFORMED
        ) from error
    check_text(body)
    if not body.strip():
        raise UnreadableInput("the message has no text", FailureCause.NO_TEXT)
    if markup:
        from onrecord.reading.pages import read_page

        return read_page(body, source, sha256, settings, told)
    if told.title and not body.lstrip().startswith(told.title):
        body = f"{told.title}\n\n{body}"
    return make_report(source, sha256, body, find_layout(body, told.title), told, settings)


def read_mailbox(stream: BinaryIO, source: str, settings: ReadSettings) -> Iterator[Report | Failure]:
    """The reports of a mailbox (mbox), one message in memory at a time; a bad message is one failure.

    Args:
        stream: decompressed.
        source: path or URL of the whole.
        settings: `max_bytes` holds for each message.
    """
    found = False
    for row in messages(stream, settings.max_bytes):
        found = True
        place = f"{source}#{row.number}"
        if row.oversized:
            told = f"the message has more than {settings.max_bytes} bytes"
            yield failure(place, FailureCause.OVERSIZED, told, "raise the size limit if it is a report")
            continue
        sha256 = sha256_of(row.content)
        try:
            yield read_mail(row.content, place, sha256, settings)
        except UnreadableInput as error:
            yield failure(place, FailureCause(error.cause), str(error), "leave it out, or get it again", sha256)
    if not found:
        yield failure(source, FailureCause.EMPTY, "it holds no message", "leave it out, or get it again")


def messages(stream: BinaryIO, max_bytes: int) -> Iterator[Row]:
    """The messages of a mailbox, each after a line that begins with "From " and follows a blank one."""
    number, size = 0, 0
    lines: list[bytes] = []
    blank = True
    while line := stream.readline(_CHUNK_BYTES):
        if blank and line.startswith(_FROM):
            if number:
                yield _message(number, lines, size, max_bytes)
            number, size, lines = number + 1, 0, []
        elif number:
            size += len(line)
            if size <= max_bytes:
                lines.append(_QUOTED_FROM.sub(b"", line))
        blank = not line.strip()
    if number:
        yield _message(number, lines, size, max_bytes)


def _message(number: int, lines: list[bytes], size: int, max_bytes: int) -> Row:
    return Row(number, b"".join(lines), oversized=size > max_bytes)


def _body(message: EmailMessage) -> tuple[str, bool]:
    """The text of a message, and whether it is HTML."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "", False
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return "", False
    markup = part.get_content_type() == "text/html"
    charset = part.get_content_charset() or "utf-8"
    try:
        text = raw.decode(charset)
    except (LookupError, UnicodeDecodeError):
        text = decode(raw, markup=markup)
    if part.get_param("format", "") == "flowed":
        text = _FLOWED.sub(" ", text)
    return text.replace("\r\n", "\n"), markup


def _told(message: EmailMessage) -> Told:
    """What the header says: who sent it is the outlet, or a person of an outlet."""
    subject = " ".join(str(message.get("Subject", "")).split()) or None
    dated = field_date(str(message.get("Date", ""))) if message.get("Date") else None
    header = message.get("From")
    senders: tuple[Address, ...] = getattr(header, "addresses", ())
    sender = senders[0] if senders else None
    name = " ".join(sender.display_name.split()) if sender is not None else ""
    person = is_name(name)
    domain = sender.domain.lower() if sender is not None and "." in sender.domain else None
    return Told(
        where="the mail's header",
        title=subject,
        outlet=name if name and not person else domain,
        outlet_inferred=not name or person,
        byline=(name,) if person else (),
        published=dated.iso if dated is not None else None,
        problem=dated.reason if dated is not None and dated.iso is None else "",
        sender=domain,
    )
