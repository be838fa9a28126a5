package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.evaluate.RegressionMetric;
import io.github.flux4j.table.Numbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How good predictions of rows held back are, by the metric's name. */
final class Scores {

    private static final List<RegressionMetric> OF_NUMBERS = List.of(Metrics.RMS, Metrics.MAE, Metrics.R2);

    private Scores() {}

    /** Of scaled targets; where there are several, with the target's name before the metric's. */
    static Map<String, Double> of(Targets goal, Held held, double... outputs) {
        double[][] predicted = goal.decoded(outputs);
        Map<String, Double> scores = new LinkedHashMap<>();
        for (int k = 0; k < goal.outputs(); k++) {
            int target = k;
            String name = goal.all().get(k).name();
            double[] actual = ((Numbers) held.table().column(name)).values();
            double[] ofTarget =
                    Arrays.stream(predicted).mapToDouble(row -> row[target]).toArray();
            String before = goal.outputs() == 1 ? "" : name + " ";
            OF_NUMBERS.forEach(metric -> scores.put(before + metric.name(), metric.of(actual, ofTarget)));
        }
        return scores;
    }

    /** Of probabilities. */
    static Map<String, Double> of(Classes goal, Held held, double... probabilities) {
        int[] actual = goal.strata(held.table());
        double[][] rows = goal.rows(probabilities);
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put(Metrics.ACCURACY.name(), Metrics.ACCURACY.of(actual, rows));
        scores.put(Metrics.LOG_LOSS.name(), Metrics.LOG_LOSS.of(actual, rows));
        return scores;
    }
}
