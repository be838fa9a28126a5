package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.values.NumberChecks;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Flux's initialisers; the constants have Flux's defaults. A layer {@code in => out} has fan_in = in and fan_out = out.
 *
 * <p>A seed gives the same values on every machine and thread: they depend on {@code nextDouble}, {@link StrictMath} and sums in a fixed order alone.
 */
public final class Initialisers {

    private Initialisers() {}

    /** Initialises a vector, which as in Flux counts as a matrix of one column with fan_in 1. */
    static double[] vector(int size, Initialiser init) {
        // constants take no generator, so that the layers made after a seed get the same with them and without
        boolean constant = Objects.requireNonNull(init, "init is null") == ZEROS || init == ONES;
        double[] values = init.values(size, 1, constant ? null : Randomness.next());
        if (values.length != size) {
            throw new IllegalArgumentException("an initialiser must give " + size + " values for a vector of " + size
                    + ", but gave " + values.length);
        }
        return values;
    }

    /** {@link #glorotUniform} with gain 1; the default of {@link Dense}. */
    public static final Initialiser GLOROT_UNIFORM = glorotUniform(1);

    /** {@link #glorotNormal} with gain 1. */
    public static final Initialiser GLOROT_NORMAL = glorotNormal(1);

    /** {@link #kaimingUniform} with gain √2, for relu. */
    public static final Initialiser KAIMING_UNIFORM = kaimingUniform(Math.sqrt(2));

    /** {@link #kaimingNormal} with gain √2, for relu. */
    public static final Initialiser KAIMING_NORMAL = kaimingNormal(Math.sqrt(2));

    /** N(0, 1/fan_in), for selu (LeCun and others 1998, §4.6; Klambauer and others 2017). As in Flux, truncated at ±2, not at two standard deviations. */
    public static final Initialiser LECUN_NORMAL = named("lecun_normal", (out, in, random) -> {
        TruncatedNormal distribution = new TruncatedNormal(0, Math.sqrt(1.0 / in), -2, 2);
        return fill(out, in, () -> distribution.next(random));
    });

    /** {@link #truncatedNormal} with mean 0, standard deviation 1, from −2 to 2. */
    public static final Initialiser TRUNCATED_NORMAL = truncatedNormal(0, 1, -2, 2);

    /** {@link #orthogonal(double)} with gain 1. */
    public static final Initialiser ORTHOGONAL = orthogonal(1);

    /** {@link #identity} with gain 1 and no shift. */
    public static final Initialiser IDENTITY = identity(1, 0);

    /** All 1. */
    public static final Initialiser ONES = named("ones", (out, in, random) -> fill(out, in, () -> 1));

    /** All 0. */
    public static final Initialiser ZEROS = named("zeros", (out, in, random) -> fill(out, in, () -> 0));

    /** U[0, 1), Flux's {@code rand32}. */
    public static final Initialiser UNIFORM = named("uniform", (out, in, random) -> fill(out, in, random::nextDouble));

    /** N(0, 1), Flux's {@code randn32}. */
    public static final Initialiser NORMAL = named("normal", (out, in, random) -> gaussian(out, in, random, 1));

    /** U[−x, x), x = gain·√(6/(fan_in + fan_out)) (Glorot and Bengio 2010, eq. 16). */
    public static Initialiser glorotUniform(double gain) {
        return gained(
                "glorot_uniform",
                gain,
                1,
                (out, in, random) -> symmetric(out, in, random, gain * Math.sqrt(24.0 / ((double) in + out))));
    }

    /** N(0, s²), s = gain·√(2/(fan_in + fan_out)) (Glorot and Bengio 2010, eq. 12). */
    public static Initialiser glorotNormal(double gain) {
        return gained(
                "glorot_normal",
                gain,
                1,
                (out, in, random) -> gaussian(out, in, random, gain * Math.sqrt(2.0 / ((double) in + out))));
    }

    /** U[−x, x), x = gain·√(3/fan_in) (He and others 2015). */
    public static Initialiser kaimingUniform(double gain) {
        return gained(
                "kaiming_uniform",
                gain,
                Math.sqrt(2),
                (out, in, random) -> symmetric(out, in, random, gain * Math.sqrt(12.0 / in)));
    }

    /** N(0, s²), s = gain/√fan_in (He and others 2015, eq. 10). */
    public static Initialiser kaimingNormal(double gain) {
        return gained(
                "kaiming_normal",
                gain,
                Math.sqrt(2),
                (out, in, random) -> gaussian(out, in, random, gain / Math.sqrt(in)));
    }

    /**
     * N(mean, std²) truncated to {@code lo} … {@code hi}, which are values, not multiples of std.
     *
     * @throws IllegalArgumentException unless {@code mean} is finite, {@code std} is finite and above 0, and {@code lo < hi}
     */
    public static Initialiser truncatedNormal(double mean, double std, double lo, double hi) {
        TruncatedNormal distribution = new TruncatedNormal(mean, std, lo, hi);
        return named(
                "truncated_normal",
                (out, in, random) -> fill(out, in, () -> distribution.next(random)),
                new Setting("mean", mean, 0.0),
                new Setting("std", std, 1.0),
                new Setting("lo", lo, -2.0),
                new Setting("hi", hi, 2.0));
    }

    /**
     * A random matrix with orthonormal rows, or columns if it has more rows than columns, times gain (Saxe and others 2014). It is Q of the QR decomposition of a
     * Gaussian matrix, with R's diagonal made positive.
     */
    public static Initialiser orthogonal(double gain) {
        return gained("orthogonal", gain, 1, (out, in, random) -> {
            double[][] basis = OrthonormalBasis.random(Math.min(out, in), Math.max(out, in), random);
            double[] values = new double[Math.multiplyExact(out, in)];
            Arrays.setAll(values, i -> gain * (out < in ? basis[i / in][i % in] : basis[i % in][i / in]));
            return values;
        });
    }

    /** {@link #sparse(double, double)} with standard deviation 0.01. */
    public static Initialiser sparse(double sparsity) {
        return sparse(sparsity, 0.01);
    }

    /**
     * N(0, std²), with ⌈sparsity·out⌉ random zeros in each column, the weights of one input (Martens 2010). Sparsity is clipped to 0 … 1.
     *
     * @throws IllegalArgumentException unless both are finite
     */
    public static Initialiser sparse(double sparsity, double std) {
        NumberChecks.finite("sparsity", sparsity);
        NumberChecks.finite("std", std);
        Initialiser sparse = (out, in, random) -> {
            double[] values = gaussian(out, in, random, std);
            int zeros = (int) Math.ceil(Math.max(0, Math.min(1, sparsity)) * out);
            for (int column = 0; column < in; column++) {
                clear(values, column, in, zeros, random);
            }
            return values;
        };
        return named("sparse", sparse, new Setting("sparsity", sparsity, null), new Setting("std", std, 0.01));
    }

    /** Clears {@code zeros} elements of a column by Floyd's sampling (Bentley and Floyd 1987); the zeros themselves mark what was drawn. */
    private static void clear(double[] values, int column, int in, int zeros, RandomGenerator random) {
        int out = values.length / in;
        boolean[] drawn = new boolean[out];
        for (int last = out - zeros; last < out; last++) {
            int row = (int) (random.nextDouble() * (last + 1));
            int free = drawn[row] ? last : row;
            drawn[free] = true;
            values[free * in + column] = 0;
        }
    }

    /**
     * gain on the diagonal, 0 elsewhere; the rows then move down by {@code shift}, and those beyond the last come first. With {@code out = in} and gain 1,
     * outputs start as the inputs.
     */
    public static Initialiser identity(double gain, int shift) {
        NumberChecks.finite("gain", gain);
        Initialiser identity = (out, in, random) -> {
            double[] values = new double[Math.multiplyExact(out, in)];
            for (int i = 0; i < Math.min(out, in); i++) {
                values[Math.floorMod((long) i + shift, out) * in + i] = gain;
            }
            return values;
        };
        return named("identity", identity, new Setting("gain", gain, 1.0), new Setting("shift", shift, 0));
    }

    private static double[] symmetric(int out, int in, RandomGenerator random, double width) {
        return fill(out, in, () -> (random.nextDouble() - 0.5) * width);
    }

    private static double[] gaussian(int out, int in, RandomGenerator random, double std) {
        return fill(out, in, () -> Randomness.gaussian(random) * std);
    }

    private static double[] fill(int out, int in, DoubleSupplier next) {
        double[] values = new double[Math.multiplyExact(out, in)];
        Arrays.setAll(values, i -> next.getAsDouble());
        return values;
    }

    private static Initialiser gained(String word, double gain, double byDefault, Initialiser initialiser) {
        NumberChecks.finite("gain", gain);
        return named(word, initialiser, new Setting("gain", gain, byDefault));
    }

    private static Initialiser named(String word, Initialiser initialiser, Setting... settings) {
        return new Named(word, List.of(settings), initialiser);
    }

    /**
     * A number of an initialiser.
     *
     * @param byDefault null if there is no default
     */
    private record Setting(String name, Number value, Number byDefault) {

        @Override
        public String toString() {
            return name + "=" + value;
        }
    }

    /** An initialiser of the library, equal to another with the same name and numbers. */
    private record Named(String word, List<Setting> settings, Initialiser initialiser)
            implements Initialiser, Described {

        @Override
        public double[] values(int out, int in, RandomGenerator random) {
            return initialiser.values(out, in, random);
        }

        @Override
        public Call call() {
            return new Call(
                    word,
                    settings.stream()
                            .filter(setting -> !setting.value.equals(setting.byDefault))
                            .map(setting -> new Call.Argument(setting.name, setting.value.doubleValue()))
                            .toList());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Named named && word.equals(named.word) && settings.equals(named.settings);
        }

        @Override
        public int hashCode() {
            return Objects.hash(word, settings);
        }

        @Override
        public String toString() {
            return settings.isEmpty()
                    ? word
                    : settings.stream().map(Setting::toString).collect(Collectors.joining(", ", word + "(", ")"));
        }
    }
}
