import io
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Failure, FailureCause, Report, SourceClass
from onrecord.reading import ReadSettings, read_bytes
from onrecord.reading.mail import messages, read_mailbox

TEXT = "The ministers met in Kelm on Tuesday for three hours.\n\nThey agreed to meet again, their spokesmen said.\n"


def mail(text: str = TEXT, sender: str = "Morrow Wire <desk@morrow.example>", **headers: str) -> EmailMessage:
    message = EmailMessage()
    told = {"From": sender, "Subject": "Talks in Kelm", "Date": "Tue, 04 Mar 2031 14:10:00 +0100", **headers}
    for name, value in told.items():
        message[name] = value
    message.set_content(text)
    return message


def one(content: bytes, name: str = "a.eml") -> Report | Failure:
    [found] = read_bytes(content, name)
    return found


def test_a_message_is_a_report() -> None:
    report = one(bytes(mail()))
    assert isinstance(report, Report)
    assert (report.title, report.outlet, report.published) == (
        "Talks in Kelm",
        "Morrow Wire",
        "2031-03-04T14:10:00+01:00",
    )
    assert report.text == f"Talks in Kelm\n\n{TEXT}"
    assert [block.kind.value for block in report.blocks] == ["title", "paragraph", "paragraph"]


def test_a_person_who_sends_is_its_author() -> None:
    report = one(bytes(mail(sender="Lena Marsh <lena@morrow.example>")))
    assert isinstance(report, Report)
    assert (report.byline, report.outlet) == (("Lena Marsh",), "morrow.example")
    assert {note.field: note.how for note in report.notes}["outlet"] == "inferred"


def test_attachments_and_the_other_form_of_the_text_are_left_out() -> None:
    message = mail()
    message.add_alternative(f"<html><body><p>{TEXT}</p></body></html>", subtype="html")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    report = one(bytes(message))
    assert isinstance(report, Report)
    assert report.text == f"Talks in Kelm\n\n{TEXT}"


def test_a_message_in_html_alone_is_read_as_a_page() -> None:
    message = mail()
    paragraphs = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
    message.set_content(f"<html><body><article>{paragraphs}</article></body></html>", subtype="html")
    report = one(bytes(message))
    assert isinstance(report, Report)
    assert (report.title, report.outlet) == ("Talks in Kelm", "Morrow Wire")
    assert "met in Kelm on Tuesday" in report.text


def test_a_ministry_that_sends_is_a_ministry() -> None:
    report = one(bytes(mail(sender="Press Office <press@mfa.gov.example>")))
    assert isinstance(report, Report)
    assert report.source_class is SourceClass.MINISTRY


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"no header at all, only words", FailureCause.MALFORMED),
        (bytes(mail(" \n")), FailureCause.NO_TEXT),
        (b"Subject: x\r\nContent-Type: application/pdf\r\n\r\n%PDF", FailureCause.NO_TEXT),
    ],
)
def test_what_is_no_report_says_so(content: bytes, cause: FailureCause) -> None:
    found = one(content)
    assert isinstance(found, Failure)
    assert found.cause is cause


def test_an_unknown_or_wrong_charset_is_found_out() -> None:
    for charset in ("x-unknown", "us-ascii", "utf-8"):
        head = f"Subject: Grunau\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
        report = one(head.encode() + "Grünau bleibt dabei, sagte die Ministerin am Dienstag.".encode("cp1252"))
        assert isinstance(report, Report)
        assert "Grünau" in report.text


def mailbox(*bodies: bytes) -> bytes:
    return b"".join(b"From desk@morrow.example Tue Mar  4 14:10:00 2031\n" + body + b"\n" for body in bodies)


def test_each_message_of_a_mailbox_is_a_report_with_its_number() -> None:
    box = mailbox(
        bytes(mail()), b"Subject: empty\n\n\n", bytes(mail(">From the river to the hills it rained.\n\n" + TEXT))
    )
    found = list(read_bytes(box, "a.mbox"))
    assert [(one.source, type(one)) for one in found] == [
        ("a.mbox#1", Report),
        ("a.mbox#2", Failure),
        ("a.mbox#3", Report),
    ]
    assert isinstance(found[2], Report)
    assert "\nFrom the river" in found[2].text
    assert [type(one) for one in read_bytes(box, "box")] == [Report, Failure, Report]


def test_a_message_over_the_limit_costs_only_itself() -> None:
    box = mailbox(bytes(mail()), bytes(mail(TEXT * 500)), bytes(mail()))
    found = list(read_mailbox(io.BytesIO(box), "a.mbox", ReadSettings(max_bytes=5_000)))
    assert [getattr(one, "cause", None) for one in found] == [None, FailureCause.OVERSIZED, None]


@settings(deadline=None)
@given(st.lists(st.text(alphabet="ab \nF>", max_size=60), max_size=5))
def test_a_mailbox_gives_back_its_messages(bodies: list[str]) -> None:
    kept = [f"Subject: x\n\n{body.strip()}\n".encode() for body in bodies]
    assert [row.content.rstrip() for row in messages(io.BytesIO(mailbox(*kept)), 10_000)] == [
        one.rstrip() for one in kept
    ]
