"""Turns a gold record written in words (gold.toml) into the scorer's form, with offsets."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Table = dict[str, Any]


def load(folder: Path) -> Table:
    """The gold record of a folder's reports, in the form that `score_record.py` reads.

    Raises:
        ValueError: when words of the gold do not stand in their report.
    """
    told: Table = tomllib.loads((folder / "gold.toml").read_text(encoding="utf-8"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    first, second = (Path(article["file"]).stem for article in told["articles"])
    return {
        "articles": told["articles"],
        "actors": [{"name": name, "aliases": aliases} for name, aliases in told["actors"].items()],
        "statements": list(_statements(told["statements"], texts)),
        "same_statement": [{"a": [a], "b": [b]} for a, b in told["same"].values()],
        "facts_in_both": [
            {"id": fact["fact"], "g": _checked(texts[first], fact["a"]), "i": _checked(texts[second], fact["b"])}
            for fact in told["both"]
        ],
        "only_one": [
            {"in": f"{one['in']}.txt", "fact": one["fact"], "words": _checked(texts[one["in"]], one["words"])}
            for one in told["only"]
        ],
        "events": list(_events(told["events"], texts)),
        "commitments": [{"due": None, **one} for one in told["commitments"]],
        "demands": [{**one, "answer": None if one["answer"] == "none" else one["answer"]} for one in told["demands"]],
    }


def _statements(told: Table, texts: dict[str, str]) -> Iterable[Table]:
    for stem, statements in told.items():
        text, at = texts[stem], 0
        for name, one in statements.items():
            content = [_find(text, part, 0) for part in one["content"].split("...")]
            at = content[0][0]
            near = {role: [_nearest(text, one[role], at)] if role in one else None for role in ("source", "cue")}
            yield {"id": name, "article": f"{stem}.txt", "speaker": one["by"], "content": content, **near}


def _events(told: Table, texts: dict[str, str]) -> Iterable[Table]:
    for stem, events in told.items():
        for name, one in events.items():
            yield {"id": name, "article": f"{stem}.txt", **one, "span": _find(texts[stem], one["words"], 0)}


def _find(text: str, words: str, start: int) -> list[int]:
    at = text.find(words, start)
    if at < 0:
        raise ValueError(f"the gold's words {words!r} do not stand in the report: correct gold.toml")
    return [at, at + len(words)]


def _nearest(text: str, words: str, to: int) -> list[int]:
    starts = [at for at in range(len(text)) if text.startswith(words, at)]
    if not starts:
        raise ValueError(f"the gold's words {words!r} do not stand in the report: correct gold.toml")
    at = min(starts, key=lambda start: abs(start - to))
    return [at, at + len(words)]


def _checked(text: str, words: str) -> str:
    _find(text, words, 0)
    return words
