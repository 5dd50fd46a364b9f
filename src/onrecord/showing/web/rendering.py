"""Templates: every word of a report is escaped and made safe to show before it reaches a page."""

import re
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from onrecord.showing.dates import readable
from onrecord.showing.references import References
from onrecord.showing.words import counted, listed, one_line

#: Words at each end of a long passage that name it in a link to the original.
FRAGMENT_WORDS = 5

_TEMPLATES = files("onrecord.showing.web") / "templates"


def environment(**known: object) -> Environment:
    """The templates with their filters; what a template does not know is an error, never an empty string."""
    made = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "readable": readable,
        "listed": lambda names: listed(tuple(names)),
        "web": web_address,
        "passage": passage,
        "path": path_part,
        "highlighted": highlighted,
        "with_numbers": with_numbers,
        "by_name": by_name,
        "piece": safe,
        "kept": kept,
        "percent": lambda value: f"{value:.0%}",
        "short_day": short_day,
    }
    made.filters.update(filters)
    made.globals.update(counted=counted, with_query=with_query, **known)
    return made


def _source(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _shown(value: Any) -> Any:
    """What a template prints: foreign text on one line without control characters, markup as it is."""
    if value is None:
        return ""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def short_day(told: str | None) -> str:
    """A day as a list shows it.

    >>> short_day("2025-03-14T20:05"), short_day(None)
    ('14 Mar 2025', 'undated')
    """
    if told is None:
        return "undated"
    words = readable(told[:10]).split()
    return " ".join((words[0], words[1][:3], words[2])) if len(words) == 3 else readable(told)


def web_address(told: str | None) -> str | None:
    """An address that a page may link to: http and https only, so no `javascript:`; else None.

    >>> web_address("https://times.example/a"), web_address(" javascript:alert(1)")
    ('https://times.example/a', None)
    """
    if told is None:
        return None
    try:
        parts = urlsplit(told)
        is_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return told if is_web and not any(char.isspace() or ord(char) < 32 for char in told) else None


def passage(address: str, words: str) -> str:
    """An address that opens at these words (https://wicg.github.io/scroll-to-text-fragment/).

    >>> passage("https://times.example/a", "The envoy left.")
    'https://times.example/a#:~:text=The%20envoy%20left.'
    """
    told = words.split()
    if len(told) > 2 * FRAGMENT_WORDS:
        ends = (told[:FRAGMENT_WORDS], told[-FRAGMENT_WORDS:])
        text = ",".join(_fragment(" ".join(some)) for some in ends)
    else:
        text = _fragment(" ".join(told))
    return f"{address}{'' if '#' in address else '#'}:~:text={text}"


def _fragment(words: str) -> str:
    """A comma, an ampersand and a hyphen mean something in a text directive."""
    return quote(words, safe="").replace("-", "%2D")


def path_part(told: str) -> str:
    """An id as a part of a path.

    >>> path_part("person:tolvay/../x")
    'person:tolvay%2F..%2Fx'
    """
    return quote(told, safe=":")


def with_query(path: str, **values: object) -> str:
    """A path with those parameters that have a value.

    >>> with_query("/", q="grain deal", page=None)
    '/?q=grain+deal'
    """
    told = {name: str(value) for name, value in values.items() if value not in (None, "")}
    return f"{path}?{urlencode(told)}" if told else path


def with_numbers(rule: str, refs: References) -> str:
    """A rule names reports by their ids; a reader knows them by their outlets and numbers."""

    def told(found: re.Match[str]) -> str:
        report = found[0]
        return f"report {refs.number[report]} ({refs.outlet(report)})" if report in refs.number else report

    return re.sub(r"\br[0-9a-f]{16}\b", told, rule)


def by_name(value: str | None, names: Mapping[str, str]) -> str:
    """Actors in a judgement's value, by their names; any other value as it is.

    >>> by_name("person:a; person:b", {"person:a": "Ann Oda"})
    'Ann Oda; person:b'
    """
    return "; ".join(names.get(one, one) for one in (value or "").split("; "))


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """Text with these half-open ranges set off; the ranges may overlap.

    >>> highlighted("a grain deal", [(2, 7)])
    Markup('a <mark>grain</mark> deal')
    """
    made, at = Markup(), 0
    for start, stop in sorted(spans):
        start, stop = max(start, at), min(stop, len(text))
        if start >= stop:
            continue
        made += safe(text[at:start]) + Markup("<mark>{}</mark>").format(safe(text[start:stop]))
        at = stop
    return made + safe(text[at:])


def safe(text: str) -> Markup:
    """Foreign text, escaped, its control characters shown; white space at its ends is kept as one blank."""
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return escape(f"{lead}{one_line(text)}{tail}")


def kept(text: str) -> Markup:
    """Foreign text as `safe`, but its lines stay lines."""
    return Markup("\n").join(safe(line) for line in text.split("\n"))


__all__ = [
    "by_name",
    "environment",
    "highlighted",
    "kept",
    "passage",
    "path_part",
    "safe",
    "short_day",
    "web_address",
    "with_numbers",
    "with_query",
]
