"""PDF -> Report: text boxes in reading order, without running heads, words at line ends put together again.

The PDF is taken apart in a process of its own with limits on memory and time (see `extracting`): a PDF can be built
to expand without end or to never finish, and no library guards against all of that.
"""

from onrecord.errors import UnreadableInput
from onrecord.model import Failure, FailureCause, Report
from onrecord.reading.blocks import find_layout
from onrecord.reading.decoding import check_text
from onrecord.reading.pdf.child import pages_of
from onrecord.reading.pdf.joining import join_pages
from onrecord.reading.reports import Told, make_report
from onrecord.reading.settings import ReadSettings

#: A page of print has some 2,000 characters; fewer than this on every page is a scan with a stamp on it.
_FEWEST_CHARACTERS = 20


def read_pdf(content: bytes, source: str, sha256: str, settings: ReadSettings) -> Report | Failure:
    """The report of a PDF.

    Args:
        content: of the file.
        source: path or URL.
        sha256: of `content`.
        settings: what the user says.

    Raises:
        UnreadableInput: encrypted, a scan without text, damaged, or built to stop its reader.
    """
    pages = pages_of(content)
    text = join_pages(pages)
    if len(text) < _FEWEST_CHARACTERS:
        raise UnreadableInput(
            f"its {len(pages)} pages hold pictures and no text: it is a scan, make text of it with a program for OCR",
            FailureCause.NO_TEXT,
        )
    check_text(text)
    return make_report(source, sha256, text, find_layout(text), Told(), settings)
