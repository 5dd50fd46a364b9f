"""A briefing of a story: what is on record, section by section, with a footnote to the sentence behind every line."""

from onrecord.showing.exports.briefing.notes import text_link
from onrecord.showing.exports.briefing.page import write_html
from onrecord.showing.exports.briefing.plain import write_markdown

__all__ = ["text_link", "write_html", "write_markdown"]
