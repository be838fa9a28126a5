package io.github.flux4j.layers;

import io.github.flux4j.engine.OverflowException;
import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The running mean and variance of a batch normalisation. While a gradient is computed they don't move yet: what they would move to waits until
 * loss and gradient were found to be finite.
 */
final class RunningStatistics {

    private final BatchNorm layer;
    private final INDArray mean;
    private final INDArray variance;
    private volatile Moments next;

    /** What they are at a moment, or move to. */
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

    /** Whether they do, as in a layer that is forced into training. */
    boolean moveWhenPredicting() {
        return layer.mode().isTraining(false);
    }

    /** Forgets what a run left that nobody committed. */
    void forget() {
        next = null;
    }

    /** Moves by a batch, while a gradient is computed only when it is committed; the running variance by the corrected one. */
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

    /** What is not finite, such as those of a lost model's values, would never be again: the statistics stay as they are. */
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

    /** Which is not finite in the layer's type; null if both are. */
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
