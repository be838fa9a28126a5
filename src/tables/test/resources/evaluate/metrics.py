"""Writes metrics.json beside it: data with the metrics that scikit-learn computes of them. Made with scikit-learn 1.4.2, NumPy 2.2.4 and Python
3.13 (Debian's python3-sklearn). Where scikit-learn has no such metric, the formula stands here."""

import json
import pathlib

import numpy as np
from sklearn import metrics as m

random = np.random.default_rng(2026)


def regression(y, p, w):
    values = {
        "rms": m.root_mean_squared_error(y, p, sample_weight=w),
        "mae": m.mean_absolute_error(y, p, sample_weight=w),
        "medianAbsoluteError": m.median_absolute_error(y, p, sample_weight=w),
        "mape": m.mean_absolute_percentage_error(y, p, sample_weight=w),
        "r2": m.r2_score(y, p, sample_weight=w),
        "explainedVariance": m.explained_variance_score(y, p, sample_weight=w),
        "maxError": m.max_error(y, p),
        "pinball(0.1)": m.mean_pinball_loss(y, p, sample_weight=w, alpha=0.1),
        "pinball(0.9)": m.mean_pinball_loss(y, p, sample_weight=w, alpha=0.9),
    }
    if min(y.min(), p.min()) >= 0:
        values["rmsle"] = m.root_mean_squared_log_error(y, p, sample_weight=w)
    return values


def classification(y, p, w):
    classes = p.shape[1]
    labels = np.arange(classes)
    most = p.argmax(axis=1)
    hit = most == y
    weights = np.ones(len(y)) if w is None else w
    one_hot = np.eye(classes)[y]
    values = {
        "accuracy": m.accuracy_score(y, most, sample_weight=w),
        "balancedAccuracy": m.balanced_accuracy_score(y, most, sample_weight=w),
        "mcc": m.matthews_corrcoef(y, most, sample_weight=w),
        "kappa": m.cohen_kappa_score(y, most, sample_weight=w),
        "logLoss": m.log_loss(y, p, labels=labels, sample_weight=w),
        "calibrationError": calibration_error(hit, p.max(axis=1), weights),
    }
    for name, average in ("{}", "macro"), ("weighted{}", "weighted"):
        precision, recall, f1, _ = m.precision_recall_fscore_support(y, most, average=average, sample_weight=w, zero_division=0)
        for metric, value in ("precision", precision), ("recall", recall), ("f1", f1):
            values[name.format(metric if average == "macro" else metric.capitalize())] = value
    if classes == 2:
        values["brier"] = m.brier_score_loss(y, p[:, 1], sample_weight=w)
        values["rocAuc"] = m.roc_auc_score(y, p[:, 1], sample_weight=w)
        values["averagePrecision"] = m.average_precision_score(y, p[:, 1], sample_weight=w)
    else:
        values["brier"] = np.average(((p - one_hot) ** 2).sum(axis=1), weights=weights)
        present = [k for k in labels if (y == k).any()]
        values["rocAuc"] = np.mean([m.roc_auc_score(y == k, p[:, k], sample_weight=w) for k in present])
        values["averagePrecision"] = np.mean([m.average_precision_score(y == k, p[:, k], sample_weight=w) for k in present])
        values["top(2)"] = m.top_k_accuracy_score(y, p, k=2, labels=labels, sample_weight=w)
    if w is None and classes > 2 and len(present) == classes and np.allclose(p.sum(axis=1), 1):
        assert np.isclose(values["rocAuc"], m.roc_auc_score(y, p, multi_class="ovr"), rtol=1e-14)
    return values


def per_class(y, most, classes, w):
    values = m.precision_recall_fscore_support(y, most, labels=np.arange(classes), sample_weight=w, zero_division=0)
    return {name: list(v) for name, v in zip(("precision", "recall", "f1"), values)}


def calibration_error(hit, confidence, weights, bins=15):
    edges = np.linspace(0, 1, bins + 1)
    inside = [(confidence > a) & (confidence <= b) for a, b in zip(edges[:-1], edges[1:])]
    return sum(abs(np.sum(weights[i] * (hit[i] - confidence[i]))) for i in inside) / weights.sum()


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def probabilities(y, classes, strength):
    return softmax(strength * np.eye(classes)[y] + random.normal(size=(len(y), classes)))


def numbers(name, y, p):
    return [{"name": name + suffix, "targets": list(y), "predictions": list(p), "weights": w if w is None else list(w), "values": regression(y, p, w)}
            for suffix, w in (("", None), (", weighted", random.uniform(0.1, 3, len(y))))]


def classes(name, y, p):
    return [{"name": name + suffix, "targets": [int(k) for k in y], "probabilities": p.tolist(), "weights": w if w is None else list(w),
             "values": classification(y, p, w), "perClass": per_class(y, p.argmax(axis=1), p.shape[1], w)}
            for suffix, w in (("", None), (", weighted", random.uniform(0.1, 3, len(y))))]


y = random.normal(size=41)
million = 1e6 + random.normal(size=50)
positive = np.exp(random.normal(size=30))
cases = {
    "regression": numbers("an odd number of rows", y, y + random.normal(size=41))
    + numbers("targets around a million", million, million + 0.3 * random.normal(size=50))
    + numbers("positive", positive, positive * np.exp(0.2 * random.normal(size=30)))
    + numbers("worse than the mean", positive, positive[::-1])
    + numbers("targets all the same", np.full(8, 3.0), random.uniform(1, 5, 8))
    + numbers("a zero among the targets", np.array([0.0, 1, 2, 4]), np.array([0.0, 1.5, 2, 3]))
    + numbers("one row off", np.arange(6.0), np.array([0.0, 1, 2, 3, 4, 9])),
}
three = random.integers(0, 3, 60)
rare = (random.uniform(size=80) < 0.1).astype(int)
rare[:3] = 1
absent = random.choice([0, 1, 3], 40)
certain = probabilities(three, 3, 3.0)
certain[0] = [0, 0, 1]
certain[1] = [1, 0, 0]
sum_off = np.round(probabilities(three, 3, 1.0), 2)
tied = np.round(probabilities(rare, 2, 1.5)[:, 1], 1)
cases["classification"] = (
    classes("three classes", three, probabilities(three, 3, 1.5))
    + classes("imbalanced, tied scores", rare, np.stack([1 - tied, tied], axis=1))
    + classes("a class absent from the targets", absent, probabilities(absent, 4, 1.0))
    + classes("a class absent altogether", absent, probabilities(absent, 5, 6.0) * [1, 1, 1, 1, 0])
    + classes("sure, and sometimes wrong", three, certain)
    + classes("sums that aren't 1", three, sum_off)
)


def plain(value):
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    return value if value is None or isinstance(value, (str, int)) else float(value)


lines = {kind: ",\n".join(json.dumps(plain(case), allow_nan=False) for case in of_kind) for kind, of_kind in cases.items()}
text = ",\n".join(f'"{kind}": [\n{of_kind}\n]' for kind, of_kind in lines.items())
pathlib.Path(__file__).with_name("metrics.json").write_text("{\n" + text + "\n}\n")
