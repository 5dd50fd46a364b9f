"""Words as fusing compares them, whatever signs a text is written with."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.fusing.words import WORD, fold, words


def test_accents_possessives_and_curly_signs_fall() -> None:
    assert words("Łódź’s envoy — the states’ “talks” in São Tomé") == words(
        "Lodz's envoy - the states' 'talks' in Sao Tome"
    )
    assert words("The states' own, Kelm's and James' boats don't") == [
        "the",
        "states",
        "own",
        "kelm",
        "and",
        "james",
        "boats",
        "don't",
    ]


def test_numbers_keep_their_points_and_ends_of_sentences_do_not() -> None:
    assert words("1,300 of 2.5 boats sank in 2031.") == ["1,300", "of", "2.5", "boats", "sank", "in", "2031"]


@given(st.text(st.sampled_from("abS'’ .,1é_-3"), max_size=30))
def test_plain_texts_have_the_words_that_any_text_has(text: str) -> None:
    assert words(text) == WORD.findall(fold(text))
