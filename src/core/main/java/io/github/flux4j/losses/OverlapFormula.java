package io.github.flux4j.losses;

import io.github.flux4j.engine.LossInput;

/** {@code 1 − (a·Σyŷ + s)/(Σ term(ŷ, y) + s)} over a whole batch: how little predictions and targets overlap. There is nothing to aggregate. */
final class OverlapFormula implements LossFormula {

    private final double factor;
    private final double smooth;
    private final TermFormula.Term term;
    private final TermFormula.Term derivative;

    OverlapFormula(double factor, double smooth, TermFormula.Term term, TermFormula.Term derivative) {
        this.factor = factor;
        this.smooth = smooth;
        this.term = term;
        this.derivative = derivative;
    }

    @Override
    public double terms(int rows, int columns) {
        return 1;
    }

    @Override
    public String whole() {
        return "is computed from a whole batch: it has nothing to sum";
    }

    @Override
    public double sum(LossInput batch, double scale, double[] gradient) {
        double[] p = batch.predictions();
        double[] y = batch.targets();
        int n = batch.rows() * batch.columns();
        double above = smooth;
        double below = smooth;
        for (int i = 0; i < n; i++) {
            double weight = batch.weight(i / batch.columns());
            above += weight * factor * y[i] * p[i];
            below += weight * term.of(p[i], y[i], batch.epsilon());
        }
        for (int i = 0; i < n && gradient != null; i++) {
            double weight = batch.weight(i / batch.columns());
            double slope = derivative.of(p[i], y[i], batch.epsilon());
            gradient[i] = -weight * (factor * y[i] * below - above * slope) / (below * below);
        }
        return 1 - above / below;
    }
}
