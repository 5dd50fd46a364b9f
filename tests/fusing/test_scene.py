"""Words of spans: between quotation marks or not, looked up once a story."""

from onrecord.fusing.scene import prepare, tokens_of
from onrecord.model import Block, BlockKind, Report, Span

TEXT = 'He called it “a start”  and "no end"\nShe left.'
REPORT = Report(
    id="r0000000000000001",
    source="a.txt",
    sha256="0" * 64,
    text=TEXT,
    blocks=(Block(Span(0, len(TEXT)), BlockKind.PARAGRAPH),),
    language="en",
)


def test_words_know_whether_they_are_quoted_whatever_stands_between_them() -> None:
    told = {token.form: token.quoted for token in tokens_of(TEXT, Span(0, len(TEXT)))}
    assert [word for word, quoted in told.items() if quoted] == ["a", "start", "no", "end"]
    # a span that begins within a quotation is quoted from its first word on
    assert [token.quoted for token in tokens_of(TEXT, Span(TEXT.index("start"), TEXT.index("no")))] == [True, False]


def test_a_span_is_looked_up_once() -> None:
    scene = prepare([REPORT], (), {}, {})
    here, there = Span(0, 12), Span(14, 22)
    first, again = (scene.tokens(REPORT.id, (here, there)) for _ in range(2))
    assert first == (*tokens_of(TEXT, here), *tokens_of(TEXT, there))
    assert all(one is other for one, other in zip(first, again, strict=True))
