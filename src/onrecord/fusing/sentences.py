"""How much two sentences tell in common, without marks."""

from onrecord.fusing.alignment import align, wording
from onrecord.fusing.scene import tokens_of
from onrecord.model import Span

#: Share of the plainer sentence's weight from which two sentences tell something in common.
#: Measured on same_claim.jsonl (`python -m benchmarks.same_claim`), 2026-11-22.
IN_COMMON = 0.2


def common_share(a: str, b: str) -> float:
    """Share of the plainer sentence's words of content, by weight, that the other one has, 0..1.

    >>> common_share("The envoy left Kelm on Friday", "The envoy left Kelm") > 0.9
    True
    """
    left, right = (wording(tokens_of(text, Span(0, len(text)))) for text in (a, b))
    return align(left, right).covered


def tell_in_common(a: str, b: str) -> bool:
    """Whether two sentences tell one thing at least that is the same."""
    return common_share(a, b) >= IN_COMMON
