package io.github.flux4j.losses;

import io.github.flux4j.engine.Comparison;
import io.github.flux4j.engine.Specialised;
import java.lang.invoke.MethodHandles;

/** A loss made of terms of one prediction and one target each, summed up by a loop of its own (see {@link Specialised}). */
final class TermLoss extends LossFunction {

    /** A function of prediction, target and the epsilon of their type. */
    interface Term {
        double of(double prediction, double target, double epsilon);
    }

    /** The loss of one element and its derivative by the prediction. A record, whose fields the JIT trusts. */
    record Terms(Term value, Term derivative) {}

    /** What a mean is over. */
    enum Mean {
        /** All elements: rows and columns. */
        ELEMENTS,
        /** The rows, each the sum over its columns, as where columns are classes. */
        ROWS
    }

    private final Mean mean;
    private final Loop loop;

    private TermLoss(String name, Aggregation aggregation, Mean mean, Loop loop) {
        super(name, aggregation);
        this.mean = mean;
        this.loop = loop;
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
        return new TermLoss(name, Aggregation.MEAN, mean, loop);
    }

    @Override
    LossFunction with(Aggregation aggregation) {
        return new TermLoss(name(), aggregation, mean, loop);
    }

    @Override
    public double evaluate(Comparison batch, double[] gradient) {
        double scale = scale(mean == Mean.ROWS ? batch.rows() : (double) batch.rows() * batch.columns());
        return scale * loop.sum(batch, gradient, scale);
    }

    /** The terms of a batch. */
    interface Loop {

        /** Σ weight·value over all elements; gradient, unless null, receives scale·weight·derivative. */
        double sum(Comparison batch, double[] gradient, double scale);
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
        public double sum(Comparison batch, double[] gradient, double scale) {
            double[] predictions = batch.predictions();
            double[] targets = batch.targets();
            double epsilon = batch.epsilon();
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
    }
}
