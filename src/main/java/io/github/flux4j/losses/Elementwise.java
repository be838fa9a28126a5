package io.github.flux4j.losses;

import io.github.flux4j.engine.Comparison;
import io.github.flux4j.engine.Specialised;
import java.lang.invoke.MethodHandles;

/** A loss that is the mean, over all elements, of a term of one prediction and one target. */
final class Elementwise extends LossFunction {

    /** The loss of one element. */
    interface Term {

        double value(double prediction, double target, double epsilon);

        /** ∂value/∂prediction. */
        double derivative(double prediction, double target, double epsilon);
    }

    private final Loop loop;

    Elementwise(String name, Term term) {
        super(name);
        this.loop = Specialised.copy(MethodHandles.lookup(), Template.class, term, Loop.class);
    }

    @Override
    public double evaluate(Comparison batch, double[] gradient) {
        double scale = 1.0 / ((double) batch.rows() * batch.columns());
        return scale * loop.sum(batch, gradient, scale);
    }

    /** The terms of a batch, by a loop of their own. */
    interface Loop {

        /** Σ weight·value over all elements; gradient, unless null, receives scale·weight·derivative. */
        double sum(Comparison batch, double[] gradient, double scale);
    }

    /** What is copied for each term; never used itself. */
    static final class Template implements Loop {

        private static final Term TERM = term();

        private static Term term() {
            try {
                return MethodHandles.classData(MethodHandles.lookup(), "_", Term.class);
            } catch (IllegalAccessException e) {
                throw new LinkageError("no class data", e);
            }
        }

        @Override
        public double sum(Comparison batch, double[] gradient, double scale) {
            double total = 0;
            int at = 0;
            for (int row = 0; row < batch.rows(); row++) {
                double weight = batch.weight(row);
                for (int end = at + batch.columns(); at < end; at++) {
                    double prediction = batch.predictions()[at];
                    double target = batch.targets()[at];
                    total += weight * TERM.value(prediction, target, batch.epsilon());
                    if (gradient != null) {
                        gradient[at] = scale * weight * TERM.derivative(prediction, target, batch.epsilon());
                    }
                }
            }
            return total;
        }
    }
}
