package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.RunningStatistics.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
 *
 * <p>Threads as {@link Layer} says.
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
     * What a normalisation is made by. How β and γ start is not part of it.
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
            Checks.notNegative("epsilon", eps);
            Checks.fraction("momentum", momentum);
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
     * A normalisation of columns.
     *
     * @throws IllegalArgumentException if the size is below 1
     */
    public static BatchNorm of(int size, Activation activation) {
        return Settings.of(size, activation).build();
    }

    /** This one newly initialised, but for these settings. */
    private BatchNorm fresh(boolean affine, boolean trackStats, double eps, double momentum) {
        Settings changed = new Settings(settings.size, settings.activation, affine, trackStats, eps, momentum);
        return fresh(changed, initBeta, initGamma, dataType());
    }

    /** The same layer without β and γ. */
    public BatchNorm withoutAffine() {
        return fresh(false, settings.trackStats, settings.eps, settings.momentum);
    }

    /**
     * The same layer, newly initialised, without running statistics: in testing, too, each column is normalised over the rows that are
     * predicted together, as in Flux with {@code track_stats = false}. Of a row alone that leaves β.
     */
    public BatchNorm withoutTrackStats() {
        return fresh(settings.affine, false, settings.eps, settings.momentum);
    }

    /**
     * The same layer, newly initialised, with another ε.
     *
     * @throws IllegalArgumentException unless it is finite and not negative
     */
    public BatchNorm withEpsilon(double epsilon) {
        return fresh(settings.affine, settings.trackStats, epsilon, settings.momentum);
    }

    /**
     * The same layer, newly initialised, whose running statistics move by this fraction towards each batch's.
     *
     * @throws IllegalArgumentException unless it is from 0 to 1
     */
    public BatchNorm withMomentum(double momentum) {
        return fresh(settings.affine, settings.trackStats, settings.eps, momentum);
    }

    /**
     * The same layer, newly initialised, whose β starts in another way, as in Flux with {@code initβ}.
     *
     * @param init asked for {@code [size, 1]}: fan_in is 1, fan_out the size, as in Flux
     */
    public BatchNorm withInitBeta(Initialiser init) {
        return fresh(settings, Objects.requireNonNull(init, "init is null"), initGamma, dataType());
    }

    /**
     * The same layer, newly initialised, whose γ starts in another way, as in Flux with {@code initγ}.
     *
     * @param init asked for {@code [size, 1]}: fan_in is 1, fan_out the size, as in Flux
     */
    public BatchNorm withInitGamma(Initialiser init) {
        return fresh(settings, initBeta, Objects.requireNonNull(init, "init is null"), dataType());
    }

    /** β {@code [size]}, live; null without affine part. */
    public @Nullable INDArray beta() {
        return beta;
    }

    /** γ {@code [size]}, live; null without affine part. */
    public @Nullable INDArray gamma() {
        return gamma;
    }

    /** The running mean {@code [size]}, live; null without running statistics. */
    public @Nullable INDArray runningMean() {
        return running == null ? null : running.mean();
    }

    /** The running variance {@code [size]}, live; null without running statistics. */
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
