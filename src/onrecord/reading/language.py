"""Which language a text is in."""

from functools import cache

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

#: Fewer letters tell nothing: names and numbers look alike in all languages.
_LEAST_LETTERS = 20
#: More of a text changes no answer (reuters.jsonl, 3,000 rows: 300, 600 and 1,000 characters agree on all but short
#: tables) and costs time.
_SAMPLE_CHARACTERS = 600
_NO_LANGUAGE = "zxx"


@cache
def _identifier() -> LanguageIdentifier:
    """The classifier, kept to the languages that have an ISO 639-1 code.

    Its other labels are no code that a report may carry, and creoles take terse English for theirs (5 % of the rows
    of reuters.jsonl came out as Nigerian Pidgin).
    """
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([label for label in identifier.labels if len(label) == 2 or label == _NO_LANGUAGE])
    # choosing labels leaves the table transposed in half precision; laid out by rows it is read 2.5 times as fast
    # (600 characters of 1,500 rows of reuters.jsonl: 1,700 texts/s before, 4,300 after, the same answers)
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc, dtype=np.float32)
    return identifier


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language of `text`, "und" where it is too short or in none.

    >>> language_of("The ministers met at the lake and agreed to speak again next week.")
    'en'
    >>> language_of("OK")
    'und'
    """
    sample = text[:_SAMPLE_CHARACTERS]
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return "und"
    label = str(_identifier().classify(sample)[0])
    return "und" if label == _NO_LANGUAGE else label
