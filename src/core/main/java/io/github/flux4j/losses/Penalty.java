package io.github.flux4j.losses;

import io.github.flux4j.internal.arrays.Tensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A penalty on a model's parameters p, {@code l1·Σ|p| + l2/2·Σp²}, that you add to a loss: {@code mse(model).plus(l2(0.01))}.
 *
 * <p>Its gradient is that of the rules {@code SignDecay(l1)} and {@code WeightDecay(l2)} at the front of a chain; the loss includes its value.
 *
 * @param l1 strength of Σ|p|, at least 0
 * @param l2 strength of ½Σp², at least 0
 */
public record Penalty(double l1, double l2) {

    /** No penalty. */
    static final Penalty NONE = new Penalty(0, 0);

    public Penalty {
        if (!(l1 >= 0 && l2 >= 0 && Math.max(l1, l2) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "penalties must be finite and ≥ 0, but were l1 = " + l1 + ", l2 = " + l2);
        }
    }

    /** Makes the penalty λ·Σ|p|. */
    public static Penalty l1(double lambda) {
        return new Penalty(lambda, 0);
    }

    /** Makes the penalty λ/2·Σp². */
    public static Penalty l2(double lambda) {
        return new Penalty(0, lambda);
    }

    /** Adds another penalty. */
    public Penalty plus(Penalty other) {
        return new Penalty(l1 + other.l1, l2 + other.l2);
    }

    /** Computes the penalty of these parameters, a flat vector. */
    public double of(INDArray parameters) {
        double sum = 0;
        for (double p : Tensors.toDoubles(parameters)) {
            sum += l1 * Math.abs(p) + l2 / 2 * p * p;
        }
        return sum;
    }

    /** Adds the penalty's gradient, {@code l1·sign(p) + l2·p}, to a gradient in the parameters' order. */
    void addGradient(INDArray parameters, INDArray gradient) {
        double[] p = Tensors.toDoubles(parameters);
        double[] g = Tensors.toDoubles(gradient);
        for (int i = 0; i < p.length; i++) {
            g[i] += l1 * Math.signum(p[i]) + l2 * p[i];
        }
        Tensors.write(g, gradient);
    }
}
