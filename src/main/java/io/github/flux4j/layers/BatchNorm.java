package io.github.flux4j.layers;

import io.github.flux4j.arrays.Lifetime;
import io.github.flux4j.arrays.Tensors;
import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.OverflowException;
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
 *
 * <p>One example has no variance, so training on a batch of one is refused, as in Flux and PyTorch; nothing is changed then.
 */
public final class BatchNorm extends Layer {

    private final int size;
    private final Activation activation;
    private final boolean affine;
    private final double epsilon;
    private final double momentum;
    private final boolean trackStats;
    private final Initialiser initBeta;
    private final Initialiser initGamma;
    private final INDArray runningMean;
    private final INDArray runningVariance;
    private INDArray beta;
    private INDArray gamma;
    private volatile Mode mode = Mode.AUTO;
    private volatile Statistics next;

    private BatchNorm(Settings settings, DataType type, double[] values, double[] mean, double[] variance) {
        this.size = settings.size;
        this.activation = settings.activation;
        this.affine = settings.affine;
        this.epsilon = settings.epsilon;
        this.momentum = settings.momentum;
        this.trackStats = settings.trackStats;
        this.initBeta = settings.initBeta;
        this.initGamma = settings.initGamma;
        this.runningMean = trackStats ? Tensors.of(type, mean, size) : null;
        this.runningVariance = trackStats ? Tensors.of(type, variance, size) : null;
        if (trackStats) {
            setDataType(type);
        }
        initialise(type, values);
    }

    /** What the running statistics move to. */
    private record Statistics(double[] mean, double[] variance) {}

    private record Settings(
            int size,
            Activation activation,
            boolean affine,
            boolean trackStats,
            double epsilon,
            double momentum,
            Initialiser initBeta,
            Initialiser initGamma) {

        BatchNorm fresh(DataType type) {
            double[] ones = Arrays.copyOf(Scale.onesThenZeros(size), size);
            return new BatchNorm(this, type, affine ? betaThenGamma() : new double[0], new double[size], ones);
        }

        private double[] betaThenGamma() {
            double[] values = Arrays.copyOf(Initialisers.vector(size, initBeta), 2 * size);
            System.arraycopy(Initialisers.vector(size, initGamma), 0, values, size, size);
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
        requireRoom("batchNorm(" + size + ")", 2L * size, DataType.FLOAT);
        return new Settings(size, activation, true, true, 1e-5f, 0.1f, Initialisers.ZEROS, Initialisers.ONES)
                .fresh(DataType.FLOAT);
    }

    private Settings settings() {
        return new Settings(size, activation, affine, trackStats, epsilon, momentum, initBeta, initGamma);
    }

    /** The same layer without β and γ. */
    public BatchNorm withoutAffine() {
        return new Settings(size, activation, false, trackStats, epsilon, momentum, initBeta, initGamma)
                .fresh(dataType());
    }

    /**
     * The same layer, newly initialised, without running statistics: in testing, too, each column is normalised over the rows that are
     * predicted together, as in Flux with {@code track_stats = false}. Of a row alone that leaves β.
     */
    public BatchNorm withoutTrackStats() {
        return new Settings(size, activation, affine, false, epsilon, momentum, initBeta, initGamma).fresh(dataType());
    }

    /**
     * The same layer, newly initialised, with another ε.
     *
     * @throws IllegalArgumentException unless it is finite and not negative
     */
    public BatchNorm withEpsilon(double epsilon) {
        Checks.notNegative("epsilon", epsilon);
        return new Settings(size, activation, affine, trackStats, epsilon, momentum, initBeta, initGamma)
                .fresh(dataType());
    }

    /**
     * The same layer, newly initialised, whose running statistics move by this fraction towards each batch's.
     *
     * @throws IllegalArgumentException unless it is from 0 to 1
     */
    public BatchNorm withMomentum(double momentum) {
        Checks.fraction("momentum", momentum);
        return new Settings(size, activation, affine, trackStats, epsilon, momentum, initBeta, initGamma)
                .fresh(dataType());
    }

    /**
     * The same layer, newly initialised, whose β starts in another way, as in Flux with {@code initβ}.
     *
     * @param init asked for {@code [size, 1]}: fan_in is 1, fan_out the size, as in Flux
     */
    public BatchNorm withInitBeta(Initialiser init) {
        return new Settings(
                        size,
                        activation,
                        affine,
                        trackStats,
                        epsilon,
                        momentum,
                        Objects.requireNonNull(init, "init is null"),
                        initGamma)
                .fresh(dataType());
    }

    /**
     * The same layer, newly initialised, whose γ starts in another way, as in Flux with {@code initγ}.
     *
     * @param init asked for {@code [size, 1]}: fan_in is 1, fan_out the size, as in Flux
     */
    public BatchNorm withInitGamma(Initialiser init) {
        return new Settings(
                        size,
                        activation,
                        affine,
                        trackStats,
                        epsilon,
                        momentum,
                        initBeta,
                        Objects.requireNonNull(init, "init is null"))
                .fresh(dataType());
    }

    /** β {@code [size]}, live; null without affine part. */
    public INDArray beta() {
        return beta;
    }

    /** γ {@code [size]}, live; null without affine part. */
    public INDArray gamma() {
        return gamma;
    }

    /** The running mean {@code [size]}, live; null without running statistics. */
    public INDArray runningMean() {
        return runningMean;
    }

    /** The running variance {@code [size]}, live; null without running statistics. */
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
        return trackStats
                ? List.of(new Parameter("μ", runningMean, 0), new Parameter("σ²", runningVariance, 0))
                : List.of();
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
                trackStats ? Tensors.toDoubles(runningMean) : new double[0],
                trackStats ? Tensors.toDoubles(runningVariance) : new double[0]);
        copy.setMode(mode);
        return copy;
    }

    @Override
    String describe() {
        return "BatchNorm(" + size + (activation.isIdentity() ? "" : ", " + activation.describe())
                + (affine ? "" : ", affine=false") + mode.describe() + ")";
    }

    @Override
    public void requireFiniteStatistics() {
        Statistics statistics = next;
        String what = statistics == null ? null : nonFinite(statistics);
        if (what != null) {
            throw new OverflowException("the running " + what + " of " + describe() + " would be beyond "
                    + (dataType() == DataType.DOUBLE ? "Float64" : "Float32"));
        }
    }

    private String nonFinite(Statistics statistics) {
        double largest = dataType() == DataType.DOUBLE ? Double.MAX_VALUE : Float.MAX_VALUE;
        for (int j = 0; j < size; j++) {
            if (!(Math.abs(statistics.mean[j]) <= largest)) {
                return "mean";
            }
            if (!(statistics.variance[j] <= largest)) {
                return "variance";
            }
        }
        return null;
    }

    @Override
    public void commitStatistics() {
        Statistics statistics = next;
        next = null;
        if (statistics != null) {
            set(statistics);
        }
    }

    /** What is not finite, such as those of a lost model's values, would never be again: the statistics stay as they are. */
    private void set(Statistics statistics) {
        if (nonFinite(statistics) == null) {
            Tensors.write(statistics.mean, runningMean);
            Tensors.write(statistics.variance, runningVariance);
        }
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
            return trackStats && !mode.isTraining(false);
        }

        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            boolean training = mode.isTraining(pass.training());
            if (training) {
                requireSeveral(pass.rows());
            }
            if (pass.training()) {
                next = null; // of a run that nobody committed
            }
            boolean ofBatch = training || !trackStats;
            double[] mean = ofBatch ? columnMeans(pass, x) : numbers(runningMean, "mean");
            double[] variance = ofBatch ? columnVariances(pass, x, mean) : numbers(runningVariance, "variance");
            if (training && trackStats) {
                track(pass, mean, variance);
            }
            double[] kept = pass.keep(1 + size + pass.rows() * size);
            kept[0] = ofBatch ? 1 : 0;
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

        private void requireSeveral(int rows) {
            if (rows < 2) {
                throw new IllegalArgumentException(BatchNorm.this.describe()
                        + " can't train on a batch of 1 example, which has no variance. Give it at least 2: "
                        + "dataLoader(x, y).batchSize(32), since the default is 1, and partial(false) if 1 would be left for the last"
                        + " batch" + (trackStats ? "; or testmode(model), to use the running statistics" : ""));
            }
        }

        private double[] numbers(INDArray statistic, String name) {
            Lifetime.require(statistic, "the running " + name + " of " + BatchNorm.this.describe());
            return Tensors.toDoubles(statistic);
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

        /** Moves the running statistics, while a gradient is computed only when it is {@link #commit committed}. */
        private void track(Pass pass, double[] mean, double[] variance) {
            int m = pass.rows();
            double[] oldMean = numbers(runningMean, "mean");
            double[] oldVariance = numbers(runningVariance, "variance");
            double correction = m / (m - 1.0);
            for (int j = 0; j < size; j++) {
                oldMean[j] = (1 - momentum) * oldMean[j] + momentum * mean[j];
                oldVariance[j] = (1 - momentum) * oldVariance[j] + momentum * correction * variance[j];
            }
            Statistics moved = new Statistics(oldMean, oldVariance);
            if (pass.training()) {
                next = moved;
            } else {
                set(moved);
            }
        }

        @Override
        public void commit() {
            commitStatistics();
        }

        /** By the batch's statistics {@code dx = γ/√(σ²+ε)·(dy − mean(dy) − x̂·mean(dy·x̂))}, by running ones without the means. */
        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            double[] kept = pass.kept();
            boolean ofBatch = kept[0] == 1;
            double[] sumDy = new double[size];
            double[] sumDyX = new double[size];
            for (int i = 0; i < pass.rows() * size; i++) {
                sumDy[i % size] += dy[i];
                sumDyX[i % size] += dy[i] * kept[1 + size + i];
            }
            for (int i = 0; i < pass.rows() * size; i++) {
                int j = i % size;
                double through = ofBatch ? (sumDy[j] + kept[1 + size + i] * sumDyX[j]) / pass.rows() : 0;
                dx[i] = (affine ? pass.parameters()[size + j] : 1) * kept[1 + j] * (dy[i] - through);
            }
            if (affine) {
                System.arraycopy(sumDy, 0, dParameters, 0, size);
                System.arraycopy(sumDyX, 0, dParameters, size, size);
            }
        }
    }
}
