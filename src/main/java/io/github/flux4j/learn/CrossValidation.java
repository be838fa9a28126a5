package io.github.flux4j.learn;

import io.github.flux4j.data.Folds;
import io.github.flux4j.data.RowSplit;
import io.github.flux4j.data.Table;
import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.threads.Tasks;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

/** Fits an estimator to the rows of all folds but one, and tests it on that one, for each; folds are done side by side, each on one thread. */
final class CrossValidation {

    private final Estimator<?, ?> estimator;
    private final int[] known;
    private final FoldFit fits;
    private final Splits splits;
    private final IntConsumer progress;
    private int done;

    private CrossValidation(
            Estimator<?, ?> estimator, Table table, String target, Folds folds, IntConsumer progress, int... known) {
        this.estimator = estimator;
        this.known = known;
        this.fits = FoldFit.of(estimator, table.rows(known), target);
        this.splits = Splits.of(folds, fits);
        this.progress = progress;
    }

    /** On so many threads. */
    static Evaluation of(
            int threads, Estimator<?, ?> estimator, Table table, String target, Folds folds, Metric... metrics) {
        return of(threads, estimator, table, target, folds, done -> {}, metrics);
    }

    /** Tells how many folds are done, one fold at a time. */
    static Evaluation of(
            int threads,
            Estimator<?, ?> estimator,
            Table table,
            String target,
            Folds folds,
            IntConsumer progress,
            Metric... metrics) {
        Objects.requireNonNull(estimator, "estimator is null");
        Objects.requireNonNull(folds, "folds is null");
        Objects.requireNonNull(progress, "progress is null");
        long start = System.nanoTime();
        int[] known = FoldFit.known(table, target);
        CrossValidation validation = new CrossValidation(estimator, table, target, folds, progress, known);
        List<Metric> shown = validation.fits.metrics(metrics);
        List<Tested> tested = Tasks.all(threads, validation.splits.count(), validation::test);
        return new Evaluation(
                validation.fits.judge(),
                shown,
                tested,
                table.rows() - known.length,
                Duration.ofNanos(System.nanoTime() - start));
    }

    private Tested test(int fold) {
        try {
            Tested tested = test(fold, splits.get(fold));
            tell();
            return tested;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(named(fold) + e.getMessage(), e);
        } catch (ArithmeticException e) {
            throw new ArithmeticException(named(fold) + e.getMessage());
        }
    }

    private synchronized void tell() {
        progress.accept(++done);
    }

    private String named(int fold) {
        return "fold " + (fold + 1) + " of " + splits.count() + ": ";
    }

    private Tested test(int fold, RowSplit split) {
        Fit fit = fits.fit(estimator, splits.seed(estimator, fold), split.train());
        Model model = Model.of(fit);
        return new Tested(
                Arrays.stream(split.test()).map(row -> known[row]).toArray(),
                split.train().length,
                fits.actual(split.test()),
                fits.predicted(model, split.test()),
                fits.linear(fit, model, split.test()));
    }
}
