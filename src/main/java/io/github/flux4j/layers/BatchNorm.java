package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalises each column over the batch (Ioffe and Szegedy 2015): {@code y = activation(γ ∘ (x − μ)/√(σ² + ε) + β)}, ε = 1e-5.
 *
 * <p>In training μ and σ² are the batch's mean and (uncorrected) variance, and the running statistics follow them with momentum 0.1, the
 * running variance in its corrected form, σ²·m/(m − 1) for m examples. In testing the running statistics are used. β and γ {@code [size]}
 * are trainable and start at zeros and ones; the running statistics are not parameters and start at zeros and ones.
 */
public final class BatchNorm extends Layer {

    private final int size;
    private final Activation activation;
    private final boolean affine;
    private final double epsilon;
    private final double momentum;
    private final INDArray runningMean;
    private final INDArray runningVariance;
    private INDArray beta;
    private INDArray gamma;
    private volatile Mode mode = Mode.AUTO;

    private BatchNorm(Settings settings, DataType type, double[] values, double[] mean, double[] variance) {
        this.size = settings.size;
        this.activation = settings.activation;
        this.affine = settings.affine;
        this.epsilon = settings.epsilon;
        this.momentum = settings.momentum;
        this.runningMean = Tensors.of(type, mean, size);
        this.runningVariance = Tensors.of(type, variance, size);
        setDataType(type);
        initialise(type, values);
    }

    private record Settings(int size, Activation activation, boolean affine, double epsilon, double momentum) {

        BatchNorm fresh(DataType type) {
            double[] ones = Arrays.copyOf(Scale.onesThenZeros(size), size);
            return new BatchNorm(this, type, affine ? zerosThenOnes(size) : new double[0], new double[size], ones);
        }

        private static double[] zerosThenOnes(int size) {
            double[] values = new double[2 * size];
            Arrays.fill(values, size, 2 * size, 1);
            return values;
        }
    }

    /**
     * A normalisation of columns.
     *
     * @throws IllegalArgumentException if the size is below 1
     */
    public static BatchNorm of(int size, Activation activation) {
        Objects.requireNonNull(activation, "activation is null; use IDENTITY for none");
        if (size < 1) {
            throw new IllegalArgumentException("batchNorm(" + size + "): the size must be at least 1");
        }
        return new Settings(size, activation, true, 1e-5f, 0.1f).fresh(DataType.FLOAT);
    }

    private Settings settings() {
        return new Settings(size, activation, affine, epsilon, momentum);
    }

    /** The same layer without β and γ. */
    public BatchNorm withoutAffine() {
        return new Settings(size, activation, false, epsilon, momentum).fresh(dataType());
    }

    /**
     * The same layer, newly initialised, with another ε.
     *
     * @throws IllegalArgumentException unless it is finite and not negative
     */
    public BatchNorm withEpsilon(double epsilon) {
        Checks.notNegative("epsilon", epsilon);
        return new Settings(size, activation, affine, epsilon, momentum).fresh(dataType());
    }

    /**
     * The same layer, newly initialised, whose running statistics move by this fraction towards each batch's.
     *
     * @throws IllegalArgumentException unless it is from 0 to 1
     */
    public BatchNorm withMomentum(double momentum) {
        Checks.fraction("momentum", momentum);
        return new Settings(size, activation, affine, epsilon, momentum).fresh(dataType());
    }

    /** β {@code [size]}, live; null without affine part. */
    public INDArray beta() {
        return beta;
    }

    /** γ {@code [size]}, live; null without affine part. */
    public INDArray gamma() {
        return gamma;
    }

    /** The running mean {@code [size]}, live. */
    public INDArray runningMean() {
        return runningMean;
    }

    /** The running variance {@code [size]}, live. */
    public INDArray runningVariance() {
        return runningVariance;
    }

    @Override
    public void setMode(Mode mode) {
        this.mode = mode;
    }

    @Override
    void attach(INDArray flat) {
        beta = Tensors.slice(flat, 0, size);
        gamma = Tensors.slice(flat, size, size);
    }

    @Override
    public List<Parameter> trainables() {
        return affine ? List.of(new Parameter("β", beta, 0), new Parameter("γ", gamma, size)) : List.of();
    }

    @Override
    List<Parameter> buffers() {
        return List.of(new Parameter("μ", runningMean, 0), new Parameter("σ²", runningVariance, 0));
    }

    @Override
    public int inputs() {
        return size;
    }

    @Override
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        operations.add(new Operation.Rows(new Normalisation()));
        operations.addAll(activation.operations());
        return operations;
    }

    @Override
    BatchNorm copy(DataType type) {
        BatchNorm copy = new BatchNorm(
                settings(),
                type,
                affine ? Tensors.toDoubles(flatParameters()) : new double[0],
                Tensors.toDoubles(runningMean),
                Tensors.toDoubles(runningVariance));
        copy.setMode(mode);
        return copy;
    }

    @Override
    String describe() {
        return "BatchNorm(" + size + (activation.isIdentity() ? "" : ", " + activation.describe())
                + (affine ? ")" : ", affine=false)");
    }

    /** On columns; parameters β, then γ. Keeps 1/√(σ² + ε) of each column and x normalised. */
    private final class Normalisation implements Kernel {

        @Override
        public int parameters() {
            return affine ? 2 * size : 0;
        }

        @Override
        public int[] arrays() {
            return affine ? new int[] {size, size} : new int[0];
        }

        @Override
        public boolean rowsAreIndependent() {
            return !mode.isTraining(false);
        }

        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            boolean training = mode.isTraining(pass.training());
            double[] mean = training ? columnMeans(pass, x) : Tensors.toDoubles(runningMean);
            double[] variance = training ? columnVariances(pass, x, mean) : Tensors.toDoubles(runningVariance);
            if (training) {
                track(pass.rows(), mean, variance);
            }
            double[] kept = pass.keep(1 + size + pass.rows() * size);
            kept[0] = training ? 1 : 0;
            for (int j = 0; j < size; j++) {
                kept[1 + j] = 1 / Math.sqrt(variance[j] + epsilon);
            }
            for (int i = 0; i < pass.rows() * size; i++) {
                int j = i % size;
                double normalised = (x[i] - mean[j]) * kept[1 + j];
                kept[1 + size + i] = normalised;
                y[i] = affine ? pass.parameters()[size + j] * normalised + pass.parameters()[j] : normalised;
            }
        }

        private double[] columnMeans(Pass pass, double[] x) {
            double[] mean = new double[size];
            for (int i = 0; i < pass.rows() * size; i++) {
                mean[i % size] += x[i] / pass.rows();
            }
            return mean;
        }

        private double[] columnVariances(Pass pass, double[] x, double[] mean) {
            double[] variance = new double[size];
            for (int i = 0; i < pass.rows() * size; i++) {
                double difference = x[i] - mean[i % size];
                variance[i % size] += difference * difference / pass.rows();
            }
            return variance;
        }

        private void track(int m, double[] mean, double[] variance) {
            double[] oldMean = Tensors.toDoubles(runningMean);
            double[] oldVariance = Tensors.toDoubles(runningVariance);
            double correction = m > 1 ? m / (m - 1.0) : 1; // a single example has no variance, corrected or not
            for (int j = 0; j < size; j++) {
                oldMean[j] = (1 - momentum) * oldMean[j] + momentum * mean[j];
                oldVariance[j] = (1 - momentum) * oldVariance[j] + momentum * correction * variance[j];
            }
            Tensors.write(oldMean, runningMean);
            Tensors.write(oldVariance, runningVariance);
        }

        /** In training {@code dx = γ/√(σ²+ε)·(dy − mean(dy) − x̂·mean(dy·x̂))}, in testing without the means. */
        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            double[] kept = pass.kept();
            boolean training = kept[0] == 1;
            double[] sumDy = new double[size];
            double[] sumDyX = new double[size];
            for (int i = 0; i < pass.rows() * size; i++) {
                sumDy[i % size] += dy[i];
                sumDyX[i % size] += dy[i] * kept[1 + size + i];
            }
            for (int i = 0; i < pass.rows() * size; i++) {
                int j = i % size;
                double through = training ? (sumDy[j] + kept[1 + size + i] * sumDyX[j]) / pass.rows() : 0;
                dx[i] = (affine ? pass.parameters()[size + j] : 1) * kept[1 + j] * (dy[i] - through);
            }
            if (affine) {
                System.arraycopy(sumDy, 0, dParameters, 0, size);
                System.arraycopy(sumDyX, 0, dParameters, size, size);
            }
        }
    }
}
