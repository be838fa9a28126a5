package io.github.flux4j.losses;

/** Flux's losses. ŷ are the predictions, y the targets; a mean is over all elements. */
public final class Losses {

    private Losses() {}

    /** Mean squared error, {@code mean((ŷ − y)²)}; no factor ½. */
    public static final LossFunction MSE = new Elementwise("mse", new Elementwise.Term() {
        @Override
        public double value(double prediction, double target, double epsilon) {
            return (prediction - target) * (prediction - target);
        }

        @Override
        public double derivative(double prediction, double target, double epsilon) {
            return 2 * (prediction - target);
        }
    });

    /** Mean absolute error, {@code mean(|ŷ − y|)}; derivative 0 at ŷ = y. */
    public static final LossFunction MAE = new Elementwise("mae", new Elementwise.Term() {
        @Override
        public double value(double prediction, double target, double epsilon) {
            return Math.abs(prediction - target);
        }

        @Override
        public double derivative(double prediction, double target, double epsilon) {
            return Math.signum(prediction - target);
        }
    });
}
