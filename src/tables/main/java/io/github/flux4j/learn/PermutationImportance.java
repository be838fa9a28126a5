package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Importance;
import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.judge.Judge;
import io.github.flux4j.internal.judge.LeftOutImportance;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.table.Table;
import java.util.Objects;

/** Measures how much predictions lean on each column, by shuffling its values (Breiman 2001). */
final class PermutationImportance {

    private PermutationImportance() {}

    /** On so many threads. */
    static Importance of(int threads, Fitted fitted, Table table, Metric metric, int repeats, long seed) {
        EstimatorSetting.requireAtLeast("repeats", repeats, 1);
        String target = target(Objects.requireNonNull(fitted, "the fitted model is null"));
        Table known = table.rows(FoldFit.known(table, target));
        Model model = fitted.model();
        Judge judge = new Judge(model.goal(), target);
        judge.require(Objects.requireNonNull(metric, "metric is null"));
        return LeftOutImportance.of(threads, model, judge, metric, known, repeats, seed);
    }

    private static String target(Fitted fitted) {
        if (fitted.targets().size() > 1) {
            throw new IllegalArgumentException("importance needs a model with one target, but this one has "
                    + String.join(", ", fitted.targets()) + "; fit one model for each");
        }
        return fitted.targets().get(0);
    }
}
