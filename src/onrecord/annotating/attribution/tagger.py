"""Text in, attributions out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.annotating.attribution.assembling import Attribution, Reading, Span
from onrecord.annotating.attribution.network import TrainedNetwork
from onrecord.annotating.attribution.words import PIECES_A_WINDOW, Stretch, pack, split_long


class AttributionTagger:
    """Finds the outermost attributions of a report.

    Args:
        folder: weights; the packaged ones by default.
        threads: threads of ONNX Runtime.

    Raises:
        NotInstalled: the weights are missing.

    >>> tagger = AttributionTagger()
    >>> text = "Varda denied that it planned to close the border."
    >>> [one] = tagger(text, [(0, len(text))])
    >>> [text[start:end] for start, end in (*one.source, *one.cue, *one.content)]
    ['Varda', 'denied', 'that it planned to close the border']
    """

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        self._network = TrainedNetwork(folder, threads)

    def __call__(self, text: str, paragraphs: Sequence[Span]) -> tuple[Attribution, ...]:
        """Find the attributions in some paragraphs of a text.

        Args:
            text: the whole text; it may hold any code points.
            paragraphs: spans of what to read, in order; title first, page furniture left out.

        Returns:
            Attributions in order of the first span of each; offsets into `text`. Only a quotation that goes on in the
            next paragraph crosses paragraphs.
        """
        stretches = list(self._stretches(text, paragraphs))
        readings: list[Reading] = []
        for start, end in pack([len(stretch.pieces) for stretch in stretches]):
            readings += self._network.read(stretches[start:end])
        return self._network.settings.assembler(text, stretches, readings)

    def _stretches(self, text: str, paragraphs: Sequence[Span]) -> Iterator[Stretch]:
        limit = PIECES_A_WINDOW - 2
        for span in paragraphs:
            stretch = self._network.reader(text, span)
            if not stretch.words:
                continue
            if len(stretch.pieces) <= limit:
                yield stretch
            else:
                yield from split_long(text, stretch, limit)
