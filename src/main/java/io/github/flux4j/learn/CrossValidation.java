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
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** Fits an estimator to the rows of all folds but one, and tests it on that one, for each; folds are done side by side, each on one thread. */
final class CrossValidation {

    private final Estimator<?, ?> estimator;
    private final Table table;
    private final String target;
    private final Judge judge;
    private final int[] known;
    private final int foldsOfARepeat;
    private final List<RowSplit> splits;

    private CrossValidation(Estimator<?, ?> estimator, Table table, String target, Folds folds, int... known) {
        this.estimator = estimator;
        this.known = known;
        this.table = table.rows(known);
        this.target = target;
        this.judge = new Judge(estimator.goal(this.table, target), target);
        this.splits = folds.of(this.table, target);
        this.foldsOfARepeat = splits.size() / folds.repeats();
    }

    /** On so many threads. */
    static Evaluation of(
            int threads, Estimator<?, ?> estimator, Table table, String target, Folds folds, Metric... metrics) {
        Objects.requireNonNull(estimator, "estimator is null");
        Objects.requireNonNull(folds, "folds is null");
        long start = System.nanoTime();
        CrossValidation validation = new CrossValidation(estimator, table, target, folds, known(table, target));
        List<Metric> shown = metrics.length == 0 ? validation.judge.usual() : List.of(metrics);
        shown.forEach(validation.judge::require);
        List<Tested> tested = Tasks.all(threads, validation.splits.size(), validation::test);
        return new Evaluation(
                validation.judge,
                shown,
                tested,
                table.rows() - validation.known.length,
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static int[] known(Table table, String target) {
        Objects.requireNonNull(table, "table is null").column(target);
        int[] rows = IntStream.range(0, table.rows())
                .filter(row -> !table.column(target).isMissing(row))
                .toArray();
        if (rows.length == 0) {
            throw new IllegalArgumentException("no row has a value of " + Words.shown(target)
                    + ", so there is nothing to learn; choose another target");
        }
        return rows;
    }

    private Tested test(int fold) {
        try {
            return test(fold, splits.get(fold));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(named(fold) + e.getMessage(), e);
        } catch (ArithmeticException e) {
            throw new ArithmeticException(named(fold) + e.getMessage());
        }
    }

    private String named(int fold) {
        return "fold " + (fold + 1) + " of " + splits.size() + ": ";
    }

    private Tested test(int fold, RowSplit split) {
        Table unseen = table.rows(split.test());
        Fit fit = fit(fold, table.rows(split.train()));
        Model model = Model.of(fit);
        double[] linear = Yardsticks.of(fit, model.preparation().rows(unseen), unseen.rows());
        return new Tested(
                Arrays.stream(split.test()).map(row -> known[row]).toArray(),
                split.train().length,
                judge.actual(unseen),
                judge.predicted(model.goal(), Ensemble.mean(model.meant(unseen))),
                linear.length == 0 ? null : judge.predicted(model.goal(), linear));
    }

    private Fit fit(int fold, Table train) {
        long seed = Seed.mix(estimator.seed(), fold / foldsOfARepeat, fold % foldsOfARepeat);
        Estimator<?, ?> ofFold = estimator.of(estimator.settings().with(s -> {
            s.seed = seed;
            s.progress = epoch -> {};
        }));
        Fit fit = Fit.of(ofFold.settings(), ofFold.prepared(train, target), null);
        if (fit.outcome().ending() == Ending.INTERRUPTED) {
            throw new CancellationException("interrupted before all was done");
        }
        return fit;
    }
}
