"""The network as int8 ONNX files for ONNX Runtime, batch 1 (one window at a time, no padding, no mask).

The graph is written node by node, its matrix products are quantised dynamically, per channel. The word table is kept
as int8 rows with one scale each. Norms are an addition and a plain LayerNormalization: ONNX Runtime's fused operator is
five times as slow (0.39 ms against 0.07 ms for 192 x 384, onnxruntime 1.32, AMD EPYC, 2026-11-22).
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

from onrecord.annotating.attribution.decoding import LABELS
from onrecord.annotating.attribution.words import PIECES_A_WINDOW
from training.attribution.encoder import HEADS, LAYERS, POINTER_WIDTH, WIDTH
from training.encoder.network import ARC_WIDTH, SharedNetwork

_CONTRIB = "com.microsoft"
#: The linear heads, in the order of the columns of the output `heads`.
LINEAR = (
    "asker_head", "answer_head", "word_head", "mention_head", "relation_dependent", "relation_governor", "edge_head",
    "later_head", "earlier_head",
)  # fmt: skip


class _Graph:
    """Nodes and constants under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, name: str, given: str, weight: NDArray[Any], bias: NDArray[Any]) -> str:
        """A dense layer; `weight` is inputs x outputs."""
        self.node("MatMul", [given, self.constant(f"{name}.weight", weight)], f"{name}_product")
        return self.node("Add", [f"{name}_product", self.constant(f"{name}.bias", bias)], name)


def export(network: SharedNetwork, path: Path, *, reduce_range: bool = False, layers: int = LAYERS) -> None:
    """Write the quantised network."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(_model(network, layers), plain)
        quantize_dynamic(
            plain,
            path,
            op_types_to_quantize=["MatMul", "Attention"],
            per_channel=True,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=["tag_head_product", "arc_product_product", "root_score_product", "governor_bias_product"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


def export_events(network: SharedNetwork, path: Path) -> None:
    """Write the small network of event types: mean states of source, target and sentence in, scores out."""
    graph = _Graph()
    weights = {name: tensor.detach().float().numpy() for name, tensor in network.state_dict().items()}
    graph.linear("event_inner", "states", weights["event_inner.weight"].T, weights["event_inner.bias"])
    graph.node("Gelu", ["event_inner"], "event_raised", _CONTRIB)
    graph.linear("events", "event_raised", weights["event_outer.weight"].T, weights["event_outer.bias"])
    _save(graph, path, [("states", TensorProto.FLOAT, ["rows", 3 * WIDTH])], [("events", ["rows", "types"])])


def _model(network: SharedNetwork, layers: int) -> onnx.ModelProto:
    weights = {name: tensor.detach().float().numpy() for name, tensor in network.state_dict().items()}
    graph = _Graph()
    hidden = _tables(graph, weights)
    for number in range(layers):
        hidden = _layer(graph, weights, number, hidden)
    graph.node("Squeeze", [hidden, graph.constant("axis_0", np.array([0]))], "pieces_states")
    graph.node("Gather", ["pieces_states", "firsts"], "states", axis=0)
    graph.linear("tag_head", "states", weights["tag_head.weight"].T, weights["tag_head.bias"])
    # The askers' scale of the network is folded in.
    scales = {"asker_head": np.float32(POINTER_WIDTH**-0.5)}
    product = np.concatenate([weights[f"{n}.weight"].T * scales.get(n, np.float32(1)) for n in LINEAR], 1)
    bias = np.concatenate([weights[f"{n}.bias"] * scales.get(n, np.float32(1)) for n in LINEAR])
    graph.linear("heads", "states", product, bias)
    _arcs(graph, weights)
    return _made(
        graph,
        [
            ("pieces", TensorProto.INT64, [1, "pieces"]),
            ("surfaces", TensorProto.INT64, [1, "pieces"]),
            ("firsts", TensorProto.INT64, ["words"]),
        ],
        [
            ("states", ["words", WIDTH]),
            ("tag_head", ["words", len(LABELS)]),
            ("heads", ["words", len(bias)]),
            ("arcs", ["words", 2 * ARC_WIDTH + 2]),
        ],
    )


def _arcs(graph: _Graph, weights: dict[str, NDArray[Any]]) -> None:
    """Columns of `arcs`: the dependent's side, the governor's side, the governor's bias, the score of being a root."""
    both = np.concatenate([weights["dependent_head.weight"].T, weights["governor_head.weight"].T], 1)
    bias = np.concatenate([weights["dependent_head.bias"], weights["governor_head.bias"]])
    graph.linear("arc_inner", "states", both, bias)
    graph.node("Gelu", ["arc_inner"], "arc_raised", _CONTRIB)
    middle, axis = graph.constant("arc_middle", np.array([ARC_WIDTH])), graph.constant("axis_1", np.array([1]))
    start, end = graph.constant("arc_start", np.array([0])), graph.constant("arc_end", np.array([2 * ARC_WIDTH]))
    graph.node("Slice", ["arc_raised", start, middle, axis], "dependents")
    graph.node("Slice", ["arc_raised", middle, end, axis], "governors")
    for name, given in (("arc_product", "dependents"), ("governor_bias", "governors"), ("root_score", "dependents")):
        graph.linear(name, given, weights[f"{name}.weight"].T, weights[f"{name}.bias"])
    graph.node("Concat", ["arc_product", "governors", "governor_bias", "root_score"], "arcs", axis=1)


def _made(graph: _Graph, inputs: list[Any], outputs: list[Any]) -> onnx.ModelProto:
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info(name, kind, shape) for name, kind, shape in inputs],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs],
        list(graph.constants.values()),
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=8)


def _save(graph: _Graph, path: Path, inputs: list[Any], outputs: list[Any]) -> None:
    onnx.save(_made(graph, inputs, outputs), path)


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
    return _norm(graph, weights, "table_norm", "table_states", "hidden")


def _norm(graph: _Graph, weights: dict[str, NDArray[Any]], name: str, given: str, output: str) -> str:
    parts = [graph.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias")]
    return graph.node("LayerNormalization", [given, *parts], output, axis=-1, epsilon=1e-12)


def _layer(graph: _Graph, weights: dict[str, NDArray[Any]], number: int, hidden: str) -> str:
    name = f"layers.{number}"
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    projection = graph.constant(f"{name}.qkv", np.concatenate([weights[f"{part}.weight"].T for part in parts], 1))
    bias = graph.constant(f"{name}.qkv_bias", np.concatenate([weights[f"{part}.bias"] for part in parts]))
    graph.node("Attention", [hidden, projection, bias], f"{name}.attended", _CONTRIB, num_heads=HEADS)
    mixed = _dense(graph, weights, f"{name}.mixed", f"{name}.attended")
    graph.node("Add", [mixed, hidden], f"{name}.mixed_sum")
    hidden = _norm(graph, weights, f"{name}.mixed_norm", f"{name}.mixed_sum", f"{name}.mixed_normed")
    wide = graph.constant(f"{name}.wide.weight", weights[f"{name}.wide.weight"].T)
    graph.node("MatMul", [hidden, wide], f"{name}.wide_product")
    wide_bias = graph.constant(f"{name}.wide.bias", weights[f"{name}.wide.bias"])
    graph.node("BiasGelu", [f"{name}.wide_product", wide_bias], f"{name}.inner", _CONTRIB)
    narrow = _dense(graph, weights, f"{name}.narrow", f"{name}.inner")
    graph.node("Add", [narrow, hidden], f"{name}.narrow_sum")
    return _norm(graph, weights, f"{name}.narrow_norm", f"{name}.narrow_sum", f"{name}.narrow_normed")


def _dense(graph: _Graph, weights: dict[str, NDArray[Any]], name: str, given: str) -> str:
    return graph.linear(name, given, weights[f"{name}.weight"].T, weights[f"{name}.bias"])
