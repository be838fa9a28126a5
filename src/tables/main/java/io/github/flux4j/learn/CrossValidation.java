package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.threads.Tasks;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

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

    /** On so many threads, and tells how many folds are done, one fold at a time. */
    static Evaluation of(
            int threads,
            Estimator<?, ?> estimator,
            Table table,
            String target,
            Folds folds,
            IntConsumer progress,
            Metric... metrics) {
        return of(
                validation -> Tasks.all(threads, validation.splits.count(), validation::test),
                estimator,
                table,
                target,
                folds,
                progress,
                metrics);
    }

    /** By an executor. */
    static Evaluation of(
            FoldExecutor executor,
            Estimator<?, ?> estimator,
            Table table,
            String target,
            Folds folds,
            Metric... metrics) {
        Objects.requireNonNull(executor, "executor is null");
        return of(validation -> validation.by(executor), estimator, table, target, folds, done -> {}, metrics);
    }

    private static Evaluation of(
            Function<CrossValidation, List<Evaluation.Tested>> way,
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
        int[] known = FoldFit.known(estimator, table, target);
        CrossValidation validation = new CrossValidation(estimator, table, target, folds, progress, known);
        List<Metric> shown = validation.fits.metrics(metrics);
        List<Evaluation.Tested> tested = way.apply(validation);
        return new Evaluation(
                validation.fits.judge(),
                shown,
                tested,
                table.rows() - known.length,
                (folds.groups().isEmpty() ? "" : " by " + Names.shown(folds.groups()))
                        + (folds.time().isEmpty() ? "" : " in the order of " + Names.shown(folds.time())),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** A fold that failed elsewhere is done here, to throw what it threw there. */
    private List<Evaluation.Tested> by(FoldExecutor executor) {
        FoldTask.Result[] results = new FoldTask.Result[splits.count()];
        List<FoldTask> tasks =
                IntStream.range(0, results.length).mapToObj(this::task).toList();
        FoldResults.each(executor, fits.table(), tasks, result -> results[result.number()] = result);
        return Tasks.all(1, results.length, fold -> results[fold].failed() ? test(fold) : tested(fold, results[fold]));
    }

    private FoldTask task(int fold) {
        RowSplit split = splits.get(fold);
        long seed = splits.seed(estimator, fold);
        return new FoldTask(fold, estimator, fits.target(), split.train(), split.test(), seed);
    }

    private Evaluation.Tested tested(int fold, FoldTask.Result result) {
        double[][] linear = result.linear().length == 0 ? null : result.linear();
        return tested(splits.get(fold), result.predictions(), linear);
    }

    private Evaluation.Tested test(int fold) {
        try {
            Evaluation.Tested tested = test(fold, splits.get(fold));
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

    private Evaluation.Tested test(int fold, RowSplit split) {
        Trained fit = fits.fit(estimator, splits.seed(estimator, fold), split.train());
        Model model = Model.of(fit);
        return tested(split, fits.predicted(model, split.test()), fits.linear(fit, model, split.test()));
    }

    private Evaluation.Tested tested(RowSplit split, double[][] predicted, double[]... linear) {
        int[] rows = Arrays.stream(split.test()).map(row -> known[row]).toArray();
        return new Evaluation.Tested(rows, split.train().length, fits.actual(split.test()), predicted, linear);
    }
}
