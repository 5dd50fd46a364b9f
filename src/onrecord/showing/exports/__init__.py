"""The record -> files for other programs; `forms` lists them.

Formats that hold the whole record are all of the one shape in `shape`. Rows are made story by story (`rows`), put
aside in order on disk (`spool`) and written section by section, so that memory stays flat and the bytes do not
depend on the order of reading. The others take from a record what their format is for.
"""

from onrecord.showing.exports.bibliography import link
from onrecord.showing.exports.briefing import text_link
from onrecord.showing.exports.checking import check_export
from onrecord.showing.exports.forms import FORMATS, FORMS, Form, file_name, form_named
from onrecord.showing.exports.writing import Exported, export
from onrecord.showing.exports.xmltext import xml_text

__all__ = ["FORMATS", "FORMS", "Exported", "Form", "check_export", "export", "file_name", "form_named",
           "link", "text_link", "xml_text"]  # fmt: skip
