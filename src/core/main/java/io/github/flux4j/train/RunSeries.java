package io.github.flux4j.train;

import io.github.flux4j.train.Checkpoints.TrainingState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run's numbers by epoch, as its history shows them and as a checkpoint names them. */
final class RunSeries {

    private static final String LOSSES = "losses";
    private static final String VALIDATION = "validationLosses";
    private static final String NANOS = "elapsedNanos";
    private static final String METRIC = "metric ";

    private final List<Double> losses = new ArrayList<>();
    private final List<Double> validationLosses = new ArrayList<>();
    private final Map<String, List<Double>> metrics = new LinkedHashMap<>();
    private final List<Long> elapsed = new ArrayList<>();

    void add(double loss, long nanos) {
        losses.add(loss);
        elapsed.add(nanos);
    }

    void add(Validation.Result validation) {
        validationLosses.add(validation.loss());
        validation
                .metrics()
                .forEach((name, value) ->
                        metrics.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
    }

    History history(int bestEpoch, boolean stopped) {
        return new History(losses, validationLosses, metrics, elapsed, bestEpoch, stopped);
    }

    /** For a checkpoint. */
    Map<String, List<Double>> named() {
        Map<String, List<Double>> series = new LinkedHashMap<>();
        series.put(LOSSES, losses);
        series.put(VALIDATION, validationLosses);
        series.put(NANOS, elapsed.stream().map(Long::doubleValue).toList());
        metrics.forEach((name, values) -> series.put(METRIC + name, values));
        return series;
    }

    void resume(TrainingState from) {
        losses.addAll(from.series().getOrDefault(LOSSES, List.of()));
        validationLosses.addAll(from.series().getOrDefault(VALIDATION, List.of()));
        from.series().getOrDefault(NANOS, List.of()).forEach(nanos -> elapsed.add(nanos.longValue()));
        from.series().forEach((name, values) -> {
            if (name.startsWith(METRIC)) {
                metrics.put(name.substring(METRIC.length()), new ArrayList<>(values));
            }
        });
    }
}
