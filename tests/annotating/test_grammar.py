"""Children from one table a document are those that spaCy finds."""

from __future__ import annotations

import pytest

from onrecord.annotating.events.tree import children
from onrecord.annotating.parse import spacy_small


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Left.",
        "Norland's envoys, who had met twice, urged Borvia to leave and vowed, said Cestria, to stay. It went  on.",
    ],
)
def test_children_are_spacys(text: str) -> None:
    doc = spacy_small()(text)
    labels = sorted({token.dep_ for token in doc})
    for token in doc:
        assert children(token, *labels) == list(token.children)
        for label in labels:
            assert children(token, label) == [child for child in token.children if child.dep_ == label]
