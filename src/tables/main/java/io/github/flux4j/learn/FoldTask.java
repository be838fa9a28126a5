package io.github.flux4j.learn;

import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.fit.Derivation;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.threads.OneThread;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.table.Table;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Objects;

/**
 * One fit of a tuning or a cross-validation with its test: an estimator, the rows to train and test on, a seed. It can travel as text and numbers; {@code new
 * FoldTask(…).on(table)} elsewhere gives the same result. Immutable; don't change the arrays.
 */
public final class FoldTask {

    private static final double[][] NOTHING = {};

    private final int number;
    private final Estimator<?, ?> estimator;
    private final String target;
    private final int[] train;
    private final int[] test;
    private final long seed;
    private final Shared shared;

    FoldTask(int number, Estimator<?, ?> estimator, String target, int[] train, int[] test, long seed, Shared shared) {
        this.number = number;
        this.estimator = estimator;
        this.target = Objects.requireNonNull(target, "target is null");
        this.train = train;
        this.test = test;
        this.seed = seed;
        this.shared = shared;
    }

    /** What tasks of the same rows share: the rows as they were prepared last, while there is memory. */
    static final class Shared {
        private SoftReference<Prepared> last = new SoftReference<>(null);
    }

    /** The rows to train on, prepared by these settings. */
    record Prepared(FoldFit fits, Map<EstimatorSetting<?>, Object> settings, Derivation learnt) {}

    /**
     * Rebuilds a task from the values of another one's getters.
     *
     * @param train rows of the table, from 0
     * @throws IllegalArgumentException if the text is not an estimator's
     */
    public FoldTask(int number, String estimator, String target, int[] train, int[] test, long seed) {
        this(number, Estimator.parse(estimator), target, train.clone(), test.clone(), seed, new Shared());
    }

    /** The task's index in the list. */
    public int number() {
        return number;
    }

    /**
     * The estimator as text, without {@link #seed}.
     *
     * @throws IllegalArgumentException if it has no text, as with a network given as a lambda or a validation table
     */
    public String estimator() {
        if (estimator.validation() != null) {
            throw new IllegalArgumentException(
                    "an estimator with a validation table can't be sent elsewhere as text; use one without, or stay on this machine");
        }
        return estimator.text();
    }

    /** The column to predict. */
    public String target() {
        return target;
    }

    /** The rows to train on, from 0. */
    public int[] train() {
        return train;
    }

    /** The rows to test on, from 0. */
    public int[] test() {
        return test;
    }

    /** The seed of this fit's randomness. */
    public long seed() {
        return seed;
    }

    /**
     * Fits and tests on the calling thread alone. Diverged training and rows with nothing to learn from are results, too.
     *
     * @param table the table that {@link FoldExecutor#run} got, or an equal one
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

    Result tested(Table table) {
        Estimator<?, ?> seeded = FoldFit.seeded(estimator, seed);
        Prepared prepared = prepared(seeded, table);
        Trained fit = FoldFit.fit(seeded, prepared.learnt);
        Model model = Model.of(fit);
        return new Result(number, prepared.fits.predicted(model, test), prepared.fits.linear(fit, model, test), "");
    }

    /** Those of a task before, if that prepared them alike. */
    Prepared prepared(Estimator<?, ?> seeded, Table table) {
        Map<EstimatorSetting<?>, Object> settings = seeded.settings().ofPreparation();
        synchronized (shared) {
            Prepared known = shared.last.get();
            if (known == null || known.fits.table() != table || !known.settings.equals(settings)) {
                Derivation learnt = seeded.derivation(table.rows(train), target);
                known = new Prepared(FoldFit.of(seeded, table, target), settings, learnt);
                shared.last = new SoftReference<>(known);
            }
            return known;
        }
    }

    @Override
    public String toString() {
        return "FoldTask " + number + " of " + Words.count(train.length, "row");
    }

    /**
     * The result of a {@link FoldTask}, of numbers and texts alone, so that it can be sent in any form.
     *
     * @param number the task's
     * @param predictions for the tested rows in order: one number, or the probability of each class of the whole table; empty if the task failed
     * @param linear a linear model's predictions for the same rows; empty if there is none
     * @param failure why the task failed; empty if it did not
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
