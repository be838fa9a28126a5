package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.threads.Tasks;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Fits an estimator to the rows of all folds but one, and tests it on that one, for each; folds are done side by side, each on one thread. */
final class CrossValidation {

    private final long start = System.nanoTime();
    private final Estimator<?, ?> estimator;
    private final Folds folds;
    private final int[] known;
    private final int rowsLeftOut;
    private final FoldFit fits;
    private final Splits splits;
    private final List<Metric> metrics;
    private IntConsumer progress = folds -> {};
    private int done;

    CrossValidation(Estimator<?, ?> estimator, Table table, String target, Folds folds, Metric... metrics) {
        this.estimator = Objects.requireNonNull(estimator, "estimator is null");
        this.folds = Objects.requireNonNull(folds, "folds is null");
        this.known = FoldFit.known(estimator, table, target);
        this.rowsLeftOut = table.rows() - known.length;
        this.fits = FoldFit.of(estimator, table.rows(known), target);
        this.splits = Splits.of(folds, fits);
        this.metrics = fits.metrics(metrics);
    }

    /** On so many threads, and tells how many folds are done, one fold at a time. */
    Evaluation on(int threads, IntConsumer listener) {
        progress = Objects.requireNonNull(listener, "progress is null");
        return evaluation(Tasks.all(threads, splits.count(), this::test));
    }

    /** By an executor; a fold that failed elsewhere is done here, to throw what it threw there. */
    Evaluation by(FoldExecutor executor) {
        Objects.requireNonNull(executor, "executor is null");
        FoldTask.Result[] results = new FoldTask.Result[splits.count()];
        List<FoldTask> tasks =
                IntStream.range(0, results.length).mapToObj(this::task).toList();
        FoldResults.each(executor, fits.table(), tasks, result -> results[result.number()] = result);
        return evaluation(Tasks.all(
                1, results.length, fold -> results[fold].failed() ? test(fold) : tested(fold, results[fold])));
    }

    private Evaluation evaluation(List<Evaluation.Tested> tested) {
        return new Evaluation(
                fits.judge(),
                metrics,
                tested,
                rowsLeftOut,
                (folds.groups().isEmpty() ? "" : " by " + Names.shown(folds.groups()))
                        + (folds.time().isEmpty() ? "" : " in the order of " + Names.shown(folds.time())),
                Duration.ofNanos(System.nanoTime() - start));
    }

    private FoldTask task(int fold) {
        RowSplit split = splits.get(fold);
        long seed = splits.seed(estimator, fold);
        FoldTask.Shared alone = new FoldTask.Shared();
        return new FoldTask(fold, estimator, fits.target(), split.train(), split.test(), seed, alone);
    }

    private Evaluation.Tested test(int fold) {
        try {
            Evaluation.Tested tested = tested(fold, task(fold).tested(fits.table()));
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

    private Evaluation.Tested tested(int fold, FoldTask.Result result) {
        RowSplit split = splits.get(fold);
        int[] rows = Arrays.stream(split.test()).map(row -> known[row]).toArray();
        double[][] linear = result.linear().length == 0 ? null : result.linear();
        return new Evaluation.Tested(
                rows, split.train().length, fits.actual(split.test()), result.predictions(), linear);
    }
}
