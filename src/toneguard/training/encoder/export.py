"""The network as an ONNX graph, and its 8-bit form.

The graph is written down here node by node, in the fused operators of ONNX Runtime that are made for BERT, rather than
traced: the same weights give the same bytes, and nothing depends on how an exporter names things. It reads one unpadded
message, so it needs no mask.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from toneguard.training.encoder.model import Network

OPSET, FUSED = 17, "com.microsoft"
EPSILON = 1e-12
INPUT, COLUMNS, POOLED, LOWER = "numbers", "columns", "pooled", "lower"
LOWER_LAYERS = 3
"""So many layers, from below, are what a brand voice listens to: the upper ones know topics and feelings instead."""
Array = np.ndarray[Any, Any]


class Graph:
    """Collects nodes and weights; :meth:`node` gives the name of what the node puts out."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, values: Array) -> str:
        """Add a constant."""
        from onnx import numpy_helper

        self.weights.append(numpy_helper.from_array(values.copy(), name))
        return name

    def node(self, operator: str, name: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Add a node whose only output has its name."""
        from onnx import helper

        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, domain=domain, **attributes))
        return name


def write_onnx(network: Network, path: Path) -> None:
    """Write ``network`` in full precision: word-piece numbers (1, length) in, columns, pooled and lower vector out."""
    from onnx import TensorProto, helper, save

    state = {name: value.detach().numpy().astype(np.float32) for name, value in network.state_dict().items()}
    width = state["norm.weight"].shape[0]
    graph = Graph()
    hidden = embed(graph, state)
    for index, layer in enumerate(network.layers):
        hidden = add_layer(graph, state, f"layers.{index}", hidden, int(layer.attention_heads))
    pooled = graph.node("ReduceMean", POOLED, hidden, axes=[1], keepdims=0)
    heads = graph.weight("heads.weight", state["heads.weight"].T)
    graph.node("Gemm", COLUMNS, pooled, heads, graph.weight("heads.bias", state["heads.bias"]))
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "toneguard encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "length"])],
            [
                helper.make_tensor_value_info(COLUMNS, TensorProto.FLOAT, [1, len(state["heads.bias"])]),
                helper.make_tensor_value_info(POOLED, TensorProto.FLOAT, [1, width]),
            ],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)],
        ir_version=8,
        producer_name="toneguard",
    )
    save(with_lower(model), path)


def with_lower(model: Any) -> Any:
    """The graph with one more output: what the lower layers put out, the mean over layers and word-pieces.

    It finds the layers by name, so a graph that was written without it, in 8 bits too, can be given it.
    """
    from onnx import TensorProto, helper

    graph, pooled = model.graph, next(output for output in model.graph.output if output.name == POOLED)
    known = {name for node in graph.node for name in node.output}
    layers = [name for index in range(LOWER_LAYERS) if (name := f"layers.{index}.outer_norm") in known]
    graph.node.extend(
        [
            helper.make_node("Mean", layers, [f"{LOWER}.layers"], name=f"{LOWER}.layers"),
            helper.make_node("ReduceMean", [f"{LOWER}.layers"], [LOWER], name=LOWER, axes=[1], keepdims=0),
        ]
    )
    width = pooled.type.tensor_type.shape.dim[1].dim_value
    graph.output.append(helper.make_tensor_value_info(LOWER, TensorProto.FLOAT, [1, width]))
    return model


def embed(graph: Graph, state: Mapping[str, Array]) -> str:
    """Words, places and the type (one for all, so it is added to the places once and for ever), normalised."""
    words = graph.node("Gather", "words", graph.weight("words.weight", state["words.weight"]), INPUT)
    length = graph.node("Shape", "length", INPUT, start=1)
    places = graph.node(
        "Slice",
        "places",
        graph.weight("places.weight", state["positions.weight"] + state["types.weight"][0]),
        graph.weight("from", np.array([0], dtype=np.int64)),
        length,
        graph.weight("along", np.array([0], dtype=np.int64)),
    )
    return norm(graph, state, "norm", graph.node("Add", "embedded", words, places))


def norm(graph: Graph, state: Mapping[str, Array], name: str, *inputs: str) -> str:
    """Layer normalisation of the sum of one or two inputs."""
    scale = graph.weight(f"{name}.weight", state[f"{name}.weight"])
    shift = graph.weight(f"{name}.bias", state[f"{name}.bias"])
    if len(inputs) == 1:
        return graph.node("LayerNormalization", name, *inputs, scale, shift, axis=-1, epsilon=EPSILON)
    return graph.node("SkipLayerNormalization", name, *inputs, scale, shift, domain=FUSED, epsilon=EPSILON)


def add_layer(graph: Graph, state: Mapping[str, Array], name: str, hidden: str, heads: int) -> str:
    """One transformer layer."""

    def dense(which: str, given: str) -> str:
        weight = graph.weight(f"{name}.{which}.weight", state[f"{name}.{which}.weight"].T)
        return graph.node("MatMul", f"{name}.{which}.product", given, weight)

    def bias(which: str) -> str:
        return graph.weight(f"{name}.{which}.bias", state[f"{name}.{which}.bias"])

    mixed = attend(graph, state, name, hidden, heads)
    mixed = graph.node("Add", f"{name}.mixed", dense("mixed", mixed), bias("mixed"))
    hidden = norm(graph, state, f"{name}.mixed_norm", mixed, hidden)
    inner = graph.node("Add", f"{name}.inner.sum", dense("inner", hidden), bias("inner"))
    inner = graph.node("Gelu", f"{name}.inner", inner, domain=FUSED)
    outer = graph.node("Add", f"{name}.outer", dense("outer", inner), bias("outer"))
    return norm(graph, state, f"{name}.outer_norm", outer, hidden)


def attend(graph: Graph, state: Mapping[str, Array], name: str, hidden: str, heads: int) -> str:
    """Attention before its last, mixing product: one product for queries, keys and values of every head together."""
    width = state[f"{name}.query.weight"].shape[0]
    size = width // heads
    # Queries are scaled beforehand, in their weights.
    scale = np.float32(size**-0.5)
    parts = [(f"{name}.query", scale), (f"{name}.key", np.float32(1)), (f"{name}.value", np.float32(1))]
    weight = np.concatenate([state[f"{part}.weight"].T * factor for part, factor in parts], axis=1)
    bias = np.concatenate([state[f"{part}.bias"] * factor for part, factor in parts])
    product = graph.node("MatMul", f"{name}.packed.product", hidden, graph.weight(f"{name}.packed.weight", weight))
    packed = graph.node("Add", f"{name}.packed", product, graph.weight(f"{name}.packed.bias", bias))
    shape = graph.weight(f"{name}.split", np.array([-1, 3, heads, size], dtype=np.int64))
    split = graph.node("Reshape", f"{name}.heads", packed, shape)  # the message is alone, so its first axis may go
    each = [
        graph.node("Gather", f"{part}.heads", split, graph.weight(f"{part}.place", np.array(place)), axis=1)
        for place, (part, _) in enumerate(parts)
    ]
    query = graph.node("Transpose", f"{name}.query.turned", each[0], perm=[1, 0, 2])
    key = graph.node("Transpose", f"{name}.key.turned", each[1], perm=[1, 2, 0])
    value = graph.node("Transpose", f"{name}.value.turned", each[2], perm=[1, 0, 2])
    shares = graph.node("Softmax", f"{name}.shares", graph.node("MatMul", f"{name}.scores", query, key), axis=-1)
    mixed = graph.node(
        "Transpose", f"{name}.together", graph.node("MatMul", f"{name}.seen", shares, value), perm=[1, 0, 2]
    )
    flat = graph.weight(f"{name}.flat", np.array([1, -1, width], dtype=np.int64))
    return graph.node("Reshape", f"{name}.attention", mixed, flat)


def quantise(full: Path, small: Path) -> None:
    """Write the 8-bit form of ``full``: weights with a scale per channel, in one bit less than there are.

    With seven bits no processor's sum can overflow, so that old and new ones agree, and signed weights are what new
    ones multiply fastest. What flows between is scaled anew for each message, which is why messages run one by one.
    """
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        full,
        small,
        per_channel=True,
        weight_type=QuantType.QInt8,
        reduce_range=True,
        # The last, tiny layer holds every head: keeping it exact costs 80 kB.
        nodes_to_exclude=[COLUMNS],
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
