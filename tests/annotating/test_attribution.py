"""The attribution tagger: what it finds, what it survives, and floors that may only rise."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.annotating.attribution import Attribution, AttributionTagger
from onrecord.annotating.attribution.decoding import LABELS, Transitions, best_labels, spans
from onrecord.annotating.attribution.words import PIECES_A_WINDOW, WordReader, pack, split_long
from onrecord.errors import NotInstalled

LINE = re.compile(r"[^\n]*\S[^\n]*")


@cache
def tagger() -> AttributionTagger:
    return AttributionTagger()


def tagged(text: str) -> tuple[Attribution, ...]:
    return tagger()(text, [match.span() for match in LINE.finditer(text)])


def words(text: str, found: tuple[tuple[int, int], ...]) -> str:
    return " / ".join(text[start:end] for start, end in found)


def told(text: str) -> list[tuple[str, str, str]]:
    """Source, cue, content; whether the full stop of an indirect one belongs to it is nobody's concern."""
    return [
        (words(text, one.source), words(text, one.cue), words(text, one.content).removesuffix("."))
        for one in tagged(text)
    ]


# Source, cue, content of sentences about invented countries; none of them is training text.
PLAIN = [
    ("Norland said that it would sign the treaty.", [("Norland", "said", "that it would sign the treaty")]),
    (
        "The foreign minister of Sarvia denied that troops had crossed the border.",
        [("The foreign minister of Sarvia", "denied", "that troops had crossed the border")],
    ),
    (
        "“We will not sign,” prime minister Lena Ost told reporters. “Not today.”",
        [("prime minister Lena Ost", "told", "“We will not sign,” / “Not today.”")],
    ),
    (
        "According to the defence ministry, three soldiers were wounded.",
        [("the defence ministry", "According to", "three soldiers were wounded")],
    ),
    (
        "The president has pledged to hold elections in May.",
        [("The president", "has pledged", "to hold elections in May")],
    ),
    (
        '"The talks were useful," said Marek Dun, the chief negotiator.',
        [("Marek Dun, the chief negotiator", "said", '"The talks were useful,"')],
    ),
    (
        "Sarvia warned that any attack would be met with force.",
        [("Sarvia", "warned", "that any attack would be met with force")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN, ids=[text[:30] for text, _ in PLAIN])
def test_finds_source_cue_and_content(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


def test_second_verb_shares_the_distant_source() -> None:
    text = "Norland’s government denied the report and accused Sarvia of spreading lies."
    found = told(text)
    assert [cue for _, cue, _ in found] == ["denied", "accused"]
    assert {source for source, _, _ in found} == {"Norland’s government"}


def test_quotation_of_its_own_paragraph_continues_the_one_before() -> None:
    text = "“We have waited for nine years,” said Lena Ost.\n\n“We can wait for another nine.”"
    contents = [part for one in tagged(text) for part in one.content]
    assert words(text, tuple(contents)) == "“We have waited for nine years,” / “We can wait for another nine.”"


@pytest.mark.parametrize("quoted", ["“{}”", '"{}"', "«{}»", "„{}“", "‘{}’", "''{}''"])
def test_quotation_marks_of_every_kind(quoted: str) -> None:
    speech = quoted.format("We will never accept such a demand,")
    text = f"{speech} the prime minister said on Monday."
    [one] = tagged(text)
    assert words(text, one.source) == "the prime minister"
    assert words(text, one.content).strip("“”\"«»„‘’'") == "We will never accept such a demand,"


def test_offsets_count_code_points_of_the_whole_text() -> None:
    head = "🏛️ Café news\n\n"
    text = f"{head}Norland said that it would sign the treaty."
    [one] = tagger()(text, [(len(head), len(text))])
    assert words(text, one.source) == "Norland"


def test_says_nothing_of_a_text_without_attributions() -> None:
    assert tagged("The river is 240 kilometres long. It flows through three provinces.") == ()
    assert tagger()("", []) == ()
    assert tagger()("   ", [(0, 3)]) == ()


def test_same_text_same_answer() -> None:
    text = "\n".join(text for text, _ in PLAIN)
    assert tagged(text) == AttributionTagger()(text, [match.span() for match in LINE.finditer(text)])


def test_missing_weights_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(NotInstalled, match=r"model\.onnx"):
        AttributionTagger(tmp_path)


ODD = st.text(st.characters() | st.sampled_from("“”\"'’‘«».,:? \n\0\u200b\ufffd🏛️Ça said"), max_size=300)


@settings(max_examples=60, deadline=None)
@given(ODD)
@example("a" * 10_000)
@example("said " * 3_000)
@example("“" * 500)
@example("\0\0 said \0")
@example("X said \ud800 that")
def test_odd_text_gives_spans_inside_it(text: str) -> None:
    for one in tagged(text):
        assert one.content
        assert 0 <= one.confidence <= 1
        for role in (one.source, one.cue, one.content):
            assert list(role) == sorted(role)
            assert all(0 <= start < end <= len(text) for start, end in role)
            assert all(text[start:end].strip() for start, end in role)


@given(st.lists(st.integers(0, PIECES_A_WINDOW - 2), max_size=60))
def test_windows_hold_every_stretch_once(lengths: list[int]) -> None:
    windows = pack(lengths)
    assert [number for start, end in windows for number in range(start, end)] == list(range(len(lengths)))
    assert all(sum(lengths[start:end]) + end - start + 1 <= PIECES_A_WINDOW for start, end in windows)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["Yes.", "“No.”", "Nobody", "antidisestablishmentarianism", "3.5", "—"]), max_size=400))
def test_long_paragraphs_are_split_without_loss(parts: list[str]) -> None:
    text = " ".join(parts)
    reader: WordReader = tagger()._network.reader
    stretch = reader(text, (0, len(text)))
    split = list(split_long(text, stretch))
    assert tuple(word for part in split for word in part.words) == stretch.words
    assert all(len(part.pieces) <= PIECES_A_WINDOW - 2 for part in split)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 12), max_size=6), st.integers(0, 2**32 - 1))
def test_best_labels_keep_the_constraints_and_are_best(lengths: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    emissions = [rng.normal(size=(length, len(LABELS))).astype(np.float32) for length in lengths]
    transitions = Transitions.constrained(rng.normal(size=(7, 7)).astype(np.float32))
    labels = best_labels(emissions, transitions)
    assert [len(chosen) for chosen in labels] == lengths
    for chosen, emission in zip(labels, emissions, strict=True):
        before = "O"
        for label in chosen:
            assert LABELS[label][:1] != "I" or before[2:] == LABELS[label][2:]
            before = LABELS[label]
        assert all(span.start < span.end for span in spans(chosen, emission))


def score(folder: Path) -> dict[str, Any]:
    """The scorer's figures of the shipped weights."""
    spec = importlib.util.spec_from_file_location("score_attribution", folder / "score_attribution.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    sys.modules["score_attribution"] = scorer
    spec.loader.exec_module(scorer)
    rows = [json.loads(line) for line in (folder / "dev.jsonl").read_bytes().decode().split("\n") if line]
    predicted = {
        row["id"]: {
            "text": row["text"],
            "attributions": [
                {"source": one.source, "cue": one.cue, "content": one.content} for one in tagged(row["text"])
            ],
        }
        for row in rows
    }
    found: dict[str, Any] = scorer.score({row["id"]: row for row in rows}, predicted)
    return found


def test_polnear_dev_floor(shared: Path) -> None:
    """Floors under docs/explanation/attribution-model.md.

    Lowered by a point on 2026-11-27, when half the network went: it reads world news better and costs half.
    """
    found = score(shared / "bench" / "attribution")
    assert found["alpha"] >= 0.785
    assert found["all"]["combined"]["f1"] >= 0.728
    assert found["direct"]["combined"]["f1"] >= 0.855
    assert found["indirect"]["combined"]["f1"] >= 0.662
