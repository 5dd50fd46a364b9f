"""Words of reports, made safe to print: what a reader sees is what stands there, on one line."""

import unicodedata

#: Unicode categories that can move the cursor, hide text or reverse it in a terminal.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co"})


def one_line(text: str) -> str:
    r"""Fold white space to single blanks and show each control character as U+FFFD.

    A report is foreign text: an escape sequence in it must not reach the terminal. Zero-width joiners and
    soft hyphens change nothing that can be seen and are left out.

    >>> one_line("two\n lines\x1b[31m")
    'two lines�[31m'
    """
    folded = " ".join(text.split())
    if folded.isascii() and folded.isprintable():
        return folded
    return "".join(_shown(char) for char in folded)


def _shown(char: str) -> str:
    if char in "\u00ad\u200b\u200c\u200d\ufeff":
        return ""
    return "\ufffd" if unicodedata.category(char) in _UNSAFE else char


def listed(names: tuple[str, ...]) -> str:
    """Names as one reads them out.

    >>> listed(("Ilse Marenko", "Dragan Tolvay", "Karin Lund"))
    'Ilse Marenko, Dragan Tolvay and Karin Lund'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "report"), counted(1200, "report"), counted(2, "story", "stories")
    ('1 report', '1,200 reports', '2 stories')
    """
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


__all__ = ["counted", "listed", "one_line"]
