package io.github.flux4j.learn;

import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Folds.RowSplit;
import java.util.List;

/**
 * The folds of a table, each with a seed of its own.
 *
 * @param all repeat after repeat, made as they are taken
 * @param ofARepeat how many each repeat has
 */
record Splits(List<RowSplit> all, int ofARepeat) {

    static Splits of(Folds folds, FoldFit fits) {
        List<RowSplit> all = folds.of(fits.table(), fits.target());
        return new Splits(all, all.size() / folds.repeats());
    }

    int count() {
        return all.size();
    }

    RowSplit get(int fold) {
        return all.get(fold);
    }

    /** Of a fit to the other rows: its chance is its own, and the same whatever else is fitted. */
    long seed(Estimator<?, ?> estimator, int fold) {
        return Seed.mix(estimator.seed(), fold / ofARepeat, fold % ofARepeat);
    }

    /** How many rows are tested for each that is trained on, on average. */
    double testToTrain() {
        return all.stream()
                .mapToDouble(split -> (double) split.test().length / split.train().length)
                .average()
                .orElseThrow();
    }
}
