package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Importance;
import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.arrays.Shuffle;
import io.github.flux4j.internal.arrays.SplitMix;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.judge.Judge;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.internal.threads.Tasks;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Table;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

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
        double[] actual = judge.actual(known);
        List<String> names = fitted.features();
        double whole = score(judge, metric, actual, model, known);
        List<Double> each = Tasks.all(threads, Math.multiplyExact(names.size(), repeats), i -> {
            int column = i / repeats;
            Table shuffled = shuffled(known, names.get(column), Seed.mix(seed, column, i % repeats));
            return Judge.worse(metric, whole, score(judge, metric, actual, model, shuffled));
        });
        return Importance.of(
                metric,
                whole,
                known.rows(),
                IntStream.range(0, names.size())
                        .mapToObj(i ->
                                new Importance.OfColumn(names.get(i), each.subList(i * repeats, (i + 1) * repeats)))
                        .toList());
    }

    private static String target(Fitted fitted) {
        if (fitted.targets().size() > 1) {
            throw new IllegalArgumentException("importance needs a model with one target, but this one has "
                    + String.join(", ", fitted.targets()) + "; fit one model for each");
        }
        return fitted.targets().get(0);
    }

    private static double score(Judge judge, Metric metric, double[] actual, Model model, Table table) {
        return judge.score(metric, actual, judge.predicted(model.goal(), Model.mean(model.meant(table))));
    }

    /** The table with the values of one column in another order. */
    private static Table shuffled(Table table, String name, long seed) {
        return Table.of(table.columns().stream()
                .map(column -> column.name().equals(name)
                        ? column.rows(Shuffle.permutation(table.rows(), new SplitMix(seed)))
                        : column)
                .toArray(Column[]::new));
    }
}
