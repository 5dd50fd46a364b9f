"""Text that XML can hold."""

import re

#: What XML 1.0 allows no document to hold, not even escaped (section 2.2, "Characters").
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""The text with U+FFFD in the place of each character that XML forbids.

    >>> xml_text("two\x1b[31m & three")
    'two�[31m & three'
    """
    return _FORBIDDEN.sub("\ufffd", text)


__all__ = ["xml_text"]
