"""One whole document -> Report, by its kind."""

from typing import Literal

from onrecord.errors import UnreadableInput
from onrecord.model import Failure, FailureCause, Report
from onrecord.reading.blocks import find_layout
from onrecord.reading.content import sha256_of
from onrecord.reading.decoding import decode
from onrecord.reading.failures import failure
from onrecord.reading.markdown import read_markdown
from onrecord.reading.reports import Told, make_report
from onrecord.reading.settings import ReadSettings

#: Kinds of input that are one report each.
Whole = Literal["text", "html", "markdown", "mail", "pdf"]

_REMEDIES = {
    FailureCause.EMPTY: "leave it out, or get it again",
    FailureCause.BINARY: "give the report as text, HTML, Markdown, PDF, mail or JSON Lines",
    FailureCause.UNDECODABLE: "save it as UTF-8",
    FailureCause.OVERSIZED: "give each report by itself or as a row of JSON Lines, or raise the size limit",
    FailureCause.TRUNCATED: "get it again",
    FailureCause.NO_TEXT: "give the report's own page, or its text",
    FailureCause.FORBIDDEN: "give the text",
    FailureCause.TIMEOUT: "give the text",
}


def remedy_of(cause: FailureCause) -> str:
    """What to do about a cause where nothing more is known."""
    return _REMEDIES.get(cause, "look at the file")


def read_document(content: bytes, source: str, kind: Whole, settings: ReadSettings) -> Report | Failure:
    """The report of a whole document, or why it gives none."""
    sha256 = sha256_of(content)
    try:
        if not content.strip():
            found = f"it has {len(content)} bytes" + (" of white space" if content else "")
            return failure(source, FailureCause.EMPTY, found, remedy_of(FailureCause.EMPTY), sha256)
        if kind == "pdf":
            # starting a process for it is only worth where there is a PDF
            from onrecord.reading.pdf import read_pdf

            return read_pdf(content, source, sha256, settings)
        if kind == "mail":
            from onrecord.reading.mail import read_mail

            return read_mail(content, source, sha256, settings)
        return read_text(decode(content, markup=kind == "html"), source, sha256, kind, settings)
    except UnreadableInput as error:
        cause = FailureCause(error.cause)
        return failure(source, cause, str(error), remedy_of(cause), sha256)


def read_text(
    text: str, source: str, sha256: str, kind: Literal["text", "html", "markdown"], settings: ReadSettings
) -> Report | Failure:
    """The report of a document that is decoded.

    Raises:
        UnreadableInput: it gives no report.
    """
    if not text.strip():
        found = f"it has {len(text)} characters of white space"
        return failure(source, FailureCause.EMPTY, found, remedy_of(FailureCause.EMPTY), sha256)
    if kind == "html":
        # trafilatura is slow to import and most corpora hold no HTML
        from onrecord.reading.pages import read_page

        return read_page(text, source, sha256, settings)
    if kind == "markdown":
        return read_markdown(text, source, sha256, settings)
    return make_report(source, sha256, text, find_layout(text), Told(), settings)
