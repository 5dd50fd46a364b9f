"""onrecord: who said what, who did what, and on whose word.

    import onrecord

    with onrecord.open("my.db") as book:
        book.read(["reports/"])
        for statement in book.record().statements():
            ...

All nouns of the record are in `onrecord.model`, all errors in `onrecord.errors`.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.pipeline import Book, Outcome
    from onrecord.pipeline import open_book as open
    from onrecord.reading import ReadSettings

__version__ = version("onrecord")

__all__ = ["Book", "Outcome", "ReadSettings", "__version__", "open"]

_WHERE = {
    "Book": ("onrecord.pipeline", "Book"),
    "Outcome": ("onrecord.pipeline", "Outcome"),
    "ReadSettings": ("onrecord.reading", "ReadSettings"),
    "open": ("onrecord.pipeline", "open_book"),
}


def __getattr__(name: str) -> object:
    """Load the pipeline when it is first asked for: `onrecord --help` does not wait for it (PEP 562)."""
    if name not in _WHERE:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    module, attribute = _WHERE[name]
    return getattr(import_module(module), attribute)
