package io.github.flux4j.layers;

import io.github.flux4j.engine.OverflowException;
import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The running mean and variance of a batch normalisation. A gradient doesn't move them: their new values wait until loss and gradient were found finite. */
final class RunningStatistics {

    private final BatchNorm layer;
    private final INDArray mean;
    private final INDArray variance;
    private volatile Moments next;

    /** Their present or future values. */
    record Moments(double[] mean, double[] variance) {}

    RunningStatistics(BatchNorm layer, DataType type, Moments start) {
        this.layer = layer;
        this.mean = Tensors.of(type, start.mean, start.mean.length);
        this.variance = Tensors.of(type, start.variance, start.variance.length);
    }

    INDArray mean() {
        return mean;
    }

    INDArray variance() {
        return variance;
    }

    List<Parameter> buffers() {
        return List.of(new Parameter("μ", mean, 0), new Parameter("σ²", variance, 0));
    }

    /** A copy of their numbers. */
    Moments moments() {
        return new Moments(numbers(mean, "mean"), numbers(variance, "variance"));
    }

    private double[] numbers(INDArray statistic, String name) {
        Lifetime.require(statistic, "the running " + name + " of " + layer.inOneLine());
        return Tensors.toDoubles(statistic);
    }

    /** Whether prediction moves them, as in a layer fixed in training mode. */
    boolean moveWhenPredicting() {
        return layer.mode().isTraining(false);
    }

    /** Discards new values that nobody committed. */
    void forget() {
        next = null;
    }

    /** Moves by a batch, the running variance by its corrected one; during a gradient only when committed. */
    void track(Moments batch, int rows, double momentum, boolean waits) {
        Moments moved = moments();
        double correction = rows / (rows - 1.0);
        for (int j = 0; j < moved.mean.length; j++) {
            moved.mean[j] = (1 - momentum) * moved.mean[j] + momentum * batch.mean[j];
            moved.variance[j] = (1 - momentum) * moved.variance[j] + momentum * correction * batch.variance[j];
        }
        if (waits) {
            next = moved;
        } else {
            set(moved);
        }
    }

    void commit() {
        Moments moved = next;
        next = null;
        if (moved != null) {
            set(moved);
        }
    }

    /** Ignores values that are not finite, such as a diverged model's: the statistics would never recover. */
    private void set(Moments moved) {
        if (nonFinite(moved) == null) {
            Tensors.write(moved.mean, mean);
            Tensors.write(moved.variance, variance);
        }
    }

    void requireFinite() {
        Moments moved = next;
        String what = moved == null ? null : nonFinite(moved);
        if (what != null) {
            throw new OverflowException("the running " + what + " of " + layer.inOneLine() + " would overflow "
                    + (layer.dataType() == DataType.DOUBLE ? "Float64" : "Float32"));
        }
    }

    /** Which statistic is not finite in the layer's type; null if both are. */
    private String nonFinite(Moments moved) {
        double largest = layer.dataType() == DataType.DOUBLE ? Double.MAX_VALUE : Float.MAX_VALUE;
        for (int j = 0; j < moved.mean.length; j++) {
            if (!(Math.abs(moved.mean[j]) <= largest)) {
                return "mean";
            }
            if (!(moved.variance[j] <= largest)) {
                return "variance";
            }
        }
        return null;
    }
}
