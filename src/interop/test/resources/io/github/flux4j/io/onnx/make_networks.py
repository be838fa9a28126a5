"""Makes the .onnx files beside this script, each with a .csv of rows and what the network predicts for them.

Those under pytorch/ are written by PyTorch's own exporter (torch 2.6, torch.onnx.export with dynamo=False). Those under sklearn/ are
networks that scikit-learn (1.4) trained, written operator by operator as skl2onnx's converters for MLPRegressor, MLPClassifier and
StandardScaler write them, since that package was not to be had.

    python3 make_networks.py
"""

import io
import pathlib
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler
from torch import nn

warnings.filterwarnings("ignore")
HERE = pathlib.Path(__file__).parent


def save(folder, name, model, features, predictions):
    target = HERE / folder
    target.mkdir(exist_ok=True)
    (target / f"{name}.onnx").write_bytes(model)
    rows = np.hstack([features, predictions.reshape(len(features), -1)])
    np.savetxt(target / f"{name}.csv", rows, delimiter=",", fmt="%.9g")


def pytorch(name, opset, *layers):
    torch.manual_seed(1)
    network = nn.Sequential(*layers)
    features = 3 * torch.randn(5, 4)
    for layer in layers:
        if isinstance(layer, nn.BatchNorm1d):
            layer.running_mean.normal_()
            layer.running_var.uniform_(0.5, 2)
            nn.init.normal_(layer.weight)
            nn.init.normal_(layer.bias)
        if isinstance(layer, nn.LayerNorm) and layer.elementwise_affine:
            nn.init.normal_(layer.weight)
            nn.init.normal_(layer.bias)
    network.eval()
    out = io.BytesIO()
    torch.onnx.export(network, (features,), out, opset_version=opset, dynamo=False, input_names=["features"],
                      output_names=["predictions"], dynamic_axes={"features": {0: "n"}, "predictions": {0: "n"}})
    save("pytorch", name, out.getvalue(), features.numpy(), network(features).detach().numpy())


def pytorch_activations():
    for layer in [nn.Identity(), nn.Sigmoid(), nn.Hardsigmoid(), nn.LogSigmoid(), nn.Hardtanh(), nn.Tanh(), nn.ReLU(), nn.ReLU6(),
                  nn.ELU(0.7), nn.CELU(0.7), nn.SELU(), nn.LeakyReLU(0.2), nn.PReLU(), nn.Softshrink(0.3), nn.GELU(), nn.SiLU(),
                  nn.Hardswish(), nn.Mish(), nn.Softplus(), nn.Softsign(), nn.Tanhshrink(), nn.Softmax(1), nn.LogSoftmax(-1)]:
        pytorch("activation-" + type(layer).__name__.lower(), 13, nn.Linear(4, 3), layer)
    pytorch("activation-gelu-tanh", 13, nn.Linear(4, 3), nn.GELU("tanh"))
    pytorch("activation-gelu-20", 20, nn.Linear(4, 3), nn.GELU())
    pytorch("activation-gelu-tanh-20", 20, nn.Linear(4, 3), nn.GELU("tanh"))
    pytorch("activation-hardswish-20", 20, nn.Linear(4, 3), nn.Hardswish())


def pytorch_networks():
    for opset in [9, 13, 17, 20]:
        pytorch(f"mlp-{opset}", opset, nn.Linear(4, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Dropout(0.5), nn.Flatten(),
                nn.Linear(6, 5, bias=False), nn.LayerNorm(5), nn.GELU(), nn.Linear(5, 3), nn.Softmax(dim=1))
    pytorch("batchnorm-first", 13, nn.BatchNorm1d(4, eps=1e-3, momentum=0.2), nn.Linear(4, 2), nn.LogSoftmax(dim=-1))
    pytorch("layernorm-plain", 13, nn.Linear(4, 3), nn.LayerNorm(3, elementwise_affine=False))


class Converted:
    """A graph as skl2onnx builds it."""

    def __init__(self, dtype):
        self.dtype, self.nodes, self.stored = dtype, [], []

    def add(self, op, inputs, output, domain="", **attributes):
        self.nodes.append(helper.make_node(op, inputs, [output], name=f"{op}{len(self.nodes)}", domain=domain, **attributes))
        return output

    def store(self, name, dtype, shape, values):
        self.stored.append(helper.make_tensor(name, dtype, shape, values))
        return name

    def forward(self, model, x):
        names = {"identity": "Identity", "tanh": "Tanh", "logistic": "Sigmoid", "relu": "Relu", "softmax": "Softmax"}
        last = self.add("Cast", [x], "cast_input", to=self.dtype)
        layers = len(model.coefs_)
        for i, (w, b) in enumerate(zip(model.coefs_, model.intercepts_)):
            coefficient = self.store(f"coefficient{i}", self.dtype, w.shape, w.ravel())
            intercepts = self.store(f"intercepts{i}", self.dtype, [1, len(b)], b)
            product = self.add("MatMul", [last, coefficient], f"mul_result{i}")
            last = self.add("Add", [product, intercepts], f"add_result{i}")
            if i + 1 < layers:
                last = self.add(names[model.activation], [last], f"next_activations{i}")
        return self.add(names[model.out_activation_], [last], "out_activations_result")

    def scaler(self, scaler, x):
        return self.add("Scaler", [x], "variable", "ai.onnx.ml", offset=list(scaler.mean_), scale=list(1 / scaler.scale_))

    def bytes(self, inputs, outputs):
        graph = helper.make_graph(self.nodes, "mlp", [helper.make_tensor_value_info("X", self.dtype, [None, inputs])], outputs, self.stored)
        model = helper.make_model(graph, producer_name="skl2onnx",
                                  opset_imports=[helper.make_opsetid("", 15), helper.make_opsetid("ai.onnx.ml", 1)])
        model.ir_version = 8
        return model.SerializeToString()


def sklearn_regressor(name, activation, dtype, scaled):
    random = np.random.RandomState(1)
    x = random.randn(60, 4) * [1, 10, 0.1, 4] + [0, 1976, 0, 3]
    scaler = StandardScaler().fit(x)
    y = np.sin(scaler.transform(x)).sum(1)
    prepared = scaler.transform(x) if scaled else x - [0, 1976, 0, 0]
    model = MLPRegressor((6, 5), activation, random_state=1, max_iter=50).fit(prepared, y)
    graph = Converted(dtype)
    last = graph.forward(model, graph.scaler(scaler, "X") if scaled else "X")
    graph.store("shape_tensor", TensorProto.INT64, [2], [-1, 1])
    graph.add("Reshape", [last, "shape_tensor"], "variable1")
    rows = (x if scaled else prepared)[:5]
    if dtype == TensorProto.FLOAT:
        rows = rows.astype(np.float32).astype(float)
    features = scaler.transform(rows) if scaled else rows
    save("sklearn", name, graph.bytes(4, [helper.make_tensor_value_info("variable1", dtype, [None, 1])]), rows, model.predict(features))


def sklearn_classifier(name, classes):
    random = np.random.RandomState(2)
    x = random.randn(90, 4).astype(np.float32).astype(float)
    y = np.array(["red", "green", "blue"])[(x[:, 0] > 0).astype(int) + (x[:, 1] > 0.3) * (classes - 2)]
    model = MLPClassifier((6,), random_state=1, max_iter=60).fit(x, y)
    graph = Converted(TensorProto.FLOAT)
    last = graph.forward(model, "X")
    if classes == 2:
        graph.store("unity", TensorProto.FLOAT, [], [1])
        rest = graph.add("Sub", ["unity", last], "negative_class_proba")
        graph.add("Concat", [rest, last], "probabilities", axis=1)
    else:
        graph.add("Identity", [last], "probabilities")
    graph.store("classes", TensorProto.STRING, [len(model.classes_)], [c.encode() for c in model.classes_])
    graph.add("ArgMax", ["probabilities"], "argmax_output", axis=1)
    graph.add("ArrayFeatureExtractor", ["classes", "argmax_output"], "array_feature_extractor_result", "ai.onnx.ml")
    graph.store("shape_tensor", TensorProto.INT64, [1], [-1])
    graph.add("Reshape", ["array_feature_extractor_result", "shape_tensor"], "output_label")
    graph.add("ZipMap", ["probabilities"], "output_probability", "ai.onnx.ml", classlabels_strings=list(model.classes_))
    zipped = helper.make_sequence_type_proto(helper.make_map_type_proto(
        TensorProto.STRING, helper.make_tensor_type_proto(TensorProto.FLOAT, None)))
    outputs = [helper.make_tensor_value_info("output_label", TensorProto.STRING, [None]),
               helper.make_value_info("output_probability", zipped)]
    save("sklearn", name, graph.bytes(4, outputs), x[:5], model.predict_proba(x[:5]))


pytorch_activations()
pytorch_networks()
sklearn_regressor("regressor-relu", "relu", TensorProto.FLOAT, False)
sklearn_regressor("regressor-tanh-scaled", "tanh", TensorProto.FLOAT, True)
sklearn_regressor("regressor-logistic-double", "logistic", TensorProto.DOUBLE, False)
sklearn_classifier("classifier-2", 2)
sklearn_classifier("classifier-3", 3)
