"""Outlets under their several names."""

from functools import cache

from onrecord.fusing.words import lexicon_lines


@cache
def _families() -> dict[str, str]:
    named = [[name.strip() for name in line.split(",")] for line in lexicon_lines("outlets")]
    return {name: names[0] for names in named for name in names}


def known_families() -> frozenset[str]:
    """The families that the lexicon names."""
    return frozenset(_families().values())


def outlet_family(outlet: str) -> str:
    """One name for an outlet's names: "AP", "Associated Press" and "apnews.com" are one.

    >>> outlet_family("AP") == outlet_family("The Associated Press") == outlet_family("apnews.com")
    True
    """
    name = outlet.strip().lower().removeprefix("the ").removeprefix("www.")
    return _families().get(name, _families().get(name.rsplit(".", 1)[0], name))
