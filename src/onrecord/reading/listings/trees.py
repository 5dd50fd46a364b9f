"""XML of strangers -> a tree: no entities, no network, no depth or size without end."""

import re

from lxml import etree
from lxml.etree import _Element

from onrecord.errors import UnreadableInput
from onrecord.model import FailureCause
from onrecord.reading.decoding import decode
from onrecord.reading.failures import shown

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_ENTITY = re.compile(r"<!ENTITY\b[^>]{0,80}", re.I)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: A sitemap has at most 50,000 addresses with some five elements each (sitemaps.org); no feed has as many.
_MOST_ELEMENTS = 500_000
_MOST_LEVELS = 100


def parse_tree(content: bytes) -> _Element:
    """The root of an XML document, its small mistakes mended.

    The encoding is found as for any other input, so that a wrong declaration does no harm.

    Raises:
        UnreadableInput: no XML, no text, one that declares entities (which can grow without end), or too deep.
    """
    text = _DECLARATION.sub("", decode(content, markup=True), count=1)
    if (entity := _ENTITY.search(text)) is not None:
        raise UnreadableInput(f"it declares entities of its own, {shown(entity.group())}", FailureCause.FORBIDDEN)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(_NOT_XML.sub("", text).strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableInput(f"no XML that can be parsed: {str(error)[:80]}", FailureCause.MALFORMED) from error
    if root is None:
        raise UnreadableInput(f"no XML, it begins {shown(text.lstrip())}", FailureCause.MALFORMED)
    _bound(root)
    return root


def _bound(root: _Element) -> None:
    count, level = 0, 0
    for action, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if action == "start" else -1
        count += action == "start"
        if count > _MOST_ELEMENTS or level > _MOST_LEVELS:
            what = f"{level} nested elements" if level > _MOST_LEVELS else f"more than {_MOST_ELEMENTS} elements"
            raise UnreadableInput(f"it has {what}", FailureCause.OVERSIZED)


def name_of(element: _Element) -> str:
    """An element's name without its namespace, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def line_of(element: _Element | None) -> str:
    """An element's text with what is inside it, as one line."""
    if element is None:
        return ""
    return " ".join("".join(str(part) for part in element.itertext()).split())[:2_000]


def first(element: _Element, *names: str) -> _Element | None:
    """The first child with the first of these names that there is."""
    for name in names:
        for child in element:
            if name_of(child) == name:
                return child
    return None
