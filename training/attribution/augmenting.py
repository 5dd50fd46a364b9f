"""Other surfaces for the same article: world-news names, quotation marks, casing of the title.

PolNeAR is US campaign news, so a tagger trained on it as it is leans on a dozen American names. Here each
name gets another one for the length of an article.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Final

from training.attribution.corpus import Article, paragraphs, rewrite

_PEOPLE: Final = {
    "Clinton": "Hillary", "Trump": "Donald", "Obama": "Barack", "Sanders": "Bernie", "Cruz": "Ted",
    "Rubio": "Marco", "Kasich": "John", "Bush": "Jeb", "Pence": "Mike", "Ryan": "Paul", "Kaine": "Tim",
    "Biden": "Joe", "Romney": "Mitt", "Warren": "Elizabeth", "McConnell": "Mitch", "Comey": "James",
    "Conway": "Kellyanne", "Christie": "Chris", "Carson": "Ben", "McCain": "John", "Podesta": "John",
    "Garland": "Merrick", "Manafort": "Paul", "Pelosi": "Nancy", "Reid": "Harry", "Giuliani": "Rudy",
}  # fmt: skip
FIRST_NAMES: Final = (
    "Anna Maria Olena Fatima Ingrid Aisha Mei Yuki Sofia Amina Ivan Sergei Dmitry Ahmed Hassan Yusuf Li Wei Kenji Raj "
    "Arjun Carlos Luis Pedro Jean Pierre Hans Lars Mikko Piotr Andrzej Viktor Oleh Kofi Kwame Abdul Omar Ali Reza "
    "Mohammed Ibrahim Tariq Nikos Giorgos Marco Paolo Emre Mehmet Aleksandr Jens Karim Samir Chen Zhang Min-jun"
).split()
LAST_NAMES: Final = (
    "Petrov Ivanova Kovalenko Bondarenko Novak Kowalski Horvat Popescu Nagy Virtanen Lindqvist Hansen Schneider Weber "
    "Dubois Laurent Rossi Bianchi Garcia Fernandez Silva Santos Okafor Mensah Diallo Traore Haile Bekele Hosseini "
    "Karimi Rahman Khan Singh Sharma Tanaka Suzuki Kim Park Zhao Huang Nguyen Tran Yilmaz Demir Haddad Khoury al-Sayed "
    "al-Masri Ben-Ami Cohen Mirza Aliyev Sargsyan Beridze Lukashin Marchenko Orban Vucic Kurti Osei Mbeki Moyo"
).split()
_PLACES: Final = (
    "Washington", "America", "Mexico", "Florida", "Ohio", "New York", "California", "Iowa", "Texas", "Pennsylvania",
    "North Carolina", "Virginia", "New Hampshire", "Wisconsin", "Michigan", "Nevada", "Arizona", "Colorado", "Indiana",
    "Cleveland", "Philadelphia", "Manhattan", "Benghazi", "Libya", "Iraq", "Syria", "Russia", "China", "Iran", "Israel",
)  # fmt: skip
_WORLD: Final = (
    "Moscow Kyiv Minsk Beijing Tehran Ankara Warsaw Berlin Paris Brussels Geneva Vienna Tokyo Seoul Delhi Islamabad "
    "Kabul Damascus Beirut Baghdad Riyadh Doha Cairo Tripoli Tunis Khartoum Nairobi Abuja Accra Pretoria Caracas "
    "Bogota Brasilia Havana Ukraine Belarus Poland Germany France Turkey Japan India Pakistan Egypt Sudan Ethiopia "
    "Nigeria Brazil Venezuela Serbia Kosovo Georgia Armenia Azerbaijan Kazakhstan Jordan Lebanon Yemen Taiwan"
).split()
_BODIES: Final = {
    "Republicans": ("the rebels", "the opposition", "hardliners", "nationalists"),
    "Democrats": ("the separatists", "reformists", "the ruling coalition", "the socialists"),
    "Republican": ("conservative", "nationalist", "royalist", "Russian", "Turkish", "Iranian"),
    "Democratic": ("social democratic", "pro-European", "Ukrainian", "Chinese", "French"),
    "Congress": ("the Duma", "the Bundestag", "the Knesset", "parliament"),
    "Senate": ("Rada", "upper house", "National Assembly"),
    "the White House": ("the Kremlin", "the foreign ministry", "the defence ministry", "the presidency"),
    "the Justice Department": ("the interior ministry", "the prosecutor general", "the constitutional court"),
    "the State Department": ("the foreign ministry", "the Foreign Office", "the embassy"),
    "the FBI": ("the FSB", "the SBU", "the army", "the security service", "Europol"),
    "Fox News": ("Al Arabiya", "TASS", "Rossiya 24", "state television", "Xinhua"),
    "CNN": ("Al Jazeera", "the BBC", "Deutsche Welle", "TRT", "NHK"),
    "The New York Times": ("Le Monde", "Kommersant", "Der Spiegel", "The Guardian"),
    "The Washington Post": ("El País", "Reuters", "Interfax", "AFP"),
}  # fmt: skip
_PERSON = re.compile(rf"\b(?:({'|'.join(sorted(set(_PEOPLE.values())))}) )?({'|'.join(_PEOPLE)})\b")
_FIRST_ALONE = re.compile(rf"\b({'|'.join(sorted(set(_PEOPLE.values())))})\b")
_PLACE = re.compile(rf"\b({'|'.join(sorted(_PLACES, key=len, reverse=True))})\b(?! (?:Post|Times|Examiner))")
_BODY = re.compile(rf"\b({'|'.join(sorted(_BODIES, key=len, reverse=True))})\b")
_DOUBLE = re.compile('[“”"]')


def augment(article: Article, rng: random.Random) -> Article:
    """The article, or (about half of the time each) with other names, quotation marks, title casing."""
    if rng.random() < 0.5:
        article = rewrite(article, list(_renamed(article.text, rng)))
    if rng.random() < 0.12 and "'" not in article.text.replace("'s", ""):
        article = rewrite(article, list(_single_quoted(article.text)))
    if rng.random() < 0.2:
        article = rewrite(article, list(_recased_title(article.text, rng)))
    return article


def _renamed(text: str, rng: random.Random) -> Iterator[tuple[int, int, str]]:
    share = rng.choice((0.4, 0.8, 1.0))
    lasts: dict[str, str] = {}
    firsts: dict[str, str] = {}
    places: dict[str, str] = {}
    bodies: dict[str, str] = {}
    keep = {name for name in (*_PEOPLE, *_PLACES, *_BODIES) if rng.random() > share}
    for match in _PERSON.finditer(text):
        first, last = match.groups()
        if last in keep or text[match.end() : match.end() + 1] == "-":
            continue
        new = lasts.setdefault(last, rng.choice(LAST_NAMES))
        if first:
            new = firsts.setdefault(first, rng.choice(FIRST_NAMES)) + " " + new
        yield match.start(), match.end(), new
    for pattern, known, keys in ((_PLACE, places, None), (_BODY, bodies, _BODIES)):
        for match in pattern.finditer(text):
            name = match.group()
            if name in keep:
                continue
            yield match.start(), match.end(), known.setdefault(name, rng.choice(_WORLD if keys is None else keys[name]))


def _single_quoted(text: str) -> Iterator[tuple[int, int, str]]:
    """Double quotation marks as single ones, as British outlets set them."""
    for match in _DOUBLE.finditer(text):
        mark = match.group()
        if mark == '"':
            mark = "“" if match.start() == 0 or text[match.start() - 1].isspace() else "”"
        yield match.start(), match.end(), "‘" if mark == "“" else "’"


def _recased_title(text: str, rng: random.Random) -> Iterator[tuple[int, int, str]]:
    lines = paragraphs(text)
    if not lines:
        return
    start, end = lines[0]
    title = text[start:end]
    new = rng.choice((title.upper(), title.lower(), title[:1] + title[1:].lower()))
    if len(new) == len(title):
        # Word by word, so that spans inside the title stay where they were.
        for match in re.finditer(r"\S+", title):
            yield start + match.start(), start + match.end(), new[match.start() : match.end()]
    if rng.random() < 0.5 and title.endswith("."):
        yield end - 1, end, ""
