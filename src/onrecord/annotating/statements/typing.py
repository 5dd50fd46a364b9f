"""What kind of statement it is: direct or not, said or held or believed, from whom if nobody is named."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise

from onrecord.annotating.quotations import letters, quoted_letters
from onrecord.model import Act, Anonymity, Span, StatementKind

#: From this share of quoted letters on, content is direct speech; a few words outside ("that", "the") do not change it.
DIRECT_SHARE = 0.9

_LEXICONS = files("onrecord.annotating") / "lexicons"


@cache
def _acts() -> dict[str, Act]:
    """Act of each cue lemma; later lists of the file do not override earlier ones."""
    lists = tomllib.loads((_LEXICONS / "cues.toml").read_text(encoding="utf-8"))
    return {
        lemma.replace("-", " "): Act(act) for act in ("belief", "position", "speech") for lemma in lists[act].split()
    }


@cache
def _deeds() -> frozenset[str]:
    """Lemmas of what is done, not said."""
    lists = tomllib.loads((_LEXICONS / "cues.toml").read_text(encoding="utf-8"))
    return frozenset(lemma.replace("-", " ") for lemma in lists["deed"].split())


@cache
def _anonymous() -> dict[str, Anonymity]:
    """Kind of source of each head noun that names nobody."""
    lists = tomllib.loads((_LEXICONS / "anonymous.toml").read_text(encoding="utf-8"))
    return {lemma: Anonymity(kind) for kind, lemmas in lists.items() for lemma in lemmas.split()}


@cache
def _settings() -> re.Pattern[str]:
    """All forms of saying as one pattern."""
    told = tomllib.loads((_LEXICONS / "settings.toml").read_text(encoding="utf-8"))
    who = r"(?:[A-Z][\w&.’'-]*)(?: [A-Z][\w&.’'-]*){0,3}"
    every = "|".join(one.replace("{who}", who) for forms in told["forms"].values() for one in forms)
    return re.compile(rf"\b(?=[{told['first-letters']}])(?:{every})", re.IGNORECASE)


def kind_of(text: str, content: tuple[Span, ...], quotations: tuple[Span, ...]) -> StatementKind:
    """Direct, indirect or mixed, by the share of the content's letters that stand in quotation marks."""
    quoted, whole = quoted_letters(text, content, quotations), letters(text, content)
    if not quoted:
        return StatementKind.INDIRECT
    return StatementKind.DIRECT if quoted >= DIRECT_SHARE * whole else StatementKind.MIXED


def is_deed(lemmas: tuple[str, ...]) -> bool:
    """Whether a cue's words tell what was done and nothing of what was said.

    >>> is_deed(("have", "impose")), is_deed(("say",))
    (True, False)
    """
    words = {*lemmas, *(" ".join(pair) for pair in pairwise(lemmas))}
    return not words.isdisjoint(_deeds()) and words.isdisjoint(_acts())


def act_of(lemmas: tuple[str, ...], kind: StatementKind) -> Act:
    """What the cue's words say that the source does.

    Args:
        lemmas: lower-case lemmas of the cue's words, in order; none for a floating quotation.
        kind: quoted words were said, whatever the cue is.

    >>> act_of(("have", "reject"), StatementKind.INDIRECT).value
    'position'
    >>> act_of(("believe",), StatementKind.INDIRECT).value
    'belief'
    >>> act_of(("call", "for"), StatementKind.INDIRECT).value
    'position'
    """
    acts = _acts()
    pairs = [" ".join(pair) for pair in pairwise(lemmas)]
    # "call for" is a demand though "call" alone is speech: a pair takes its two words out
    taken = {place + step for place, pair in enumerate(pairs) if pair in acts for step in (0, 1)}
    words = [pair for pair in pairs if pair in acts] + [word for n, word in enumerate(lemmas) if n not in taken]
    found = [acts[word] for word in words if word in acts]
    if Act.SPEECH in found or not found:
        return Act.SPEECH
    if Act.POSITION in found:
        return Act.POSITION
    return Act.SPEECH if kind is not StatementKind.INDIRECT else Act.BELIEF


def is_cue(lemma: str) -> bool:
    """Whether a lemma, or a lemma with its particle ("call for"), is told to attribute something.

    >>> is_cue("accuse"), is_cue("call for"), is_cue("march")
    (True, True, False)
    """
    return lemma in _acts()


def anonymity_of(lemmas: tuple[str, ...], *, named: bool) -> Anonymity | None:
    """What kind of nameless source the words are; None where somebody is named.

    Args:
        lemmas: lower-case lemmas of the source's words; empty where the text gives no source.
        named: whether the source was resolved to a person, a state or an organisation.

    >>> anonymity_of(("two", "senior", "official"), named=False).value
    'unnamed-official'
    """
    if named:
        return None
    if not lemmas:
        return Anonymity.NONE_TOLD
    kinds = _anonymous()
    return next((kinds[lemma] for lemma in reversed(lemmas) if lemma in kinds), None)


def settings_in(text: str, sentence: Span, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The words of a sentence, outside the content, that tell to whom or in what form it was said."""
    matches = _settings().finditer(text, sentence.start, sentence.end)
    found = (Span(match.start(), match.end()) for match in matches)
    return tuple(span for span in found if not any(span.overlaps(part) for part in content))
