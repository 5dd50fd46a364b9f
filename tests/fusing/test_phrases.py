"""Fixed phrases are compared by what they stand for."""

from onrecord.fusing.phrases import phrase_at
from onrecord.fusing.scene import concept_of, prepare
from onrecord.fusing.words import concepts, lexicon_lines, stem
from onrecord.model import Block, BlockKind, Report, Span


def _report(text: str) -> Report:
    blocks = (Block(Span(0, len(text)), BlockKind.PARAGRAPH),)
    return Report("r0000000000000001", "a.txt", "0" * 64, text, blocks, language="en")


def _told(text: str, *, of: str | None = None) -> dict[str, float]:
    """The concepts of a text, or of a stretch of it, with what they weigh."""
    report = _report(text)
    at = text.index(of) if of else 0
    tokens = prepare([report], (), {}, {}).tokens(report.id, (Span(at, at + len(of or text)),))
    return {token.concept: token.weight for token in tokens if token.weight}


def test_a_phrase_in_any_form_is_the_word_that_it_stands_for() -> None:
    refusal = concept_of("refusal")
    assert refusal == concept_of("reject")
    for told in ("Borvia turned down the plan.", "Borvia is turning down the plan.", "Borvia rejected the plan."):
        assert refusal in _told(told), told
    # the words between may be anything: then it is no fixed phrase
    assert refusal not in _told("Borvia turned the plan down a road.")


def test_the_words_of_a_phrase_do_not_count_besides() -> None:
    with_phrase, with_word = _told("The envoy turned down the plan."), _told("The envoy rejected the plan.")
    assert with_phrase.keys() == with_word.keys()


def test_a_span_that_begins_in_a_phrase_has_its_own_words_only() -> None:
    assert concept_of("reject") not in _told("Borvia turned down the plan.", of="down the plan")


def test_every_line_begins_with_a_word_and_no_word_stands_in_two() -> None:
    heads = [line.split()[0] for line in lexicon_lines("concepts")]
    assert not [head for head in heads if "_" in head]
    lines_of: dict[str, set[int]] = {}
    for number, line in enumerate(lexicon_lines("concepts")):
        for word in line.split():
            key = "_".join(stem(part) for part in word.split("_"))
            lines_of.setdefault(key, set()).add(number)
    assert not {word: lines for word, lines in lines_of.items() if len(lines) > 1}
    assert all(concept.startswith("=") for concept in concepts().values())


def test_the_longest_phrase_is_found() -> None:
    report = _report("They laid down their arms.")
    tokens = prepare([report], (), {}, {}).tokens(report.id, (Span(0, len(report.text)),))
    found = phrase_at(tokens, 1)
    assert found is not None
    assert found.length == 4


def test_a_bound_is_no_negation() -> None:
    """As in "no later than 25 October", which denies nothing; "not" alone does."""
    for told in ("They leave no later than Monday.", "No fewer than nine leave.", "Not only nine leave."):
        assert "=not" not in _concepts(told), told
    assert "=not" in _concepts("They did not leave later than Monday.")


def _concepts(text: str) -> set[str]:
    report = _report(text)
    return {token.concept for token in prepare([report], (), {}, {}).tokens(report.id, (Span(0, len(text)),))}


def test_no_question_of_a_thing_denies_it() -> None:
    assert "=not" in _concepts("There is no question of a retreat.")
