package io.github.flux4j.learn;

import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.threads.OneThread;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.table.Table;
import java.util.Objects;

/**
 * One fit of a tuning or a cross-validation, and its test: an estimator, rows to train and to test on, a seed. All of it can be sent elsewhere as text and numbers, where
 * {@code new FoldTask(…).on(table)} does it, with the same result. Immutable; the arrays are not to be changed.
 */
public final class FoldTask {

    private static final double[][] NOTHING = {};

    private final int number;
    private final Estimator<?, ?> estimator;
    private final String target;
    private final int[] train;
    private final int[] test;
    private final long seed;

    FoldTask(int number, Estimator<?, ?> estimator, String target, int[] train, int[] test, long seed) {
        this.number = number;
        this.estimator = estimator;
        this.target = Objects.requireNonNull(target, "target is null");
        this.train = train;
        this.test = test;
        this.seed = seed;
    }

    /**
     * The same of what another one's readers gave.
     *
     * @param train rows of the table, counted from 0
     * @throws IllegalArgumentException if the text is no estimator's
     */
    public FoldTask(int number, String estimator, String target, int[] train, int[] test, long seed) {
        this(number, Estimator.parse(estimator), target, train.clone(), test.clone(), seed);
    }

    /** Its place in the list. */
    public int number() {
        return number;
    }

    /**
     * The estimator as text, to which {@link #seed} is yet to be given.
     *
     * @throws IllegalArgumentException if it can't be written, such as one with a network given as a lambda, or with a validation table
     */
    public String estimator() {
        if (estimator.validation() != null) {
            throw new IllegalArgumentException("an estimator with a validation table can't be sent elsewhere as text;"
                    + " take one without, or stay on this machine");
        }
        return estimator.text();
    }

    /** The column that is predicted. */
    public String target() {
        return target;
    }

    /** Rows to train on, numbered from 0. */
    public int[] train() {
        return train;
    }

    /** Rows to test on. */
    public int[] test() {
        return test;
    }

    /** All chance of this fit. */
    public long seed() {
        return seed;
    }

    /**
     * Fits and tests, on the thread that calls and no other. Training that diverges, and rows from which nothing can be learnt, are a result, too.
     *
     * @param table the one that {@link FoldExecutor#run} was given, or an equal one
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    @SuppressWarnings("try") // the scope is entered, not used
    public Result on(Table table) {
        try (OneThread natives = new OneThread()) {
            return Threads.within(1, () -> tested(table));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return new Result(number, NOTHING, NOTHING, String.valueOf(e.getMessage()));
        }
    }

    private Result tested(Table table) {
        FoldFit fits = FoldFit.of(estimator, table, target);
        Trained fit = fits.fit(estimator, seed, train);
        Model model = Model.of(fit);
        double[][] linear = fits.linear(fit, model, test);
        return new Result(number, fits.predicted(model, test), linear == null ? NOTHING : linear, "");
    }

    @Override
    public String toString() {
        return "FoldTask " + number + " of " + Words.count(train.length, "row");
    }

    /**
     * What came of a {@link FoldTask}: numbers and texts alone, to be sent as one likes.
     *
     * @param number the task's
     * @param predictions for the rows that were tested, in their order: one number for each, or the probability of each class of the whole table; empty
     *     if it failed
     * @param linear a linear model's for the same rows; empty if there is none
     * @param failure why there are none; empty if there are
     */
    public record Result(int number, double[][] predictions, double[][] linear, String failure) {

        /** None is null. */
        public Result {
            Objects.requireNonNull(predictions, "predictions are null");
            Objects.requireNonNull(linear, "linear is null; for none it is empty");
            Objects.requireNonNull(failure, "failure is null; for none it is empty");
        }

        boolean failed() {
            return !failure.isEmpty();
        }
    }
}
