"""Names as they are compared."""

import unicodedata


def fold(text: str) -> str:
    """Lower case without accents, one kind of apostrophe.

    >>> fold("Erdoğan’s")
    "erdogan's"
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


__all__ = ["fold"]
