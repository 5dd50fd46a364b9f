"""Reports of invented countries, as many as are asked for: stories told by several outlets, copies and cuts included.

The same number and seed give the same reports. Names of one kind have one length, so two stories of one plot differ
in names, numbers and dates, but in no offset: marks of the one are marks of the other (see
`onrecord.scaling.bench.growth`).
"""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random

#: Different plots: which theme, which of its sentences, in what order, in which wording.
PLOTS = 64
#: Reports of one story, in this order: the wire's text, a copy, a copy cut short, and three in other words.
KINDS = ("wire", "copy", "cut", "own", "other", "short")
#: Countries of the invented world; each has a government that all its stories share.
COUNTRIES = 400
#: The texts tell of a Tuesday, and are published within a week after it.
FIRST_DAY = date(1996, 1, 2)
#: News comes day by day, as much of it on one as on the other: so 100,000 reports are thirty years.
STORIES_A_DAY = 3

_GIVEN = "Maria Peter James Laura Simon Oscar Elena Diana Jonas Felix Clara Bruno Nadia Tomas Pavel Irina".split()
_OUTLETS = "Morrow Herald,Harbour Gazette,Sarn Valley Post,Continental Wire,Northern Courier,Evening Ledger".split(",")
#: Words that only the reports of one story share: without them two stories of one plot, which differ in names only,
#: would be taken for one. They come back all through a report, in asides whose other words are too common to tell
#: anything. Two stories' signatures have a median cosine of 0.01 so, two reports' of one story 0.7 and more; with the
#: words in a different order in each report it was 0.29, and at 600 reports half of the stories were taken together.
_ASIDES, _WORDS_EACH = 2, 11
#: Sentences of a report besides: with them most reports have some 700 words, as news has.
_LINES = 27
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


@dataclass(frozen=True, slots=True)
class GeneratedReport:
    """One report and what it was made of.

    Attributes:
        mould: plot and kind: reports of one mould differ in nothing but names, numbers and dates.
        names: slot -> what stands in it.
    """

    mould: tuple[int, str]
    names: dict[str, str]
    outlet: str
    published: date
    title: str
    text: str

    @property
    def tuesday(self) -> date:
        """The day that the text tells of."""
        return self.published - timedelta(days=(self.published - FIRST_DAY).days % 7)

    def row(self) -> str:
        """The report as a line of JSON Lines."""
        told = {
            "title": self.title,
            "outlet": self.outlet,
            "published": self.published.isoformat(),
            "text": self.text,
        }
        return json.dumps(told, ensure_ascii=False)


def generate(number: int, seed: int = 1) -> Iterator[GeneratedReport]:
    """So many reports, story after story."""
    given, story = 0, 0
    while given < number:
        for report in story_reports(story, seed):
            yield report
            given += 1
            if given == number:
                return
        story += 1


def write_rows(path: Path, number: int, seed: int = 1) -> Path:
    """Write so many reports as JSON Lines, and give the path back."""
    with path.open("w", encoding="utf-8") as lines:
        for report in generate(number, seed):
            lines.write(report.row() + "\n")
    return path


def story_reports(story: int, seed: int = 1) -> list[GeneratedReport]:
    """The reports of one story: one to six."""
    dice = Random(f"{seed}/{story}")
    names = _cast(dice)
    day = FIRST_DAY + timedelta(days=story // STORIES_A_DAY)
    kinds = ["wire", *(kind for kind in KINDS[1:] if dice.random() < 0.4)]
    outlets = dice.sample(_OUTLETS, len(kinds))
    return [
        mould_report((story % PLOTS, kind), names, outlet, day) for kind, outlet in zip(kinds, outlets, strict=True)
    ]


def mould_report(mould: tuple[int, str], names: dict[str, str], outlet: str, day: date) -> GeneratedReport:
    """The report of a mould with names filled in."""
    title, *paragraphs = (part.format_map(names) for part in _mould(mould))
    return GeneratedReport(mould, names, outlet, day, title, "\n\n".join(paragraphs))


@cache
def _themes() -> list[tuple[list[str], list[list[str]]]]:
    """Titles, and sentences with their wordings, of each theme."""
    told = tomllib.loads((files("onrecord.scaling.bench") / "sentences.toml").read_text(encoding="utf-8"))
    return [(theme["titles"], theme["sentences"]) for theme in told["themes"]]


@cache
def _mould(mould: tuple[int, str]) -> tuple[str, ...]:
    """Title and paragraphs of a mould, with slots."""
    plot, kind = mould
    themes = _themes()
    titles, sentences = themes[plot % len(themes)]
    wired = kind in ("wire", "copy", "cut")
    dice = Random(f"{plot}/{'wire' if wired else kind}")
    order = list(range(len(sentences)))
    # news order: the first third comes first, in whatever order
    third = len(order) // 3
    head, tail = order[:third], order[third:]
    dice.shuffle(head)
    dice.shuffle(tail)
    lines = [dice.choice(sentences[n]) for n in (head + tail)[:_LINES]]
    if kind in ("cut", "short"):
        lines = lines[: len(lines) * 4 // 5]
    if kind == "copy":
        lines.append("Reporting by Continental Wire.")
    paragraphs = [" ".join((*lines[at : at + 2], _aside(at // 2 % _ASIDES))) for at in range(0, len(lines), 2)]
    return (f"{dice.choice(titles)}: {{w0}}, {{w4}}, {{w8}}, {{w12}}, {{w16}} and {{w20}}", *paragraphs)


def _aside(number: int) -> str:
    slots = (f"{{w{number * _WORDS_EACH + n}}}" for n in range(_WORDS_EACH))
    return f"It was all about {' '.join(slots)}."


@cache
def _words() -> dict[int, tuple[str, ...]]:
    """Words that are neither common nor unheard of, by their length."""
    from wordfreq import top_n_list

    found: dict[int, list[str]] = {}
    for word in top_n_list("en", 30_000)[5_000:]:
        if word.isascii() and word.isalpha():
            found.setdefault(len(word), []).append(word)
    return {length: tuple(sorted(words)) for length, words in found.items()}


def _cast(dice: Random) -> dict[str, str]:
    names: dict[str, str] = {}
    for side, country in zip("xyz", dice.sample(range(COUNTRIES), 3), strict=True):
        state, minister, head = _government(country)
        names |= {side: state, side + "n": state + "n", "p" + side: minister, "s" + side: minister[6:]}
        if side != "z":
            names["h" + side] = head
    local = _person(dice)
    places = {slot: invented_word(dice, 6).title() for slot in ("city", "river", "town", "front")}
    numbers = {slot: str(dice.randrange(11, 99)) for slot in "nm"}
    asides = {f"w{n}": dice.choice(_words()[5 + n % 5]) for n in range(_ASIDES * _WORDS_EACH)}
    return asides | names | {"local": local, "ls": local[6:], "day": "Tuesday"} | places | numbers


@cache
def _government(country: int) -> tuple[str, str, str]:
    """A country, its foreign minister and its prime minister."""
    dice = Random(f"country {country}")
    return invented_word(dice, 4).title() + "nia", _person(dice), _person(dice)


def _person(dice: Random) -> str:
    return f"{dice.choice(_GIVEN)} {invented_word(dice, 7).title()}"


def invented_word(dice: Random, letters: int) -> str:
    return "".join(dice.choice(_VOWELS if n % 2 else _CONSONANTS) for n in range(letters))


__all__ = ["KINDS", "PLOTS", "GeneratedReport", "generate", "mould_report", "story_reports", "write_rows"]
