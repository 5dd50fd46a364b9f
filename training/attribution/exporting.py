"""The network as an int8 ONNX file for ONNX Runtime, batch 1 (one window at a time, no padding, no mask).

The graph is written node by node with ONNX Runtime's fused operators (Attention, BiasGelu), then its matrix products
are quantised dynamically, per channel. The word table is kept as int8 rows with one scale each, which quarters the
file. Norms are additions and a plain LayerNormalization: the fused operator is five times as slow (0.39 ms against
0.07 ms for 192 x 384 numbers; onnxruntime 1.32, AMD EPYC, 2026-11-22).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.annotating.attribution.coding import MODALITIES, SIDES, TYPES
from onrecord.annotating.attribution.decoding import LABELS
from onrecord.annotating.attribution.linking import RELATIONS
from onrecord.annotating.attribution.naming import KINDS
from onrecord.annotating.attribution.words import PIECES_A_WINDOW
from training.attribution.encoder import HEAD_WIDTH, LAYERS, POINTER_WIDTH, Network

_CONTRIB = "com.microsoft"
#: Heads of pointers, their outputs, and how many links each has.
_POINTERS = (
    ("asker_head", "askers", RELATIONS),
    ("answer_head", "answers", RELATIONS),
    ("deed_head", "deeds", len(SIDES)),
    ("party_head", "parties", len(SIDES)),
)


class _Graph:
    """Nodes and constants under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output


def export(network: Network, path: Path) -> None:
    """Write the quantised network."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(_model(network), plain)
        quantize_dynamic(
            plain,
            path,
            op_types_to_quantize=["MatMul", "Attention"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=["tags_product", "names_product", "types_product", "modalities_product"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


def _model(network: Network) -> onnx.ModelProto:
    weights = {name: tensor.detach().float().numpy() for name, tensor in network.state_dict().items()}
    graph = _Graph()
    hidden = _tables(graph, weights)
    for number in range(LAYERS):
        hidden = _layer(graph, weights, number, hidden)
    graph.node("Squeeze", [hidden, graph.constant("axis_0", np.array([0]))], "words")
    _dense(graph, weights, "tag_head", "words", "tags")
    _dense(graph, weights, "name_head", "words", "names")
    _dense(graph, weights, "type_head", "words", "types")
    _dense(graph, weights, "modality_head", "words", "modalities")
    for head, output, links in _POINTERS:
        _dense(graph, weights, head, "words", f"{output}_flat")
        shape = graph.constant(f"{output}_shape", np.array([-1, links, POINTER_WIDTH]))
        graph.node("Reshape", [f"{output}_flat", shape], output)
    integer, real = TensorProto.INT64, TensorProto.FLOAT
    made = helper.make_graph(
        graph.nodes,
        "attribution",
        [
            helper.make_tensor_value_info("pieces", integer, [1, "pieces"]),
            helper.make_tensor_value_info("surfaces", integer, [1, "pieces"]),
            helper.make_tensor_value_info("firsts", integer, ["words"]),
        ],
        [
            helper.make_tensor_value_info("tags", real, ["words", len(LABELS)]),
            helper.make_tensor_value_info("names", real, ["words", 1 + len(KINDS)]),
            helper.make_tensor_value_info("types", real, ["words", 1 + len(TYPES)]),
            helper.make_tensor_value_info("modalities", real, ["words", len(MODALITIES)]),
            *(
                helper.make_tensor_value_info(output, real, ["words", links, POINTER_WIDTH])
                for _, output, links in _POINTERS
            ),
        ],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=8)


def _tables(graph: _Graph, weights: dict[str, NDArray[Any]]) -> str:
    rows = weights["word_table.weight"]
    scale = np.maximum(np.abs(rows).max(1, keepdims=True) / 127, 1e-8).astype(np.float32)
    graph.constant("word_table", np.round(rows / scale).astype(np.int8))
    graph.constant("word_scale", scale)
    graph.node("Gather", ["word_table", "pieces"], "word_rows")
    graph.node("Cast", ["word_rows"], "word_floats", to=TensorProto.FLOAT)
    graph.node("Gather", ["word_scale", "pieces"], "word_scales")
    graph.node("Mul", ["word_floats", "word_scales"], "word_states")
    graph.constant("surface_table", weights["surface_table.weight"])
    graph.node("Gather", ["surface_table", "surfaces"], "surface_states")
    graph.node("Add", ["word_states", "surface_states"], "named_states")
    graph.constant("position_table", weights["position_table.weight"][:PIECES_A_WINDOW])
    graph.node("Shape", ["pieces"], "length", start=1, end=2)
    zero, axis = graph.constant("zero", np.array([0])), graph.constant("axis", np.array([0]))
    graph.node("Slice", ["position_table", zero, "length", axis], "positions")
    graph.node("Add", ["named_states", "positions"], "table_states")
    norm = [graph.constant(f"table_norm.{part}", weights[f"table_norm.{part}"]) for part in ("weight", "bias")]
    return graph.node("LayerNormalization", ["table_states", *norm], "hidden", axis=-1, epsilon=1e-12)


def _layer(graph: _Graph, weights: dict[str, NDArray[Any]], number: int, hidden: str) -> str:
    name = f"layers.{number}"
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    projection = graph.constant(f"{name}.qkv", np.concatenate([weights[f"{part}.weight"].T for part in parts], 1))
    bias = graph.constant(f"{name}.qkv_bias", np.concatenate([weights[f"{part}.bias"] for part in parts]))
    heads = len(weights[f"{name}.query.bias"]) // HEAD_WIDTH
    graph.node("Attention", [hidden, projection, bias], f"{name}.attended", _CONTRIB, num_heads=heads)
    attended = f"{name}.attended"
    if number == LAYERS - 1:
        # The heads read a word by its first piece: after the last attention the others are of no use.
        attended = graph.node("Gather", [attended, "firsts"], f"{name}.attended_words", axis=1)
        hidden = graph.node("Gather", [hidden, "firsts"], f"{name}.hidden_words", axis=1)
    graph.node("MatMul", [attended, _matrix(graph, weights, f"{name}.mixed")], f"{name}.mixed_product")
    mixed = _add_and_norm(graph, weights, f"{name}.mixed", f"{name}.mixed_product", hidden)
    graph.node("MatMul", [mixed, _matrix(graph, weights, f"{name}.wide")], f"{name}.wide_product")
    wide_bias = graph.constant(f"{name}.wide.bias", weights[f"{name}.wide.bias"])
    graph.node("BiasGelu", [f"{name}.wide_product", wide_bias], f"{name}.inner", _CONTRIB)
    graph.node("MatMul", [f"{name}.inner", _matrix(graph, weights, f"{name}.narrow")], f"{name}.narrow_product")
    return _add_and_norm(graph, weights, f"{name}.narrow", f"{name}.narrow_product", mixed)


def _add_and_norm(graph: _Graph, weights: dict[str, NDArray[Any]], name: str, product: str, hidden: str) -> str:
    graph.node("Add", [product, graph.constant(f"{name}.bias", weights[f"{name}.bias"])], f"{name}_biased")
    graph.node("Add", [f"{name}_biased", hidden], f"{name}_sum")
    norm = [graph.constant(f"{name}_norm.{part}", weights[f"{name}_norm.{part}"]) for part in ("weight", "bias")]
    return graph.node("LayerNormalization", [f"{name}_sum", *norm], f"{name}_normed", axis=-1, epsilon=1e-12)


def _matrix(graph: _Graph, weights: dict[str, NDArray[Any]], name: str) -> str:
    return graph.constant(f"{name}.weight", weights[f"{name}.weight"].T)


def _dense(graph: _Graph, weights: dict[str, NDArray[Any]], name: str, given: str, output: str) -> str:
    """A linear layer; the askers' scale of the network is folded in."""
    scale = POINTER_WIDTH**-0.5 if name in ("asker_head", "deed_head") else 1.0
    matrix = graph.constant(f"{name}.weight", weights[f"{name}.weight"].T * np.float32(scale))
    bias = graph.constant(f"{name}.bias", weights[f"{name}.bias"] * np.float32(scale))
    graph.node("MatMul", [given, matrix], f"{output}_product")
    return graph.node("Add", [f"{output}_product", bias], output)
