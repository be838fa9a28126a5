package io.github.flux4j.layers;

import io.github.flux4j.arrays.Tensors;
import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalises each row (Ba and others 2016): {@code y = activation(scale ∘ (x − μ)/√(σ² + ε) + bias)}, μ and σ² the mean and the
 * (uncorrected) variance of the row, ε = 1e-5. Scale and bias {@code [size]} start at ones and zeros.
 *
 * <p>So Flux since 0.16.11; from 0.15 on it divided by √(σ² + ε²), before that by σ + ε.
 */
public final class LayerNorm extends Layer {

    private final int size;
    private final Activation activation;
    private final boolean affine;
    private final double epsilon;
    private INDArray scale;
    private INDArray bias;

    private LayerNorm(int size, Activation activation, boolean affine, double epsilon, DataType type, double[] values) {
        this.size = size;
        this.activation = Objects.requireNonNull(activation, "activation is null; use IDENTITY for none");
        this.affine = affine;
        this.epsilon = epsilon;
        initialise(type, values);
    }

    /**
     * A normalisation of rows of this size.
     *
     * @throws IllegalArgumentException if the size is below 1
     */
    public static LayerNorm of(int size, Activation activation) {
        if (size < 1) {
            throw new IllegalArgumentException("layerNorm(" + size + "): the size must be at least 1");
        }
        return new LayerNorm(size, activation, true, 1e-5f, DataType.FLOAT, Scale.onesThenZeros(size));
    }

    /** The same layer without scale and bias. */
    public LayerNorm withoutAffine() {
        return new LayerNorm(size, activation, false, epsilon, dataType(), new double[0]);
    }

    /**
     * The same layer, newly initialised, with another ε.
     *
     * @throws IllegalArgumentException unless it is finite and not negative
     */
    public LayerNorm withEpsilon(double epsilon) {
        Checks.notNegative("epsilon", epsilon);
        return new LayerNorm(
                size, activation, affine, epsilon, dataType(), affine ? Scale.onesThenZeros(size) : new double[0]);
    }

    /** The factors {@code [size]}, live; null without affine part. */
    public INDArray scale() {
        return scale;
    }

    /** The summands {@code [size]}, live; null without affine part. */
    public INDArray bias() {
        return bias;
    }

    @Override
    void attach(INDArray flat) {
        scale = Tensors.slice(flat, 0, size);
        bias = Tensors.slice(flat, size, size);
    }

    @Override
    public List<Parameter> trainables() {
        return affine
                ? List.of(new Parameter("diag.scale", scale, 0), new Parameter("diag.bias", bias, size))
                : List.of();
    }

    @Override
    public int inputs() {
        return size;
    }

    @Override
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        operations.add(new Operation.Rows(new Normalisation(epsilon)));
        if (affine) {
            operations.add(new Operation.Rows(new Scale.Affine(size, true)));
        }
        operations.addAll(activation.operations());
        return operations;
    }

    @Override
    LayerNorm copy(DataType type) {
        return new LayerNorm(
                size, activation, affine, epsilon, type, affine ? Tensors.toDoubles(flatParameters()) : new double[0]);
    }

    @Override
    String describe() {
        return "LayerNorm(" + size + (activation.isIdentity() ? "" : ", " + activation.describe())
                + (affine ? ")" : ", affine=false)");
    }

    /** {@code y = (x − μ)/√(σ² + ε)} on rows. */
    private record Normalisation(double epsilon) implements Kernel {

        @Override
        public boolean rowsAreIndependent() {
            return true;
        }

        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            double[] divisors = pass.keep(pass.rows());
            int n = pass.columns();
            for (int row = 0; row < pass.rows(); row++) {
                double mean = 0;
                for (int i = row * n; i < (row + 1) * n; i++) {
                    mean += x[i] / n;
                }
                double variance = 0;
                for (int i = row * n; i < (row + 1) * n; i++) {
                    variance += (x[i] - mean) * (x[i] - mean) / n;
                }
                divisors[row] = Math.sqrt(variance + epsilon);
                for (int i = row * n; i < (row + 1) * n; i++) {
                    y[i] = (x[i] - mean) / divisors[row];
                }
            }
        }

        /** With s = √(σ² + ε): {@code dx = (dy − mean(dy) − y·mean(dy·y))/s}. */
        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            int n = pass.columns();
            for (int row = 0; row < pass.rows(); row++) {
                double meanDy = 0;
                double meanDyY = 0;
                for (int i = row * n; i < (row + 1) * n; i++) {
                    meanDy += dy[i] / n;
                    meanDyY += dy[i] * y[i] / n;
                }
                for (int i = row * n; i < (row + 1) * n; i++) {
                    dx[i] = (dy[i] - meanDy - y[i] * meanDyY) / pass.kept()[row];
                }
            }
        }
    }
}
