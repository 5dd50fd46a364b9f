"""JSON documents that hold a list of articles -> Report: what collectors give back for one query."""

import json
from collections.abc import Iterator
from typing import Any

from onrecord.errors import UnreadableInput
from onrecord.model import Failure, FailureCause, Report
from onrecord.reading.content import Row
from onrecord.reading.failures import failure, shown
from onrecord.reading.rows import has_text_field, read_jsonl, read_row
from onrecord.reading.settings import ReadSettings

#: Under which names lists of articles stand: GDELT's article lists, Media Cloud's stories, and plain exports.
_LISTS = ("articles", "stories", "results", "reports", "documents", "docs", "items", "hits")


def read_collection(content: bytes, source: str, settings: ReadSettings) -> Iterator[Report | Failure]:
    """The reports of a JSON document: an article, a list of them, or an object with such a list.

    Args:
        content: of the document; JSON Lines under the name .json are read as what they are.
        source: path or URL; report N of a list is "SOURCE#N".
        settings: what the user says.

    Raises:
        UnreadableInput: no JSON, or no list of articles in it.
    """
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"it is no UTF-8 at byte {error.start}", FailureCause.UNDECODABLE) from error
    except (ValueError, RecursionError) as error:
        lines = content.split(b"\n", 2)
        if len(lines) > 1 and lines[0].lstrip().startswith(b"{"):
            import io

            yield from read_jsonl(io.BytesIO(content), source, settings)
            return
        raise UnreadableInput(f"no JSON that can be read: {str(error)[:80]}", FailureCause.MALFORMED) from error
    rows = articles_in(value)
    if not rows:
        yield failure(source, FailureCause.EMPTY, "its list of articles is empty", "leave it out, or ask again")
    for number, row in enumerate(rows, start=1):
        # the same article has the same bytes whatever stood around it
        own = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")
        yield read_row(Row(number, own), f"{source}#{number}", settings)


def articles_in(value: Any) -> list[Any]:
    """The articles of a JSON document.

    Raises:
        UnreadableInput: it holds none.

    >>> articles_in({"articles": [{"url": "https://news.example/1"}]})
    [{'url': 'https://news.example/1'}]
    """
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        if has_text_field(value):
            return [value]
        for name in _LISTS:
            inner = value.get(name)
            if isinstance(inner, dict):
                inner = inner.get("hits", inner.get("results"))
            if isinstance(inner, list):
                return inner
    found = ", ".join(sorted(map(str, value))[:8]) if isinstance(value, dict) else type(value).__name__
    raise UnreadableInput(f"this JSON holds no list of articles, only {shown(found)}", FailureCause.MALFORMED)
