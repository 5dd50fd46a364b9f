"""Bytes -> text, without guessing in silence."""

import codecs
import re

from charset_normalizer import from_bytes

from onrecord.errors import UnreadableInput
from onrecord.model import FailureCause
from onrecord.reading.failures import shown

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
#: A text keeps a stray control character; files that hold more than one in 500 are no texts.
_CONTROL_SHARE = 1 / 500
#: Bytes that a guess of the encoding looks at: enough for statistics, so that a large input costs no more.
_SAMPLE_BYTES = 20_000
#: Western languages write at most every fourth letter with an accent; Greek and Cyrillic write none without.
_WESTERN_SHARE = 0.3
#: What text without any declaration is saved in. UTF-16 is none of it: without a mark it would hold NUL bytes.
_GUESSABLE = [
    *(
        "cp1250",
        "cp1251",
        "cp1252",
        "cp1253",
        "cp1254",
        "cp1255",
        "cp1256",
        "cp1257",
        "cp1258",
        "iso8859_2",
        "iso8859_5",
    ),
    *("iso8859_7", "koi8_r", "koi8_u", "cp866", "cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp949", "cp874"),
]


def decode(content: bytes, *, markup: bool = False) -> str:
    """The text of `content`: by its byte order mark, as UTF-8, as declared, else as what it looks like.

    Args:
        content: of a whole file, or of one row.
        markup: whether an HTML or XML declaration in the first bytes may name the encoding.

    Returns:
        The text, unchanged but for the byte order mark, which is no part of it.

    Raises:
        UnreadableInput: it is binary, or no encoding fits.

    >>> decode("Grünau".encode("cp1252"))
    'Grünau'
    """
    text = _decoded(content, markup)
    check_text(text)
    return text


def check_text(text: str) -> None:
    """Refuse what no text of a report holds: NUL and other control characters, lone surrogates.

    Raises:
        UnreadableInput: naming the first such character and where it stands.
    """
    place = text.find("\0")
    if place >= 0:
        raise UnreadableInput(
            f"it is binary: a NUL character at {place} after {shown(text[max(0, place - 20) : place])}",
            FailureCause.BINARY,
        )
    controls = len(_CONTROL.findall(text))
    if controls > len(text) * _CONTROL_SHARE:
        raise UnreadableInput(
            f"it is binary: {controls} control characters in {len(text)}, e.g. {_CONTROL.search(text)!r:.90}",
            FailureCause.BINARY,
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        found = shown(text[error.start])
        raise UnreadableInput(
            f"the character at {error.start} is {found}, half of a pair (a lone surrogate)", FailureCause.UNDECODABLE
        ) from error


def _decoded(content: bytes, markup: bool) -> str:
    """The text by the first way that fits."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding, "as its byte order mark says")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        if (nul := content.find(b"\0")) >= 0:
            raise UnreadableInput(
                f"it is binary: a NUL byte at {nul} after {shown(content[max(0, nul - 20) : nul])}", FailureCause.BINARY
            ) from error
        _refuse_broken_utf8(content, error)
    declared = _DECLARED.search(content[:4096]) if markup else None
    if declared is not None:
        name = declared[1].decode("ascii", "replace")
        # browsers read latin-1 as windows-1252 (WHATWG Encoding Standard), and so do the outlets that declare it
        fitting = "cp1252" if name.lower() in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"} else name
        try:
            return content.decode(fitting)
        except (LookupError, UnicodeError, ValueError):
            pass  # a wrong declaration is common: go on as if there were none
    return _guessed(content)


def _refuse_broken_utf8(content: bytes, error: UnicodeDecodeError) -> None:
    """Tell damaged UTF-8 from another encoding: another reading of it would be letter salad."""
    sequences = len(_SEQUENCE.findall(content[: _SAMPLE_BYTES * 5]))
    stray = sum(1 for byte in _SEQUENCE.sub(b"", content[: _SAMPLE_BYTES * 5]) if byte >= 0x80)
    if sequences and sequences >= stray:
        raise UnreadableInput(
            f"it is UTF-8 but for the byte {content[error.start]:#04x} at {error.start} ({error.reason})",
            FailureCause.UNDECODABLE,
        ) from error


def _strict(content: bytes, encoding: str, why: str) -> str:
    """The text in a named encoding, or the failure."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            f"it is not {encoding} {why}: bytes {shown(content[error.start : error.end])} at {error.start}",
            FailureCause.UNDECODABLE,
        ) from error


def _guessed(content: bytes) -> str:
    """The text as windows-1252 where it is Western text with few such bytes, else as charset-normalizer finds."""
    high = sum(1 for byte in content[:_SAMPLE_BYTES] if byte >= 0x80)
    if high <= _WESTERN_SHARE * min(len(content), _SAMPLE_BYTES):
        try:
            western = content.decode("cp1252")
        except UnicodeDecodeError:
            western = ""
        if western and _looks_western(western):
            return western
    sample = (
        content if len(content) <= _SAMPLE_BYTES else content[: _SAMPLE_BYTES // 2] + content[-_SAMPLE_BYTES // 2 :]
    )
    best = from_bytes(sample, cp_isolation=_GUESSABLE).best()
    if best is not None:
        try:
            return content.decode(best.encoding)
        except (LookupError, UnicodeError):
            pass  # the sample misled: no other guess is safer
    raise UnreadableInput(
        f"no encoding fits: byte {next(byte for byte in content if byte >= 0x80):#04x} and others are no UTF-8, "
        "and no other encoding gives text",
        FailureCause.UNDECODABLE,
    )


def _looks_western(text: str) -> bool:
    """Whether what is not ASCII are letters inside words and typographic marks, as in windows-1252 news."""
    typographic = set("‘’“”–—…•€£©®°«»·§ ¿¡½¼¾²³´×™")
    odd = sum(1 for sign in text[:_SAMPLE_BYTES] if sign > "\x7f" and not sign.isalpha() and sign not in typographic)
    upper_inside = len(re.findall(r"[a-zß-ÿ][À-Þ]", text[:_SAMPLE_BYTES]))
    foreign = sum(1 for sign in text[:_SAMPLE_BYTES] if sign > "\x7f")
    return (odd + upper_inside) * 5 <= foreign
