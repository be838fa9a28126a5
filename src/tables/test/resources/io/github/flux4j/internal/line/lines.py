"""Writes lines.json beside it: small tables with the linear models that scikit-learn fits to them. Made with scikit-learn 1.4.2, NumPy 2.2.4 and
Python 3.13 (Debian's python3-sklearn).

A penalty is that of the mean loss, half of it times the squares of the weights in units of their columns' deviations: alpha = n*penalty for Ridge, and
C = 1/(n*penalty) for LogisticRegression, both of numbers divided by their deviations."""

import json
import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge

random = np.random.default_rng(2026)
FOLDS = 5
NUMBERS = [1e-14, 1e-6, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]
CLASSES = [1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 1e-5, 1e-6]


def rounded(x):
    return np.round(x, 4)


def one_hot(levels, count):
    return np.eye(count)[levels]


def units(numbers, weights):
    mean = np.average(numbers, axis=0, weights=weights)
    return np.sqrt(np.average((numbers - mean) ** 2, axis=0, weights=weights))


def ridge(x, y, w, penalty):
    return Ridge(alpha=w.sum() * penalty, solver="cholesky", tol=1e-12).fit(x, y, sample_weight=w)


def numbers(name, rows, columns, levels, weighted):
    x = rounded(random.normal(size=(rows, columns)) * [1, 10, 0.1, 3][:columns] + [0, 100, -5, 1][:columns])
    text = random.integers(levels, size=rows)
    w = rounded(random.uniform(0.5, 2, size=rows)) if weighted else np.ones(rows)
    y = rounded(x @ [1, 0.05, 3, 0.2][:columns] + np.array([0, 1, -1])[text] + random.normal(size=rows) * 2)
    scale = np.append(units(x, w), np.ones(levels))
    z = np.hstack([x, one_hot(text, levels)]) / scale
    every = np.arange(rows)
    errors = np.zeros((len(NUMBERS), FOLDS))
    held = np.zeros((len(NUMBERS), rows))
    for i, penalty in enumerate(NUMBERS):
        for k in range(FOLDS):
            train, test = every[every % FOLDS != k], every[every % FOLDS == k]
            held[i, test] = ridge(z[train], y[train], w[train], penalty).predict(z[test])
            errors[i, k] = (w[test] * (held[i, test] - y[test]) ** 2).sum()
    best = int(errors.sum(axis=1).argmin())
    by_others = [int((errors.sum(axis=1) - errors[:, k]).argmin()) for k in range(FOLDS)]
    model = ridge(z, y, w, NUMBERS[best])
    return {
        "name": name,
        "numbers": x.tolist(),
        "levels": text.tolist(),
        "weights": w.tolist() if weighted else None,
        "targets": [y.tolist()],
        "penalty": NUMBERS[best],
        "penaltyByOthers": [NUMBERS[i] for i in by_others],
        "coefficients": [(model.coef_ / scale).tolist()],
        "constants": [float(model.intercept_)],
        "heldOut": [float(held[by_others[row % FOLDS], row]) for row in every],
    }


def classes(name, rows, columns, levels, count):
    x = rounded(random.normal(size=(rows, columns)) * [1, 10, 0.1, 3][:columns] + [0, 100, -5, 1][:columns])
    text = random.integers(levels, size=rows)
    slopes = random.normal(size=(columns + levels, count))
    scale = np.append(units(x, np.ones(rows)), np.ones(levels))
    z = np.hstack([x, one_hot(text, levels)]) / scale
    y = ((z - z.mean(axis=0)) @ slopes + random.gumbel(size=(rows, count))).argmax(axis=1)
    models = []
    for penalty in CLASSES:
        model = LogisticRegression(C=1 / (rows * penalty), tol=1e-10, max_iter=100_000).fit(z, y)
        models.append({
            "penalty": penalty,
            "coefficients": (model.coef_ / scale).tolist(),
            "constants": model.intercept_.tolist(),
        })
    return {
        "name": name,
        "numbers": x.tolist(),
        "levels": text.tolist(),
        "targets": np.eye(count, dtype=int)[y].T.tolist(),
        "models": models,
    }


result = {
    "numbers": [numbers("plain", 40, 4, 3, False), numbers("weighted", 40, 4, 3, True), numbers("few rows", 15, 4, 3, False)],
    "classes": [classes("two", 60, 3, 2, 2), classes("three", 90, 3, 3, 3)],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
