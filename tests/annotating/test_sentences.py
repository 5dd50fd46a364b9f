import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotating.reporting import report_of

from onrecord.annotating.parse import parse
from onrecord.annotating.sentences import find_sentences
from onrecord.model import Annotation


def sentences_of(text: str) -> list[str]:
    report = report_of(text)
    marks = find_sentences(report, parse(report), Annotation(report.id))
    return [span.of(text) for span in marks.sentences]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Varda left the talks.", "Oskelia stayed."],
        ["He met Gen. Kell and Mr. Orlec in the U.S. on Friday.", "They agreed on nothing."],
        ["“We will not sign. They know it,” she said.", "He laughed."][1:],
        ["The U.S. and Varda signed it.", "He left on Jan. 5 for Dorn."],
        ["“Why should we?” he asked.", "Nobody answered."],
        ["She said: “We are ready.”", "The minister agreed."],
    ],
)
def test_sentences_are_found(sentences: list[str]) -> None:
    assert sentences_of(" ".join(sentences)) == sentences


def test_a_closing_mark_stays_with_its_sentence() -> None:
    for sentence in sentences_of('"We stay." "They go," he said. “No.” ”'):
        assert sentence[0] not in "”’)"


def test_blocks_are_never_joined() -> None:
    assert sentences_of("varda and oskelia\nagree to talks") == ["varda and oskelia", "agree to talks"]


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("aB .!?“”\"'\n,:-Mr🙂"), max_size=80))
def test_sentences_are_in_order_do_not_overlap_and_cover_all_words(text: str) -> None:
    report = report_of(text)
    spans = find_sentences(report, parse(report), Annotation(report.id)).sentences
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert all(at in covered or char.isspace() for at, char in enumerate(text))
