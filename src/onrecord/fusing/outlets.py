"""Outlets under their several names."""

from functools import cache
from importlib import resources


@cache
def _families() -> dict[str, str]:
    text = resources.files("onrecord.fusing").joinpath("lexicons", "outlets.txt").read_text(encoding="utf-8")
    return {
        name.strip(): line.split(",")[0].strip()
        for line in text.splitlines()
        if line and not line.startswith("#")
        for name in line.split(",")
    }


def outlet_family(outlet: str) -> str:
    """One name for an outlet's names: "AP", "Associated Press" and "apnews.com" are one.

    >>> outlet_family("AP") == outlet_family("The Associated Press") == outlet_family("apnews.com")
    True
    """
    name = outlet.strip().lower().removeprefix("the ").removeprefix("www.")
    return _families().get(name, _families().get(name.rsplit(".", 1)[0], name))
