"""A passage cut into pieces: known names, offices, bodies, names in capitals, and the small words between them."""

import itertools
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from onrecord.annotating.actors.lexicon import Body, Names, Term, bodies, given_names, offices, plain
from onrecord.annotating.actors.words import Passage, Word
from onrecord.annotating.folding import fold

_PARTICLES = frozenset(
    "van von der den de del della di da dos du la le bin ibn bint al el ul ould abu ben ter ten zu af".split()
)
#: What a hyphen joins to any name: "Kell-led", "Tosk-era".
_COMPOUNDED = frozenset("led run born era style made like based based owned type wide held bound".split())
#: Arabic articles that a name may begin with in small letters.
_ARTICLES = frozenset(("al", "el"))
_DETERMINERS = frozenset("the a an this that these those both some several many two three four all".split())
_PERSONAL = frozenset("he him she her they them it himself herself themselves itself".split())
_OWN_OR_PERSONAL = _PERSONAL | frozenset("his her its their".split())
#: Of them only what stands in a quotation is read: there its speaker is told.
_FIRST = frozenset("we us our ours i me my mine myself".split())
_NOT_A_NAME_LABEL = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"))


class Piece(NamedTuple):
    """A stretch of words with one sort; a tuple, as words are.

    Attributes:
        sort: term, office, body, name, group, government, state-noun, body-noun, honorific, determiner, pronoun,
            possessive ("'s"), aged ("58-year-old"), age (the same before a noun), word or mark.
        value: the known name, body, or canonical title behind it.
    """

    sort: str
    first: int
    last: int
    term: Term | None = None
    body: Body | None = None
    title: str = ""


def pieces(passage: Passage, known: Callable[[list[str], int, bool], tuple[int, Term] | None]) -> tuple[Piece, ...]:
    """Cut a passage; every word is in one piece."""
    plain_words = [plain(word.text) for word in passage.words]
    found: list[Piece] = []
    at = 0
    while at < len(passage.words):
        piece = _piece_at(passage, plain_words, at, known)
        found.append(piece)
        at = piece.last
    return tuple(found)


def known_by(*tables: Names) -> Callable[[list[str], int, bool], tuple[int, Term] | None]:
    """Look names up in several tables; the longest wins, the first table on a tie."""

    def look(words: list[str], first: int, shouted: bool) -> tuple[int, Term] | None:
        best: tuple[int, Term] | None = None
        for table in tables:
            found = table.at(words, first, shouted=shouted)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
        return best

    return look


def _piece_at(
    passage: Passage,
    plain_words: list[str],
    at: int,
    known: Callable[[list[str], int, bool], tuple[int, Term] | None],
) -> Piece:
    words = passage.words
    word = words[at]
    term = known(plain_words, at, passage.shouted)
    body = _body_at(words, at)
    if body is not None and (term is None or term[0] <= body.last):
        named = term is not None and term[1].sort == "body" and term[0] == body.last
        # "Senate" alone is a named body, "the Polish Senate" is Poland's
        owner = known(plain_words, at - 1, passage.shouted) if at else None
        if not named or (owner is not None and owner[0] == at and owner[1].sort == "adjective"):
            return body
    if term is not None and term[1].key == "org:west" and term[0] < len(words) and words[term[0]].capital:
        term = None  # "West African", "West Kelm"
    if term is not None and word.text in ("North", "South") and term[0] == at + 1 and not _half(words, at):
        term = None
    title = _office_at(words, at)
    if term is not None and (title is None or term[0] >= title.last):
        name_end = _person_over_term(passage, at, term)
        if name_end:
            return Piece("name", at, name_end)
        return Piece("term", at, term[0], term=term[1])
    if title is not None:
        return title
    if _aged(words, at):
        return Piece("aged", at, at + 5, title=word.text)
    if _years_old(words, at) and at + 5 < len(words):
        return Piece("age", at, at + 5, title=word.text)
    small = _small_piece(passage, at)
    if small is not None:
        return small
    if word.text in offices().words["name_prefixes"] and at + 1 < len(words) and words[at + 1].capital:
        return Piece("word", at, at + 1)
    if _can_begin_name(passage, at):
        return Piece("name", at, _name_end(passage, plain_words, at, known))
    return Piece("word" if word.text[0].isalnum() else "mark", at, at + 1)


def _half(words: tuple[Word, ...], at: int) -> bool:
    """Whether "North" stands alone behind "the"."""
    follows = words[at + 1] if at + 1 < len(words) else None
    alone = follows is None or not (follows.capital or follows.text in "-‐")
    return alone and at > 0 and words[at - 1].lower == "the"


def _of_step(words: tuple[Word, ...], at: int) -> int:
    """How many words "of the Senna" adds to "University": where an organisation, a place or a thing goes on."""
    told = offices().words
    goes_on = told["organisation_heads"] | told["place_heads"] | told["thing_heads"]
    if words[at - 1].lower not in goes_on or not words[at - 1].capital:
        return 0
    name = at + 1
    if name < len(words) and words[name].lower == "the":
        name += 1
    return name - at + 1 if name < len(words) and words[name].capital and words[name].text[0].isalpha() else 0


def _years_old(words: tuple[Word, ...], at: int) -> bool:
    return words[at].text.isdigit() and [word.lower for word in words[at + 1 : at + 5]] == ["-", "year", "-", "old"]


def _aged(words: tuple[Word, ...], at: int) -> bool:
    """Whether "58-year-old" begins here, and no noun follows it."""
    if _years_old(words, at):
        if at + 5 >= len(words) or not words[at + 5].tag.startswith(("NN", "JJ")):
            return True
        # the tagger expects a noun here: "The 54-year-old flew home"; then no verb is left for the sentence
        rest = itertools.takewhile(lambda word: word.sentence == words[at].sentence, words[at + 5 :])
        return not any(word.tag in ("VBD", "VBZ", "VBP", "MD") for word in rest)
    return False


def _small_piece(passage: Passage, at: int) -> Piece | None:
    """Groups, nouns for states and bodies, honorifics, determiners, pronouns, the possessive mark."""
    told = offices()
    word = passage.words[at]
    lower = word.lower
    group = _phrase_in(passage.words, at, told.words["group_nouns"])
    if group:
        return Piece("group", at, group)
    if lower in told.honorifics and word.capital and at + 1 < len(passage.words) and passage.words[at + 1].capital:
        return Piece("honorific", at, at + 1, title=lower)
    if lower in told.words["government_nouns"]:
        return Piece("government", at, at + 1)
    if lower in told.words["state_nouns"]:
        return Piece("state-noun", at, at + 1)
    if lower in told.words["organisation_nouns"] and (not word.capital or passage.loud):
        return Piece("body-noun", at, at + 1)
    if word.text in ("'s", "’s") or (word.text in "'’" and not word.spaced and at and words_end_in_s(passage, at)):
        return Piece("possessive", at, at + 1)
    if lower in _OWN_OR_PERSONAL and word.text != "IT":
        return Piece("pronoun", at, at + 1)
    if word.quoted and lower in _FIRST and word.text not in ("US", "i"):
        return Piece("pronoun", at, at + 1)
    if lower in _DETERMINERS and not (lower == "that" and word.tag != "DT"):
        return Piece("determiner", at, at + 1)
    return None


def words_end_in_s(passage: Passage, at: int) -> bool:
    """Whether the word before `at` ends in s, so that an apostrophe may be its genitive."""
    return passage.words[at - 1].lower.endswith("s")


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in offices().words["group_nouns"])


def _phrase_in(words: tuple[Word, ...], at: int, phrases: frozenset[str]) -> int:
    """The end of the longest phrase of at most four words that stands in `phrases`; 0 for none."""
    if words[at].lower not in _first_words():
        return 0
    for length in range(min(4, len(words) - at), 0, -1):
        if " ".join(word.lower for word in words[at : at + length]) in phrases:
            return at + length
    return 0


def _body_at(words: tuple[Word, ...], at: int) -> Piece | None:
    for phrase, body in bodies().get(words[at].lower, ()):
        end = at + len(phrase)
        if tuple(word.lower for word in words[at:end]) == phrase:
            return Piece("body", at, end, body=body)
    return None


def _office_at(words: tuple[Word, ...], at: int) -> Piece | None:
    told = offices()
    for phrase in told.phrases.get(words[at].lower, ()):
        end = at + len(phrase)
        if tuple(word.lower for word in words[at:end]) == phrase:
            title = " ".join(phrase).replace(" - ", "-").replace("defense", "defence")
            return Piece("office", at, end, title=told.canonical.get(title, title))
    return None


def _person_over_term(passage: Passage, at: int, term: tuple[int, Term]) -> int:
    """The end of a person's name that begins with a known place ("Paris Stelling"), else 0."""
    end, known = term
    words = passage.words
    if end - at != 1 or known.sort == "adjective" or passage.loud or end >= len(words):
        return 0
    follower = words[end]
    named_thing = words[at].label == follower.label and follower.label in ("WORK_OF_ART", "LAW", "EVENT", "FAC")
    if named_thing and known.sort != "country" and follower.capital and follower.tag.startswith("NNP"):
        return end + 1
    person = words[at].label == "PERSON" and follower.label == "PERSON"
    if person and follower.capital and follower.text.isalpha() and words[at].text.istitle():
        return end + 1
    return 0


def _can_begin_name(passage: Passage, at: int) -> bool:
    word = passage.words[at]
    if word.text in _ARTICLES and _joins_capital(passage.words, at + 1):
        return at == 0 or word.spaced
    if not word.capital or not word.text[0].isalpha() or _no_name(word):
        return False
    if word.label in _NOT_A_NAME_LABEL and word.label != "ORDINAL" and not passage.loud:
        return False
    return word.tag.startswith("NN") or word.label != "" or not _begins(passage, at)


def _second_syllable(words: tuple[Word, ...], at: int, hyphen: int) -> bool:
    """Whether a small word after a hyphen goes on with a given name, as in "Han Ji-won", not with "Kell-led"."""
    after = words[hyphen + 1]
    syllable = after.text.islower() and after.text.isalpha() and len(after.text) <= 5 and not after.spaced
    person = "PERSON" in (words[hyphen - 1].label, after.label)
    return syllable and person and hyphen - at >= 2 and after.lower not in _COMPOUNDED


def _joins_capital(words: tuple[Word, ...], at: int) -> bool:
    """Whether a hyphen and a capital follow: "al-Tarim"."""
    joined = at + 1 < len(words) and words[at].text in "-‐" and not words[at].spaced
    return joined and words[at + 1].capital and not words[at + 1].spaced


def _no_name(word: Word) -> bool:
    """Whether it is a word that a capital does not make a name ("The", "THE", "Friday")."""
    words = offices().words["not_names"]
    return word.text in words or (word.text.isupper() and word.text.capitalize() in words and word.text != "IT")


def _begins(passage: Passage, at: int) -> bool:
    """Whether a capital says nothing here: a sentence or a quotation begins."""
    if at == 0:
        return True
    before, word = passage.words[at - 1], passage.words[at]
    return before.sentence != word.sentence or before.text in '“"‘:•—–-(['


def _name_end(
    passage: Passage,
    plain_words: list[str],
    at: int,
    known: Callable[[list[str], int, bool], tuple[int, Term] | None],
) -> int:
    words = passage.words
    end = at + 1
    while end < len(words):
        step = _name_step(passage, plain_words, at, end, known)
        if not step:
            return end
        end += step
    return end


def _name_step(
    passage: Passage,
    plain_words: list[str],
    at: int,
    end: int,
    known: Callable[[list[str], int, bool], tuple[int, Term] | None],
) -> int:
    """How many words at `end` go on with the name that began at `at`; 0 to stop."""
    words = passage.words
    word = words[end]
    after = words[end + 1] if end + 1 < len(words) else None
    if word.sentence != words[end - 1].sentence:
        return 0
    if word.text in "-‐" and not word.spaced:
        joined = after is not None and after.capital and not after.spaced and after.text.isalpha()
        if not joined and after is not None and _second_syllable(words, at, end):
            return 2
        return 2 if joined and known(plain_words, end + 1, passage.shouted) is None else 0
    if word.lower in _PARTICLES and not word.capital:
        reach = end
        while reach < len(words) and words[reach].lower in _PARTICLES and not words[reach].capital:
            reach += 1
        if reach < len(words) and words[reach].text in "-‐" and not words[reach].spaced:
            reach += 1
        return reach - end + 1 if reach < len(words) and words[reach].capital and reach - end <= 3 else 0
    if word.lower in ("of", "for") and not word.capital:
        return _of_step(words, end)
    if word.lower in offices().honorifics:
        return 0
    if not word.capital or not word.text[0].isalpha() or _no_name(word):
        return 0
    given = end - at == 1 and given_names()[0].get(fold(words[at].text)) is not None
    term = known(plain_words, end, passage.shouted)
    ends_name = word.lower in offices().words["organisation_heads"] and word.text.istitle() and not given
    if ends_name and (_body_at(words, end) is not None or (term is not None and term[1].sort == "body")):
        return 1  # "African National Congress" is a name of its own, "Congress" alone a body
    if term is not None:
        alone = term[0] == end + 1 and word.text.istitle()
        person = words[end - 1].label == "PERSON" == word.label
        place = term[1].sort in ("capital", "country")
        return 1 if alone and (person or (given and place)) else 0
    if _office_at(words, end) is not None or _body_at(words, end) is not None:
        return 1 if given and (after is None or not after.capital) and word.label == "PERSON" else 0
    return 1


__all__ = ["Piece", "known_by", "pieces"]
