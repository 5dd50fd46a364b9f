"""In which words one wording differs from another."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+")
#: What stands around a word and makes no difference between two wordings.
_EDGES = "“”\"'‘’„«».,;:!?()[]…–-"
#: With fewer words in common than this the two are told quite differently: marking each word would say nothing.
_ALIKE = 0.25


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words that the other wording has too, or not."""

    words: str
    differs: bool


def differing(words: str, against: str) -> tuple[Run, ...]:
    """The words in runs: those that `against` has in the same order, and those in which the two differ.

    >>> [(run.words, run.differs) for run in differing("it will answer soon", "it will reply soon")]
    [('it will', False), ('answer', True), ('soon', False)]
    """
    told = _WORD.findall(words)
    ours, theirs = [_bare(word) for word in told], [_bare(word) for word in _WORD.findall(against)]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    same = [False] * len(told)
    for start, _, size in matcher.get_matching_blocks():
        same[start : start + size] = [True] * size
    content = [n for n, word in enumerate(ours) if word]
    if not content or sum(same[n] for n in content) < _ALIKE * len(content):
        return (Run(" ".join(told), False),)
    return _runs(told, [one or not ours[n] for n, one in enumerate(same)])


def _bare(word: str) -> str:
    return word.strip(_EDGES).casefold()


def _runs(told: list[str], same: list[bool]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for word, is_same in zip(told, same, strict=True):
        if runs and runs[-1].differs is not is_same:
            runs[-1] = Run(f"{runs[-1].words} {word}", runs[-1].differs)
        else:
            runs.append(Run(word, not is_same))
    return tuple(runs)


__all__ = ["Run", "differing"]
