"""Names for the name head: a teacher's on news, with many of them exchanged for invented ones.

The teacher is spaCy's small English model, whose names the stages were built on. What it says of a known name is then
told of an invented one in the same place, so that the head learns the place, not the name.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from onrecord.annotating.parse import spacy_small
from training.attribution.augmenting import FIRST_NAMES, LAST_NAMES
from training.attribution.corpus import Article, paragraphs, rewrite

HELD_OUT: Final = 20
"""One in so many plain articles is kept for measuring."""
REUTERS_ARTICLES: Final = 700
_LONGEST: Final = 9000
_ONSETS: Final = "b br ch d dr f g gr h j k kh kl l m n p pr r s sh sk st t th tr v vl w y z zh".split()
_VOWELS: Final = "a a a e e i i o o u ai ei ou ia".split()
_CODAS: Final = ["", "", "", *"n r l s k m nd rn sk v th x".split()]
_LANDS: Final = ("ia", "ia", "a", "an", "or", "land", "stan", "eth", "ova", "in", "ad", "burg", "ia", "o")
_PEOPLES: Final = ("an", "ian", "i", "ese", "ish")
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*[^\W_]|[^\W\d_]")
_COMMON: Final = frozenset(
    "the of and for in to al el de la van von bin a united north south east west new republic saint mr ms mrs".split()
)


def story_articles(bench: Path) -> list[Article]:
    """News of the story sets, without marks."""
    made = []
    for name in ("g5w1h", "wikinews", "fakes"):
        for line in (bench / "stories" / f"{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            made.append(Article(row["id"], f"{row['title'] or ''}\n\n{row['text'] or ''}"[:_LONGEST], None))
    return made


def reuters_articles(bench: Path) -> list[Article]:
    """Reuters-21578, without marks."""
    rows = map(json.loads, (bench / "stories" / "reuters.jsonl").open(encoding="utf-8"))
    return [Article(r["id"], f"{r.get('title') or ''}\n\n{r.get('text') or ''}"[:_LONGEST], None) for r in rows]


def plain_articles(bench: Path) -> list[Article]:
    """News of the story sets and some of Reuters, without attributions."""
    made = story_articles(bench)
    return made + random.Random(0).sample(reuters_articles(bench), REUTERS_ARTICLES)


def with_names(articles: Sequence[Article]) -> list[Article]:
    """The articles with the teacher's names."""
    nlp: Any = spacy_small()
    flat = [(number, span) for number, one in enumerate(articles) for span in paragraphs(one.text)]
    texts = (articles[number].text[start:end] for number, (start, end) in flat)
    found: list[list[tuple[int, int, str]]] = [[] for _ in articles]
    unused = [name for name in nlp.pipe_names if name != "ner"]
    for (number, (start, _)), doc in zip(flat, nlp.pipe(texts, disable=unused, batch_size=128), strict=True):
        found[number] += [(start + one.start_char, start + one.end_char, one.label_) for one in doc.ents]
    return [replace(article, names=tuple(names)) for article, names in zip(articles, found, strict=True)]


def renamed(article: Article, rng: random.Random) -> Article:
    """The article, or (half of the time) with persons, lands and peoples under other names, half of them invented."""
    if article.names is None or rng.random() < 0.5:
        return article
    share = rng.choice((0.5, 0.8, 1.0))
    new: dict[str, str] = {}
    for start, end, kind in article.names:
        if kind not in _MAKERS or rng.random() > share:
            continue
        words = [word for word in _WORD.findall(article.text[start:end]) if word[0].isupper()]
        for place, word in enumerate(words):
            plain = re.sub(r"[’']s$", "", word)
            if plain.lower() in _COMMON or len(plain) < 3 or plain.isupper():
                continue
            new.setdefault(plain, _MAKERS[kind](rng, place == len(words) - 1, _stem(plain, new)))
    if not new:
        return article
    pattern = re.compile(rf"(?<![\w-])({'|'.join(sorted(map(re.escape, new), key=len, reverse=True))})(?![\w-])")
    return rewrite(article, [(m.start(), m.end(), new[m[1]]) for m in pattern.finditer(article.text)])


def _stem(word: str, new: dict[str, str]) -> str | None:
    """The new name of a land whose people (or the other way) begins with the same letters."""
    return next((made for old, made in new.items() if len(old) > 4 and old[:4] == word[:4] and old != word), None)


def _syllables(rng: random.Random, count: int) -> str:
    return "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(count))


def _person(rng: random.Random, last: bool, _: str | None) -> str:
    if rng.random() < 0.5:
        return rng.choice(LAST_NAMES if last else FIRST_NAMES)
    return _syllables(rng, rng.choice((1, 2, 2, 3))).capitalize()


def _land(rng: random.Random, _: bool, stem: str | None) -> str:
    base = stem[: max(3, len(stem) - 2)] if stem else _syllables(rng, rng.choice((1, 2)))
    return (base + rng.choice(_LANDS)).capitalize()


def _people(rng: random.Random, _: bool, stem: str | None) -> str:
    base = stem.rstrip("aeiou") if stem else _syllables(rng, rng.choice((1, 2)))
    return (base + rng.choice(_PEOPLES)).capitalize()


_MAKERS: Final = {"PERSON": _person, "GPE": _land, "LOC": _land, "NORP": _people}


def halves(articles: Iterable[Article]) -> Iterator[tuple[Article, bool]]:
    """Each article, and whether it is held out."""
    for number, article in enumerate(articles):
        yield article, number % HELD_OUT == 0
