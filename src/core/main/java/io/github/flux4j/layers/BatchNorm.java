package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.values.NumberChecks;
import io.github.flux4j.layers.RunningStatistics.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalises each column over the batch: {@code y = activation(γ ∘ (x − μ)/√(σ² + ε) + β)}, ε = 1e-5 by default (Ioffe and Szegedy 2015).
 *
 * <p>Training uses the batch's mean μ and uncorrected variance σ². It also moves the running statistics towards them with momentum 0.1, using the corrected
 * variance σ²·m/(m − 1) of m examples. Testing uses the running statistics. β and γ {@code [size]} are trainable; running statistics aren't parameters. β and
 * the running mean start at 0, γ and the running variance at 1.
 *
 * <p>One example has no variance, so training refuses a batch of one and changes nothing, as Flux and PyTorch do. For threads see {@link Layer}.
 */
public final class BatchNorm extends Layer {

    private final Settings settings;
    private final Initialiser initBeta;
    private final Initialiser initGamma;
    private final RunningStatistics running;
    private INDArray beta;
    private INDArray gamma;
    private volatile Mode mode = Mode.AUTO;

    private BatchNorm(
            Settings settings,
            Initialiser initBeta,
            Initialiser initGamma,
            DataType type,
            double[] values,
            Moments statistics) {
        this.settings = settings;
        this.initBeta = initBeta;
        this.initGamma = initGamma;
        this.running = settings.trackStats ? new RunningStatistics(this, type, statistics) : null;
        if (running != null) {
            memory().setType(type);
        }
        memory().start(this, type, values);
    }

    /**
     * The layer's settings, without the initialisers of β and γ.
     *
     * @param affine whether it has β and γ
     * @param trackStats whether it has running statistics
     * @param eps ε
     * @param momentum the fraction by which running statistics move towards each batch's
     */
    public record Settings(
            int size, Activation activation, boolean affine, boolean trackStats, double eps, double momentum)
            implements Sized {

        public Settings {
            Objects.requireNonNull(activation, "activation is null; use IDENTITY for none");
            if (size < 1) {
                throw new IllegalArgumentException("batchNorm(" + size + "): the size must be at least 1");
            }
            NumberChecks.notNegative("epsilon", eps);
            NumberChecks.fraction("momentum", momentum);
        }

        static Settings of(int size, Activation activation) {
            return new Settings(size, activation, true, true, 1e-5f, 0.1f);
        }

        private Settings linear() {
            return new Settings(size, Activation.IDENTITY, affine, trackStats, eps, momentum);
        }

        @Override
        public BatchNorm build() {
            return fresh(this, Initialisers.ZEROS, Initialisers.ONES, DataType.FLOAT);
        }

        @Override
        public long numbers() {
            return ((affine ? 2L : 0) + (trackStats ? 2 : 0)) * size;
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    private static BatchNorm fresh(Settings settings, Initialiser initBeta, Initialiser initGamma, DataType type) {
        return ParameterMemory.making(
                "batchNorm(" + settings.size + ")",
                2L * settings.size,
                type,
                () -> start(settings, initBeta, initGamma, type));
    }

    private static BatchNorm start(Settings settings, Initialiser initBeta, Initialiser initGamma, DataType type) {
        double[] ones = new double[settings.size];
        Arrays.fill(ones, 1);
        double[] values = settings.affine ? betaThenGamma(settings.size, initBeta, initGamma) : new double[0];
        return new BatchNorm(settings, initBeta, initGamma, type, values, new Moments(new double[settings.size], ones));
    }

    private static double[] betaThenGamma(int size, Initialiser initBeta, Initialiser initGamma) {
        double[] values = Arrays.copyOf(Initialisers.vector(size, initBeta), 2 * size);
        System.arraycopy(Initialisers.vector(size, initGamma), 0, values, size, size);
        return values;
    }

    /**
     * Makes a normalisation of {@code size} columns.
     *
     * @throws IllegalArgumentException if the size is below 1
     */
    public static BatchNorm of(int size, Activation activation) {
        return Settings.of(size, activation).build();
    }

    /** Makes a newly initialised layer with these settings changed. */
    private BatchNorm fresh(boolean affine, boolean trackStats, double eps, double momentum) {
        Settings changed = new Settings(settings.size, settings.activation, affine, trackStats, eps, momentum);
        return fresh(changed, initBeta, initGamma, dataType());
    }

    /** Returns this layer, newly initialised, without β and γ. */
    public BatchNorm withoutAffine() {
        return fresh(false, settings.trackStats, settings.eps, settings.momentum);
    }

    /**
     * Returns this layer, newly initialised, without running statistics, Flux's {@code track_stats = false}: testing, too, normalises each column over the rows
     * that are predicted together. A single row then gives β.
     */
    public BatchNorm withoutTrackStats() {
        return fresh(settings.affine, false, settings.eps, settings.momentum);
    }

    /**
     * Returns this layer, newly initialised, with another ε; the default is 1e-5.
     *
     * @throws IllegalArgumentException unless it is finite and at least 0
     */
    public BatchNorm withEpsilon(double epsilon) {
        return fresh(settings.affine, settings.trackStats, epsilon, settings.momentum);
    }

    /**
     * Returns this layer, newly initialised, with another momentum of the running statistics; the default is 0.1.
     *
     * @throws IllegalArgumentException unless it is from 0 to 1
     */
    public BatchNorm withMomentum(double momentum) {
        return fresh(settings.affine, settings.trackStats, settings.eps, momentum);
    }

    /**
     * Returns this layer with β newly initialised, Flux's {@code initβ}; the default is zeros.
     *
     * @param init called for {@code [size, 1]}: fan_in is 1, fan_out the size, as in Flux
     */
    public BatchNorm withInitBeta(Initialiser init) {
        return fresh(settings, Objects.requireNonNull(init, "init is null"), initGamma, dataType());
    }

    /**
     * Returns this layer with γ newly initialised, Flux's {@code initγ}; the default is ones.
     *
     * @param init called for {@code [size, 1]}: fan_in is 1, fan_out the size, as in Flux
     */
    public BatchNorm withInitGamma(Initialiser init) {
        return fresh(settings, initBeta, Objects.requireNonNull(init, "init is null"), dataType());
    }

    /** Returns β {@code [size]}, live, or null without affine part. */
    public @Nullable INDArray beta() {
        return beta;
    }

    /** Returns γ {@code [size]}, live, or null without affine part. */
    public @Nullable INDArray gamma() {
        return gamma;
    }

    /** Returns the running mean {@code [size]}, live, or null without running statistics. */
    public @Nullable INDArray runningMean() {
        return running == null ? null : running.mean();
    }

    /** Returns the running variance {@code [size]}, live, or null without running statistics. */
    public @Nullable INDArray runningVariance() {
        return running == null ? null : running.variance();
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public void setMode(Mode mode) {
        this.mode = mode;
    }

    @Override
    void attach(INDArray flat) {
        beta = Tensors.slice(flat, 0, settings.size);
        gamma = Tensors.slice(flat, settings.size, settings.size);
    }

    @Override
    public List<Parameter> trainables() {
        return settings.affine
                ? List.of(new Parameter("β", beta, 0), new Parameter("γ", gamma, settings.size))
                : List.of();
    }

    @Override
    List<Parameter> buffers() {
        return running == null ? List.of() : running.buffers();
    }

    @Override
    List<RunningStatistics> statistics() {
        return running == null ? List.of() : List.of(running);
    }

    @Override
    public Settings structure() {
        return settings;
    }

    @Override
    List<Operation> operations() {
        return settings.activation.after(
                new Operation.Rows(new ColumnNormalisation(this, running), new LayerOrigin(this, settings.linear())));
    }

    @Override
    BatchNorm copy(DataType type) {
        BatchNorm copy = copied(
                type,
                () -> new BatchNorm(
                        settings,
                        initBeta,
                        initGamma,
                        type,
                        settings.affine ? Tensors.toDoubles(flatParameters()) : new double[0],
                        running == null ? null : running.moments()));
        copy.setMode(mode);
        return copy;
    }

    @Override
    public String inOneLine() {
        return Printing.begin("BatchNorm", String.valueOf(settings.size), settings.activation)
                + (settings.affine ? "" : ", affine=false") + mode.describe() + ")";
    }
}
