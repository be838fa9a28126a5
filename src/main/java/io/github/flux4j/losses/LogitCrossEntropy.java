package io.github.flux4j.losses;

import io.github.flux4j.engine.Comparison;
import io.github.flux4j.engine.LogSumExp;

/** {@code −Σ y·logsoftmax(ŷ)} over the classes; ∂/∂ŷ = softmax(ŷ)·Σy − y. */
final class LogitCrossEntropy extends LossFunction {

    LogitCrossEntropy(Aggregation aggregation) {
        super("logitcrossentropy", aggregation);
    }

    @Override
    LossFunction with(Aggregation aggregation) {
        return new LogitCrossEntropy(aggregation);
    }

    @Override
    public double evaluate(Comparison batch, double[] gradient) {
        double scale = scale(batch.rows());
        double total = 0;
        for (int row = 0; row < batch.rows(); row++) {
            total += batch.weight(row) * row(batch, row * batch.columns(), gradient, scale * batch.weight(row));
        }
        return scale * total;
    }

    private static double row(Comparison batch, int from, double[] gradient, double scale) {
        double[] logits = batch.predictions();
        double[] y = batch.targets();
        int to = from + batch.columns();
        double logSum = LogSumExp.of(logits, from, to);
        double loss = 0;
        double mass = 0;
        for (int i = from; i < to; i++) {
            loss -= y[i] * (logits[i] - logSum);
            mass += y[i];
        }
        for (int i = from; i < to && gradient != null; i++) {
            gradient[i] = scale * (Math.exp(logits[i] - logSum) * mass - y[i]);
        }
        return loss;
    }
}
