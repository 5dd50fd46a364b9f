"""The word vectors that spaCy's tagger and parser read, from spaCy's own weights, at a quarter of the cost.

spaCy's `tok2vec` hashes four views of each word into tables, mixes what it finds there, and lets four layers look at
the words before and after. Here the mixed rows are kept, word by word, and the layers of all blocks of a report run at
once, in products that suit the processor. The vectors are the same but for the last bits.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import NORM, ORTH, SPACY
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from onrecord.annotating.products import product, tile_height

Rows = NDArray[np.float32]

_KEY: Final = [ORTH, NORM, SPACY]
"""What tells a word's row: prefix, suffix and shape follow from how it is written, its norm may be an exception."""
_KNOWN: Final = 32_768
"""Rows that are kept, 12 MiB."""
_LEAST: Final = 1e-8  # thinc.layers.layernorm
_CLOSE: Final = 1e-3
_PROBE: Final = "“We don't agree,” Norland's minister said on 3 May;\n the U.S. side hadn't answered."
_log = logging.getLogger(__name__)


class SmallProducts(NumpyOps):  # type: ignore[misc]  # compiled, without types
    """thinc's operations with products in tiles.

    BLIS, which thinc calls, knows no processor after 2019 and then falls back on plain C: 6 GFLOPS where 100 can be had
    (blis 1.3.4, AMD EPYC of family 25, perf, 2026-11-27).
    """

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """`x @ y`, either of them transposed if so told."""
        return product(x.T if trans1 else x, y.T if trans2 else y, out)


def use_small_products(nlp: Language) -> None:
    """Let all networks of a pipeline multiply in tiles."""
    ops = SmallProducts()
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            node.ops = ops


@dataclass(frozen=True, slots=True)
class _Layer:
    """Window of words in, change of the middle one out: the largest of some linear pieces, normalised.

    `weights` is pieces x (window x width + 1) x width, the biases as last row.
    """

    weights: Rows
    gain: Rows
    shift: Rows

    @classmethod
    def of(cls, node: Model[Any, Any]) -> _Layer:
        linear, norm = _only(node, "maxout"), _only(node, "layernorm")
        matrix, bias, gain, shift = (
            np.asarray(inner.get_param(name))
            for inner, name in ((linear, "W"), (linear, "b"), (norm, "G"), (norm, "b"))
        )
        weights = np.concatenate([matrix.transpose(1, 2, 0), bias.T[:, None, :]], 1)
        return cls(np.ascontiguousarray(weights), gain, shift)

    def __call__(self, windows: Rows, height: int) -> Rows:
        """The changes of the rows, of which the windows are `height` in a tile."""
        pieces = np.matmul(windows.reshape(-1, 1, height, windows.shape[1]), self.weights)
        best = pieces[:, 0]
        for number in range(1, pieces.shape[1]):
            np.maximum(best, pieces[:, number], out=best)
        rows: Rows = best.reshape(len(windows), -1)
        rows -= rows.mean(1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1] + _LEAST
        rows *= (variance**-0.5)[:, None]
        rows *= self.gain
        rows += self.shift
        return rows


class WordVectors:
    """Sets the vectors of documents as a pipeline's `tok2vec` would.

    Args:
        nlp: the pipeline.

    Raises:
        ValueError: the pipeline's network has another shape, or gives other vectors.
    """

    def __init__(self, nlp: Language) -> None:
        tok2vec: Any = nlp.get_pipe("tok2vec")
        self._model: Model[Any, Any] = tok2vec.model
        embed, encode = self._model.layers
        self._extract, _, self._tables, self._mix, _ = embed.layers
        self._width: int = self._model.get_dim("nO")
        self._layers = tuple(_Layer.of(residual) for residual in encode.layers[0].layers)
        self._height = tile_height(3 * self._width + 1, self._width)
        self._number: dict[tuple[int, ...], int] = {}
        self._rows: Rows = np.empty((0, self._width), np.float32)
        self._check(nlp)

    def _check(self, nlp: Language) -> None:
        docs = [nlp.make_doc(text) for text in (_PROBE, _PROBE.upper(), "", "So")]
        expected = self._model.predict(docs)
        self(docs)
        if any(np.abs(doc.tensor - rows).max(initial=0) > _CLOSE for doc, rows in zip(docs, expected, strict=True)):
            raise ValueError("its vectors differ from spaCy's")

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Set `Doc.tensor`."""
        # As many empty rows as there are layers keep neighbours from seeing each other, as in thinc's `with_array`.
        between, starts = len(self._layers), [len(self._layers)]
        for doc in docs:
            starts.append(starts[-1] + len(doc) + between)
        length = -(-starts[-1] // self._height) * self._height
        rows: Rows = np.zeros((length, self._width), np.float32)
        for doc, start, found in zip(docs, starts, self._mixed(docs), strict=False):
            rows[start : start + len(doc)] = self._rows[found]
        self._encode(rows)
        for doc, (start, after) in zip(docs, pairwise(starts), strict=True):
            tensor: Any = rows[start : after - between].copy()  # spaCy types it as 64 bits wide
            doc.tensor = tensor

    def _mixed(self, docs: Sequence[Doc]) -> list[list[int]]:
        """For each word of each document the number of its row, before it sees its neighbours."""
        if len(self._number) >= _KNOWN:
            self._number.clear()
        keys = [list(map(tuple, doc.to_array(_KEY).tolist())) for doc in docs]
        fresh: dict[tuple[int, ...], NDArray[np.uint64]] = {}
        for doc, of_doc in zip(docs, keys, strict=True):
            places = [place for place, key in enumerate(of_doc) if key not in self._number and key not in fresh]
            if places:
                views = self._extract.predict([doc])[0]
                fresh.update((of_doc[place], views[place]) for place in places)
        if fresh:
            made = self._mix.layers[0].predict(self._tables.layers[0].predict(np.stack(list(fresh.values()))))
            self._keep(list(fresh), made)
        return [[self._number[key] for key in of_doc] for of_doc in keys]

    def _keep(self, keys: Sequence[tuple[int, ...]], made: Rows) -> None:
        before = len(self._number)
        after = before + len(keys)
        if after > len(self._rows):
            grown = np.empty((2 * after, self._width), np.float32)
            grown[:before] = self._rows[:before]
            self._rows = grown
        self._rows[before:after] = made
        self._number.update(zip(keys, range(before, after), strict=True))

    def _encode(self, rows: Rows) -> None:
        """Let the words see their neighbours; changes the rows in place."""
        width = self._width
        windows = np.zeros((len(rows), 3 * width + 1), np.float32)
        windows[:, -1] = 1
        for layer in self._layers:
            windows[1:, :width] = rows[:-1]
            windows[:, width : 2 * width] = rows
            windows[:-1, 2 * width : -1] = rows[1:]
            rows += layer(windows, self._height)


def word_vectors(nlp: Language) -> WordVectors | None:
    """The fast vectors of a pipeline, or None where its own must run; the log then tells why."""
    try:
        return WordVectors(nlp)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        _log.warning("spaCy's own word vectors run, which takes longer: the pipeline is of an unknown shape: %s", error)
        return None


def _only(node: Model[Any, Any], name: str) -> Model[Any, Any]:
    [found] = [inner for inner in node.walk() if inner.name == name]
    return found


__all__ = ["SmallProducts", "WordVectors", "use_small_products", "word_vectors"]
