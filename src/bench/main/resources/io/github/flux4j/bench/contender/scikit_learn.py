"""Trains by partial_fit of scikit-learn's MLPRegressor or MLPClassifier. Called by contender.py."""

import warnings

import numpy
import sklearn
from sklearn.neural_network import MLPClassifier, MLPRegressor

ACTIVATIONS = {"IDENTITY": "identity", "RELU": "relu", "TANH": "tanh", "SIGMOID": "logistic"}


def about(options):
    return f"scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}"


def multiply(size):
    a = numpy.ones((size, size), dtype=numpy.float32)
    return lambda: a @ a


class Model:

    def __init__(self, problem, options, floats):
        layers = problem["layers"]
        self.classifies = problem["loss"] == "LOGIT_CROSS_ENTROPY"
        self.start = [(floats(layer["outputs"], layer["inputs"]), floats(layer["outputs"])) for layer in layers]
        rows, inputs, outputs = problem["batchSize"], layers[0]["inputs"], layers[-1]["outputs"]
        self.batches = [(floats(rows, inputs), self.targets(floats(rows, outputs))) for _ in range(problem["batches"])]
        hidden = [layer["outputs"] for layer in layers[:-1]]
        settings = dict(
            hidden_layer_sizes=hidden, activation=ACTIVATIONS[layers[0]["activation"]] if hidden else "identity",
            batch_size=rows, shuffle=False, alpha=0, **rule(problem["rule"], 1 if self.classifies else 2 / outputs))
        self.model = MLPClassifier(**settings) if self.classifies else MLPRegressor(**settings)
        self.begin(outputs)

    def targets(self, values):
        """Labels of one-hot rows; of one column a vector, as scikit-learn asks for."""
        return values.argmax(axis=1) if self.classifies else values.ravel() if values.shape[1] == 1 else values

    def begin(self, outputs):
        """Makes the arrays by a step, and then as if there had been none."""
        classes = {"classes": numpy.arange(outputs)} if self.classifies else {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.model.partial_fit(*self.batches[0], **classes)
        self.restart()

    def restart(self):
        """With other numbers, and an optimiser of their own."""
        self.model.coefs_ = [numpy.array(weight.T, order="C") for weight, _ in self.start]
        self.model.intercepts_ = [bias.copy() for _, bias in self.start]
        vars(self.model).pop("_optimizer", None)
        self.steps = 0

    def step(self):
        x, y = self.batches[self.steps % len(self.batches)]
        self.steps += 1
        self.model.partial_fit(x, y)

    def parameters(self):
        return [part for weight, bias in zip(self.model.coefs_, self.model.intercepts_) for part in (weight.T, bias)]

    def predict(self, rows):
        return self.model.predict_log_proba(rows) if self.classifies else self.model.predict(rows)


def rule(rule, factor):
    """Settings of the rule, where our gradient is factor times scikit-learn's: its squared error is half of a mean over rows, ours a mean
    over all elements. Adam divides the factor out, but for its epsilon."""
    if "beta1" in rule:
        return dict(
            solver="adam", learning_rate_init=rule["eta"], beta_1=rule["beta1"], beta_2=rule["beta2"],
            epsilon=rule["epsilon"] / factor)
    return dict(solver="sgd", learning_rate_init=rule["eta"] * factor, momentum=0, nesterovs_momentum=False)
