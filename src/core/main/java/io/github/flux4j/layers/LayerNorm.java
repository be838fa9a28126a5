package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.values.NumberChecks;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalises each row: {@code y = activation(scale ∘ (x − μ)/√(σ² + ε) + bias)}, ε = 1e-5 by default (Ba and others 2016).
 *
 * <p>μ and σ² are the row's mean and uncorrected variance. Scale {@code [size]} starts at 1, bias {@code [size]} at 0. The formula is that of Flux since
 * 0.16.11; from 0.15 on Flux divided by √(σ² + ε²), before that by σ + ε. For threads see {@link Layer}.
 */
public final class LayerNorm extends Layer {

    private final Settings settings;
    private INDArray scale;
    private INDArray bias;

    private LayerNorm(Settings settings, DataType type, double[] values) {
        this.settings = settings;
        memory().start(this, type, values);
    }

    /**
     * The layer's settings.
     *
     * @param affine whether it has scale and bias
     * @param eps ε
     */
    public record Settings(int size, Activation activation, boolean affine, double eps) implements Sized {

        public Settings {
            if (size < 1) {
                throw new IllegalArgumentException("layerNorm(" + size + "): the size must be at least 1");
            }
            Objects.requireNonNull(activation, "activation is null; use IDENTITY for none");
            NumberChecks.notNegative("epsilon", eps);
        }

        static Settings of(int size, Activation activation) {
            return new Settings(size, activation, true, 1e-5f);
        }

        @Override
        public LayerNorm build() {
            return build(DataType.FLOAT);
        }

        private LayerNorm build(DataType type) {
            return ParameterMemory.making(
                    "layerNorm(" + size + ")",
                    numbers(),
                    type,
                    () -> new LayerNorm(this, type, affine ? Scale.onesThenZeros(size) : new double[0]));
        }

        @Override
        public long numbers() {
            return affine ? 2L * size : 0;
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    /**
     * Makes a normalisation of rows of this size.
     *
     * @throws IllegalArgumentException if the size is below 1
     */
    public static LayerNorm of(int size, Activation activation) {
        return Settings.of(size, activation).build();
    }

    /** Returns this layer, newly initialised, without scale and bias. */
    public LayerNorm withoutAffine() {
        return new Settings(settings.size, settings.activation, false, settings.eps).build(dataType());
    }

    /**
     * Returns this layer, newly initialised, with another ε; the default is 1e-5.
     *
     * @throws IllegalArgumentException unless it is finite and at least 0
     */
    public LayerNorm withEpsilon(double epsilon) {
        return new Settings(settings.size, settings.activation, settings.affine, epsilon).build(dataType());
    }

    /** Returns the scale {@code [size]}, live, or null without affine part. */
    public @Nullable INDArray scale() {
        return scale;
    }

    /** Returns the bias {@code [size]}, live, or null without affine part. */
    public @Nullable INDArray bias() {
        return bias;
    }

    @Override
    void attach(INDArray flat) {
        scale = Tensors.slice(flat, 0, settings.size);
        bias = Tensors.slice(flat, settings.size, settings.size);
    }

    @Override
    public List<Parameter> trainables() {
        return settings.affine
                ? List.of(new Parameter("diag.scale", scale, 0), new Parameter("diag.bias", bias, settings.size))
                : List.of();
    }

    @Override
    public Settings structure() {
        return settings;
    }

    @Override
    List<Operation> operations() {
        Settings alone = new Settings(settings.size, Activation.IDENTITY, false, settings.eps);
        Operation.Rows normalisation = new Operation.Rows(
                new Normalisation(settings.eps), () -> alone.call().toString());
        return settings.affine
                ? settings.activation.after(normalisation, Scale.rows(settings.size, true))
                : settings.activation.after(normalisation);
    }

    @Override
    LayerNorm copy(DataType type) {
        return copied(
                type,
                () -> new LayerNorm(
                        settings, type, settings.affine ? Tensors.toDoubles(flatParameters()) : new double[0]));
    }

    @Override
    public String inOneLine() {
        return Printing.begin("LayerNorm", String.valueOf(settings.size), settings.activation)
                + (settings.affine ? ")" : ", affine=false)");
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
