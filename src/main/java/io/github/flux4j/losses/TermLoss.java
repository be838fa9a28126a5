package io.github.flux4j.losses;

import io.github.flux4j.engine.Comparison;
import io.github.flux4j.engine.FusedObjective;
import io.github.flux4j.engine.Specialised;
import java.lang.invoke.MethodHandles;

/** A loss made of terms of one prediction and one target each, summed up by a loop of its own (see {@link Specialised}). */
final class TermLoss extends LossFunction implements FusedObjective {

    /** A function of prediction, target and an epsilon, that of their type unless another was asked for. */
    interface Term {
        double of(double prediction, double target, double epsilon);
    }

    /** The loss of one element and its derivative by the prediction. A record, whose fields the JIT trusts. */
    record Terms(Term value, Term derivative) {}

    /** In place of an epsilon, that of the predictions' type. */
    private static final double OF_THE_TYPE = Double.NaN;

    /** What a mean is over. */
    enum Mean {
        /** All elements: rows and columns. */
        ELEMENTS,
        /** The rows, each the sum over its columns, as where columns are classes. */
        ROWS
    }

    private final Mean mean;
    private final Loop loop;
    private final Probabilities probabilities;
    private final double epsilon;

    private TermLoss(
            String name, Aggregation aggregation, Mean mean, Loop loop, Probabilities probabilities, double epsilon) {
        super(name, aggregation);
        this.mean = mean;
        this.loop = loop;
        this.probabilities = probabilities;
        this.epsilon = epsilon;
    }

    /** A loss whose mean is over all elements. */
    static TermLoss ofElements(String name, Term value, Term derivative) {
        return of(name, Mean.ELEMENTS, value, derivative);
    }

    /** A loss that is summed over columns; its mean is over rows. */
    static TermLoss ofRows(String name, Term value, Term derivative) {
        return of(name, Mean.ROWS, value, derivative);
    }

    private static TermLoss of(String name, Mean mean, Term value, Term derivative) {
        Loop loop = Specialised.copy(MethodHandles.lookup(), Template.class, new Terms(value, derivative), Loop.class);
        return new TermLoss(name, Aggregation.MEAN, mean, loop, null, OF_THE_TYPE);
    }

    /** The same for predictions that must be probabilities. */
    TermLoss of(Probabilities probabilities) {
        return new TermLoss(name(), Aggregation.MEAN, mean, loop, probabilities, epsilon);
    }

    /** The same whose terms are given this epsilon instead of their type's. */
    TermLoss withEpsilon(double epsilon) {
        return new TermLoss(name() + "; eps=" + epsilon, Aggregation.MEAN, mean, loop, probabilities, epsilon);
    }

    @Override
    LossFunction with(Aggregation aggregation) {
        return new TermLoss(name(), aggregation, mean, loop, probabilities, epsilon);
    }

    private double scale(int rows, int columns) {
        return scale(mean == Mean.ROWS ? rows : (double) rows * columns);
    }

    private double epsilon(double ofTheType) {
        return Double.isNaN(epsilon) ? ofTheType : epsilon;
    }

    @Override
    void require(Comparison batch) {
        if (probabilities != null) {
            probabilities.require(name(), batch.predictions(), batch.targets(), batch.rows(), batch.columns());
        }
    }

    @Override
    public double evaluate(Comparison batch, double[] gradient) {
        require(batch);
        double scale = scale(batch.rows(), batch.columns());
        return scale * loop.sum(batch, gradient, scale, epsilon(batch.epsilon()));
    }

    @Override
    public double evaluate(
            float[] predictions, float[] targets, double[] weights, int rows, int columns, float[] gradient) {
        if (probabilities != null) {
            probabilities.require(name(), predictions, targets, rows, columns);
        }
        double scale = scale(rows, columns);
        double ofFloat = epsilon(Math.ulp(1f));
        return scale * loop.sum(predictions, targets, weights, rows, columns, gradient, scale, ofFloat);
    }

    @Override
    public double evaluate(
            double[] predictions, double[] targets, double[] weights, int rows, int columns, double[] gradient) {
        return evaluate(new Comparison(predictions, targets, weights, rows, columns, Math.ulp(1.0)), gradient);
    }

    /** The terms of a batch: Σ weight·value over all elements; a gradient, unless null, receives scale·weight·derivative. */
    interface Loop {

        double sum(Comparison batch, double[] gradient, double scale, double epsilon);

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

    /** What is copied for each pair of terms; never used itself. */
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
        public double sum(Comparison batch, double[] gradient, double scale, double epsilon) {
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
