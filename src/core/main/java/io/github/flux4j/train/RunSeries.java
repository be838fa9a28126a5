package io.github.flux4j.train;

import io.github.flux4j.train.Checkpoints.TrainingState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run's numbers by epoch, under the names that a checkpoint uses for them. */
final class RunSeries {

    private static final String LOSSES = "losses";
    private static final String VALIDATION = "validationLosses";
    private static final String NANOS = "elapsedNanos";
    private static final String METRIC = "metric ";

    private RunSeries() {}

    static Map<String, List<Double>> of(
            List<Double> losses, List<Double> validation, Map<String, List<Double>> metrics, List<Long> elapsed) {
        Map<String, List<Double>> series = new LinkedHashMap<>();
        series.put(LOSSES, losses);
        series.put(VALIDATION, validation);
        series.put(NANOS, elapsed.stream().map(Long::doubleValue).toList());
        metrics.forEach((name, values) -> series.put(METRIC + name, values));
        return series;
    }

    static void read(
            TrainingState from,
            List<Double> losses,
            List<Double> validation,
            Map<String, List<Double>> metrics,
            List<Long> elapsed) {
        losses.addAll(from.series().getOrDefault(LOSSES, List.of()));
        validation.addAll(from.series().getOrDefault(VALIDATION, List.of()));
        from.series().getOrDefault(NANOS, List.of()).forEach(nanos -> elapsed.add(nanos.longValue()));
        from.series().forEach((name, values) -> {
            if (name.startsWith(METRIC)) {
                metrics.put(name.substring(METRIC.length()), new ArrayList<>(values));
            }
        });
    }
}
