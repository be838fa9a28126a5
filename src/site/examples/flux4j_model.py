"""Predictions of a fitted flux4j model in Python, with numpy alone.

    model = Model("mpg.flux4j")
    model.predict([{"Horsepower": 88, "Year": "1971-01-01", "Origin": "Japan", ...}])   # one number, or one probability a class, for each row

    python3 flux4j_model.py mpg.flux4j cars.csv          # a column, or one for each class

Layers are dense, embedding, periodic, scale, layerNorm, batchNorm, dropout, chain, skipConnection and parallel; numbers, dates and texts are written as usual. What else is in a
file is refused. The file's checksum is not looked at.
"""

import csv
import datetime
import json
import math
import struct
import sys

import numpy as np

MISSING = {"", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"}
TYPES = {"F32": np.float32, "F64": np.float64}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


ACTIVATIONS = {
    "identity": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "swish": lambda x: x * sigmoid(x),
    "gelu": lambda x: x * sigmoid(1.5957691216057308 * x * (1 + 0.044715 * x * x)),
    "softplus": lambda x: np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))),
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "selu": lambda x: 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(np.minimum(x, 0))),
    "softmax": softmax,
}


class Model:
    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        length = struct.unpack("<Q", data[:8])[0]
        header = json.loads(data[8:8 + length])
        texts = header.pop("__metadata__")
        if texts.get("format") != "flux4j" or texts.get("flux4j.schema") != "1":
            raise ValueError(f"{path}: a flux4j file of schema 1 was expected, but it is {texts.get('format')} {texts.get('flux4j.schema')}")
        self.json = json.loads(texts["flux4j"])
        if "features" not in self.json:
            raise ValueError(f"{path}: a fitted model was expected, but it is a {self.json['kind']}")
        numbers = data[8 + length:]
        self.tensors = {name: np.frombuffer(numbers[t["data_offsets"][0]:t["data_offsets"][1]], TYPES[t["dtype"]]).reshape(t["shape"])
                        for name, t in header.items()}
        self.type = np.float32 if self.json["type"] == "float32" else np.float64
        target = self.json["target"]
        self.targets = target if isinstance(target, list) else [target]
        self.classes = self.targets[0].get("classes")

    def predict(self, rows):
        """A row for each, of numbers, or of probabilities in the order of self.classes."""
        x = np.array([[number for feature in self.json["features"] for number in prepared(feature, row)] for row in rows]).astype(self.type)
        votes = []
        for i, network in enumerate(self.json["networks"]):
            alone = len(self.json["networks"]) == 1  # its tensors have no number before their names
            own = iter([tensor for name, tensor in self.tensors.items()
                        if not name.startswith("heldout.") and (alone or name.startswith(f"{i}."))])
            y = run(network, x, own).astype(np.float64)
            votes.append(self.probabilities(y) if self.classes else y)
        mean = sum(votes) / len(votes)
        if self.classes:
            return mean
        numbers = [mean[:, k] * t.get("std", 1) + t.get("mean", 0) for k, t in enumerate(self.targets)]
        return np.stack([np.clip(np.expm1(y) if t.get("log") else y, t.get("low", -np.inf), t.get("high", np.inf))
                         for y, t in zip(numbers, self.targets)], axis=1)

    def probabilities(self, y):
        logits = self.targets[0].get("outputs", "logits") == "logits"
        if y.shape[1] == 1:
            second = sigmoid(y) if logits else y
            return np.hstack([1 - second, second])
        return softmax(y) if logits else y


def prepared(feature, row):
    if feature["name"] not in row:
        raise ValueError(f"column {feature['name']!r} was expected, but there is none; None stands for what is missing")
    value = row[feature["name"]]
    missing = value is None or isinstance(value, str) and value in MISSING
    if feature["type"] == "text":
        return one_hot(feature, value, missing)
    unknown = set(feature) - {"name", "type", "missing", "center", "scale", "clip", "frequencies", "phases", "curve", "straight"}
    if unknown:
        raise ValueError(f"column {feature['name']!r} has {', '.join(sorted(unknown))}, which this reader doesn't know")
    number = feature["missing"] if missing else years(value) if feature["type"] == "date" else float(value)
    v = (number - feature.get("center", 0)) * feature.get("scale", 1)
    straight = [v, 1.0 if missing else 0.0] if feature.get("straight") else []
    if "clip" in feature:
        v = v / math.sqrt(1 + (v / feature["clip"]) ** 2)
    curve = [float(np.interp(number, feature["curve"]["at"], feature["curve"]["values"]))] if "curve" in feature else []
    return [v] + curve + [math.cos(2 * math.pi * f * v + p) for f, p in zip(feature.get("frequencies", []), feature.get("phases", []))] + straight


def one_hot(feature, value, missing):
    levels = feature["levels"]
    text = None if value is None else f"{value:g}" if isinstance(value, (int, float)) else str(value)
    if text not in levels and missing:
        text = feature.get("missing")
    elif text not in levels and feature.get("unknown") == "other":
        text = levels[-1]
    if text not in levels and feature.get("unknown") == "error":
        raise ValueError(f"column {feature['name']!r} expects one of its {len(levels)} texts, but there is {value!r}")
    return [1.0 if text == level else 0.0 for level in levels]


def years(value):
    """A date is its year and the share of that year that is over."""
    date = value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value.strip()) if isinstance(value, str) else None
    if date is None:
        return float(value)
    first = datetime.date(date.year, 1, 1)
    return date.year + (date - first).days / (datetime.date(date.year + 1, 1, 1) - first).days


def run(layer, x, tensors):
    """What a layer computes; takes its tensors, which lie in the file in the order of the layers."""
    kind = layer["type"]
    if kind == "chain":
        for inner in layer["layers"]:
            x = run(inner, x, tensors)
        return x
    if kind in ("dropout", "alphaDropout"):
        return x
    if kind in ("skipConnection", "parallel"):
        parts = [run(inner, x, tensors) for inner in layer["layers"]] + ([x] if kind == "skipConnection" else [])
        if layer["join"] not in ("sum", "concat"):
            raise ValueError(f"a join by {layer['join']} is none that this reader knows")
        return sum(parts) if layer["join"] == "sum" else np.hstack(parts)
    if kind == "columns":
        x = x[:, layer["from"]:layer["to"]]
        for inner in layer.get("layers", []):
            x = run(inner, x, tensors)
        return x
    if kind == "dense":
        x = x @ next(tensors).T
        x = x + next(tensors) if layer.get("bias", True) else x
    elif kind == "embedding":
        return x @ next(tensors).reshape(layer["out"], layer["in"]).T
    elif kind == "periodic":
        frequencies, phases, weight, bias = (next(tensors).astype(np.float64) for _ in range(4))
        waves = np.cos(2 * np.pi * frequencies * x[:, :, None] + phases)
        sums = np.einsum("rif,iof->rio", waves, weight.reshape(layer["in"], layer["out"], -1))
        return (sums.reshape(len(x), -1) + bias).astype(x.dtype)
    elif kind == "scale":
        x = x * next(tensors)
        x = x + next(tensors) if layer.get("bias", True) else x
    elif kind in ("layerNorm", "batchNorm"):
        x = normalised(layer, x, tensors)
    elif kind in ACTIVATIONS:
        return ACTIVATIONS[kind](x).astype(x.dtype)
    else:
        raise ValueError(f"a layer {kind} is none that this reader knows")
    return activated(layer.get("activation", "identity"), x)


def normalised(layer, x, tensors):
    affine = [next(tensors), next(tensors)] if layer.get("affine", True) else [1, 0]
    if layer["type"] == "layerNorm":
        mean, variance = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    elif layer.get("trackStats", True):
        mean, variance = next(tensors), next(tensors)
    else:
        mean, variance = x.mean(axis=0), x.var(axis=0)
    return ((x - mean) / np.sqrt(variance + x.dtype.type(layer.get("eps", 1e-5))) * affine[0] + affine[1]).astype(x.dtype)


def activated(activation, x):
    if activation not in ACTIVATIONS:
        raise ValueError(f"an activation {activation} is none that this reader knows")
    return ACTIVATIONS[activation](x).astype(x.dtype)


if __name__ == "__main__":
    model = Model(sys.argv[1])
    with open(sys.argv[2], newline="") as table:
        predictions = model.predict(list(csv.DictReader(table)))
    print(",".join("probability_" + name for name in model.classes) if model.classes else ",".join(t["name"] for t in model.targets))
    for prediction in predictions:
        print(",".join(repr(float(number)) for number in prediction))
