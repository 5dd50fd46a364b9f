"""Text in, attributions and names out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.annotating.attribution.assembling import Attribution, Reading, Span
from onrecord.annotating.attribution.coding import Hint, Sideways, find_hints
from onrecord.annotating.attribution.naming import find_names
from onrecord.annotating.attribution.network import TrainedNetwork
from onrecord.annotating.attribution.words import PIECES_A_WINDOW, Stretch, pack, split_long


@dataclass(frozen=True, slots=True)
class Readings:
    """What the network says of some paragraphs of a text, stretch by stretch."""

    text: str
    stretches: tuple[Stretch, ...]
    readings: tuple[Reading, ...]
    sideways: Sideways

    def hints(self) -> Iterator[Hint]:
        """The words that may tell an event, in order of the paragraphs."""
        for stretch, reading in zip(self.stretches, self.readings, strict=True):
            yield from find_hints(stretch.words, reading.events, self.sideways)

    def names(self) -> Iterator[tuple[int, int, str]]:
        """Names with their kinds, as half-open ranges of code points, in order of the paragraphs."""
        for stretch, reading in zip(self.stretches, self.readings, strict=True):
            yield from find_names(stretch.words, reading.names)


class AttributionTagger:
    """Finds the outermost attributions of a report, and its names.

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
        return self.attributions(self.read(text, paragraphs))

    def read(self, text: str, paragraphs: Sequence[Span]) -> Readings:
        """What the network says of some paragraphs; the costly part, for attributions and names together."""
        stretches = tuple(self._stretches(text, paragraphs))
        readings: list[Reading] = []
        for start, end in pack([len(stretch.pieces) for stretch in stretches]):
            readings += self._network.read(stretches[start:end])
        return Readings(text, stretches, tuple(readings), self._network.settings.sideways)

    def attributions(self, read: Readings) -> tuple[Attribution, ...]:
        """The attributions of what was read."""
        return self._network.settings.assembler(read.text, read.stretches, read.readings)

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
