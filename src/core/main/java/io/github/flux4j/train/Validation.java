package io.github.flux4j.train;

import io.github.flux4j.data.Batch;
import io.github.flux4j.losses.Loss;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Validation data, and what to compute from it after each epoch. The model predicts it once, in test mode. */
final class Validation {

    /** The result without data. */
    static final Result NONE = new Result(Double.NaN, Map.of());

    private final Batch data;
    private final Map<String, ToDoubleBiFunction<INDArray, INDArray>> metrics;

    /** An epoch's result. */
    record Result(double loss, Map<String, Double> metrics) {}

    Validation(Batch data, Map<String, ToDoubleBiFunction<INDArray, INDArray>> metrics) {
        this.data = data;
        this.metrics = new LinkedHashMap<>(metrics);
    }

    Result of(Loss loss) {
        INDArray predictions = loss.model().predict(data.features());
        double value = loss.ofPredictions(predictions, data.targets());
        Map<String, Double> values = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> values.put(name, metric.applyAsDouble(predictions, data.targets())));
        return new Result(value, Collections.unmodifiableMap(values));
    }
}
