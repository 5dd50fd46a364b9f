from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotating.quotations import find_quotations
from onrecord.model import Span


def quoted(text: str) -> list[str]:
    return [span.of(text) for span in find_quotations(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We stay,” she said. “We are many.”", ["“We stay,”", "“We are many.”"]),
        ('He said: "We stay."', ['"We stay."']),
        ("The envoys’ words and the minister’s ‘frank’ talk", ["‘frank’"]),
        ("don't call it 'victory' yet, it's early", ["'victory'"]),
        ("« Nous restons », he said", ["« Nous restons »"]),
        ("„Wir bleiben“, he said", ["„Wir bleiben“"]),
        ("``We stay,'' she said", ["``We stay,''"]),
        ("“A quotation that goes on in the next paragraph.", ["“A quotation that goes on in the next paragraph."]),
        ("A stray mark” and a lone one “ here", []),
        ("“He told me ‘never’,” she said", ["“He told me ‘never’,”"]),
        ("an empty “” pair", []),
    ],
)
def test_quotations_of_all_kinds_are_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(st.text(alphabet="ab ‘’“”\"'«».\n", max_size=80))
def test_quotations_are_ordered_disjoint_and_inside(text: str) -> None:
    found = find_quotations(text, Span(0, len(text)))
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
