"""What a page's metadata tells about its report: title, outlet, authors, date, canonical address."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from onrecord.reading.dates import field_date
from onrecord.reading.features import fold
from onrecord.reading.names import field_names, is_name
from onrecord.reading.reports import Told

#: JSON-LD of news pages has some thousand characters; more is read by nobody.
_LONGEST_SCRIPT = 200_000
_MOST_SCRIPTS = 20
_MOST_NODES = 5_000
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report)$")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "rnews:datepublished",
)
_TITLES = ("og:title", "twitter:title", "dc.title", "headline", "parsely-title", "sailthru.title", "title")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher", "cre", "twitter:app:name:iphone")
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "citation_author",
    "creator",
    "dcterms.creator",
)
_TITLE_END = re.compile(r"\s+(?:[|–—•·»-]|::)\s+[^|–—•·»]{2,60}$")


def facts_of(tree: HtmlElement) -> Told:
    """The facts of a page, from its JSON-LD, then its meta elements, then its marked-up byline and time.

    The canonical address is kept only if it is a web address; nothing is looked up.
    """
    article = _article_node(tree)
    metas = _metas(tree)
    url = _address(tree, metas, article)
    outlet, inferred = _outlet(article, metas, url)
    published, problem = _published(tree, article, metas)
    return Told(
        where="the page's metadata",
        title=_title(tree, article, metas, outlet),
        outlet=outlet,
        outlet_inferred=inferred,
        byline=_authors(tree, article, metas),
        published=published,
        url=url,
        problem=problem,
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The content of each meta element, by its name in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip() and len(content) <= 1_000:
            found.setdefault(name.strip().lower(), " ".join(content.split()))
    return found


def _article_node(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD object of the article, empty where there is none."""
    scripts = 0
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        scripts += 1
        if scripts > _MOST_SCRIPTS:
            break
        content = script.text or ""
        if len(content) > _LONGEST_SCRIPT:
            continue
        try:
            value = json.loads(content, strict=False)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common; the meta elements tell the same
        for node in _nodes(value):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and _ARTICLE.search(name) for name in names):
                return node
    return {}


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document, outer ones first."""
    waiting = [value]
    seen = 0
    while waiting and seen < _MOST_NODES:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, dict):
            yield one
            waiting.extend(one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one)
        elif isinstance(one, list):
            waiting.extend(one[:500])


def _plain(value: object) -> str | None:
    """A JSON-LD value as a line: a text, or the name of an object, or the first of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, str) and 0 < len(value.strip()) <= 500:
        line = " ".join(value.split())
        return None if any("\ud800" <= sign <= "\udfff" or sign == "\0" for sign in line) else line
    return None


def _title(tree: HtmlElement, article: dict[str, Any], metas: dict[str, str], outlet: str | None) -> str | None:
    """The title as the page prints it: its one main heading, else its metadata without the outlet's name."""
    headings = [line for element in tree.iter("h1") if (line := _line_of(element))]
    told = [line for line in (_plain(article.get("headline")), *(metas.get(name) for name in _TITLES)) if line]
    element = next(tree.iter("title"), None)
    if element is not None and (line := _line_of(element)):
        told.append(line)
    for heading in headings:
        if any(fold(heading) in fold(line) or fold(line) in fold(heading) for line in told):
            return heading
    if len(headings) == 1 and not told:
        return headings[0]
    return _without_outlet(told[0], outlet) if told else None


def _without_outlet(title: str, outlet: str | None) -> str:
    """`title` without the outlet's name at its end."""
    end = _TITLE_END.search(title)
    if end is None or not title[: end.start()].strip():
        return title
    name = fold(end.group()).strip(" |–—•·»:-")
    return title[: end.start()] if "|" in end.group() or (outlet is not None and fold(outlet) == name) else title


def _line_of(element: HtmlElement) -> str | None:
    """An element's text as one line, None where it is empty or too long for a label."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(str(part))
        length += len(part)
        if length > 2_000:
            return None
    return " ".join("".join(parts).split()) or None


def _outlet(article: dict[str, Any], metas: dict[str, str], url: str | None) -> tuple[str | None, bool]:
    """The outlet, and whether it is only known by the host of the page's address."""
    named = _plain(article.get("publisher")) or next((metas[name] for name in _OUTLETS if name in metas), None)
    if named is not None:
        return named.lstrip("@"), False
    host = urlsplit(url).hostname if url is not None else None
    return (host.removeprefix("www."), True) if host else (None, False)


def _authors(tree: HtmlElement, article: dict[str, Any], metas: dict[str, str]) -> tuple[str, ...]:
    """The persons that the page names as its authors."""
    value = article.get("author")
    listed = value if isinstance(value, list) else [value]
    names = field_names([line for one in listed[:30] if (line := _plain(one))])
    if names:
        return names
    for name in _AUTHORS:
        if name in metas and (names := field_names(metas[name])):
            return names
    marked = tree.xpath(
        '//*[@rel="author" or @itemprop="author" or contains(@class, "byline") or contains(@class, "author")]'
    )
    for element in marked[:20]:
        line = _line_of(element)
        if line and len(line) <= 200:
            names = field_names(re.split(r"\s[|•·–—]\s|\d", line)[0])
            if names and all(is_name(one) for one in names):
                return names
    return ()


def _published(tree: HtmlElement, article: dict[str, Any], metas: dict[str, str]) -> tuple[str | None, str]:
    """The date of publication, or why one that is there could not be used."""
    told = [_plain(article.get("datePublished")), *(metas.get(name) for name in _DATES)]
    for element in tree.iter("time"):
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''} {element.get('pubdate') or ''}".lower()
        if "modif" not in marks and "updat" not in marks:
            told.append(element.get("datetime") or _line_of(element))
            break
    problem = ""
    for value in told:
        found = field_date(value) if value else None
        if found is not None and found.iso is not None:
            return found.iso, ""
        problem = problem or (found.reason if found is not None else "")
    return None, problem


def _address(tree: HtmlElement, metas: dict[str, str], article: dict[str, Any]) -> str | None:
    """The page's canonical web address, where it tells one."""
    links = [element.get("href") for element in tree.iter("link") if (element.get("rel") or "").lower() == "canonical"]
    for url in (*links, metas.get("og:url"), _plain(article.get("url"))):
        if url and len(url) <= 2_000:
            try:
                parts = urlsplit(url.strip())
                told = parts.scheme in {"http", "https"} and bool(parts.hostname)
            except ValueError:
                continue
            if told:
                return str(url.strip())
    return None
