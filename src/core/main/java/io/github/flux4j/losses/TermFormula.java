package io.github.flux4j.losses;

import io.github.flux4j.engine.LossInput;
import io.github.flux4j.engine.Specialised;
import java.lang.invoke.MethodHandles;

/** Terms of one prediction and one target each, summed by a loop of its own (see {@link Specialised}). */
final class TermFormula implements LossFormula.OfFloats {

    /** A function of prediction, target and an epsilon, by default that of their type. */
    interface Term {
        double of(double prediction, double target, double epsilon);
    }

    /** The loss of one element and its derivative by the prediction. A record, whose fields the JIT trusts. */
    record Terms(Term value, Term derivative) {}

    /** Stands for the epsilon of the predictions' type. */
    private static final double OF_THE_TYPE = Double.NaN;

    /** The machine epsilon of Float32. */
    private static final double OF_FLOATS = Math.ulp(1f);

    /** What a mean divides by. */
    enum Mean {
        /** The number of elements. */
        ELEMENTS,
        /** The number of rows, each the sum over its columns, where columns are classes. */
        ROWS
    }

    private final Mean mean;
    private final Loop loop;
    private final Probabilities probabilities;
    private final double epsilon;

    private TermFormula(Mean mean, Loop loop, Probabilities probabilities, double epsilon) {
        this.mean = mean;
        this.loop = loop;
        this.probabilities = probabilities;
        this.epsilon = epsilon;
    }

    /** Terms with a mean over all elements. */
    static TermFormula ofElements(Term value, Term derivative) {
        return of(Mean.ELEMENTS, value, derivative);
    }

    /** Terms that are summed over columns; their mean is over rows. */
    static TermFormula ofRows(Term value, Term derivative) {
        return of(Mean.ROWS, value, derivative);
    }

    private static TermFormula of(Mean mean, Term value, Term derivative) {
        Loop loop = Specialised.copy(MethodHandles.lookup(), Template.class, new Terms(value, derivative), Loop.class);
        return new TermFormula(mean, loop, null, OF_THE_TYPE);
    }

    /** The same terms for predictions that must be probabilities. */
    TermFormula of(Probabilities kind) {
        return new TermFormula(mean, loop, kind, epsilon);
    }

    /** The same terms with this epsilon instead of their type's. */
    TermFormula withEpsilon(double eps) {
        return new TermFormula(mean, loop, probabilities, eps);
    }

    private double epsilon(double ofTheType) {
        return Double.isNaN(epsilon) ? ofTheType : epsilon;
    }

    @Override
    public double terms(int rows, int columns) {
        return mean == Mean.ROWS ? rows : (double) rows * columns;
    }

    @Override
    public void require(String loss, LossInput batch) {
        if (probabilities != null) {
            probabilities.require(loss, batch.predictions(), batch.targets(), batch.rows(), batch.columns());
        }
    }

    @Override
    public void require(String loss, float[] predictions, float[] targets, int rows, int columns) {
        if (probabilities != null) {
            probabilities.require(loss, predictions, targets, rows, columns);
        }
    }

    @Override
    public double sum(LossInput batch, double scale, double[] gradient) {
        return loop.sum(batch, gradient, scale, epsilon(batch.epsilon()));
    }

    @Override
    public double sum(float[] p, float[] y, double[] weights, int rows, int columns, double scale, float[] gradient) {
        return loop.sum(p, y, weights, rows, columns, gradient, scale, epsilon(OF_FLOATS));
    }

    /** The terms of a batch: Σ weight·value over all elements; a gradient, unless null, receives scale·weight·derivative. */
    interface Loop {

        double sum(LossInput batch, double[] gradient, double scale, double epsilon);

        double sum(
                float[] p,
                float[] y,
                double[] weights,
                int rows,
                int columns,
                float[] gradient,
                double scale,
                double epsilon);
    }

    /** The class that is copied for each pair of terms; never used itself. */
    static final class Template implements Loop {

        private static final Terms TERMS = terms();

        private static Terms terms() {
            try {
                return MethodHandles.classData(MethodHandles.lookup(), "_", Terms.class);
            } catch (IllegalAccessException e) {
                throw new LinkageError("no class data", e);
            }
        }

        @Override
        public double sum(LossInput batch, double[] gradient, double scale, double epsilon) {
            double[] predictions = batch.predictions();
            double[] targets = batch.targets();
            double total = 0;
            int at = 0;
            for (int row = 0; row < batch.rows(); row++) {
                double weight = batch.weight(row);
                for (int end = at + batch.columns(); at < end; at++) {
                    total += weight * TERMS.value().of(predictions[at], targets[at], epsilon);
                    if (gradient != null) {
                        gradient[at] = scale * weight * TERMS.derivative().of(predictions[at], targets[at], epsilon);
                    }
                }
            }
            return total;
        }

        @Override
        public double sum(
                float[] p,
                float[] y,
                double[] weights,
                int rows,
                int columns,
                float[] gradient,
                double scale,
                double epsilon) {
            double total = 0;
            int at = 0;
            for (int row = 0; row < rows; row++) {
                double weight = weights == null ? 1 : weights[row];
                for (int end = at + columns; at < end; at++) {
                    total += weight * TERMS.value().of(p[at], y[at], epsilon);
                    gradient[at] = (float) (scale * weight * TERMS.derivative().of(p[at], y[at], epsilon));
                }
            }
            return total;
        }
    }
}
